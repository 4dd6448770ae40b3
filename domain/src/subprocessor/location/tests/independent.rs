//! Every country of ISO 3166-1 under every mechanism, against lists written down a second time, by alpha-3 codes.

use super::*;

/// The Union's 27 states, the three other states of the EEA, and the seven territories with codes of their own in which
/// Union law applies.
const INSIDE: &str = "AUT BEL BGR CYP CZE DEU DNK ESP EST FIN FRA GRC HRV HUN IRL ITA LTU LUX LVA MLT NLD POL PRT \
                      ROU SVK SVN SWE ISL LIE NOR ALA GLP GUF MTQ MYT REU MAF";

/// Countries with a decision, and its first day.
const ADEQUATE: [(&str, Date); 16] = [
    ("CHE", date(2000, 7, 26)),
    ("CAN", date(2001, 12, 20)),
    ("ARG", date(2003, 6, 30)),
    ("GGY", date(2003, 11, 21)),
    ("IMN", date(2004, 4, 28)),
    ("JEY", date(2008, 5, 8)),
    ("FRO", date(2010, 3, 5)),
    ("AND", date(2010, 10, 19)),
    ("ISR", date(2011, 1, 31)),
    ("URY", date(2012, 8, 21)),
    ("NZL", date(2012, 12, 19)),
    ("JPN", date(2019, 1, 23)),
    ("KOR", date(2021, 12, 17)),
    ("USA", date(2023, 7, 10)),
    ("GBR", date(2025, 12, 20)),
    ("BRA", date(2026, 1, 26)),
];

/// On the last day of which the decision on the United Kingdom is in force.
const BRITISH_END: Date = date(2031, 12, 27);

fn list() -> AdequacyList {
    let decisions = ADEQUATE.iter().map(|(alpha3, from)| {
        let country = rust_iso3166::from_alpha3(alpha3).map(|country| country.alpha2).unwrap_or_default();
        decision(country, *from, (*alpha3 == "GBR").then_some(BRITISH_END))
    });
    AdequacyList::new(decisions.collect())
}

fn is_lawful(mechanism: TransferMechanism, alpha3: &str, on: Date) -> bool {
    if INSIDE.split_whitespace().any(|inside| inside == alpha3) {
        return true;
    }
    match mechanism.code() {
        "EEA" => false,
        "ADEQUACY" => ADEQUATE.iter().any(|(country, from)| {
            *country == alpha3 && on >= *from && !(alpha3 == "GBR" && on > BRITISH_END)
        }),
        _ => true,
    }
}

#[test]
fn every_country_is_lawful_under_the_mechanisms_that_reach_it() {
    let (list, sweden) = (list(), country("SE"));
    let mut cases = 0;
    for iso in rust_iso3166::ALL {
        let other = [country(iso.alpha2)];
        for mechanism in TransferMechanism::ALL.iter().copied() {
            for on in [date(2000, 1, 1), date(2020, 6, 1), date(2026, 12, 1), BRITISH_END, date(2031, 12, 28)]
            {
                let refused = Err(NotLawful { country: other[0].clone() });
                let expected = if is_lawful(mechanism, iso.alpha3, on) { Ok(()) } else { refused };
                let home = std::slice::from_ref(&sweden);
                for (seat, processing) in [(&other[0], home), (&sweden, &other), (&other[0], &other)] {
                    let location = Location { mechanism, seat, processing };
                    assert_eq!(location.check(&list, on), expected, "{location:?} {on}");
                    cases += 1;
                }
            }
        }
    }
    assert_eq!(cases, rust_iso3166::ALL.len() * 4 * 5 * 3);
}

#[test]
fn every_country_is_a_third_country_or_inside_and_never_both() {
    let mut outside = 0;
    for iso in rust_iso3166::ALL {
        let seat = country(iso.alpha2);
        let location = Location { mechanism: Eea, seat: &seat, processing: &[] };
        let is_inside = INSIDE.split_whitespace().any(|inside| inside == iso.alpha3);
        assert_eq!(location.third_countries().is_empty(), is_inside, "{}", iso.alpha3);
        outside += usize::from(!is_inside);
    }
    assert_eq!(outside, rust_iso3166::ALL.len() - 37);
    assert_eq!(rust_iso3166::ALL.len(), 249);
}
