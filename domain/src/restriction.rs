//! Restriction of processing (Art. 18).

use crate::coded::coded;

coded! {
    /// Why processing is restricted, Art. 18(1).
    RestrictionGround {
        /// (a) The accuracy is contested; lasts until the data is corrected or verified.
        AccuracyContested = "ACCURACY_CONTESTED",
        /// (b) The processing is unlawful and the person opposes erasure.
        UnlawfulProcessing = "UNLAWFUL_PROCESSING",
        /// (c) The controller no longer needs the data but the person does, for a legal claim.
        LegalClaim = "LEGAL_CLAIM",
        /// (d) An objection is being examined.
        ObjectionPending = "OBJECTION_PENDING",
    }
}
