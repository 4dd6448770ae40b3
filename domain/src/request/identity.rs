//! How a requester was identified (Art. 12(6)).

use jiff::Timestamp;

use crate::actor::ActorId;
use crate::coded::coded;

coded! {
    /// Means of confirming identity.
    IdentityVerificationMethod {
        /// The person's own authenticated session.
        AuthenticatedSession = "AUTHENTICATED_SESSION",
        /// BankID or another eID.
        ElectronicId = "ELECTRONIC_ID",
        /// Answer to a message sent to contact data already held.
        ContactConfirmation = "CONTACT_CONFIRMATION",
        /// An identity document was shown; no copy is kept.
        DocumentShown = "DOCUMENT_SHOWN",
    }
}

/// The identity of the requester was confirmed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identification {
    /// By which means.
    pub method: IdentityVerificationMethod,
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: ActorId,
}
