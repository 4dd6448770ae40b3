use jiff::civil::date;

use super::*;

const TODAY: Date = date(2026, 11, 23);

fn words() -> Vec<String> {
    vec!["anställda".to_owned()]
}

fn claim<'a>(categories: &'a [DataCategory], texts: &'a [String]) -> OfferClaim<'a> {
    OfferClaim {
        data_categories: categories,
        subject_categories: texts,
        instructions: texts,
        security_measures: texts,
        objection_period_days: 30,
        return_period_days: 30,
        effective_from: date(2026, 12, 1),
        effective_to: None,
    }
}

#[test]
fn the_periods_have_their_limits() {
    let texts = words();
    let objection = |max| Err(("objectionPeriodDays", Invalid::OutOfRange { min: 0, max }));
    let returning = |max| Err(("returnPeriodDays", Invalid::OutOfRange { min: 1, max }));
    for (objection_period_days, return_period_days, expected) in [
        (30, 30, Ok((30, 30))),
        (0, 1, Ok((0, 1))),
        (365, 365, Ok((365, 365))),
        (-1, 30, objection(365)),
        (366, 30, objection(365)),
        (65_536, 30, objection(365)),
        (i64::MIN, 30, objection(365)),
        (i64::MAX, 0, objection(365)),
        (30, 0, returning(365)),
        (30, -1, returning(365)),
        (30, 366, returning(365)),
        (30, i64::MAX, returning(365)),
    ] {
        let claim =
            OfferClaim { objection_period_days, return_period_days, ..claim(&[DataCategory::Name], &texts) };
        assert_eq!(claim.check(TODAY), expected, "{objection_period_days} {return_period_days}");
    }
}

#[test]
fn the_last_day_is_neither_before_the_first_nor_past() {
    let texts = words();
    for (effective_from, effective_to, expected) in [
        (date(2026, 12, 1), None, None),
        (date(2020, 1, 1), None, None),
        (date(2026, 12, 1), Some(date(2026, 12, 1)), None),
        (date(2026, 12, 1), Some(date(2027, 11, 30)), None),
        (date(2026, 12, 1), Some(date(2026, 11, 30)), Some(Invalid::BeforeItBegins)),
        (date(2026, 12, 1), Some(date(2026, 11, 22)), Some(Invalid::BeforeItBegins)),
        (date(2026, 11, 24), Some(TODAY), Some(Invalid::BeforeItBegins)),
        (TODAY, Some(TODAY), None),
        (TODAY, Some(date(2026, 11, 22)), Some(Invalid::InThePast)),
        (date(2026, 1, 1), Some(TODAY), None),
        (date(2026, 1, 1), Some(date(2026, 11, 22)), Some(Invalid::InThePast)),
        (date(2026, 1, 1), Some(date(2025, 12, 31)), Some(Invalid::InThePast)),
    ] {
        let claim = OfferClaim { effective_from, effective_to, ..claim(&[DataCategory::Name], &texts) };
        let expected = expected.map_or(Ok((30, 30)), |reason| Err(("effectiveTo", reason)));
        assert_eq!(claim.check(TODAY), expected, "{effective_from} {effective_to:?}");
    }
}

#[test]
fn no_list_is_empty() {
    let texts = words();
    let whole = claim(&[DataCategory::Name], &texts);
    for (part, claim) in [
        ("dataCategories", OfferClaim { data_categories: &[], ..whole }),
        ("subjectCategories", OfferClaim { subject_categories: &[], ..whole }),
        ("instructions", OfferClaim { instructions: &[], ..whole }),
        ("securityMeasures", OfferClaim { security_measures: &[], ..whole }),
        ("dataCategories", claim(&[], &[])),
    ] {
        assert_eq!(claim.check(TODAY), Err((part, Invalid::Empty)), "{part}");
    }
}
