use RestrictionGround::{AccuracyContested, LegalClaim, ObjectionPending, UnlawfulProcessing};

use super::*;

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap_or_default()
}

#[test]
fn a_restriction_is_lifted_once_the_person_was_told_and_no_objection_waits() {
    let (told, late) = (at(10), at(11));
    let invalid = Err(LiftRefused::Invalid { part: "subjectInformedAt", reason: Invalid::InTheFuture });
    let conflict = Err(LiftRefused::Conflict);
    let objection = Cause::OpenRequest(RequestKind::Objection);
    let rectification = Cause::OpenRequest(RequestKind::Rectification);
    for (ground, cause, lifted_at, informed_at, expected) in [
        (AccuracyContested, Cause::Other, None, told, Ok(())),
        (AccuracyContested, rectification, None, told, Ok(())),
        (AccuracyContested, objection, None, told, Ok(())),
        (UnlawfulProcessing, Cause::Other, None, told, Ok(())),
        (LegalClaim, Cause::OpenRequest(RequestKind::Erasure), None, told, Ok(())),
        (ObjectionPending, Cause::Other, None, told, Ok(())),
        (ObjectionPending, rectification, None, told, Ok(())),
        (ObjectionPending, objection, None, told, conflict),
        (ObjectionPending, objection, Some(at(9)), told, conflict),
        (ObjectionPending, objection, None, late, invalid),
        (AccuracyContested, Cause::Other, Some(at(9)), told, conflict),
        (AccuracyContested, Cause::Other, Some(at(9)), late, invalid),
        (AccuracyContested, Cause::Other, None, late, invalid),
        (LegalClaim, Cause::Other, None, at(0), Ok(())),
        (LegalClaim, Cause::Other, None, Timestamp::MAX, invalid),
    ] {
        let facts = LiftFacts { ground, started_at: at(1), lifted_at, informed_at, cause };
        assert_eq!(check_lift(&facts, at(10)), expected, "{facts:?}");
    }
}

#[test]
fn every_ground_is_named_with_its_point_of_the_article() {
    for (ground, point) in RestrictionGround::ALL.iter().zip(["a", "b", "c", "d"]) {
        let (swedish, english) = (ground.name(Language::Sv), ground.name(Language::En));
        assert!(swedish.ends_with(&format!("artikel 18.1 {point}")), "{swedish}");
        assert!(english.ends_with(&format!("Art. 18(1)({point})")), "{english}");
    }
}
