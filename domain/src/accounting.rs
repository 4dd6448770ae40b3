//! Accounting documents (räkenskapsinformation) and how long the Bookkeeping Act keeps them.

use jiff::civil::Date;

use crate::coded::coded;
use crate::invalid::Invalid;

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

/// Whether a document is accounting information, which only the bookkeeper can tell (bokföringslagen 1 kap. 2 §): a
/// quote that led to nothing is none, and a contract is where it is of particular importance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Statute {
    /// The act keeps it.
    Applies,
    /// It does not: the tenant's own rule is all that does.
    DoesNotApply,
}

/// What a client says of a document that is filed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Filing {
    /// What it is.
    pub kind: AccountingRecordKind,
    /// The document's own date.
    pub issued_on: Date,
    /// The last day of the fiscal year in which it is booked, which may be an earlier one; of a contract over several
    /// years, the last one that it explains. Where left out, the calendar year of the document.
    pub fiscal_year_ends_on: Option<Date>,
    /// Whether it is accounting information.
    pub statutory: Statute,
}

/// A document as it is filed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Filed {
    /// What it is.
    pub kind: AccountingRecordKind,
    /// The document's own date.
    pub issued_on: Date,
    /// The last day of its fiscal year.
    pub fiscal_year_ends_on: Date,
    /// The last day on which the act keeps it; `None` where the act does not apply.
    pub retained_through: Option<Date>,
}

/// Which part of a filing was not accepted, by its name in the schema, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{part}: {reason}")]
pub struct InvalidFiling {
    /// `issuedOn` or `statutory`.
    pub part: &'static str,
    /// What is wrong with it.
    pub reason: Invalid,
}

impl Filing {
    /// Reads what a client sent. A document already past its retention is accepted: the next run erases it.
    ///
    /// # Errors
    /// [`Invalid::InTheFuture`] for a document dated after `today` (Swedish time), [`Invalid::AlwaysStatutory`] for an
    /// invoice to which the act would not apply.
    pub fn check(self, today: Date) -> Result<Filed, InvalidFiling> {
        let Self { kind, issued_on, fiscal_year_ends_on, statutory } = self;
        if issued_on > today {
            return Err(InvalidFiling { part: "issuedOn", reason: Invalid::InTheFuture });
        }
        if kind == AccountingRecordKind::Invoice && statutory == Statute::DoesNotApply {
            return Err(InvalidFiling { part: "statutory", reason: Invalid::AlwaysStatutory });
        }
        let calendar_year = || Date::new(issued_on.year(), 12, 31).unwrap_or(issued_on);
        let fiscal_year_ends_on = fiscal_year_ends_on.unwrap_or_else(calendar_year);
        let retained_through = match statutory {
            Statute::Applies => Some(retained_through(fiscal_year_ends_on)),
            Statute::DoesNotApply => None,
        };
        Ok(Filed { kind, issued_on, fiscal_year_ends_on, retained_through })
    }
}

#[cfg(test)]
mod tests;
