use Reminder::{In1Day, In3Days, In7Days, In14Days, Overdue};
use jiff::civil::date;

use super::*;

const DUE_ON: Date = date(2026, 12, 23);

/// Today, the reminder reached, the next day with one.
#[rustfmt::skip]
const DAYS: [(Date, Option<Reminder>, Option<Date>); 16] = [
    (date(2026, 11, 23), None, Some(date(2026, 12, 9))),
    (date(2026, 12, 8), None, Some(date(2026, 12, 9))),
    (date(2026, 12, 9), Some(In14Days), Some(date(2026, 12, 16))),
    (date(2026, 12, 10), Some(In14Days), Some(date(2026, 12, 16))),
    (date(2026, 12, 15), Some(In14Days), Some(date(2026, 12, 16))),
    (date(2026, 12, 16), Some(In7Days), Some(date(2026, 12, 20))),
    (date(2026, 12, 19), Some(In7Days), Some(date(2026, 12, 20))),
    (date(2026, 12, 20), Some(In3Days), Some(date(2026, 12, 22))),
    (date(2026, 12, 21), Some(In3Days), Some(date(2026, 12, 22))),
    (date(2026, 12, 22), Some(In1Day), Some(date(2026, 12, 24))),
    (date(2026, 12, 23), Some(In1Day), Some(date(2026, 12, 24))),
    (date(2026, 12, 24), Some(Overdue), None),
    (date(2026, 12, 25), Some(Overdue), None),
    (date(2027, 6, 1), Some(Overdue), None),
    (Date::MIN, None, Some(date(2026, 12, 9))),
    (Date::MAX, Some(Overdue), None),
];

#[test]
fn the_most_urgent_reminder_of_a_day_is_the_one_that_counts() {
    for (today, reached, next_day) in DAYS {
        assert_eq!(Reminder::reached(DUE_ON, today), reached, "{today}");
        assert_eq!(Reminder::next_day(DUE_ON, today), next_day, "{today}");
    }
}

#[test]
fn reminders_cross_months_and_leap_days() {
    for (due_on, days) in [
        (date(2028, 3, 1), [date(2028, 2, 16), date(2028, 2, 23), date(2028, 2, 27), date(2028, 2, 29)]),
        (date(2027, 3, 1), [date(2027, 2, 15), date(2027, 2, 22), date(2027, 2, 26), date(2027, 2, 28)]),
        (date(2027, 1, 4), [date(2026, 12, 21), date(2026, 12, 28), date(2027, 1, 1), date(2027, 1, 3)]),
    ] {
        assert_eq!([In14Days, In7Days, In3Days, In1Day].map(|reminder| reminder.day(due_on)), days);
        assert_eq!(Overdue.day(due_on), due_on.tomorrow().unwrap_or(due_on));
    }
}

/// A worker that looks once on each day that it was told to misses none, from whichever day on.
#[test]
fn walking_from_next_day_to_next_day_meets_every_reminder_once() {
    let (mut today, mut met) = (date(2026, 11, 1), Vec::new());
    while let Some(day) = Reminder::next_day(DUE_ON, today) {
        met.extend(Reminder::reached(DUE_ON, day));
        today = day;
    }
    assert_eq!(met, Reminder::ALL);
}

#[test]
fn no_date_at_all_makes_it_fail() {
    for due_on in [Date::MIN, Date::MAX] {
        for today in [Date::MIN, DUE_ON, Date::MAX] {
            let _ = (Reminder::reached(due_on, today), Reminder::next_day(due_on, today));
        }
    }
}
