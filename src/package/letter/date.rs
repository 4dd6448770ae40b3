//! Dates as the reader writes them.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::texts::Texts;

/// A date: `22 november 2026`, `22 November 2026`. No-break spaces keep it on one line.
#[must_use]
pub fn civil(date: Date, texts: &Texts) -> String {
    let month = usize::from(date.month().unsigned_abs()).saturating_sub(1);
    let month = texts.frame.months.get(month).copied().unwrap_or_default();
    format!("{}\u{a0}{month}\u{a0}{}", date.day(), date.year())
}

/// The date on which an instant falls in the zone.
#[must_use]
pub fn day(at: Timestamp, zone: &TimeZone, texts: &Texts) -> String {
    civil(at.to_zoned(zone.clone()).date(), texts)
}

/// Date and time of day in the zone: `22 november 2026 kl. 14.05`, `22 November 2026 at 14:05`.
#[must_use]
pub fn moment(at: Timestamp, zone: &TimeZone, texts: &Texts) -> String {
    let time = at.to_zoned(zone.clone()).time();
    let clock = (texts.frame.clock)(time.hour().unsigned_abs(), time.minute().unsigned_abs());
    format!("{} {clock}", day(at, zone, texts))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use domain::language::Language;

    use super::*;
    use crate::package::letter::texts;

    #[test]
    fn an_instant_is_told_in_the_readers_zone_and_language() {
        let zone = TimeZone::get("Europe/Stockholm").unwrap();
        let cases = [
            ("2026-11-22T13:05:59Z", Language::Sv, "22 november 2026 kl.\u{a0}14.05"),
            ("2026-11-22T13:05:59Z", Language::En, "22 November 2026 at\u{a0}14:05"),
            ("2026-06-30T21:59:00Z", Language::Sv, "30 juni 2026 kl.\u{a0}23.59"),
            ("2026-06-30T22:00:00Z", Language::En, "1 July 2026 at\u{a0}00:00"),
            ("2026-12-31T23:00:00Z", Language::Sv, "1 januari 2027 kl.\u{a0}00.00"),
        ];
        for (at, language, expected) in cases {
            let told = moment(at.parse().unwrap(), &zone, texts::of(language));
            assert_eq!(told.replacen('\u{a0}', " ", 2), expected);
        }
    }
}
