//! Tenants: the controllers on whose behalf personal data is processed.

use crate::coded::coded;

coded! {
    /// The life of a customer relationship.
    TenantStatus {
        /// Known, but no processor agreement is in force yet.
        Onboarding = "ONBOARDING",
        /// Served.
        Active = "ACTIVE",
        /// The relationship has ended; data is being returned and erased (Art. 28(3)(g)).
        Offboarding = "OFFBOARDING",
        /// Nothing but what the law requires is left.
        Closed = "CLOSED",
    }
}
