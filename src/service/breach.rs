//! Personal data breaches as the tenant meets them (Art. 33): what it was told, when its own duty to the authority ends,
//! its acknowledgement.

use domain::breach::authority_deadline;
use domain::id::BreachId;
use jiff::Timestamp;
use store::{StoreError, TenantBreach, TenantTx, Writes, WritingDoor};

use super::Gateway;
use super::caller::Caller;
use super::input::identifier;
use super::reading::{Opened, of_either};
use super::refusal::{Refusal, UserError, UserErrorCode};

impl Opened {
    /// The breaches that the tenant was told of, the latest notice first.
    ///
    /// # Errors
    /// When the database fails or a row is inconsistent.
    pub async fn list_breaches(&self) -> Result<Vec<TenantBreach>, StoreError> {
        of_either!(self, tx => tx.list_breaches().await)
    }

    /// A breach by identifier; `None` for one that the tenant was not told of.
    ///
    /// # Errors
    /// When the database fails or a row is inconsistent.
    pub async fn find_breach(&self, id: BreachId) -> Result<Option<TenantBreach>, StoreError> {
        of_either!(self, tx => tx.find_breach(id).await)
    }
}

impl Gateway {
    /// When the duty to tell the authority ends of a tenant that was told at an instant (Art. 33(1)).
    #[must_use]
    pub fn authority_deadline(&self, notified_at: Timestamp) -> Timestamp {
        authority_deadline(notified_at, self.settings.authority_hours)
    }

    /// Acknowledges a breach notice; whoever was told can, a closed tenant too.
    ///
    /// # Errors
    /// [`Refusal`] says why not; of two at once the second finds the first.
    pub async fn acknowledge_breach(&self, caller: &Caller, breach: &str) -> Result<BreachId, Refusal> {
        match self.store.open_writing(&caller.authority).await? {
            WritingDoor::Processing(tx) => acknowledge_in(tx, caller, breach).await,
            WritingDoor::WindingDown(tx) => acknowledge_in(tx, caller, breach).await,
            WritingDoor::Signing(tx) => acknowledge_in(tx, caller, breach).await,
        }
    }
}

async fn acknowledge_in<S: Writes>(
    tx: TenantTx<S>,
    caller: &Caller,
    breach: &str,
) -> Result<BreachId, Refusal> {
    let missing = || UserError::at(UserErrorCode::NotFound, "breachId");
    let id = identifier("breachId", BreachId::parse(breach))?;
    tx.find_breach(id).await?.ok_or_else(missing)?;
    match tx.acknowledge_breach(id, &caller.actor()).await {
        Err(StoreError::LeaseLost) => return Err(UserError::at(UserErrorCode::Conflict, "breachId").into()),
        acknowledged => acknowledged?,
    }
    tx.commit(caller.event_about_nobody("breach.acknowledge")).await?;
    Ok(id)
}
