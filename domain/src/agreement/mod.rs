//! Processor agreements (Art. 28(3)): what they let the platform process, and when.

mod offer;
pub mod placeholders;
pub mod timeline;

use jiff::civil::Date;

use crate::category::{Categories, DataCategory};
use crate::coded::coded;

pub use offer::OfferClaim;

coded! {
    /// The life of a processor agreement.
    AgreementStatus {
        /// Offered by the platform, waiting for the tenant.
        Offered = "OFFERED",
        /// Signed by both and within its dates.
        InForce = "IN_FORCE",
        /// Replaced by a later version.
        Superseded = "SUPERSEDED",
        /// Ended without replacement.
        Terminated = "TERMINATED",
    }
}

coded! {
    /// How sub-processors are authorised, Art. 28(2).
    SubprocessorAuthorisation {
        /// Prior general written authorisation, with a right to object to each change.
        General = "GENERAL",
        /// Prior specific written authorisation of each one.
        Specific = "SPECIFIC",
    }
}

coded! {
    /// A party to a processor agreement.
    AgreementParty {
        /// The tenant.
        Controller = "CONTROLLER",
        /// The platform.
        Processor = "PROCESSOR",
    }
}

/// What of a signed agreement decides about processing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgreementTerms {
    /// The categories that may be stored and served (contract rule 2).
    pub categories: Categories,
    /// First day in force (Swedish time).
    pub effective_from: Date,
    /// Last day in force; open-ended where `None`.
    pub effective_to: Option<Date>,
}

impl AgreementTerms {
    /// Whether the agreement is in force on a day; both its first and its last day count.
    #[must_use]
    pub fn in_force_on(&self, date: Date) -> bool {
        self.effective_from <= date && self.effective_to.is_none_or(|last| date <= last)
    }

    /// Whether the agreement covers a category.
    #[must_use]
    pub fn covers(&self, category: DataCategory) -> bool {
        self.categories.contains(&category)
    }
}

#[cfg(test)]
mod tests;
