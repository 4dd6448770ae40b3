//! The tenant boundary: the only crate that sees the databases and the keys.
//!
//! There are six ways in, and each begins with proof. A verified token ([`auth::Authority`]) opens its own tenant
//! with [`Store::open_reading`] and [`Store::open_writing`]; a [`Lease`] on due work opens the tenant that enqueued
//! it; a download ticket opens the tenant that issued it; a receipt that a system outside has signed opens the tenant
//! for its one task ([`Signers`]); [`Operator`] reaches the platform's own tables, in
//! which there is no personal data; and a database in which every tenant was made up takes made-up persons
//! ([`Seeding`]). Beside them stand the console's sessions ([`ConsoleSessions`]), which are no
//! tenant's. What comes out is a [`TenantTx`] whose type says what may be done in it.
//!
//! A tenant transaction is no database connection, so a query that does not begin from it cannot be run:
//!
//! ```compile_fail,E0277
//! # use store::{Reading, TenantTx};
//! use sea_orm::EntityTrait as _;
//! async fn everybody(tx: &TenantTx<Reading>) {
//!     // `TenantTx` is not a `ConnectionTrait`: an unscoped find has nothing to run on.
//!     let _ = entity::data_subject::Entity::find().all(tx).await;
//! }
//! ```
//!
//! Nothing is written without its entry in the audit log, since the commit takes it:
//!
//! ```compile_fail,E0061
//! # use store::{Processing, TenantTx};
//! async fn silently(tx: TenantTx<Processing>) {
//!     let _ = tx.commit().await;
//! }
//! ```
//!
//! And a tenant that is winding down takes no new persons:
//!
//! ```compile_fail,E0599
//! # use store::{NewSubject, TenantTx, WindingDown};
//! async fn register(tx: &TenantTx<WindingDown>, person: NewSubject) {
//!     let _ = tx.put_subject(person).await;
//! }
//! ```
//!
//! The same three compile when they are done as the types ask:
//!
//! ```
//! # use store::{AuditEvent, NewSubject, Processing, Reading, StoreError, SubjectQuery, TenantTx};
//! async fn as_it_is_meant(read: &TenantTx<Reading>, write: TenantTx<Processing>, person: NewSubject, event: AuditEvent)
//!     -> Result<(), StoreError> {
//!     read.list_subjects(&SubjectQuery::first(20)).await?;
//!     write.put_subject(person).await?;
//!     write.commit(event).await
//! }
//! ```

mod accounting;
mod agreement;
mod audit;
mod backend;
mod breach;
mod certificate;
mod change;
mod closing;
mod compaction;
mod consent;
mod console;
mod cursor;
#[cfg(feature = "defences-apart")]
pub mod defences;
mod door;
mod erasure;
mod error;
mod export;
pub mod failpoint;
mod hold;
mod idempotency;
mod instruction;
mod job;
pub mod migrate;
mod notice;
mod objection;
mod opendsr;
mod operator;
mod register;
mod request;
mod restore;
mod restriction;
mod retention;
mod scoped;
mod seed;
mod subject;
mod subprocessor;
mod suppression;
mod system;
mod task;
mod tenant;
mod tenant_export;
mod tenant_tx;
mod ticket;
mod time;
mod trusted;
mod vault;

pub use accounting::{NewRecord, StoredRecord};
pub use agreement::{StoredAgreement, StoredSignature};
pub use audit::{
    ArchivedEntry, ArchivedHead, ArchivedLog, ArchivedRow, AuditArchive, EntryCount, archived_keys,
};
pub use audit::{AuditEvent, AuditFilter, AuditPage, RecordedEvent, SEQUENCED_AT_ONCE, StoredCheckpoint};
pub use backend::Address;
pub use breach::{StoredBreach, StoredSupplement, TenantBreach};
pub use certificate::StoredCertificate;
pub use change::{Deaf, Following, Told, Topic};
pub use closing::{ClosingDoor, ClosingEvidence, KeyFingerprint, StoredClosing};
pub use consent::{NewConsent, StoredConsent};
pub use console::{BrowserSecret, ConsoleSessions, NewSession, SessionActor, SessionTerms, StoredSession};
pub use cursor::InvalidCursor;
pub use door::{OpenError, ReadingDoor, Store, StoreConfig, WritingDoor};
pub use erasure::ErasureOrder;
pub use error::{StoreError, Unique};
pub use export::{NewPackage, StoredPackage};
pub use hold::{NewHold, StoredHold};
pub use idempotency::{IdempotencyKey, Replay};
pub use instruction::StoredInstruction;
pub use job::{JobKind, Lease, Recipients};
pub use notice::{DueNotice, NoticeEnd, NoticeFacts, NoticeTurn, OutboxNotice};
pub use opendsr::{CallbackTurn, DueCallback, NewOpenDsrRequest};
pub use operator::{
    AdditionEvents, Announcing, BreachAddition, BreachNotice, Concerned, Confirming, NewActivity,
    NewAgreement, NewBreach, NewConfirmation, NewSignature, NewSubprocessor, NewSupplement, NewTemplate,
    NewTenant, Notices, Operator, OperatorKey, OperatorTenant, RequestFigures, StoredTemplate, TenantQuery,
};
pub use register::{ActivityEntry, AuthorityEntry, RecipientEntry, RuleEntry};
pub use request::{Correction, RequestQuery, StoredRequest, StoredStep};
pub use restore::Replayed;
pub use restriction::{NewRestriction, StoredRestriction};
pub use retention::{RecordDates, RetentionFacts};
pub use seed::{MadeUpPerson, MadeUpRequest, MadeUpTenant, SealedBatch, Sealer, Seeding};
pub use subject::{NewSubject, StoredSubject, SubjectChange, SubjectQuery};
pub use subprocessor::{NoticeAnswer, StoredNotice, StoredSubprocessor, TenantSubprocessor};
pub use system::{
    AuditDelivery, Circuit, Consistency, DueDelivery, HeadTurn, LockedSystem, NewSystem, StoredSystem,
};
pub use task::{DueTask, Known, Posted, Receipt, Signers, StoredTask, Taken, TaskTurn};
pub use tenant::{StoredContact, StoredTenant};
pub use tenant_export::{
    Attempt, CHUNK_BYTES, ExportFile, ExportUse, FinishedExport, RedeemedExport, StoredTenantExport,
};
pub use tenant_tx::{
    CarriesOutRights, Closing, Processing, Reading, Sees, Signing, TenantTx, Unserved, Viewing, WindingDown,
    Writes,
};
pub use ticket::{RedeemedTicket, TicketError, TicketTerms};
pub use trusted::{DeskError, DocumentDesk, Earlier, Publication, Published, TrustedDocument, TrustedOwner};
pub use vault::{Batch, Finished, KeyCensus, MasterKeyUse, Progress, Standing, Telling};
pub use vault::{Destroyed, DestroyedKey, IndexKind, InvalidMasterKey, MasterKey, Term, When};
pub use vault::{EnvironmentKeeper, FileKeeper, Keeper, KeeperError, KnownMasterKey, MasterKeys};
pub use vault::{TenantKeyUse, WrapperUse};
#[cfg(feature = "pkcs11")]
pub use vault::{TokenKeeper, TokenSettings};
