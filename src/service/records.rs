//! What the store holds, as the surface may see it: records without a way to change them, and without persons, whose
//! values come through [`super::disclosure::Person`] alone.

pub use store::{
    AuditFilter, AuditPage, Correction, IdempotencyKey, OpenError, OperatorTenant, OutboxNotice,
    RecordedEvent, RequestFigures, RequestQuery, RuleEntry, StoreError, StoredBreach, StoredCertificate,
    StoredCheckpoint, StoredClosing, StoredConsent, StoredContact, StoredHold, StoredInstruction,
    StoredPackage, StoredRecord, StoredRequest, StoredRestriction, StoredSignature, StoredStep,
    StoredSubprocessor, StoredSupplement, StoredTask, StoredTemplate, StoredTenant, TenantBreach,
    TenantQuery, TicketError, Unserved,
};
