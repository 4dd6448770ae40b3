//! A second computation, written without the first one's calendar: days are counted from 1 March of the year 0, summer
//! time follows the Union's rule, Easter is Oudin's, and working days are found by walking a year's list.

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::civil::Date;
use proptest::prelude::*;

use super::super::{DeadlineFacts, DeadlineRules, IdentityPause, Term};
use crate::holiday::HolidayEves;

const DAY: i64 = 86_400;

/// Days since 1 March of the year 0; every year is taken to begin in March, so that a leap day comes last.
fn number(year: i64, month: i64, day: i64) -> i64 {
    let (year, month) = if month < 3 { (year - 1, month + 9) } else { (year, month - 3) };
    365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day - 1
}

/// Year, month and day of a number.
fn civil(number: i64) -> (i64, i64, i64) {
    let mut year = number / 366;
    while 365 * (year + 1) + (year + 1) / 4 - (year + 1) / 100 + (year + 1) / 400 <= number {
        year += 1;
    }
    let rest = number - (365 * year + year / 4 - year / 100 + year / 400);
    let month = (5 * rest + 2) / 153;
    let day = rest - (153 * month + 2) / 5 + 1;
    if month < 10 { (year, month + 3, day) } else { (year + 1, month - 9, day) }
}

/// 0 is Monday.
fn weekday(number: i64) -> i64 {
    (number + 2) % 7
}

/// Days since March of the year 0 in Sweden, of seconds since 1970, from 1996 on.
fn swedish_day(seconds: i64) -> i64 {
    let epoch = number(1970, 1, 1);
    let (year, ..) = civil(epoch + seconds.div_euclid(DAY));
    let change = |month| {
        let last = number(year, month, 31);
        (last - (weekday(last) + 1) % 7 - epoch) * DAY + 3600
    };
    let offset = if (change(3)..change(10)).contains(&seconds) { 2 } else { 1 };
    epoch + (seconds + offset * 3600).div_euclid(DAY)
}

fn easter(year: i64) -> i64 {
    let century = year / 100;
    let n = year - 19 * (year / 19);
    let k = (century - 17) / 25;
    let mut i = century - century / 4 - (century - k) / 3 + 19 * n + 15;
    i -= 30 * (i / 30);
    i -= (i / 28) * (1 - (i / 28) * (29 / (i + 1)) * ((21 - n) / 11));
    let mut j = year + year / 4 + i + 2 - century + century / 4;
    j -= 7 * (j / 7);
    let month = 3 + (i - j + 40) / 44;
    number(year, month, i - j + 28 - 31 * (month / 4))
}

fn holidays(year: i64, eves: HolidayEves) -> BTreeSet<i64> {
    let saturday_from = |month, day| {
        let first = number(year, month, day);
        first + (12 - weekday(first)) % 7
    };
    let (easter, midsummer) = (easter(year), saturday_from(6, 20));
    let mut days = BTreeSet::from([easter - 2, easter + 1, easter + 39, midsummer, saturday_from(10, 31)]);
    days.extend(
        [(1, 1), (1, 6), (5, 1), (6, 6), (12, 25), (12, 26)].map(|(month, day)| number(year, month, day)),
    );
    if eves == HolidayEves::Holiday {
        days.extend([midsummer - 1, number(year, 12, 24), number(year, 12, 31)]);
    }
    days
}

fn due(received: i64, months: i64, pause: i64, eves: HolidayEves) -> i64 {
    let (year, month, day) = civil(received);
    let (year, month) = (year + (month - 1 + months) / 12, (month - 1 + months) % 12 + 1);
    let next = if month == 12 { number(year + 1, 1, 1) } else { number(year, month + 1, 1) };
    let mut end = number(year, month, day).min(next - 1) + pause;
    let year = civil(end).0;
    let closed: BTreeSet<i64> = (year..=year + 1).flat_map(|year| holidays(year, eves)).collect();
    while weekday(end) >= 5 || closed.contains(&end) {
        end += 1;
    }
    end
}

fn as_number(date: Date) -> i64 {
    number(date.year().into(), date.month().into(), date.day().into())
}

