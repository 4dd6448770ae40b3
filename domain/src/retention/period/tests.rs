use RetentionTrigger::{FiscalYearEnded, RelationshipEnded, SubjectInactive};
use jiff::civil::date;

use super::*;
use crate::category::DataCategory;
use crate::purpose::LegalBasis;
use crate::retention::DEFAULTS;

fn rule(category: DataCategory, trigger: RetentionTrigger, months: Option<u16>) -> RetentionRule {
    let legal_basis = LegalBasis::LegitimateInterests;
    RetentionRule { category, trigger, months, legal_basis, source: "gallringsplan 2026".into() }
}

/// Event, months, last day kept, first day on which it may go.
#[rustfmt::skip]
const PERIODS: [(Date, u16, Date, Date); 30] = [
    // at once: the day of the event is the last
    (date(2026, 3, 15), 0, date(2026, 3, 15), date(2026, 3, 16)),
    (date(2026, 2, 28), 0, date(2026, 2, 28), date(2026, 3, 1)),
    (date(2028, 2, 28), 0, date(2028, 2, 28), date(2028, 2, 29)),
    (date(2026, 12, 31), 0, date(2026, 12, 31), date(2027, 1, 1)),
    // the same day of a later month
    (date(2026, 11, 23), 1, date(2026, 12, 23), date(2026, 12, 24)),
    (date(2026, 11, 23), 2, date(2027, 1, 23), date(2027, 1, 24)),
    (date(2026, 11, 23), 12, date(2027, 11, 23), date(2027, 11, 24)),
    (date(2026, 11, 23), 24, date(2028, 11, 23), date(2028, 11, 24)),
    (date(2026, 5, 1), 120, date(2036, 5, 1), date(2036, 5, 2)),
    (date(2026, 6, 15), 1200, date(2126, 6, 15), date(2126, 6, 16)),
    // a month without that day
    (date(2026, 1, 31), 1, date(2026, 2, 28), date(2026, 3, 1)),
    (date(2026, 1, 29), 1, date(2026, 2, 28), date(2026, 3, 1)),
    (date(2026, 3, 31), 1, date(2026, 4, 30), date(2026, 5, 1)),
    (date(2026, 3, 31), 6, date(2026, 9, 30), date(2026, 10, 1)),
    (date(2026, 8, 31), 6, date(2027, 2, 28), date(2027, 3, 1)),
    (date(2025, 11, 30), 3, date(2026, 2, 28), date(2026, 3, 1)),
    (date(2026, 3, 30), 11, date(2027, 2, 28), date(2027, 3, 1)),
    (date(2026, 1, 30), 13, date(2027, 2, 28), date(2027, 3, 1)),
    (date(2026, 7, 31), 18, date(2028, 1, 31), date(2028, 2, 1)),
    (date(2026, 12, 31), 1, date(2027, 1, 31), date(2027, 2, 1)),
    (date(2026, 12, 31), 36, date(2029, 12, 31), date(2030, 1, 1)),
    // leap days
    (date(2028, 1, 31), 1, date(2028, 2, 29), date(2028, 3, 1)),
    (date(2027, 11, 30), 3, date(2028, 2, 29), date(2028, 3, 1)),
    (date(2028, 2, 29), 1, date(2028, 3, 29), date(2028, 3, 30)),
    (date(2028, 2, 29), 12, date(2029, 2, 28), date(2029, 3, 1)),
    (date(2028, 2, 29), 48, date(2032, 2, 29), date(2032, 3, 1)),
    (date(2027, 2, 28), 12, date(2028, 2, 28), date(2028, 2, 29)),
    (date(2000, 2, 29), 1200, date(2100, 2, 28), date(2100, 3, 1)),
    // no calendar beyond
    (date(9999, 12, 1), 1, Date::MAX, Date::MAX),
    (Date::MAX, u16::MAX, Date::MAX, Date::MAX),
];

