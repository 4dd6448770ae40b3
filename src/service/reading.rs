//! One operation's read transaction, shared by all its resolvers: one snapshot, one set-up.

use std::sync::Arc;

use domain::category::Categories;
use domain::id::{AgreementId, TenantId};
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

    /// Where in its life the tenant is.
    #[must_use]
    pub const fn status(&self) -> TenantStatus {
        self.tx.status()
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

/// What can be seen of a tenant whether it is served or not: the same of either snapshot.
macro_rules! of_either {
    ($opened:expr, $tx:ident => $seen:expr) => {
        match $opened {
            $crate::service::reading::Opened::Served(reading) => {
                let $tx = &reading.tx;
                $seen
            }
            $crate::service::reading::Opened::Unserved($tx, _) => $seen,
        }
    };
}

pub(super) use of_either;

impl Opened {
    /// The tenant itself.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn find_tenant(&self) -> Result<(StoredTenant, TenantStatus), StoreError> {
        of_either!(self, tx => Ok((tx.find_tenant().await?, tx.status())))
    }

    /// The instant of the snapshot.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        of_either!(self, tx => tx.now())
    }

    /// The tenant's own language.
    #[must_use]
    pub fn language(&self) -> Language {
        of_either!(self, tx => tx.language())
    }

    /// The tenant.
    #[must_use]
    pub fn tenant(&self) -> TenantId {
        of_either!(self, tx => tx.tenant())
    }

    /// Where in its life the tenant is.
    #[must_use]
    pub fn status(&self) -> TenantStatus {
        of_either!(self, tx => tx.status())
    }

    /// The agreement under which the tenant is served: the one in force, or the last that was while the tenant is leaving;
    /// `None` where it is not served.
    #[must_use]
    pub fn governing(&self) -> Option<AgreementId> {
        match self {
            Self::Served(reading) => reading.tx.agreement(),
            Self::Unserved(..) => None,
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
