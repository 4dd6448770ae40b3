use domain::category::DataCategory::{self, Accounting, Email, Name};
use jiff::civil::date;

use super::*;

const TODAY: Date = date(2026, 3, 2);

/// A version by its number: signed or not, its first and last day, what it covers.
fn version(
    number: u16,
    signed_on: Option<Date>,
    (effective_from, effective_to): (Date, Option<Date>),
    covers: &[DataCategory],
) -> Terms {
    Terms {
        tenant: Uuid::nil(),
        timed: Version { number, signed_on, effective_from, effective_to },
        categories: covers.iter().copied().collect(),
        authorisation: SubprocessorAuthorisation::General,
        objection_period_days: 30,
        offered_at: Timestamp::UNIX_EPOCH,
    }
}

#[test]
fn a_tenant_is_told_under_the_agreement_in_force_else_under_the_newest_that_may_come() {
    let (past, coming) = ((date(2025, 1, 1), None), (date(2026, 6, 1), None));
    let over = (date(2025, 1, 1), Some(date(2026, 2, 28)));
    let signed = Some(date(2025, 1, 1));
    let in_force = || version(1, signed, past, &[Name, Email]);
    for (all, expected, who) in [
        (vec![], None, "nothing was ever offered"),
        (vec![in_force()], Some(1), "in force"),
        (vec![in_force(), version(2, None, past, &[Email])], Some(1), "in force before offered"),
        (vec![in_force(), version(2, signed, coming, &[Email])], Some(1), "in force before signed"),
        (vec![version(1, signed, coming, &[Email])], Some(1), "signed and to come"),
        (vec![version(1, None, past, &[Email])], Some(1), "offered"),
        (
            vec![version(1, signed, past, &[Accounting]), version(2, None, past, &[Email])],
            Some(2),
            "the offer alone covers it",
        ),
        (vec![version(1, None, past, &[Email]), version(2, None, past, &[Accounting])], None, "replaced"),
        (vec![version(1, signed, over, &[Email])], None, "over"),
        (vec![version(1, signed, past, &[Accounting])], None, "covers nothing that it sees"),
    ] {
        let sees = [Email].into_iter().collect();
        let told = told_under(&all, &sees, (TenantStatus::Active, TODAY));
        assert_eq!(told.map(|terms| terms.timed.number), expected, "{who}");
    }
}

#[test]
fn while_data_is_returned_the_last_agreement_that_was_in_force_governs() {
    let over = (date(2025, 1, 1), Some(date(2026, 2, 28)));
    let signed = Some(date(2025, 1, 1));
    let all = vec![
        version(1, signed, over, &[Email]),
        version(2, signed, over, &[Email]),
        version(3, None, (date(2026, 3, 1), None), &[Accounting]),
    ];
    let sees = [Email].into_iter().collect();
    for (status, annex, told) in [
        (TenantStatus::Active, Some(3), None),
        (TenantStatus::Offboarding, Some(2), Some(2)),
        (TenantStatus::Closed, Some(2), None),
    ] {
        let number = |terms: Option<&Terms>| terms.map(|terms| terms.timed.number);
        assert_eq!(number(standing(&all, (status, TODAY))), annex, "{status:?}");
        assert_eq!(number(told_under(&all, &sees, (status, TODAY))), told, "{status:?}");
    }
}