#[test]
fn a_period_ends_on_the_same_day_of_a_later_month_or_its_last() {
    for (event, months, expected, erasable) in PERIODS {
        let (ended, active) = (
            rule(DataCategory::Name, RelationshipEnded, Some(months)),
            rule(DataCategory::Name, SubjectInactive, Some(months)),
        );
        let other = date(2001, 1, 1);
        for (rule, anchors) in [
            (ended, Anchors { relationship_ended_on: Some(event), last_active_on: other }),
            (active.clone(), Anchors { relationship_ended_on: Some(other), last_active_on: event }),
            (active, Anchors { relationship_ended_on: None, last_active_on: event }),
        ] {
            assert_eq!(kept_through(&rule, &anchors), Some(expected), "{event} {months} {:?}", rule.trigger);
        }
        assert_eq!(erasable_on(expected), erasable, "{event} {months}");
    }
}

#[test]
fn nothing_ends_before_its_event() {
    let lasts = Anchors { relationship_ended_on: None, last_active_on: date(2020, 1, 1) };
    let ended = Anchors { relationship_ended_on: Some(date(2026, 3, 15)), ..lasts };
    for category in DataCategory::ALL {
        for (trigger, months, anchors) in [
            (RelationshipEnded, Some(0), &lasts),
            (RelationshipEnded, Some(1200), &lasts),
            (RelationshipEnded, None, &ended),
            (SubjectInactive, None, &ended),
            (FiscalYearEnded, None, &ended),
            (FiscalYearEnded, Some(84), &ended),
        ] {
            let rule = rule(category, trigger, months);
            assert_eq!(kept_through(&rule, anchors), None, "{category:?} {trigger:?} {months:?}");
        }
    }
    for rule in DEFAULTS {
        let expected = ended.relationship_ended_on.filter(|_| rule.category != DataCategory::Accounting);
        assert_eq!(kept_through(&rule, &ended), expected, "{:?}", rule.category);
        assert_eq!(kept_through(&rule, &lasts), None, "{:?}", rule.category);
    }
}

const ENDED: Date = date(2027, 5, 31);
const ACTIVE: Date = date(2026, 8, 31);

/// The rule's trigger and months, the fiscal year's end, the act's last day, the end of the relationship; last day kept.
type Record = (RetentionTrigger, Option<u16>, Date, Option<Date>, Option<Date>, Option<Date>);

