use Annex::{Listed, NotListed};
use SubprocessorAuthorisation::{General, Specific};
use SubprocessorStanding::{Announced, Authorised, AwaitingAuthorisation, Ended, NotConcerned, ObjectedTo};
use jiff::civil::date;

use super::*;
use crate::calendar::civil_date;

const LAST: Date = date(2026, 12, 23);
const DAY_BEFORE: Date = date(2026, 12, 22);
const DAY_AFTER: Date = date(2026, 12, 24);

fn notice(authorisation: SubprocessorAuthorisation, answer: Answer) -> NoticeFacts {
    NoticeFacts { authorisation, last_day_to_object: LAST, answer }
}

fn told(notice: &NoticeFacts) -> StandingFacts<'_> {
    StandingFacts { notice: Some(notice), in_annex: NotListed, ended_on: None }
}

/// Day of the notice, days to object, last day to object, first day that the sub-processor may process.
#[rustfmt::skip]
const WINDOWS: [(Date, u16, Date, Date); 18] = [
    (date(2026, 11, 23), 30, date(2026, 12, 23), date(2026, 12, 24)),
    (date(2026, 11, 23), 1, date(2026, 11, 24), date(2026, 11, 25)),
    (date(2026, 11, 23), 0, date(2026, 11, 23), date(2026, 11, 24)),
    (date(2026, 11, 23), 365, date(2027, 11, 23), date(2027, 11, 24)),
    // days are days, whatever the month's length
    (date(2026, 1, 31), 30, date(2026, 3, 2), date(2026, 3, 3)),
    (date(2026, 1, 31), 28, date(2026, 2, 28), date(2026, 3, 1)),
    (date(2026, 1, 29), 30, date(2026, 2, 28), date(2026, 3, 1)),
    (date(2026, 3, 1), 30, date(2026, 3, 31), date(2026, 4, 1)),
    (date(2026, 4, 30), 30, date(2026, 5, 30), date(2026, 5, 31)),
    (date(2026, 12, 1), 30, date(2026, 12, 31), date(2027, 1, 1)),
    (date(2026, 12, 31), 30, date(2027, 1, 30), date(2027, 1, 31)),
    // leap days
    (date(2028, 1, 30), 30, date(2028, 2, 29), date(2028, 3, 1)),
    (date(2028, 1, 30), 29, date(2028, 2, 28), date(2028, 2, 29)),
    (date(2028, 2, 29), 365, date(2029, 2, 28), date(2029, 3, 1)),
    // the clocks go forward on 29 March, back on 25 October
    (date(2026, 3, 28), 1, date(2026, 3, 29), date(2026, 3, 30)),
    (date(2026, 10, 24), 1, date(2026, 10, 25), date(2026, 10, 26)),
    // no calendar beyond
    (date(9999, 12, 30), 1, Date::MAX, Date::MAX),
    (Date::MAX, u16::MAX, Date::MAX, Date::MAX),
];

#[test]
fn the_day_of_the_notice_is_not_counted_and_processing_begins_after_the_last_day() {
    for (notified_on, days, last, earliest) in WINDOWS {
        assert_eq!(last_day_to_object(notified_on, days), last, "{notified_on} {days}");
        assert_eq!(earliest_effective(notified_on, days), earliest, "{notified_on} {days}");
    }
}

#[test]
fn a_notice_counts_from_its_day_in_sweden_and_ends_at_midnight_there() {
    for (notified_at, last_moment, too_late) in [
        ("2026-11-23T10:00:00Z", "2026-12-23T22:59:59.999Z", "2026-12-23T23:00:00Z"),
        ("2026-11-22T23:00:00Z", "2026-12-23T22:59:59.999Z", "2026-12-23T23:00:00Z"),
        ("2026-11-22T22:59:59.999Z", "2026-12-22T22:59:59.999Z", "2026-12-22T23:00:00Z"),
        // over the change to summer time, and back
        ("2026-03-01T12:00:00Z", "2026-03-31T21:59:59.999Z", "2026-03-31T22:00:00Z"),
        ("2026-02-27T12:00:00Z", "2026-03-29T21:59:59.999Z", "2026-03-29T22:00:00Z"),
        ("2026-09-25T12:00:00Z", "2026-10-25T22:59:59.999Z", "2026-10-25T23:00:00Z"),
        ("2026-09-24T22:30:00Z", "2026-10-25T22:59:59.999Z", "2026-10-25T23:00:00Z"),
    ] {
        let day = |instant: &str| civil_date(instant.parse().unwrap_or_default());
        let last_day_to_object = last_day_to_object(day(notified_at), 30);
        let notice = NoticeFacts { authorisation: General, last_day_to_object, answer: Answer::None };
        assert_eq!(check_objection(&told(&notice), day(last_moment)), Ok(()), "{notified_at}");
        assert_eq!(standing(&told(&notice), day(last_moment)), Announced, "{notified_at}");
        let passed = Err(ObjectionRefused::Passed);
        assert_eq!(check_objection(&told(&notice), day(too_late)), passed, "{notified_at}");
        assert_eq!(standing(&told(&notice), day(too_late)), Authorised, "{notified_at}");
    }
}

