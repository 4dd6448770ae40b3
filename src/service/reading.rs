//! One operation's read transaction, shared by all its resolvers: one snapshot, one set-up.

use std::sync::Arc;

use store::{OpenError, ReadingDoor, TenantTx, Unserved, Viewing, WritingDoor};

use super::Gateway;
use super::caller::Caller;
use super::refusal::Refusal;

/// A tenant that is served, as one operation reads it.
pub struct Reading {
    /// The snapshot.
    pub tx: TenantTx<store::Reading>,
    /// Who reads.
    pub caller: Caller,
    /// The gateway, for links and cursors.
    pub gateway: Gateway,
}

/// What a tenant turned out to be when it was opened for an operation.
#[derive(Clone)]
pub enum Opened {
    /// It is served.
    Served(Arc<Reading>),
    /// It is not; itself can be seen.
    Unserved(Arc<TenantTx<Viewing>>, Unserved),
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
