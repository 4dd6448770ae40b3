//! Sub-processors as the tenant meets them (Art. 28(2)): where each stands with it, its objection, its authorisation.

use domain::calendar::civil_date;
use domain::id::SubprocessorId;
use domain::invalid::Invalid;
use domain::subprocessor::{
    AuthorisationRefused, ObjectionRefused, SubprocessorStanding, check_authorisation, check_objection,
    standing,
};
use domain::text::Text;
use jiff::civil::Date;
use store::{
    NoticeAnswer, StoreError, StoredSubprocessor, TenantSubprocessor, TenantTx, Unserved, Writes, WritingDoor,
};

use super::Gateway;
use super::caller::Caller;
use super::input::identifier;
use super::reading::{Opened, of_either};
use super::refusal::{Refusal, UserError, UserErrorCode};

/// Which sub-processors are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Listed {
    /// Those that have not ended.
    Current,
    /// Also those that have ended.
    EndedToo,
}

impl Listed {
    /// Whether one is listed on a day.
    #[must_use]
    pub fn has(self, subprocessor: &StoredSubprocessor, today: Date) -> bool {
        self == Self::EndedToo || subprocessor.ended_on.is_none_or(|last| today <= last)
    }
}

/// A sub-processor and where it stands with the tenant today.
#[derive(Debug, Clone)]
pub struct SubprocessorEntry {
    /// The sub-processor, with the tenant's own notice.
    pub known: TenantSubprocessor,
    /// Where it stands.
    pub standing: SubprocessorStanding,
}

/// An objection as a client sends it.
pub struct ObjectionInput {
    /// To which sub-processor.
    pub subprocessor_id: String,
    /// Why.
    pub reason: String,
}

impl Opened {
    /// The platform's sub-processors by first day and name, each as it stands with the tenant.
    ///
    /// # Errors
    /// When the database fails or a row is inconsistent.
    pub async fn list_subprocessors(&self, listed: Listed) -> Result<Vec<SubprocessorEntry>, StoreError> {
        let today = civil_date(self.now());
        let all = of_either!(self, tx => tx.list_subprocessors().await)?;
        Ok(all
            .into_iter()
            .filter(|one| listed.has(&one.stored, today))
            .map(|one| entry(one, today))
            .collect())
    }

    /// Those that process the tenant's data today, by first day and name; none without an agreement.
    ///
    /// # Errors
    /// When the database fails or a row is inconsistent.
    pub async fn list_engaged(&self) -> Result<Vec<SubprocessorEntry>, StoreError> {
        let today = civil_date(self.now());
        if of_either!(self, tx => tx.agreed().is_empty()) {
            return Ok(Vec::new());
        }
        let mut all = self.list_subprocessors(Listed::Current).await?;
        all.retain(|entry| entry.known.is_engaged(today));
        Ok(all)
    }

    /// A sub-processor by identifier.
    ///
    /// # Errors
    /// When the database fails or a row is inconsistent.
    pub async fn find_subprocessor(
        &self,
        id: SubprocessorId,
    ) -> Result<Option<SubprocessorEntry>, StoreError> {
        let found = of_either!(self, tx => tx.find_subprocessor(id).await)?;
        Ok(found.map(|one| entry(one, civil_date(self.now()))))
    }
}

impl Gateway {
    /// Objects to a sub-processor.
    ///
    /// # Errors
    /// [`Refusal`] says why not; of two objections at once the second finds the first.
    pub async fn object_to_subprocessor(
        &self,
        caller: &Caller,
        input: &ObjectionInput,
    ) -> Result<SubprocessorId, Refusal> {
        match self.store.open_writing(&caller.authority).await? {
            WritingDoor::Processing(tx) => object_in(tx, caller, input).await,
            WritingDoor::WindingDown(tx) => object_in(tx, caller, input).await,
            WritingDoor::Signing(tx) => object_in(unless_closed(tx)?, caller, input).await,
        }
    }

    /// Authorises a sub-processor: the specific yes, which also takes an objection back.
    ///
    /// # Errors
    /// [`Refusal`] says why not.
    pub async fn authorise_subprocessor(
        &self,
        caller: &Caller,
        subprocessor: &str,
    ) -> Result<SubprocessorId, Refusal> {
        match self.store.open_writing(&caller.authority).await? {
            WritingDoor::Processing(tx) => authorise_in(tx, caller, subprocessor).await,
            WritingDoor::WindingDown(tx) => authorise_in(tx, caller, subprocessor).await,
            WritingDoor::Signing(tx) => authorise_in(unless_closed(tx)?, caller, subprocessor).await,
        }
    }
}

/// What no longer has any data in the platform has nothing to say about who processes it.
fn unless_closed<S>(tx: TenantTx<S>) -> Result<TenantTx<S>, Refusal> {
    match tx.unserved() {
        Some(Unserved::Closed) => Err(Refusal::TenantNotServed),
        Some(Unserved::AgreementRequired) | None => Ok(tx),
    }
}

async fn object_in<S: Writes>(
    tx: TenantTx<S>,
    caller: &Caller,
    input: &ObjectionInput,
) -> Result<SubprocessorId, Refusal> {
    let reason =
        Text::parse(&input.reason).map_err(|reason: Invalid| UserError::invalid("reason", reason))?;
    let found = locked(&tx, &input.subprocessor_id).await?;
    check_objection(&found.facts(), civil_date(tx.now())).map_err(|refused| match refused {
        ObjectionRefused::Ended | ObjectionRefused::Objected => conflict(),
        ObjectionRefused::Passed => UserError::at(UserErrorCode::DeadlinePassed, "subprocessorId"),
    })?;
    let id = found.stored.id;
    tx.answer_notice(id, NoticeAnswer::Object(reason.as_str().to_owned()), &caller.actor()).await?;
    tx.commit(caller.event_about_nobody("subprocessor.object")).await?;
    Ok(id)
}

async fn authorise_in<S: Writes>(
    tx: TenantTx<S>,
    caller: &Caller,
    subprocessor: &str,
) -> Result<SubprocessorId, Refusal> {
    let found = locked(&tx, subprocessor).await?;
    check_authorisation(&found.facts(), civil_date(tx.now())).map_err(|refused| match refused {
        AuthorisationRefused::Ended
        | AuthorisationRefused::Authorised
        | AuthorisationRefused::NotConcerned => conflict(),
    })?;
    let id = found.stored.id;
    tx.answer_notice(id, NoticeAnswer::Authorise, &caller.actor()).await?;
    tx.commit(caller.event_about_nobody("subprocessor.authorise")).await?;
    Ok(id)
}

async fn locked<S: Writes>(tx: &TenantTx<S>, id: &str) -> Result<TenantSubprocessor, Refusal> {
    let id = identifier("subprocessorId", SubprocessorId::parse(id))?;
    let found = tx.lock_subprocessor(id).await?;
    found.ok_or_else(|| UserError::at(UserErrorCode::NotFound, "subprocessorId").into())
}

fn conflict() -> UserError {
    UserError::at(UserErrorCode::Conflict, "subprocessorId")
}

fn entry(known: TenantSubprocessor, today: Date) -> SubprocessorEntry {
    SubprocessorEntry { standing: standing(&known.facts(), today), known }
}