fn facts(received: i64, term: Term) -> DeadlineFacts {
    DeadlineFacts {
        received_at: Timestamp::from_second(received).unwrap(),
        term,
        identity_asked_at: None,
        identity_confirmed_at: None,
        closed_at: None,
    }
}

/// Every day of 104 years, both terms and both readings of the eves: more than 150,000 cases.
#[test]
fn both_computations_agree_on_every_day_of_a_century() {
    let first = Timestamp::from_second((number(1997, 1, 1) - number(1970, 1, 1)) * DAY).unwrap().as_second();
    let mut cases = 0;
    for count in 0..104 * 365 + 26 {
        // The time of day moves on by a prime number of seconds, so that midnight is passed at every offset.
        let received = first + count * DAY + (count * 4_999) % DAY;
        for (term, months) in [(Term::OneMonth, 1), (Term::ThreeMonths, 3)] {
            for holiday_eves in [HolidayEves::Working, HolidayEves::Holiday] {
                let rules = DeadlineRules { holiday_eves, ..DeadlineRules::default() };
                let facts = facts(received, term);
                let expected = due(swedish_day(received), months, 0, holiday_eves);
                let found = rules.deadline(&facts, facts.received_at).due_on;
                assert_eq!(as_number(found), expected, "{} {term:?} {holiday_eves:?}", facts.received_at);
                cases += 1;
            }
        }
    }
    assert!(cases >= 150_000, "{cases} cases");
}

#[test]
fn both_rules_name_the_same_holidays_until_2100() {
    for year in 2005..=2100 {
        for eves in [HolidayEves::Working, HolidayEves::Holiday] {
            let mut expected = holidays(year.into(), eves);
            // The list for deadlines does without the two that are Sundays anyway.
            expected.extend([easter(year.into()), easter(year.into()) + 49]);
            let mut day = Date::new(year, 1, 1).unwrap();
            while day.year() == year {
                let found = crate::holiday::is_holiday(day, eves);
                assert_eq!(found, expected.contains(&as_number(day)), "{day} {eves:?}");
                day = day.tomorrow().unwrap();
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_096))]

    #[test]
    fn both_computations_agree_on_pauses(
        received in 852_076_800_i64..4_102_444_800,
        asked_after in 0..40 * DAY,
        confirmed_after in 0..400 * DAY,
        extended: bool,
        pauses: bool,
        eves in prop_oneof![Just(HolidayEves::Working), Just(HolidayEves::Holiday)],
    ) {
        let (term, months) = if extended { (Term::ThreeMonths, 3) } else { (Term::OneMonth, 1) };
        let asked = received + asked_after;
        let confirmed = asked + confirmed_after;
        let rules = DeadlineRules { holiday_eves: eves, identity_pause: IdentityPause::from(pauses) };
        let facts = DeadlineFacts {
            identity_asked_at: Timestamp::from_second(asked).ok(),
            identity_confirmed_at: Timestamp::from_second(confirmed).ok(),
            ..facts(received, term)
        };
        let deadline = rules.deadline(&facts, facts.received_at);

        let unpaused = due(swedish_day(received), months, 0, eves);
        let counts = pauses && swedish_day(asked) <= unpaused;
        let pause = if counts { swedish_day(confirmed) - swedish_day(asked) } else { 0 };
        prop_assert_eq!(as_number(deadline.unpaused_due_on), unpaused);
        prop_assert_eq!(as_number(deadline.due_on), due(swedish_day(received), months, pause, eves));
    }

    #[test]
    fn a_deadline_is_a_working_day_no_earlier_than_the_months_end(received in 0_i64..4_102_444_800) {
        let facts = facts(received, Term::OneMonth);
        let deadline = DeadlineRules::default().deadline(&facts, facts.received_at);
        prop_assert!(deadline.due_on >= deadline.nominal_on);
        prop_assert!(crate::calendar::is_working_day(deadline.due_on, HolidayEves::Working));
        prop_assert_eq!(crate::calendar::civil_date(deadline.due_at), deadline.due_on);
    }
}
