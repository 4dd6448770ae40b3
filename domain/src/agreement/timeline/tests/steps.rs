//! What may be done to a version on a day, and the last day that is shown.

use SigningRefused::{AlreadySigned, Over, Superseded};
use TerminationRefused::{InThePast, LaterThanSet, NotInForce};

use super::*;

#[test]
fn the_last_day_shown_is_its_own_or_the_eve_of_the_successor() {
    let (signed, from) = (Some(on(1, 1)), on(1, 1));
    let one = |to| (signed, from, to);
    for (case, rows, expected) in [
        ("alone, open-ended", [one(None)].as_slice(), None),
        ("alone", &[one(Some(on(3, 31)))], Some(on(3, 31))),
        ("successor not signed", &[one(None), (None, on(2, 1), None)], None),
        ("successor signed", &[one(None), (signed, on(2, 1), None)], Some(on(1, 31))),
        ("successor signed late", &[one(None), (Some(on(3, 1)), on(2, 1), None)], Some(on(2, 28))),
        (
            "successor on a leap year's 1 March",
            &[one(None), (signed, date(2028, 3, 1), None)],
            Some(date(2028, 2, 29)),
        ),
        ("overlap", &[one(Some(on(6, 30))), (signed, on(2, 1), None)], Some(on(1, 31))),
        ("gap", &[one(Some(on(1, 15))), (signed, on(2, 1), None)], Some(on(1, 15))),
        (
            "the sooner of two successors",
            &[one(None), (signed, on(5, 1), None), (signed, on(2, 1), None)],
            Some(on(1, 31)),
        ),
        ("successor on the same day", &[one(None), (signed, from, None)], None),
        (
            "successor on the same day, own end",
            &[one(Some(on(6, 30))), (signed, from, None)],
            Some(on(6, 30)),
        ),
        ("successor before it", &[(signed, on(3, 1), None), (signed, on(2, 1), None)], None),
        ("not signed", &[(None, from, Some(on(6, 30))), (signed, on(2, 1), None)], Some(on(6, 30))),
    ] {
        let all = versions(rows);
        assert_eq!(last_day(&all[0], &all), expected, "{case}");
    }
}

#[test]
fn only_the_newest_offer_is_signed_and_not_after_its_last_day() {
    let signed = Some(on(1, 5));
    for (case, rows, number, today, expected) in [
        ("new", [(None, on(2, 1), None)].as_slice(), 0, on(1, 1), Ok(())),
        ("after its first day", &[(None, on(2, 1), None)], 0, on(6, 1), Ok(())),
        ("on its last day", &[(None, on(2, 1), Some(on(3, 31)))], 0, on(3, 31), Ok(())),
        ("after its last day", &[(None, on(2, 1), Some(on(3, 31)))], 0, on(4, 1), Err(Over)),
        ("signed", &[(signed, on(2, 1), None)], 0, on(1, 6), Err(AlreadySigned)),
        ("signed and over", &[(signed, on(2, 1), Some(on(3, 31)))], 0, on(4, 1), Err(AlreadySigned)),
        (
            "beside a version in force",
            &[(signed, on(1, 5), None), (None, on(2, 1), None)],
            1,
            on(1, 6),
            Ok(()),
        ),
        ("replaced offer", &[(None, on(2, 1), None), (None, on(2, 1), None)], 0, on(1, 6), Err(Superseded)),
        (
            "replaced by a signed one",
            &[(None, on(2, 1), None), (signed, on(3, 1), None)],
            0,
            on(1, 6),
            Err(Superseded),
        ),
        (
            "replaced and over",
            &[(None, on(2, 1), Some(on(3, 1))), (None, on(2, 1), None)],
            0,
            on(4, 1),
            Err(Superseded),
        ),
        (
            "signed and replaced",
            &[(signed, on(2, 1), None), (None, on(2, 1), None)],
            0,
            on(1, 6),
            Err(AlreadySigned),
        ),
    ] {
        let all = versions(rows);
        assert_eq!(check_signing(&all[number], &all, today), expected, "{case}");
    }
}

#[test]
fn the_version_in_force_ends_today_or_later_and_never_later_than_set() {
    let signed = Some(on(1, 5));
    let (open, fixed) = ((signed, on(2, 1), None), (signed, on(2, 1), Some(on(6, 30))));
    let today = on(3, 10);
    for (case, rows, last, expected) in [
        ("today", [open].as_slice(), today, Ok(())),
        ("later", &[open], on(12, 31), Ok(())),
        ("the calendar's last day", &[open], Date::MAX, Ok(())),
        ("yesterday", &[open], on(3, 9), Err(InThePast)),
        ("sooner than set", &[fixed], on(6, 29), Ok(())),
        ("as set", &[fixed], on(6, 30), Ok(())),
        ("later than set", &[fixed], on(7, 1), Err(LaterThanSet)),
        ("before the successor", &[open, (signed, on(5, 1), None)], on(4, 30), Ok(())),
        ("the successor's day", &[open, (signed, on(5, 1), None)], on(5, 1), Err(LaterThanSet)),
        ("a successor not signed", &[open, (None, on(5, 1), None)], on(5, 1), Ok(())),
        ("superseded", &[open, (signed, on(3, 10), None)], today, Err(NotInForce)),
        ("offered", &[(None, on(2, 1), None)], today, Err(NotInForce)),
        ("not begun", &[(signed, on(3, 11), None)], on(3, 11), Err(NotInForce)),
        ("over", &[(signed, on(2, 1), Some(on(3, 9)))], today, Err(NotInForce)),
        ("over and yesterday", &[(signed, on(2, 1), Some(on(3, 9)))], on(3, 9), Err(InThePast)),
    ] {
        let all = versions(rows);
        assert_eq!(check_termination(&all[0], &all, last, today), expected, "{case}");
    }
}

#[test]
fn a_version_that_ends_today_is_in_force_today_and_terminated_tomorrow() {
    let mut all = versions(&[(Some(on(1, 5)), on(2, 1), None)]);
    assert_eq!(check_termination(&all[0], &all, on(3, 10), on(3, 10)), Ok(()));
    all[0].effective_to = Some(on(3, 10));
    expect("ended early", &all, &[(on(3, 10), "IN_FORCE"), (on(3, 11), "TERMINATED")]);
}
