use AccountingRecordKind::{Contract, Invoice, Quote};
use Statute::{Applies, DoesNotApply};
use jiff::civil::date;

use super::*;

/// Fiscal year end, last day kept.
#[rustfmt::skip]
const KEPT: [(Date, Date); 32] = [
    // calendar years
    (date(1999, 12, 31), date(2006, 12, 31)),
    (date(2017, 12, 31), date(2024, 12, 31)),
    (date(2018, 12, 31), date(2025, 12, 31)),
    (date(2019, 12, 31), date(2026, 12, 31)),
    (date(2025, 12, 31), date(2032, 12, 31)),
    (date(2026, 12, 31), date(2033, 12, 31)),
    (date(2093, 12, 31), date(2100, 12, 31)),
    // broken years, ending in every other month: the calendar year of the end counts
    (date(2025, 1, 31), date(2032, 12, 31)),
    (date(2025, 2, 28), date(2032, 12, 31)),
    (date(2024, 2, 29), date(2031, 12, 31)),
    (date(2028, 2, 29), date(2035, 12, 31)),
    (date(2025, 3, 31), date(2032, 12, 31)),
    (date(2025, 4, 30), date(2032, 12, 31)),
    (date(2026, 4, 30), date(2033, 12, 31)),
    (date(2025, 5, 31), date(2032, 12, 31)),
    (date(2025, 6, 30), date(2032, 12, 31)),
    (date(2025, 7, 31), date(2032, 12, 31)),
    (date(2025, 8, 31), date(2032, 12, 31)),
    (date(2025, 9, 30), date(2032, 12, 31)),
    (date(2025, 10, 31), date(2032, 12, 31)),
    (date(2025, 11, 30), date(2032, 12, 31)),
    // a first year made long, 18 months at most (3 kap. 3 §): July 2024 to December 2025, March 2025 to August 2026
    (date(2025, 12, 31), date(2032, 12, 31)),
    (date(2026, 8, 31), date(2033, 12, 31)),
    // a year made short by a change, or by the end of the business
    (date(2025, 1, 1), date(2032, 12, 31)),
    (date(2025, 4, 17), date(2032, 12, 31)),
    (date(2026, 1, 2), date(2033, 12, 31)),
    (date(2025, 12, 30), date(2032, 12, 31)),
    // the last day kept may be a Sunday, the day before a leap year, the last of a century
    (date(2021, 6, 30), date(2028, 12, 31)),
    (date(2020, 12, 31), date(2027, 12, 31)),
    (date(2092, 6, 30), date(2099, 12, 31)),
    // no calendar beyond
    (date(9992, 12, 31), date(9999, 12, 31)),
    (Date::MAX, Date::MAX),
];

#[test]
fn the_seven_years_run_from_the_calendar_year_in_which_the_fiscal_year_ended() {
    for (fiscal_year_end, expected) in KEPT {
        assert_eq!(retained_through(fiscal_year_end), expected, "{fiscal_year_end}");
    }
}

const TODAY: Date = date(2026, 11, 23);

/// Kind, its date, the fiscal year that the filer gives, the act; the fiscal year, last day kept.
type Case = (AccountingRecordKind, Date, Option<Date>, Statute, Date, Option<Date>);

