use jiff::civil::date;

use super::*;

#[test]
fn an_agreement_is_in_force_from_its_first_through_its_last_day() {
    let (from, to) = (date(2026, 2, 1), date(2026, 3, 31));
    for (effective_to, day, expected) in [
        (Some(to), date(2026, 1, 31), false),
        (Some(to), from, true),
        (Some(to), to, true),
        (Some(to), date(2026, 4, 1), false),
        (None, date(2100, 1, 1), true),
        (None, date(2026, 1, 31), false),
        (Some(date(2026, 1, 31)), from, false),
    ] {
        let terms = AgreementTerms { categories: Categories::new(), effective_from: from, effective_to };
        assert_eq!(terms.in_force_on(day), expected, "{effective_to:?} {day}");
    }
}
