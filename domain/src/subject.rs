//! Data subjects (registrerade).

use crate::coded::coded;

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
