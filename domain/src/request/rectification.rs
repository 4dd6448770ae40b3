//! Corrections (Art. 16).

use crate::coded::coded;

coded! {
    /// What can be wrong with a value.
    RectificationFault {
        /// Felaktig.
        Incorrect = "INCORRECT",
        /// Ofullständig.
        Incomplete = "INCOMPLETE",
        /// Missvisande.
        Misleading = "MISLEADING",
    }
}
