//! The one decision whether a value about a person is shown (contract rules 2, 3, 4 and 13).
//!
//! Two principles: limits of purpose bind those who use the data, not the person whom it is about; the agreement
//! binds everybody, since without it the platform may not process at all.

use std::collections::BTreeSet;

use crate::category::{Categories, DataCategory};
use crate::purpose::Purpose;
use crate::subject::SubjectStatus;

pub use crate::restriction::Processing;

/// Who reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reader {
    /// The tenant's staff or one of its systems.
    Staff,
    /// The person whom the data is about, with a self-service token.
    DataSubject,
}

/// Why a value is not shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Withheld {
    /// The person was erased.
    Erased,
    /// The agreement in force does not name the category.
    OutsideAgreement,
    /// The purpose was ended for this person by an upheld objection (Art. 21).
    Objected,
    /// Processing is restricted, and the purpose is not excepted (Art. 18(2)).
    Restricted,
    /// What is left after an erasure is kept for other purposes alone (Art. 17(3)).
    PartiallyErased,
    /// The purpose has no need of the category (Art. 5(1)(b)).
    Purpose,
}

/// The decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Shown {
    /// The value is shown.
    Yes,
    /// It is null, and why.
    No(Withheld),
}

/// The facts behind the decision about one person's values.
#[derive(Debug, Clone, Copy)]
pub struct Disclosure<'a> {
    /// What the data is read for. For [`Reader::DataSubject`] it makes a difference outside the agreement only.
    pub purpose: Purpose,
    /// The categories of the agreement in force.
    pub agreed: &'a Categories,
    /// Whether processing is restricted.
    pub processing: Processing,
    /// Purposes ended for this person by upheld objections.
    pub ended: &'a BTreeSet<Purpose>,
    /// The state of the person's data.
    pub status: SubjectStatus,
    /// Who reads.
    pub reader: Reader,
}

impl Disclosure<'_> {
    /// Whether values of the category are shown.
    #[must_use]
    pub fn shows(&self, category: DataCategory) -> Shown {
        self.withholds(category).map_or(Shown::Yes, Shown::No)
    }

    /// The categories that are shown, in the policy's order.
    #[must_use]
    pub fn categories(&self) -> Categories {
        DataCategory::ALL.into_iter().filter(|category| self.shows(*category) == Shown::Yes).collect()
    }

    fn withholds(&self, category: DataCategory) -> Option<Withheld> {
        if self.status == SubjectStatus::Erased {
            return Some(Withheld::Erased);
        }
        if !self.agreed.contains(&category) && self.purpose != Purpose::RightsHandling {
            return Some(Withheld::OutsideAgreement);
        }
        match self.reader {
            Reader::DataSubject => None,
            Reader::Staff => self.withholds_from_staff(category),
        }
    }

    fn withholds_from_staff(&self, category: DataCategory) -> Option<Withheld> {
        if self.ended.contains(&self.purpose) {
            return Some(Withheld::Objected);
        }
        let restricted =
            self.processing == Processing::Restricted || self.status == SubjectStatus::Restricted;
        if restricted && !self.purpose.reads_restricted() {
            return Some(Withheld::Restricted);
        }
        if self.status == SubjectStatus::PartiallyErased && !self.purpose.reads_retained() {
            return Some(Withheld::PartiallyErased);
        }
        (!self.purpose.shows(category)).then_some(Withheld::Purpose)
    }
}

#[cfg(test)]
mod tests;
