use jiff::civil::date;

use super::*;
use crate::language::Language;

mod independent;
mod tables;

fn at(instant: &str) -> Timestamp {
    instant.parse().unwrap()
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn received(instant: &str, term: Term) -> DeadlineFacts {
    DeadlineFacts {
        received_at: at(instant),
        term,
        identity_asked_at: None,
        identity_confirmed_at: None,
        closed_at: None,
    }
}

fn asked(instant: &str, asked_at: &str, term: Term) -> DeadlineFacts {
    DeadlineFacts { identity_asked_at: Some(at(asked_at)), ..received(instant, term) }
}

/// Received, the last day, and the last day of an extended period.
#[rustfmt::skip]
const PERIODS: [(&str, &str, &str); 64] = [
    // an ordinary month
    ("2026-01-08T09:00:00Z", "2026-02-09", "2026-04-08"),
    ("2026-03-05T13:03:00+01:00", "2026-04-07", "2026-06-05"),
    ("2026-09-15T10:00:00Z", "2026-10-15", "2026-12-15"),
    ("2026-11-23T10:00:00Z", "2026-12-23", "2027-02-23"),
    // month ends
    ("2026-01-28T12:00:00Z", "2026-03-02", "2026-04-28"),
    ("2026-01-29T12:00:00Z", "2026-03-02", "2026-04-29"),
    ("2026-01-30T12:00:00Z", "2026-03-02", "2026-04-30"),
    ("2026-01-31T12:00:00Z", "2026-03-02", "2026-04-30"),
    ("2026-02-28T12:00:00Z", "2026-03-30", "2026-05-28"),
    ("2026-03-31T12:00:00Z", "2026-04-30", "2026-06-30"),
    ("2026-05-31T12:00:00Z", "2026-06-30", "2026-08-31"),
    ("2026-08-31T12:00:00Z", "2026-09-30", "2026-11-30"),
    ("2026-10-31T12:00:00Z", "2026-11-30", "2027-02-01"),
    ("2026-12-31T12:00:00Z", "2027-02-01", "2027-03-31"),
    // leap years
    ("2028-01-29T12:00:00Z", "2028-02-29", "2028-05-02"),
    ("2028-01-30T12:00:00Z", "2028-02-29", "2028-05-02"),
    ("2028-01-31T12:00:00Z", "2028-02-29", "2028-05-02"),
    ("2028-02-29T12:00:00Z", "2028-03-29", "2028-05-29"),
    ("2027-01-29T12:00:00Z", "2027-03-01", "2027-04-29"),
    ("2100-01-29T12:00:00Z", "2100-03-01", "2100-04-29"),
    ("2000-01-31T12:00:00Z", "2000-02-29", "2000-05-02"),
    // Easter
    ("2026-03-02T12:00:00Z", "2026-04-02", "2026-06-02"),
    ("2026-03-03T12:00:00Z", "2026-04-07", "2026-06-03"),
    ("2026-03-04T12:00:00Z", "2026-04-07", "2026-06-04"),
    ("2026-03-06T12:00:00Z", "2026-04-07", "2026-06-08"),
    ("2024-02-28T12:00:00Z", "2024-03-28", "2024-05-28"),
    ("2024-02-29T12:00:00Z", "2024-04-02", "2024-05-29"),
    ("2027-02-26T12:00:00Z", "2027-03-30", "2027-05-26"),
    // May Day, Ascension Day, Whitsun, the National Day
    ("2026-04-01T12:00:00Z", "2026-05-04", "2026-07-01"),
    ("2026-04-14T12:00:00Z", "2026-05-15", "2026-07-14"),
    ("2026-04-24T12:00:00Z", "2026-05-25", "2026-07-24"),
    ("2026-05-06T12:00:00Z", "2026-06-08", "2026-08-06"),
    ("2025-05-06T12:00:00Z", "2025-06-09", "2025-08-06"),
    ("2024-05-06T12:00:00Z", "2024-06-07", "2024-08-06"),
    ("2025-04-29T12:00:00Z", "2025-05-30", "2025-07-29"),
    // midsummer
    ("2026-05-19T12:00:00Z", "2026-06-19", "2026-08-19"),
    ("2026-05-20T12:00:00Z", "2026-06-22", "2026-08-20"),
    ("2026-05-22T12:00:00Z", "2026-06-22", "2026-08-24"),
    ("2027-05-25T12:00:00Z", "2027-06-25", "2027-08-25"),
    ("2024-05-21T12:00:00Z", "2024-06-21", "2024-08-21"),
    // All Saints' Day
    ("2026-09-30T12:00:00Z", "2026-10-30", "2026-12-30"),
    ("2025-10-01T12:00:00Z", "2025-11-03", "2026-01-02"),
    ("2027-10-06T12:00:00Z", "2027-11-08", "2028-01-07"),
    // Christmas and New Year
    ("2026-11-24T12:00:00Z", "2026-12-24", "2027-02-24"),
    ("2026-11-25T12:00:00Z", "2026-12-28", "2027-02-25"),
    ("2026-11-26T12:00:00Z", "2026-12-28", "2027-02-26"),
    ("2026-11-30T12:00:00Z", "2026-12-30", "2027-03-01"),
    ("2026-12-01T12:00:00Z", "2027-01-04", "2027-03-01"),
    ("2026-12-06T12:00:00Z", "2027-01-07", "2027-03-08"),
    ("2025-11-25T12:00:00Z", "2025-12-29", "2026-02-25"),
    ("2024-11-25T12:00:00Z", "2024-12-27", "2025-02-25"),
    // offsets near midnight
    ("2026-01-31T22:59:59.999Z", "2026-03-02", "2026-04-30"),
    ("2026-01-31T23:00:00Z", "2026-03-02", "2026-05-04"),
    ("2026-07-31T21:59:59.999Z", "2026-08-31", "2026-11-02"),
    ("2026-07-31T22:00:00Z", "2026-09-01", "2026-11-02"),
    ("2026-07-31T23:59:59+02:00", "2026-08-31", "2026-11-02"),
    ("2026-08-01T00:00:00+14:00", "2026-08-31", "2026-11-02"),
    ("2026-07-31T12:00:00-12:00", "2026-09-01", "2026-11-02"),
    // summer time begins and ends
    ("2026-03-29T00:59:59Z", "2026-04-29", "2026-06-29"),
    ("2026-03-29T01:00:00Z", "2026-04-29", "2026-06-29"),
    ("2026-02-28T23:00:00Z", "2026-04-01", "2026-06-01"),
    ("2026-09-25T00:30:00Z", "2026-10-26", "2026-12-28"),
    ("2026-10-24T22:00:00Z", "2026-11-25", "2027-01-25"),
    ("2026-10-25T23:00:00Z", "2026-11-26", "2027-01-26"),
];

#[test]
fn a_period_ends_on_the_day_that_the_regulation_says() {
    let rules = DeadlineRules::default();
    for (instant, one_month, three_months) in PERIODS.into_iter().chain(tables::PERIODS) {
        for (term, expected) in [(Term::OneMonth, one_month), (Term::ThreeMonths, three_months)] {
            let deadline = rules.deadline(&received(instant, term), at(instant));
            assert_eq!(deadline.due_on, day(expected), "{instant} {term:?}");
            assert_eq!(deadline.due_at, last_moment(day(expected)));
            assert_eq!(deadline.unpaused_due_on, deadline.due_on);
            assert_eq!(deadline.unpaused_due_at, deadline.due_at);
        }
    }
}

/// Received, term, the last day with the eves as working days, and with the eves as holidays.
#[rustfmt::skip]
const EVES: [(&str, Term, &str, &str); 8] = [
    ("2026-05-19T12:00:00Z", Term::OneMonth, "2026-06-19", "2026-06-22"),
    ("2027-05-25T12:00:00Z", Term::OneMonth, "2027-06-25", "2027-06-28"),
    ("2026-11-24T12:00:00Z", Term::OneMonth, "2026-12-24", "2026-12-28"),
    ("2026-11-30T12:00:00Z", Term::OneMonth, "2026-12-30", "2026-12-30"),
    ("2025-11-24T12:00:00Z", Term::OneMonth, "2025-12-24", "2025-12-29"),
    ("2025-09-30T12:00:00Z", Term::ThreeMonths, "2025-12-30", "2025-12-30"),
    ("2024-11-24T12:00:00Z", Term::OneMonth, "2024-12-24", "2024-12-27"),
    ("2026-03-19T12:00:00Z", Term::ThreeMonths, "2026-06-19", "2026-06-22"),
];

#[test]
fn the_reading_of_the_eves_is_a_setting() {
    for (instant, term, working, holiday) in EVES {
        for (holiday_eves, expected) in [(HolidayEves::Working, working), (HolidayEves::Holiday, holiday)] {
            let rules = DeadlineRules { holiday_eves, ..DeadlineRules::default() };
            let deadline = rules.deadline(&received(instant, term), at(instant));
            assert_eq!(deadline.due_on, day(expected), "{instant} {term:?} {holiday_eves:?}");
        }
    }
}

/// Received, identification asked for, given, term, days of the pause, the last day, the last day without the pause.
#[rustfmt::skip]
const PAUSES: [(&str, &str, &str, Term, i64, &str, &str); 10] = [
    ("2026-01-08T09:00:00Z", "2026-01-09T09:00:00Z", "2026-01-09T15:00:00Z", Term::OneMonth, 0, "2026-02-09", "2026-02-09"),
    ("2026-01-08T09:00:00Z", "2026-01-09T09:00:00Z", "2026-01-10T08:00:00Z", Term::OneMonth, 1, "2026-02-09", "2026-02-09"),
    ("2026-01-08T09:00:00Z", "2026-01-09T09:00:00Z", "2026-01-19T08:00:00Z", Term::OneMonth, 10, "2026-02-18", "2026-02-09"),
    ("2026-01-08T09:00:00Z", "2026-01-09T22:59:59Z", "2026-01-09T23:00:00Z", Term::OneMonth, 1, "2026-02-09", "2026-02-09"),
    ("2026-03-05T09:00:00Z", "2026-03-06T09:00:00Z", "2026-03-30T09:00:00Z", Term::OneMonth, 24, "2026-04-29", "2026-04-07"),
    ("2026-01-31T09:00:00Z", "2026-02-02T09:00:00Z", "2026-02-05T09:00:00Z", Term::OneMonth, 3, "2026-03-03", "2026-03-02"),
    ("2026-01-31T09:00:00Z", "2026-02-02T09:00:00Z", "2026-02-05T09:00:00Z", Term::ThreeMonths, 3, "2026-05-04", "2026-04-30"),
    ("2026-11-30T09:00:00Z", "2026-12-01T09:00:00Z", "2026-12-03T09:00:00Z", Term::OneMonth, 2, "2027-01-04", "2026-12-30"),
    ("2026-06-01T09:00:00Z", "2026-06-29T09:00:00Z", "2026-09-29T09:00:00Z", Term::OneMonth, 92, "2026-10-01", "2026-07-01"),
    ("2026-06-01T09:00:00Z", "2026-07-01T21:59:00Z", "2026-07-02T09:00:00Z", Term::OneMonth, 1, "2026-07-02", "2026-07-01"),
];

#[test]
fn the_clock_stands_in_whole_calendar_days_until_identification() {
    let rules = DeadlineRules::default();
    for (instant, asked_at, confirmed_at, term, days, due_on, unpaused_due_on) in
        PAUSES.into_iter().chain(tables::PAUSES)
    {
        let running = asked(instant, asked_at, term);
        let confirmed = DeadlineFacts { identity_confirmed_at: Some(at(confirmed_at)), ..running };
        let closed = DeadlineFacts { closed_at: Some(at(confirmed_at)), ..running };
        let much_later = at("2099-01-01T00:00:00Z");
        for (facts, now, end) in [
            (running, at(confirmed_at), PauseEnd::NotYet),
            (confirmed, at(confirmed_at), PauseEnd::Confirmed),
            (confirmed, much_later, PauseEnd::Confirmed),
            (closed, much_later, PauseEnd::Closed),
        ] {
            let deadline = rules.deadline(&facts, now);
            let pause = deadline.pause.unwrap();
            assert_eq!((pause.days, pause.end, pause.effect), (days, end, PauseEffect::Counted), "{instant}");
            assert_eq!(deadline.due_on, day(due_on), "{instant} {end:?}");
            assert_eq!(deadline.unpaused_due_on, day(unpaused_due_on), "{instant} {end:?}");
            assert_eq!(deadline.unpaused_due_at, last_moment(day(unpaused_due_on)));
        }
        let runs_on = DeadlineRules { identity_pause: IdentityPause::RunsOn, ..rules };
        assert_eq!(runs_on.deadline(&confirmed, much_later).due_on, day(unpaused_due_on), "{instant}");
    }
}

#[test]
fn a_period_that_has_ended_cannot_pause() {
    let facts = asked("2026-06-01T09:00:00Z", "2026-07-01T22:00:00Z", Term::OneMonth);
    let deadline = DeadlineRules::default().deadline(&facts, at("2026-07-20T09:00:00Z"));
    assert_eq!(deadline.pause.map(|pause| pause.effect), Some(PauseEffect::TooLate));
    assert_eq!(deadline.due_on, date(2026, 7, 1));
}

#[test]
fn a_clock_that_was_set_back_makes_no_pause_negative() {
    let facts = asked("2026-01-08T09:00:00Z", "2026-01-20T09:00:00Z", Term::OneMonth);
    let deadline = DeadlineRules::default().deadline(&facts, at("2026-01-10T09:00:00Z"));
    assert_eq!(deadline.pause.map(|pause| pause.days), Some(0));
}

#[test]
fn a_request_is_overdue_from_midnight_until_it_is_answered() {
    let open = received("2026-01-08T09:00:00Z", Term::OneMonth);
    let closed = DeadlineFacts { closed_at: Some(at("2026-03-01T09:00:00Z")), ..open };
    for (facts, now, expected) in [
        (open, "2026-02-09T22:59:59.999Z", false),
        (open, "2026-02-09T22:59:59.999999Z", false),
        (open, "2026-02-09T23:00:00Z", true),
        (closed, "2026-03-02T09:00:00Z", false),
    ] {
        assert_eq!(DeadlineRules::default().deadline(&facts, at(now)).is_overdue(at(now)), expected, "{now}");
    }
}

#[test]
fn an_extension_is_open_through_the_first_month_whatever_the_pause() {
    let until = DeadlineRules::default().extension_open_until(at("2026-01-08T09:00:00Z"));
    assert_eq!(until, at("2026-02-09T22:59:59.999Z"));
}

#[test]
fn a_refusal_after_the_first_month_is_late_even_when_the_period_was_extended() {
    let rules = DeadlineRules::default();
    let plain = received("2026-01-08T09:00:00Z", Term::OneMonth);
    let extended = DeadlineFacts { term: Term::ThreeMonths, ..plain };
    let paused = asked("2026-01-08T09:00:00Z", "2026-01-09T09:00:00Z", Term::OneMonth);
    let confirmed = DeadlineFacts { identity_confirmed_at: Some(at("2026-01-19T09:00:00Z")), ..paused };
    for (facts, decided_at, expected) in [
        (plain, "2026-02-09T22:59:59.999Z", false),
        (plain, "2026-02-09T23:00:00Z", true),
        (extended, "2026-02-09T22:59:59.999Z", false),
        (extended, "2026-02-09T23:00:00Z", true),
        (paused, "2026-05-01T09:00:00Z", false),
        (confirmed, "2026-02-18T09:00:00Z", false),
        (confirmed, "2026-02-19T09:00:00Z", true),
    ] {
        assert_eq!(rules.late_refusal(&facts, at(decided_at)), expected, "{decided_at}");
    }
}

#[test]
fn no_instant_at_all_makes_it_fail() {
    for received_at in [Timestamp::MIN, Timestamp::UNIX_EPOCH, Timestamp::MAX] {
        for other in [Timestamp::MIN, Timestamp::UNIX_EPOCH, Timestamp::MAX] {
            let facts = DeadlineFacts {
                received_at,
                term: Term::ThreeMonths,
                identity_asked_at: Some(other),
                identity_confirmed_at: None,
                closed_at: None,
            };
            let deadline = DeadlineRules::default().deadline(&facts, Timestamp::MAX);
            assert!(!deadline.explain(Language::Sv).is_empty());
        }
    }
}

#[test]
fn settings_are_read_by_their_names() {
    let read = |text| serde_json::from_str::<DeadlineRules>(text).ok();
    assert_eq!(read("{}"), Some(DeadlineRules::default()));
    assert_eq!(
        read(r#"{"holiday_eves":"holiday","identity_pause":false}"#),
        Some(DeadlineRules { holiday_eves: HolidayEves::Holiday, identity_pause: IdentityPause::RunsOn })
    );
    assert_eq!(read(r#"{"holiday_eve":"holiday"}"#), None);
}

#[test]
fn the_explanation_can_be_checked_step_by_step() {
    let rules = DeadlineRules::default();
    let easter = received("2026-03-05T13:03:00+01:00", Term::OneMonth);
    let text = rules.deadline(&easter, at("2026-03-05T13:03:00Z")).explain(Language::En);
    assert_eq!(
        text,
        "1. The request came in on Thursday 5 March 2026 at 13:03 Swedish time. That day is not counted (Regulation \
         (EEC, Euratom) No 1182/71, Art. 3(1)).\n\
         2. The answer is due within one month (GDPR Art. 12(3)). It ends on the same day of the month as that of \
         receipt (Art. 3(2)(c)): Sunday 5 April 2026.\n\
         3. A period that would end on a Saturday, Sunday or public holiday ends on the next working day (Regulation \
         1182/71, Art. 3(4)). Days passed over: Sunday 5 April 2026 (Easter Day), Monday 6 April 2026 (Easter \
         Monday).\n\
         4. Last day for the answer: Tuesday 7 April 2026, until midnight Swedish time.\n\
         5. Reading in use: Midsummer Eve, Christmas Eve and New Year's Eve are working days (lag 1989:253 does not \
         name them)."
    );
}

#[test]
fn the_explanation_names_pause_extension_and_readings_in_swedish() {
    let rules = DeadlineRules { holiday_eves: HolidayEves::Holiday, ..DeadlineRules::default() };
    let facts = DeadlineFacts {
        identity_confirmed_at: Some(at("2026-02-05T09:00:00Z")),
        ..asked("2026-01-31T22:59:59Z", "2026-02-02T09:00:00Z", Term::ThreeMonths)
    };
    let text = rules.deadline(&facts, at("2026-02-05T09:00:00Z")).explain(Language::Sv);
    assert_eq!(
        text,
        "1. Begäran kom in lördag 31 januari 2026 kl. 23.59 svensk tid. Den dagen räknas inte (förordning (EEG, \
         Euratom) nr 1182/71, artikel 3.1).\n\
         2. Fristen är förlängd med två månader (GDPR artikel 12.3): tre månader, räknade från mottagandet. Dagen för \
         mottagandet finns inte i slutmånaden, så den slutar månadens sista dag (artikel 3.2 c): torsdag 30 april \
         2026.\n\
         3. Den registrerades identitet efterfrågades måndag 2 februari 2026 och bekräftades torsdag 5 februari 2026. \
         Tolkning som används: klockan står stilla så länge (EDPB:s riktlinjer 01/2022), 3 hela kalenderdagar. Fristen \
         slutar då söndag 3 maj 2026. Utan paus är sista dagen torsdag 30 april 2026, den försiktiga tolkningen.\n\
         4. En frist som slutar en lördag, söndag eller helgdag löper ut nästa arbetsdag (förordning 1182/71, artikel \
         3.4). Överhoppade dagar: söndag 3 maj 2026.\n\
         5. Sista dag för svaret: måndag 4 maj 2026, till midnatt svensk tid.\n\
         6. Tolkning som används: midsommarafton, julafton och nyårsafton är helgdagar (lag 1930:173, 2 §)."
    );
}

#[test]
fn the_explanation_follows_every_turn_of_a_pause() {
    let (pauses, runs_on) = (
        DeadlineRules::default(),
        DeadlineRules { identity_pause: IdentityPause::RunsOn, ..DeadlineRules::default() },
    );
    let running = asked("2026-01-08T09:00:00Z", "2026-01-09T09:00:00Z", Term::OneMonth);
    let closed = DeadlineFacts { closed_at: Some(at("2026-01-12T09:00:00Z")), ..running };
    let late = asked("2026-01-08T09:00:00Z", "2026-02-10T09:00:00Z", Term::OneMonth);
    for (rules, facts, phrases) in [
        (pauses, running, ["today is Saturday 10 January 2026", "1 calendar day.", "working day"]),
        (
            pauses,
            closed,
            ["closed on Monday 12 January 2026", "3 whole calendar days", "Wednesday 11 February"],
        ),
        (runs_on, running, ["not confirmed", "the clock runs on", "Monday 9 February 2026"]),
        (pauses, late, ["not confirmed", "had already ended on Monday 9 February 2026", "not moved"]),
    ] {
        let text = rules.deadline(&facts, at("2026-01-10T09:00:00Z")).explain(Language::En);
        for phrase in phrases {
            assert!(text.contains(phrase), "{phrase:?} in {text}");
        }
    }
}
