//! Where a request stands.

use crate::coded::coded;
use crate::language::Language;

coded! {
    /// Where a request stands.
    RequestStatus {
        /// In, not yet looked at.
        Received = "RECEIVED",
        /// More information was asked for to confirm who is asking.
        AwaitingIdentity = "AWAITING_IDENTITY",
        /// Waiting for the controller's decision.
        UnderReview = "UNDER_REVIEW",
        /// Approved; being carried out.
        InProgress = "IN_PROGRESS",
        /// Carried out in full.
        Completed = "COMPLETED",
        /// Carried out as far as the law allows.
        PartiallyCompleted = "PARTIALLY_COMPLETED",
        /// Refused, with a ground.
        Refused = "REFUSED",
        /// Taken back by the person.
        Withdrawn = "WITHDRAWN",
    }
}

impl RequestStatus {
    /// Whether the person still waits for an answer.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Received | Self::AwaitingIdentity | Self::UnderReview | Self::InProgress)
    }

    /// The name in running text.
    #[must_use]
    pub const fn name(self, language: Language) -> &'static str {
        let (swedish, english) = match self {
            Self::Received => ("mottagen", "received"),
            Self::AwaitingIdentity => ("väntar på identifiering", "awaiting identification"),
            Self::UnderReview => ("under handläggning", "under review"),
            Self::InProgress => ("verkställs", "being carried out"),
            Self::Completed => ("genomförd", "completed"),
            Self::PartiallyCompleted => ("delvis genomförd", "partially completed"),
            Self::Refused => ("avslagen", "refused"),
            Self::Withdrawn => ("återtagen", "withdrawn"),
        };
        language.choose(swedish, english)
    }
}
