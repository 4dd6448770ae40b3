use TransferMechanism::{Adequacy, BindingCorporateRules, Eea, StandardContractualClauses};
use jiff::civil::date;

use super::*;

mod independent;

fn country(code: &str) -> CountryCode {
    CountryCode::parse(code).unwrap_or_else(|fault| unreachable!("{code}: {fault}"))
}

fn countries(codes: &str) -> Vec<CountryCode> {
    codes.split_whitespace().map(country).collect()
}

fn decision(code: &str, valid_from: Date, valid_to: Option<Date>) -> AdequacyDecision {
    let reference = format!("{code} {valid_from}");
    AdequacyDecision { country: country(code), valid_from, valid_to, scope: None, reference }
}

const ON: Date = date(2026, 12, 1);

#[test]
fn a_decision_is_in_force_from_its_first_through_its_last_day() {
    let list = AdequacyList::new(vec![
        decision("GB", date(2021, 6, 28), Some(date(2025, 12, 27))),
        decision("GB", date(2025, 12, 20), Some(date(2031, 12, 27))),
        decision("JP", date(2019, 1, 23), None),
        decision("KR", date(2021, 12, 17), Some(date(2021, 12, 17))),
    ]);
    for (code, on, expected) in [
        ("GB", date(2021, 6, 27), None),
        ("GB", date(2021, 6, 28), Some("GB 2021-06-28")),
        ("GB", date(2025, 12, 19), Some("GB 2021-06-28")),
        ("GB", date(2025, 12, 20), Some("GB 2025-12-20")),
        ("GB", date(2025, 12, 28), Some("GB 2025-12-20")),
        ("GB", date(2031, 12, 27), Some("GB 2025-12-20")),
        ("GB", date(2031, 12, 28), None),
        ("JP", date(2019, 1, 22), None),
        ("JP", Date::MAX, Some("JP 2019-01-23")),
        ("KR", date(2021, 12, 16), None),
        ("KR", date(2021, 12, 17), Some("KR 2021-12-17")),
        ("KR", date(2021, 12, 18), None),
        ("SE", ON, None),
        ("US", ON, None),
    ] {
        let found = list.in_force(&country(code), on).map(|decision| decision.reference.as_str());
        assert_eq!(found, expected, "{code} {on}");
        assert_eq!(AdequacyList::default().in_force(&country(code), on), None);
    }
}

#[test]
fn the_first_country_that_the_mechanism_does_not_cover_is_named() {
    let list = AdequacyList::new(vec![decision("GB", date(2025, 12, 20), None), decision("CH", ON, None)]);
    for (mechanism, seat, processing, expected) in [
        (Eea, "SE", "SE DE NO", None),
        (Eea, "AX", "RE MF", None),
        (Eea, "SE", "", None),
        (Eea, "US", "SE", Some("US")),
        (Eea, "SE", "SE US", Some("US")),
        (Eea, "GB", "US", Some("GB")),
        (Eea, "SE", "IN US", Some("IN")),
        // Svalbard is outside the EEA Agreement
        (Eea, "NO", "SJ", Some("SJ")),
        (Adequacy, "SE", "SE", None),
        (Adequacy, "GB", "SE CH", None),
        (Adequacy, "GB", "IN", Some("IN")),
        (Adequacy, "US", "GB", Some("US")),
        (Adequacy, "SE", "US IN", Some("US")),
        (StandardContractualClauses, "US", "IN CN", None),
        (BindingCorporateRules, "US", "IN CN", None),
        (StandardContractualClauses, "SE", "SE", None),
    ] {
        let (seat, processing) = (country(seat), countries(processing));
        let location = Location { mechanism, seat: &seat, processing: &processing };
        let expected = expected.map_or(Ok(()), |code| Err(NotLawful { country: country(code) }));
        assert_eq!(location.check(&list, ON), expected, "{location:?}");
    }
}

#[test]
fn a_decision_counts_on_the_day_asked_for() {
    let list = AdequacyList::new(vec![decision("GB", date(2025, 12, 20), Some(date(2031, 12, 27)))]);
    let (seat, processing) = (country("GB"), countries("SE"));
    let location = Location { mechanism: Adequacy, seat: &seat, processing: &processing };
    for (on, lawful) in [
        (date(2025, 12, 19), false),
        (date(2025, 12, 20), true),
        (date(2031, 12, 27), true),
        (date(2031, 12, 28), false),
    ] {
        assert_eq!(location.check(&list, on).is_ok(), lawful, "{on}");
    }
}

#[test]
fn third_countries_are_listed_once_the_seat_first() {
    for (seat, processing, expected) in [
        ("SE", "SE NO AX", ""),
        ("US", "SE", "US"),
        ("SE", "US", "US"),
        ("US", "IN SE US GB IN", "US IN GB"),
        ("SE", "GB US GB", "GB US"),
    ] {
        let (seat, processing) = (country(seat), countries(processing));
        let location =
            Location { mechanism: StandardContractualClauses, seat: &seat, processing: &processing };
        let found: Vec<_> = location.third_countries().into_iter().map(CountryCode::as_str).collect();
        assert_eq!(found.join(" "), expected);
    }
}
