//! Erasure (Art. 17): what an erasure of a person's data would do, item by item, and why the rest is kept (Art. 17(3),
//! bokföringslagen 7 kap. 2 §, contract rule 13). The same plan serves a request, a preview and the gateway's own
//! nightly run.

mod canonical;
mod plan;

use jiff::civil::Date;
use uuid::Uuid;

use crate::category::{Categories, DataCategory};
use crate::id::SubjectId;
use crate::outcome::RetentionGround;

pub use crate::hold::Objection;
pub use plan::{Left, Plan, assess};

/// One accounting record of the person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct RecordFacts {
    /// Which.
    pub id: Uuid,
    /// The last day on which the Bookkeeping Act keeps it; `None` where the act does not apply.
    pub retained_through: Option<Date>,
}

/// A hold that was placed and not released. Whether it has expired is judged with the plan.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct HoldFacts {
    /// Why.
    pub ground: RetentionGround,
    /// What it covers.
    pub categories: Categories,
    /// First day on which it no longer binds; open-ended where `None`.
    pub expires_on: Option<Date>,
}

/// The facts behind a plan, read when it is shown, when it is approved and again when it is carried out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// Whose data.
    pub subject: SubjectId,
    /// The categories of the profile of which anything is held. Accounting records are in `records`.
    pub held: Categories,
    /// The accounting records that are held, in any order.
    pub records: Vec<RecordFacts>,
    /// The holds that were not released, in any order.
    pub holds: Vec<HoldFacts>,
    /// Whether the person's objection to processing on legitimate interests was upheld.
    pub objection: Objection,
}

/// What is to be erased.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scope {
    /// All that is held.
    Everything,
    /// These categories alone.
    Only(Categories),
}

impl Scope {
    /// Whether a category is to be erased.
    #[must_use]
    pub fn contains(&self, category: DataCategory) -> bool {
        match self {
            Self::Everything => true,
            Self::Only(categories) => categories.contains(&category),
        }
    }

    /// The categories to be erased, in the policy's order.
    #[must_use]
    pub fn categories(&self) -> Categories {
        DataCategory::ALL.into_iter().filter(|category| self.contains(*category)).collect()
    }
}

#[cfg(test)]
mod tests;
