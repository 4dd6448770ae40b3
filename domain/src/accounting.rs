//! Accounting documents (räkenskapsinformation) and how long the Bookkeeping Act keeps them.

use jiff::civil::Date;

use crate::coded::coded;

coded! {
    /// Kinds of accounting document that the policy names.
    AccountingRecordKind {
        /// Faktura.
        Invoice = "INVOICE",
        /// Offert.
        Quote = "QUOTE",
        /// Avtal.
        Contract = "CONTRACT",
    }
}

/// The last day that accounting information must be kept: the end of the seventh year after the end of the calendar
/// year in which the fiscal year ended (bokföringslagen 1999:1078, 7 kap. 2 §). The document's own date does not
/// matter, nor do weekends.
#[must_use]
pub fn retained_through(fiscal_year_end: Date) -> Date {
    Date::new(fiscal_year_end.year().saturating_add(7), 12, 31).unwrap_or(Date::MAX)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn the_seven_years_run_from_the_calendar_year_in_which_the_fiscal_year_ended() {
        for (fiscal_year_end, expected) in [
            (date(2025, 12, 31), date(2032, 12, 31)),
            (date(2025, 6, 30), date(2032, 12, 31)),
            (date(2026, 4, 30), date(2033, 12, 31)),
            (date(2024, 2, 29), date(2031, 12, 31)),
            (date(2025, 1, 1), date(2032, 12, 31)),
            (Date::MAX, Date::MAX),
        ] {
            assert_eq!(retained_through(fiscal_year_end), expected, "{fiscal_year_end}");
        }
    }
}