#[rustfmt::skip]
const RECORDS: [Record; 29] = [
    // what the act keeps, by the default rule: the act's date, whatever became of the relationship
    (FiscalYearEnded, None, date(2025, 12, 31), Some(date(2032, 12, 31)), None, Some(date(2032, 12, 31))),
    (FiscalYearEnded, None, date(2025, 12, 31), Some(date(2032, 12, 31)), Some(ENDED), Some(date(2032, 12, 31))),
    (FiscalYearEnded, None, date(2026, 4, 30), Some(date(2033, 12, 31)), Some(ENDED), Some(date(2033, 12, 31))),
    (FiscalYearEnded, None, date(2024, 2, 29), Some(date(2031, 12, 31)), None, Some(date(2031, 12, 31))),
    // a contract over twenty years
    (FiscalYearEnded, None, date(2046, 4, 30), Some(date(2053, 12, 31)), Some(ENDED), Some(date(2053, 12, 31))),
    // a rule of the tenant's own is counted from the end of the calendar year too
    (FiscalYearEnded, Some(84), date(2025, 12, 31), Some(date(2032, 12, 31)), None, Some(date(2032, 12, 31))),
    (FiscalYearEnded, Some(84), date(2025, 6, 30), Some(date(2032, 12, 31)), None, Some(date(2032, 12, 31))),
    (FiscalYearEnded, Some(84), date(2026, 1, 1), Some(date(2033, 12, 31)), Some(ENDED), Some(date(2033, 12, 31))),
    (FiscalYearEnded, Some(84), date(2024, 2, 29), Some(date(2031, 12, 31)), None, Some(date(2031, 12, 31))),
    (FiscalYearEnded, Some(85), date(2025, 6, 30), Some(date(2032, 12, 31)), None, Some(date(2033, 1, 31))),
    (FiscalYearEnded, Some(86), date(2025, 6, 30), Some(date(2032, 12, 31)), None, Some(date(2033, 2, 28))),
    (FiscalYearEnded, Some(86), date(2028, 6, 30), Some(date(2035, 12, 31)), None, Some(date(2036, 2, 29))),
    (FiscalYearEnded, Some(90), date(2025, 12, 31), Some(date(2032, 12, 31)), None, Some(date(2033, 6, 30))),
    (FiscalYearEnded, Some(96), date(2025, 12, 31), Some(date(2032, 12, 31)), None, Some(date(2033, 12, 31))),
    (FiscalYearEnded, Some(120), date(2025, 4, 30), Some(date(2032, 12, 31)), Some(ENDED), Some(date(2035, 12, 31))),
    (FiscalYearEnded, Some(1200), date(2025, 4, 30), Some(date(2032, 12, 31)), None, Some(date(2125, 12, 31))),
    // a rule that is shorter than the act does not shorten it
    (FiscalYearEnded, Some(0), date(2025, 12, 31), Some(date(2032, 12, 31)), None, Some(date(2032, 12, 31))),
    (FiscalYearEnded, Some(83), date(2025, 6, 30), Some(date(2032, 12, 31)), None, Some(date(2032, 12, 31))),
    (SubjectInactive, Some(6), date(2025, 12, 31), Some(date(2032, 12, 31)), None, Some(date(2032, 12, 31))),
    (RelationshipEnded, Some(0), date(2025, 12, 31), Some(date(2032, 12, 31)), Some(ENDED), Some(date(2032, 12, 31))),
    (RelationshipEnded, Some(0), date(2025, 12, 31), Some(date(2032, 12, 31)), None, None),
    // a record to which the act does not apply, by the policy's sentence
    (FiscalYearEnded, None, date(2025, 12, 31), None, None, None),
    (FiscalYearEnded, None, date(2025, 12, 31), None, Some(ENDED), Some(ENDED)),
    (FiscalYearEnded, None, date(2046, 12, 31), None, Some(ENDED), Some(ENDED)),
    // and by a rule of the tenant's own
    (FiscalYearEnded, Some(84), date(2025, 6, 30), None, None, Some(date(2032, 12, 31))),
    (FiscalYearEnded, Some(120), date(2025, 6, 30), None, Some(ENDED), Some(date(2035, 12, 31))),
    (RelationshipEnded, Some(9), date(2025, 6, 30), None, Some(ENDED), Some(date(2028, 2, 29))),
    (RelationshipEnded, Some(9), date(2025, 6, 30), None, None, None),
    (SubjectInactive, Some(6), date(2025, 6, 30), None, None, Some(date(2027, 2, 28))),
];

#[test]
fn a_record_is_kept_as_long_as_the_act_and_the_rule_say() {
    for (trigger, months, fiscal_year_ends_on, retained_through, ended, expected) in RECORDS {
        let rule = rule(DataCategory::Accounting, trigger, months);
        let record = RecordAnchors { fiscal_year_ends_on, retained_through };
        let anchors = Anchors { relationship_ended_on: ended, last_active_on: ACTIVE };
        let found = record_kept_through(&rule, &record, &anchors);
        assert_eq!(found, expected, "{trigger:?} {months:?} {record:?} {ended:?}");
    }
}

/// Every accepted rule and every fiscal year of a century.
#[test]
fn no_rule_lets_a_statutory_record_go_before_the_act_does() {
    let anchors = Anchors { relationship_ended_on: Some(ENDED), last_active_on: ACTIVE };
    let own = [84, 85, 119, 120, 1200].map(Some);
    for year in 2000..2100 {
        for fiscal_year_ends_on in
            [date(year, 1, 1), date(year, 2, 28), date(year, 6, 30), date(year, 12, 31)]
        {
            let by_law = date(year + 7, 12, 31);
            let record = RecordAnchors { fiscal_year_ends_on, retained_through: Some(by_law) };
            for months in own.into_iter().chain([None]) {
                let rule = rule(DataCategory::Accounting, FiscalYearEnded, months);
                let kept = record_kept_through(&rule, &record, &anchors);
                assert!(kept.is_some_and(|kept| kept >= by_law), "{fiscal_year_ends_on} {months:?}");
                assert_eq!(kept == Some(by_law), matches!(months, None | Some(84)), "{fiscal_year_ends_on}");
            }
        }
    }
}
