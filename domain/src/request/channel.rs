//! How a request came in.

use crate::coded::coded;

coded! {
    /// How a request came in. No form is required: any channel counts (Art. 12(2)).
    RequestChannel {
        /// The person's own token.
        SelfService = "SELF_SERVICE",
        /// E-mail.
        Email = "EMAIL",
        /// Telephone.
        Phone = "PHONE",
        /// Letter.
        Letter = "LETTER",
        /// Another system.
        Api = "API",
    }
}
