//! Extensions of the deadline (Art. 12(3)).

use crate::coded::coded;

coded! {
    /// On what an extension rests.
    ExtensionGround {
        /// Complexity of the request.
        Complexity = "COMPLEXITY",
        /// Number of requests.
        NumberOfRequests = "NUMBER_OF_REQUESTS",
    }
}
