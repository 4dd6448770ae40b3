//! What the store holds, as the surface may see it: records without a way to change them, and without persons, whose
//! values come through [`super::disclosure::Person`] alone.

pub use store::{
    AuditFilter, AuditPage, Correction, IdempotencyKey, OpenError, RecordedEvent, RequestQuery, RuleEntry,
    StoreError, StoredConsent, StoredContact, StoredHold, StoredPackage, StoredRecord, StoredRequest,
    StoredRestriction, StoredStep, StoredTenant, TicketError, Unserved,
};
