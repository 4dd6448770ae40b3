use DataCategory::{Accounting, Email, Name, Password};
use RetentionGround::{BookkeepingAct, LegalClaims, LegitimateInterests, OtherLegalObligation};
use jiff::civil::date;

use super::*;

const TODAY: Date = date(2026, 11, 23);
const TOMORROW: Date = date(2026, 11, 24);

#[test]
fn a_hold_on_any_ground_but_the_gateways_own_covers_what_it_names() {
    for ground in RetentionGround::ALL.iter().copied().filter(|ground| *ground != BookkeepingAct) {
        for expires_on in [None, Some(TOMORROW), Some(date(2036, 1, 1)), Some(Date::MAX)] {
            for (named, covered) in [
                (&[Name][..], Categories::from([Name])),
                (&[Email, Name][..], Categories::from([Name, Email])),
                (&[Name, Name, Accounting, Name][..], Categories::from([Name, Accounting])),
                (&DataCategory::ALL[..], Categories::from(DataCategory::ALL)),
            ] {
                let claim = HoldClaim { ground, categories: named, expires_on, objection: Objection::None };
                assert_eq!(claim.check(TODAY), Ok(covered), "{claim:?}");
            }
        }
    }
}

#[test]
fn a_hold_that_cannot_stand_is_refused_at_its_first_fault() {
    let invalid = |part, reason| HoldRefused::Invalid { part, reason };
    let ground = invalid("ground", Invalid::GroundOfTheGateway);
    let empty = invalid("categories", Invalid::Empty);
    let ended = invalid("expiresOn", Invalid::NotInTheFuture);
    let (none, upheld) = (Objection::None, Objection::Upheld);
    let (some, yesterday) = (&[Name, Password][..], date(2026, 11, 22));
    for (on, categories, expires_on, objection, expected) in [
        (BookkeepingAct, some, None, none, ground),
        (BookkeepingAct, &[][..], Some(TODAY), upheld, ground),
        (LegalClaims, &[][..], None, none, empty),
        (LegalClaims, &[][..], Some(TODAY), upheld, empty),
        (LegalClaims, some, Some(TODAY), none, ended),
        (LegalClaims, some, Some(yesterday), upheld, ended),
        (LegalClaims, some, Some(Date::MIN), none, ended),
        (LegitimateInterests, &[][..], None, upheld, empty),
        (LegitimateInterests, some, Some(TODAY), upheld, ended),
        (LegitimateInterests, some, Some(TOMORROW), upheld, HoldRefused::ObjectionUpheld),
        (LegitimateInterests, some, None, upheld, HoldRefused::ObjectionUpheld),
    ] {
        let claim = HoldClaim { ground: on, categories, expires_on, objection };
        assert_eq!(claim.check(TODAY), Err(expected), "{claim:?}");
    }
}

#[test]
fn an_upheld_objection_outweighs_legitimate_interests_alone() {
    for ground in RetentionGround::ALL.iter().copied() {
        assert!(stands(ground, Objection::None), "{ground:?}");
        assert_eq!(stands(ground, Objection::Upheld), ground != LegitimateInterests, "{ground:?}");
    }
    let claim = HoldClaim {
        ground: OtherLegalObligation,
        categories: &[Name],
        expires_on: None,
        objection: Objection::Upheld,
    };
    assert_eq!(claim.check(TODAY), Ok(Categories::from([Name])));
}

#[test]
fn a_hold_binds_until_the_day_on_which_it_expires_or_is_released() {
    let released = Some(Timestamp::UNIX_EPOCH);
    for (expires_on, released_at, expected) in [
        (None, None, true),
        (None, released, false),
        (Some(TOMORROW), None, true),
        (Some(TOMORROW), released, false),
        (Some(TODAY), None, false),
        (Some(TODAY), released, false),
        (Some(date(2026, 11, 22)), None, false),
        (Some(Date::MAX), None, true),
        (Some(Date::MIN), None, false),
    ] {
        assert_eq!(binds_on(expires_on, released_at, TODAY), expected, "{expires_on:?} {released_at:?}");
    }
}
