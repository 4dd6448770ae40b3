//! References: how a request is named in letters and calls.

use std::fmt;

use jiff::Timestamp;

use crate::calendar;

/// `RR-2026-000123`, counting up per tenant and per year of submission in Stockholm.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Reference {
    /// The year of submission.
    pub year: i16,
    /// The number within the tenant and the year, from 1.
    pub number: u32,
}

impl Reference {
    /// The reference of the `number`th request of its tenant and year.
    #[must_use]
    pub const fn new(year: i16, number: u32) -> Self {
        Self { year, number }
    }

    /// The year in which a request that is submitted at an instant is counted.
    #[must_use]
    pub fn year_of(submitted_at: Timestamp) -> i16 {
        calendar::civil_date(submitted_at).year()
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RR-{:04}-{:06}", self.year, self.number)
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn a_reference_has_six_digits_or_more() {
        assert_eq!(Reference::new(2026, 123).to_string(), "RR-2026-000123");
        assert_eq!(Reference::new(2026, 1_234_567).to_string(), "RR-2026-1234567");
    }

    #[test]
    fn the_year_is_stockholms() {
        for (submitted_at, year) in [
            ("2026-12-31T22:59:59.999Z", 2026),
            ("2026-12-31T23:00:00Z", 2027),
            ("2027-01-01T00:30:00+05:00", 2026),
        ] {
            assert_eq!(Reference::year_of(submitted_at.parse().unwrap()), year, "{submitted_at}");
        }
    }
}
