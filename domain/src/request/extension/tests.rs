use ExtensionGround::{Complexity, NumberOfRequests};

use super::*;

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap_or_default()
}

fn earlier() -> Extension {
    let grounds = BTreeSet::from([Complexity]);
    Extension { at: at(1), grounds, reason: Description::parse("Many systems.").ok(), informed_at: at(1) }
}

#[test]
fn an_open_request_is_extended_once_within_the_first_month() {
    let extension = earlier();
    let both = BTreeSet::from([Complexity, NumberOfRequests]);
    for (grounds, expected) in [
        (&[Complexity][..], BTreeSet::from([Complexity])),
        (&[NumberOfRequests][..], BTreeSet::from([NumberOfRequests])),
        (&[NumberOfRequests, Complexity, Complexity][..], both),
        (&[][..], BTreeSet::new()),
    ] {
        for status in RequestStatus::ALL.iter().copied() {
            for earlier in [None, Some(&extension)] {
                for now in [at(0), at(10), at(11)] {
                    let facts = ExtensionFacts { status, earlier, open_until: at(10) };
                    let expected = match (grounds, earlier, now) {
                        ([], ..) => Err(ExtensionRefused::NoGrounds),
                        (_, Some(_), _) => Err(ExtensionRefused::State),
                        _ if !status.is_open() => Err(ExtensionRefused::State),
                        (.., now) if now == at(11) => Err(ExtensionRefused::DeadlinePassed),
                        _ => Ok(expected.clone()),
                    };
                    assert_eq!(check(&facts, grounds, now), expected, "{grounds:?} {facts:?} {now}");
                }
            }
        }
    }
}

#[test]
fn the_last_millisecond_of_the_first_month_is_still_in_time() {
    let open_until = at(10);
    let facts = ExtensionFacts { status: RequestStatus::Received, earlier: None, open_until };
    let just_after = Timestamp::new(10, 1).unwrap_or_default();
    assert!(check(&facts, &[Complexity], open_until).is_ok());
    assert_eq!(check(&facts, &[Complexity], just_after), Err(ExtensionRefused::DeadlinePassed));
}

#[test]
fn every_ground_has_its_own_name_in_both_languages() {
    for language in [Language::Sv, Language::En] {
        let names: BTreeSet<_> = ExtensionGround::ALL.iter().map(|ground| ground.name(language)).collect();
        assert_eq!(names.len(), ExtensionGround::ALL.len());
    }
}
