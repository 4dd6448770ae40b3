//! What was done, or would be done, to the data of one category or record.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::category::DataCategory;
use crate::coded::coded;

coded! {
    /// What happened to data.
    OutcomeAction {
        /// Handed out.
        Disclosed = "DISCLOSED",
        /// Corrected.
        Rectified = "RECTIFIED",
        /// Erased.
        Erased = "ERASED",
        /// Kept, with a ground.
        Retained = "RETAINED",
        /// Restricted to storage.
        Restricted = "RESTRICTED",
        /// A purpose was ended for it.
        PurposeEnded = "PURPOSE_ENDED",
        /// There was nothing.
        NothingHeld = "NOTHING_HELD",
    }
}

coded! {
    /// Why data is kept in spite of an erasure request (Art. 17(3), and the platform's policy).
    RetentionGround {
        /// Bokföringslagen 7 kap. 2 §.
        BookkeepingAct = "BOOKKEEPING_ACT",
        /// Needed to perform a contract.
        ContractPerformance = "CONTRACT_PERFORMANCE",
        /// Another Swedish or European law.
        OtherLegalObligation = "OTHER_LEGAL_OBLIGATION",
        /// A decision of a court or an authority.
        CourtOrAuthorityOrder = "COURT_OR_AUTHORITY_ORDER",
        /// An overriding legitimate interest (intresseavvägning).
        LegitimateInterests = "LEGITIMATE_INTERESTS",
        /// Establishing, exercising or defending legal claims, Art. 17(3)(e).
        LegalClaims = "LEGAL_CLAIMS",
    }
}

/// The outcome for one category, or for one accounting record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Outcome {
    /// Which category.
    pub category: DataCategory,
    /// Which accounting record, where it is about one.
    pub record: Option<Uuid>,
    /// What was done.
    pub action: OutcomeAction,
    /// Why it was kept.
    pub retention_ground: Option<RetentionGround>,
    /// Until and including when it is kept, where known.
    pub retained_through: Option<Date>,
}

impl Outcome {
    /// The outcome for a whole category of which nothing is kept.
    #[must_use]
    pub const fn new(category: DataCategory, action: OutcomeAction) -> Self {
        Self { category, record: None, action, retention_ground: None, retained_through: None }
    }
}