#[test]
fn silence_is_a_yes_after_the_period_under_general_authorisation_and_never_under_specific() {
    for (authorisation, answer, on_last_day, after) in [
        (General, Answer::None, Announced, Authorised),
        (General, Answer::Objected, ObjectedTo, ObjectedTo),
        (General, Answer::Authorised, Authorised, Authorised),
        (Specific, Answer::None, AwaitingAuthorisation, AwaitingAuthorisation),
        (Specific, Answer::Objected, ObjectedTo, ObjectedTo),
        (Specific, Answer::Authorised, Authorised, Authorised),
    ] {
        let notice = notice(authorisation, answer);
        for (in_annex, today, expected) in [
            (NotListed, DAY_BEFORE, on_last_day),
            (NotListed, LAST, on_last_day),
            (NotListed, DAY_AFTER, after),
            (NotListed, Date::MAX, after),
            (Listed, LAST, on_last_day),
            (Listed, DAY_AFTER, after),
        ] {
            let facts = StandingFacts { in_annex, ..told(&notice) };
            assert_eq!(standing(&facts, today), expected, "{facts:?} {today}");
        }
    }
}

#[test]
fn without_a_notice_the_annex_decides() {
    for (in_annex, expected) in [(Listed, Authorised), (NotListed, NotConcerned)] {
        for today in [Date::MIN, LAST, Date::MAX] {
            assert_eq!(standing(&StandingFacts { notice: None, in_annex, ended_on: None }, today), expected);
        }
    }
}

#[test]
fn whoever_has_ended_is_neither_objected_to_nor_authorised() {
    for answer in [Answer::None, Answer::Objected, Answer::Authorised] {
        let notice = notice(General, answer);
        for (notice, in_annex) in [(Some(&notice), NotListed), (None, Listed), (None, NotListed)] {
            let open = StandingFacts { notice, in_annex, ended_on: None };
            let ended = StandingFacts { ended_on: Some(DAY_BEFORE), ..open };
            assert_eq!(standing(&ended, DAY_BEFORE), standing(&open, DAY_BEFORE), "{ended:?}");
            assert_eq!(check_objection(&ended, DAY_BEFORE), check_objection(&open, DAY_BEFORE), "{ended:?}");
            assert_eq!(standing(&ended, LAST), Ended, "{ended:?}");
            assert_eq!(check_objection(&ended, LAST), Err(ObjectionRefused::Ended), "{ended:?}");
            assert_eq!(check_authorisation(&ended, LAST), Err(AuthorisationRefused::Ended), "{ended:?}");
        }
    }
}

#[test]
fn an_objection_is_made_once_and_within_the_period() {
    use ObjectionRefused::{Objected, Passed};
    for authorisation in [General, Specific] {
        for (answer, within, after) in [
            (Answer::None, Ok(()), Err(Passed)),
            (Answer::Authorised, Ok(()), Err(Passed)),
            (Answer::Objected, Err(Objected), Err(Objected)),
        ] {
            let notice = notice(authorisation, answer);
            for (today, expected) in
                [(DAY_BEFORE, within), (LAST, within), (DAY_AFTER, after), (Date::MAX, after)]
            {
                assert_eq!(check_objection(&told(&notice), today), expected, "{notice:?} {today}");
            }
        }
    }
    for in_annex in [Listed, NotListed] {
        let facts = StandingFacts { notice: None, in_annex, ended_on: None };
        assert_eq!(check_objection(&facts, LAST), Err(Passed), "{in_annex:?}");
    }
}

#[test]
fn an_authorisation_is_given_where_it_is_missing_whenever_that_is() {
    let authorised = Err(AuthorisationRefused::Authorised);
    for (authorisation, answer, within, after) in [
        (General, Answer::None, Ok(()), authorised),
        (General, Answer::Objected, Ok(()), Ok(())),
        (General, Answer::Authorised, authorised, authorised),
        (Specific, Answer::None, Ok(()), Ok(())),
        (Specific, Answer::Objected, Ok(()), Ok(())),
        (Specific, Answer::Authorised, authorised, authorised),
    ] {
        let notice = notice(authorisation, answer);
        for (today, expected) in
            [(DAY_BEFORE, within), (LAST, within), (DAY_AFTER, after), (Date::MAX, after)]
        {
            assert_eq!(check_authorisation(&told(&notice), today), expected, "{notice:?} {today}");
        }
    }
    for (in_annex, expected) in [(Listed, authorised), (NotListed, Err(AuthorisationRefused::NotConcerned))] {
        let facts = StandingFacts { notice: None, in_annex, ended_on: None };
        assert_eq!(check_authorisation(&facts, LAST), expected, "{in_annex:?}");
    }
}
