//! One operation's read transaction, shared by all its resolvers: one snapshot, one set-up.

use std::sync::Arc;

use domain::category::Categories;
use domain::id::TenantId;
use domain::language::Language;
use domain::tenant::TenantStatus;
use jiff::Timestamp;
use store::{OpenError, ReadingDoor, StoreError, StoredTenant, TenantTx, Unserved, Viewing, WritingDoor};

use super::Gateway;
use super::caller::Caller;
use super::page::Cursors;
use super::refusal::Refusal;

/// A tenant that is served, as one operation reads it.
pub struct Reading {
    /// The snapshot; records come through the methods of their nouns, persons through a view.
    pub(super) tx: TenantTx<store::Reading>,
    /// Who reads.
    pub caller: Caller,
    /// The gateway, for links and cursors.
    pub gateway: Gateway,
}

impl Reading {
    /// Whose snapshot it is.
    #[must_use]
    pub const fn tenant(&self) -> TenantId {
        self.tx.tenant()
    }

    /// The instant of the snapshot.
    #[must_use]
    pub const fn now(&self) -> Timestamp {
        self.tx.now()
    }

    /// The tenant's own language.
    #[must_use]
    pub const fn language(&self) -> Language {
        self.tx.language()
    }

    /// The categories of the agreement in force.
    #[must_use]
    pub const fn agreed(&self) -> &Categories {
        self.tx.agreed()
    }

    /// The cursors of a list.
    #[must_use]
    pub fn cursors(&self, list: String) -> Cursors {
        Cursors::new(self.gateway.store.clone(), self.tenant(), list)
    }
}

/// What a tenant turned out to be when it was opened for an operation.
#[derive(Clone)]
pub enum Opened {
    /// It is served.
    Served(Arc<Reading>),
    /// It is not; itself can be seen.
    Unserved(Arc<TenantTx<Viewing>>, Unserved),
}

impl Opened {
    /// The tenant itself, which can be seen whether it is served or not.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn find_tenant(&self) -> Result<(StoredTenant, TenantStatus), StoreError> {
        match self {
            Self::Served(reading) => Ok((reading.tx.find_tenant().await?, reading.tx.status())),
            Self::Unserved(tx, _) => Ok((tx.find_tenant().await?, tx.status())),
        }
    }
}

impl Gateway {
    /// Opens the caller's tenant for one operation.
    ///
    /// # Errors
    /// [`OpenError::UnknownTenant`] for a tenant that does not exist.
    pub async fn open(&self, caller: &Caller) -> Result<Opened, OpenError> {
        Ok(match self.store.open_reading(&caller.authority).await? {
            ReadingDoor::Served(tx) => {
                Opened::Served(Arc::new(Reading { tx, caller: caller.clone(), gateway: self.clone() }))
            }
            ReadingDoor::Viewing(tx) => {
                let why = tx.unserved().unwrap_or(Unserved::AgreementRequired);
                Opened::Unserved(Arc::new(tx), why)
            }
        })
    }
}

impl Gateway {
    /// Opens the caller's tenant for ordinary processing.
    ///
    /// # Errors
    /// [`Refusal`] when the tenant is not served, or is winding down.
    pub(super) async fn processing(&self, caller: &Caller) -> Result<TenantTx<store::Processing>, Refusal> {
        match self.store.open_writing(&caller.authority).await? {
            WritingDoor::Processing(tx) => Ok(tx),
            WritingDoor::WindingDown(_) => Err(Refusal::TenantNotServed),
            WritingDoor::Signing(tx) => Err(tx.unserved().unwrap_or(Unserved::AgreementRequired).into()),
        }
    }
}
