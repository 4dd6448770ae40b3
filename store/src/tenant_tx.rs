//! The tenant transaction: one tenant, one instant, one set of rights, said by its type.

use std::marker::PhantomData;
use std::sync::Arc;

use domain::category::Categories;
use domain::clock::Entropy;
use domain::id::{AgreementId, TenantId};
use domain::language::Language;
use domain::tenant::TenantStatus;
use jiff::Timestamp;

use crate::audit::AuditEvent;
use crate::backend::Bound;
use crate::error::StoreError;
use crate::instruction::Given;
use crate::vault::Vault;

/// Reads of a tenant that is served.
#[derive(Debug)]
pub enum Reading {}
/// Reads of a tenant that is not served: itself and its agreements, nothing about persons.
#[derive(Debug)]
pub enum Viewing {}
/// Writes of a tenant whose agreement is in force.
#[derive(Debug)]
pub enum Processing {}
/// Writes of a tenant that is leaving: requests and their answers go on, everything else has ended.
#[derive(Debug)]
pub enum WindingDown {}
/// Writes of a tenant without an agreement in force: it can sign one.
#[derive(Debug)]
pub enum Signing {}

/// Writes at the end of a relationship: everything goes.
#[derive(Debug)]
pub enum Closing {}

/// Transactions that see personal data.
pub trait Sees {}
impl Sees for Reading {}
impl Sees for Processing {}
impl Sees for WindingDown {}

/// Transactions in which requests of data subjects are handled.
pub trait CarriesOutRights: Sees + Writes {}
impl CarriesOutRights for Processing {}
impl CarriesOutRights for WindingDown {}

/// Transactions that can be committed, each with its entry in the audit log.
pub trait Writes {}
impl Writes for Processing {}
impl Writes for WindingDown {}
impl Writes for Signing {}
impl Writes for Closing {}

/// Why a tenant is not served.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unserved {
    /// No data processing agreement is in force (Art. 28(3)).
    AgreementRequired,
    /// The relationship has ended and all is returned or erased.
    Closed,
}

/// What every transaction of a tenant knows about it.
#[derive(Clone)]
pub(crate) struct TenantStanding {
    pub status: TenantStatus,
    pub language: Language,
    pub agreed: Categories,
    /// The newest signed agreement that has begun: what is decided is decided under it.
    pub agreement: Option<AgreementId>,
    pub unserved: Option<Unserved>,
}

/// A transaction of one tenant. It is no connection and gives none out.
pub struct TenantTx<S> {
    pub(crate) bound: Bound,
    pub(crate) vault: Arc<Vault>,
    pub(crate) now: Timestamp,
    pub(crate) standing: TenantStanding,
    state: PhantomData<fn() -> S>,
}

impl<S> TenantTx<S> {
    pub(crate) const fn new(
        bound: Bound,
        vault: Arc<Vault>,
        now: Timestamp,
        standing: TenantStanding,
    ) -> Self {
        Self { bound, vault, now, standing, state: PhantomData }
    }

    /// Whose transaction it is.
    #[must_use]
    pub const fn tenant(&self) -> TenantId {
        self.bound.tenant()
    }

    /// The one instant that everything in it happens at.
    #[must_use]
    pub const fn now(&self) -> Timestamp {
        self.now
    }

    /// Where in its life the customer relationship is.
    #[must_use]
    pub const fn status(&self) -> TenantStatus {
        self.standing.status
    }

    /// The tenant's own language.
    #[must_use]
    pub const fn language(&self) -> Language {
        self.standing.language
    }

    /// The categories of the agreement in force; empty where there is none.
    #[must_use]
    pub const fn agreed(&self) -> &Categories {
        &self.standing.agreed
    }

    /// The newest signed agreement that has begun: in force, or the last that was.
    #[must_use]
    pub const fn agreement(&self) -> Option<AgreementId> {
        self.standing.agreement
    }

    /// Why the tenant is not served; `None` where it is.
    #[must_use]
    pub const fn unserved(&self) -> Option<Unserved> {
        self.standing.unserved
    }

    /// Randomness for identifiers made in this transaction.
    #[must_use]
    pub fn entropy(&self) -> &dyn Entropy {
        self.vault.entropy()
    }
}

impl<S: Writes> TenantTx<S> {
    /// Commits, together with the entry that tells what was done. What the controller decided is kept as its instruction
    /// too (Art. 28(3)(a)).
    ///
    /// # Errors
    /// When the entry or the commit fails; nothing of the transaction remains then.
    pub async fn commit(self, event: AuditEvent) -> Result<(), StoreError> {
        let given = Given::of(&event);
        let entry = self.put_event(event).await?;
        if let Some(given) = given {
            self.put_instruction(given, entry).await?;
        }
        self.bound.commit().await
    }
}
