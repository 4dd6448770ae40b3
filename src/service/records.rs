//! What the store holds, as the surface may see it: records without a way to change them, and without persons, whose
//! values come through [`super::disclosure::Person`] alone.

pub use store::{
    AuditFilter, AuditPage, IdempotencyKey, OpenError, RecordedEvent, RequestQuery, StoreError,
    StoredConsent, StoredContact, StoredPackage, StoredRequest, StoredStep, StoredTenant, TicketError,
    Unserved,
};