#[rustfmt::skip]
const FILINGS: [Case; 20] = [
    // without a fiscal year it is the document's calendar year
    (Invoice, date(2026, 11, 23), None, Applies, date(2026, 12, 31), Some(date(2033, 12, 31))),
    (Invoice, date(2026, 1, 1), None, Applies, date(2026, 12, 31), Some(date(2033, 12, 31))),
    (Invoice, date(2025, 12, 31), None, Applies, date(2025, 12, 31), Some(date(2032, 12, 31))),
    (Invoice, date(2024, 2, 29), None, Applies, date(2024, 12, 31), Some(date(2031, 12, 31))),
    // dated in one year and booked in another, earlier or later
    (Invoice, date(2025, 1, 10), Some(date(2024, 12, 31)), Applies, date(2024, 12, 31), Some(date(2031, 12, 31))),
    (Invoice, date(2025, 12, 30), Some(date(2026, 12, 31)), Applies, date(2026, 12, 31), Some(date(2033, 12, 31))),
    // broken and long fiscal years
    (Invoice, date(2024, 8, 1), Some(date(2025, 6, 30)), Applies, date(2025, 6, 30), Some(date(2032, 12, 31))),
    (Invoice, date(2025, 5, 2), Some(date(2026, 4, 30)), Applies, date(2026, 4, 30), Some(date(2033, 12, 31))),
    (Invoice, date(2026, 4, 30), Some(date(2026, 4, 30)), Applies, date(2026, 4, 30), Some(date(2033, 12, 31))),
    (Invoice, date(2024, 7, 1), Some(date(2025, 12, 31)), Applies, date(2025, 12, 31), Some(date(2032, 12, 31))),
    (Invoice, date(2024, 3, 1), Some(date(2024, 2, 29)), Applies, date(2024, 2, 29), Some(date(2031, 12, 31))),
    // past its retention: accepted all the same
    (Invoice, date(2015, 3, 1), None, Applies, date(2015, 12, 31), Some(date(2022, 12, 31))),
    (Invoice, date(1996, 2, 29), Some(date(1996, 4, 30)), Applies, date(1996, 4, 30), Some(date(2003, 12, 31))),
    // a quote that led to something, and one that led to nothing
    (Quote, date(2026, 5, 4), None, Applies, date(2026, 12, 31), Some(date(2033, 12, 31))),
    (Quote, date(2026, 5, 4), None, DoesNotApply, date(2026, 12, 31), None),
    (Quote, date(2026, 5, 4), Some(date(2026, 6, 30)), DoesNotApply, date(2026, 6, 30), None),
    // a contract over several years is kept for the last year that it explains
    (Contract, date(2021, 3, 1), None, Applies, date(2021, 12, 31), Some(date(2028, 12, 31))),
    (Contract, date(2021, 3, 1), Some(date(2026, 12, 31)), Applies, date(2026, 12, 31), Some(date(2033, 12, 31))),
    (Contract, date(2026, 3, 1), Some(date(2046, 4, 30)), Applies, date(2046, 4, 30), Some(date(2053, 12, 31))),
    (Contract, date(2026, 3, 1), None, DoesNotApply, date(2026, 12, 31), None),
];

#[test]
fn a_document_is_filed_in_its_fiscal_year_and_kept_as_long_as_the_act_says() {
    for (kind, issued_on, given, statutory, fiscal_year_ends_on, retained_through) in FILINGS {
        let filing = Filing { kind, issued_on, fiscal_year_ends_on: given, statutory };
        let expected = Filed { kind, issued_on, fiscal_year_ends_on, retained_through };
        assert_eq!(filing.check(TODAY), Ok(expected), "{filing:?}");
    }
}

#[test]
fn a_document_of_tomorrow_and_an_invoice_outside_the_act_are_refused() {
    let tomorrow = date(2026, 11, 24);
    let dated = ("issuedOn", Invalid::InTheFuture);
    let outside = ("statutory", Invalid::AlwaysStatutory);
    for (kind, issued_on, statutory, (part, reason)) in [
        (Invoice, tomorrow, Applies, dated),
        (Quote, tomorrow, DoesNotApply, dated),
        (Contract, Date::MAX, Applies, dated),
        (Invoice, tomorrow, DoesNotApply, dated),
        (Invoice, TODAY, DoesNotApply, outside),
        (Invoice, date(2015, 3, 1), DoesNotApply, outside),
    ] {
        for fiscal_year_ends_on in [None, Some(TODAY)] {
            let filing = Filing { kind, issued_on, fiscal_year_ends_on, statutory };
            assert_eq!(filing.check(TODAY), Err(InvalidFiling { part, reason }), "{filing:?}");
        }
    }
}
