use DataCategory::{Accounting, Name};
use RetentionTrigger::{FiscalYearEnded, RelationshipEnded, SubjectInactive};

use super::*;

#[test]
fn a_rule_of_the_tenants_own_is_never_shorter_than_a_law() {
    let range = RuleRefused::Invalid { part: "months", reason: Invalid::OutOfRange { min: 0, max: 1200 } };
    let no_year = RuleRefused::Invalid { part: "trigger", reason: Invalid::NoFiscalYear };
    let law = RuleRefused::LawDemands { months: 84 };
    for (category, trigger, months, expected) in [
        (Name, RelationshipEnded, 0, Ok(0)),
        (Name, RelationshipEnded, 1, Ok(1)),
        (Name, SubjectInactive, 12, Ok(12)),
        (Name, SubjectInactive, 1200, Ok(1200)),
        (Name, SubjectInactive, 1201, Err(range)),
        (Name, RelationshipEnded, -1, Err(range)),
        (Name, RelationshipEnded, i64::MIN, Err(range)),
        (Name, RelationshipEnded, i64::MAX, Err(range)),
        (Name, RelationshipEnded, 65_536, Err(range)),
        (Name, FiscalYearEnded, 84, Err(no_year)),
        (Name, FiscalYearEnded, 0, Err(no_year)),
        (Name, FiscalYearEnded, 1201, Err(range)),
        (Accounting, FiscalYearEnded, 84, Ok(84)),
        (Accounting, FiscalYearEnded, 120, Ok(120)),
        (Accounting, FiscalYearEnded, 1200, Ok(1200)),
        (Accounting, FiscalYearEnded, 83, Err(law)),
        (Accounting, FiscalYearEnded, 0, Err(law)),
        (Accounting, FiscalYearEnded, 1201, Err(range)),
        (Accounting, RelationshipEnded, 84, Err(law)),
        (Accounting, RelationshipEnded, 1200, Err(law)),
        (Accounting, SubjectInactive, 120, Err(law)),
        (Accounting, SubjectInactive, -1, Err(range)),
    ] {
        let claim = RuleClaim { category, trigger, months };
        assert_eq!(check_rule(claim), expected, "{claim:?}");
    }
}

#[test]
fn every_category_of_the_profile_takes_the_triggers_of_a_person() {
    for category in DataCategory::ALL.into_iter().filter(|category| *category != Accounting) {
        for trigger in RetentionTrigger::ALL.iter().copied() {
            let accepted = check_rule(RuleClaim { category, trigger, months: 6 }).is_ok();
            assert_eq!(accepted, trigger != FiscalYearEnded, "{category:?} {trigger:?}");
        }
    }
}
