//! Civil days in Sweden: deadlines and years are counted in the zone Europe/Stockholm, whatever the offset in which an
//! instant was written.

use std::sync::LazyLock;

use jiff::civil::{Date, Time, Weekday};
use jiff::tz::{TimeZone, TimeZoneDatabase};
use jiff::{SignedDuration, Timestamp, Zoned};

use crate::holiday::{Holiday, HolidayEves, holiday_on};
use crate::language::Language;

#[expect(clippy::expect_used, reason = "the zone is compiled in, so that every machine has the same")]
static STOCKHOLM: LazyLock<TimeZone> = LazyLock::new(|| {
    TimeZoneDatabase::bundled().get("Europe/Stockholm").expect("Europe/Stockholm is bundled")
});

const LAST_MILLISECOND: Time = Time::constant(23, 59, 59, 999_000_000);

const WEEKDAYS: [(&str, &str); 7] = [
    ("måndag", "Monday"),
    ("tisdag", "Tuesday"),
    ("onsdag", "Wednesday"),
    ("torsdag", "Thursday"),
    ("fredag", "Friday"),
    ("lördag", "Saturday"),
    ("söndag", "Sunday"),
];

const MONTHS: [(&str, &str); 12] = [
    ("januari", "January"),
    ("februari", "February"),
    ("mars", "March"),
    ("april", "April"),
    ("maj", "May"),
    ("juni", "June"),
    ("juli", "July"),
    ("augusti", "August"),
    ("september", "September"),
    ("oktober", "October"),
    ("november", "November"),
    ("december", "December"),
];

/// Why a day is no working day (Regulation (EEC, Euratom) No 1182/71, Art. 2(2)).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DayOff {
    /// A public holiday, on whatever weekday.
    Holiday(Holiday),
    /// A Saturday.
    Saturday,
    /// A Sunday.
    Sunday,
}

/// The instant on Swedish clocks.
#[must_use]
pub fn local_time(instant: Timestamp) -> Zoned {
    instant.to_zoned(STOCKHOLM.clone())
}

/// The civil date in Sweden at an instant.
#[must_use]
pub fn civil_date(instant: Timestamp) -> Date {
    local_time(instant).date()
}

/// The last millisecond of a civil day in Sweden; a due instant.
#[must_use]
pub fn last_moment(date: Date) -> Timestamp {
    // Only the last days of the year 9999 have no such instant.
    STOCKHOLM.to_timestamp(date.to_datetime(LAST_MILLISECOND)).unwrap_or(Timestamp::MAX)
}

/// The first instant of a civil day in Sweden.
#[must_use]
pub fn first_moment(date: Date) -> Timestamp {
    STOCKHOLM.to_timestamp(date.to_datetime(Time::midnight())).unwrap_or(Timestamp::MAX)
}

/// When a tenant's daily upkeep is due next: half past midnight in Sweden, when the day before is over for certain.
#[must_use]
pub fn next_upkeep(now: Timestamp) -> Timestamp {
    let tomorrow = civil_date(now).tomorrow().unwrap_or(Date::MAX);
    first_moment(tomorrow).saturating_add(SignedDuration::from_mins(30)).unwrap_or(Timestamp::MAX)
}

/// Why a day is no working day; `None` for a working day.
#[must_use]
pub fn day_off(date: Date, eves: HolidayEves) -> Option<DayOff> {
    match (holiday_on(date, eves), date.weekday()) {
        (Some(holiday), _) => Some(DayOff::Holiday(holiday)),
        (None, Weekday::Saturday) => Some(DayOff::Saturday),
        (None, Weekday::Sunday) => Some(DayOff::Sunday),
        (None, _) => None,
    }
}

/// Whether a day is a working day.
#[must_use]
pub fn is_working_day(date: Date, eves: HolidayEves) -> bool {
    day_off(date, eves).is_none()
}

/// A date as a letter writes it: `torsdag 5 mars 2026`, `Thursday 5 March 2026`.
#[must_use]
pub fn long_date(date: Date, language: Language) -> String {
    let row = |table: &'static [(&str, &str)], ordinal: i8| {
        let row = usize::try_from(ordinal).ok().and_then(|ordinal| table.get(ordinal));
        row.map_or("", |(swedish, english)| language.choose(swedish, english))
    };
    let weekday = row(&WEEKDAYS, date.weekday().to_monday_zero_offset());
    let month = row(&MONTHS, date.month() - 1);
    format!("{weekday} {} {month} {}", date.day(), date.year())
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn the_civil_date_is_swedens_whatever_the_offset() {
        for (instant, expected) in [
            ("2026-01-31T22:59:59.999Z", date(2026, 1, 31)),
            ("2026-01-31T23:00:00Z", date(2026, 2, 1)),
            ("2026-07-31T21:59:59.999Z", date(2026, 7, 31)),
            ("2026-07-31T22:00:00Z", date(2026, 8, 1)),
            ("2026-08-01T00:30:00+03:00", date(2026, 7, 31)),
            ("2026-07-31T18:30:00-04:00", date(2026, 8, 1)),
        ] {
            assert_eq!(civil_date(instant.parse().unwrap()), expected, "{instant}");
        }
    }

    #[test]
    fn the_last_moment_follows_summer_time() {
        for (day, expected) in [
            (date(2026, 1, 15), "2026-01-15T22:59:59.999Z"),
            (date(2026, 3, 28), "2026-03-28T22:59:59.999Z"),
            (date(2026, 3, 29), "2026-03-29T21:59:59.999Z"),
            (date(2026, 10, 24), "2026-10-24T21:59:59.999Z"),
            (date(2026, 10, 25), "2026-10-25T22:59:59.999Z"),
        ] {
            assert_eq!(last_moment(day), expected.parse().unwrap());
        }
        assert_eq!(last_moment(Date::MAX), Timestamp::MAX);
    }

    #[test]
    fn the_daily_upkeep_is_half_an_hour_into_the_next_swedish_day() {
        for (now, expected) in [
            ("2026-11-23T10:00:00Z", "2026-11-23T23:30:00Z"),
            ("2026-11-23T22:59:59.999Z", "2026-11-23T23:30:00Z"),
            ("2026-11-23T23:00:00Z", "2026-11-24T23:30:00Z"),
            ("2026-11-23T23:30:00Z", "2026-11-24T23:30:00Z"),
            // the days on which the clocks change
            ("2026-03-28T12:00:00Z", "2026-03-28T23:30:00Z"),
            ("2026-03-29T12:00:00Z", "2026-03-29T22:30:00Z"),
            ("2026-10-24T12:00:00Z", "2026-10-24T22:30:00Z"),
            ("2026-10-25T12:00:00Z", "2026-10-25T23:30:00Z"),
        ] {
            assert_eq!(next_upkeep(now.parse().unwrap()), expected.parse().unwrap(), "{now}");
        }
        assert!(next_upkeep(Timestamp::MAX) > Timestamp::UNIX_EPOCH);
    }

    #[test]
    fn a_date_is_written_out_in_both_languages() {
        assert_eq!(long_date(date(2026, 3, 5), Language::Sv), "torsdag 5 mars 2026");
        assert_eq!(long_date(date(2026, 3, 5), Language::En), "Thursday 5 March 2026");
        assert_eq!(long_date(date(2028, 12, 31), Language::Sv), "söndag 31 december 2028");
    }
}
