//! Data subjects (registrerade).

use crate::coded::coded;
use crate::restriction::Processing;

coded! {
    /// The state of a data subject's data.
    SubjectStatus {
        /// In use.
        Active = "ACTIVE",
        /// Stored only, Art. 18.
        Restricted = "RESTRICTED",
        /// Erased, apart from what a law or an order keeps.
        PartiallyErased = "PARTIALLY_ERASED",
        /// Erased.
        Erased = "ERASED",
    }
}

/// How far a person's data was erased.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Erasure {
    /// Not as a whole; single categories may have been.
    None,
    /// All but what is kept on a ground.
    Partial,
    /// All of it.
    Whole,
}

/// The state of a person's data: an erasure outweighs a restriction, since what is left is no longer in use.
#[must_use]
pub const fn status(erasure: Erasure, processing: Processing) -> SubjectStatus {
    match (erasure, processing) {
        (Erasure::Whole, _) => SubjectStatus::Erased,
        (Erasure::Partial, _) => SubjectStatus::PartiallyErased,
        (Erasure::None, Processing::Restricted) => SubjectStatus::Restricted,
        (Erasure::None, Processing::Unrestricted) => SubjectStatus::Active,
    }
}

coded! {
    /// What a downstream system knows a person by.
    SubjectIdentifier {
        /// The tenant's own key for the person.
        ExternalReference = "EXTERNAL_REFERENCE",
        /// The gateway's identifier of the data subject.
        SubjectId = "SUBJECT_ID",
        /// The e-mail address.
        Email = "EMAIL",
        /// The telephone number.
        Phone = "PHONE",
        /// The login name.
        LoginName = "LOGIN_NAME",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_erasure_outweighs_a_restriction() {
        use Processing::{Restricted, Unrestricted};
        for (erasure, processing, expected) in [
            (Erasure::None, Unrestricted, SubjectStatus::Active),
            (Erasure::None, Restricted, SubjectStatus::Restricted),
            (Erasure::Partial, Unrestricted, SubjectStatus::PartiallyErased),
            (Erasure::Partial, Restricted, SubjectStatus::PartiallyErased),
            (Erasure::Whole, Unrestricted, SubjectStatus::Erased),
            (Erasure::Whole, Restricted, SubjectStatus::Erased),
        ] {
            assert_eq!(status(erasure, processing), expected, "{erasure:?} {processing:?}");
        }
    }
}
