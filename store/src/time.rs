//! Instants and dates between the domain (jiff) and rows (chrono).

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use jiff::Timestamp;
use jiff::civil::Date;

/// An instant as rows hold it.
pub(crate) fn to_row(at: Timestamp) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(at.as_millisecond()).unwrap_or(DateTime::<Utc>::MAX_UTC)
}

/// An instant of a row.
pub(crate) fn from_row(at: DateTime<Utc>) -> Timestamp {
    Timestamp::from_millisecond(at.timestamp_millis()).unwrap_or(Timestamp::MAX)
}

/// A date as rows hold it.
pub(crate) fn date_to_row(on: Date) -> NaiveDate {
    NaiveDate::from_ymd_opt(
        i32::from(on.year()),
        on.month().unsigned_abs().into(),
        on.day().unsigned_abs().into(),
    )
    .unwrap_or(NaiveDate::MAX)
}

/// A date of a row; dates beyond year 9999 are read as the last one that there is.
pub(crate) fn date_from_row(on: NaiveDate) -> Date {
    let year = i16::try_from(on.year()).unwrap_or(i16::MAX);
    let month = i8::try_from(on.month()).unwrap_or(12);
    let day = i8::try_from(on.day()).unwrap_or(31);
    Date::new(year, month, day).unwrap_or(Date::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_and_dates_survive_the_way_into_a_row_and_back() {
        for millis in [0_i64, 1, 1_764_000_000_123, -1] {
            let at = Timestamp::from_millisecond(millis).unwrap_or_default();
            assert_eq!(from_row(to_row(at)), at);
        }
        for on in
            [jiff::civil::date(2026, 11, 22), jiff::civil::date(2024, 2, 29), jiff::civil::date(1999, 12, 31)]
        {
            assert_eq!(date_from_row(date_to_row(on)), on);
        }
    }
}
