//! Legal holds: decisions, interests and contracts that stop an erasure.

use domain::calendar::civil_date;
use domain::category::{Categories, DataCategory};
use domain::hold::{HoldClaim, HoldRefused, binds_on};
use domain::id::{LegalHoldId, SubjectId};
use domain::outcome::RetentionGround;
use domain::purpose::Purpose;
use domain::subject::SubjectStatus;
use domain::text::Text;
use jiff::civil::Date;
use store::{CarriesOutRights, JobKind, NewHold, StoreError, StoredHold, TenantTx};

use super::caller::Caller;
use super::input::{Faults, date, identifier};
use super::reading::Reading;
use super::refusal::{Refusal, UserError, UserErrorCode};
use super::request::Handling;
use super::request::fulfilment::erasure::wake_remainders;
use super::{Gateway, erasure};

/// A hold as a client sends it.
pub struct HoldInput {
    /// Whose data.
    pub subject_id: String,
    /// Why.
    pub ground: RetentionGround,
    /// Which categories.
    pub categories: Vec<DataCategory>,
    /// The decision, case or contract.
    pub reference: String,
    /// First day on which it no longer binds.
    pub expires_on: Option<String>,
}

impl HoldInput {
    fn read(&self) -> Result<(Text, Option<Date>), Refusal> {
        let mut faults = Faults::default();
        let reference = faults.take("reference", Text::parse(&self.reference));
        let expires_on = faults.take_optional("expiresOn", self.expires_on.as_deref().map(date));
        faults.finish()?;
        let reference = reference.ok_or_else(|| UserError::at(UserErrorCode::Invalid, "reference"))?;
        Ok((reference, expires_on))
    }
}

impl Gateway {
    /// Places a hold.
    ///
    /// # Errors
    /// [`Refusal`] says why not.
    pub async fn place_hold(
        &self,
        caller: &Caller,
        input: &HoldInput,
        shown: &Categories,
    ) -> Result<LegalHoldId, Refusal> {
        match self.handling(caller).await? {
            Handling::Processing(tx) => place_in(tx, caller, input, shown).await,
            Handling::WindingDown(tx) => place_in(tx, caller, input, shown).await,
        }
    }

    /// Releases a hold; erasures that waited for it go on at once.
    ///
    /// # Errors
    /// [`Refusal`] says why not.
    pub async fn release_hold(
        &self,
        caller: &Caller,
        hold: &str,
        shown: &Categories,
    ) -> Result<LegalHoldId, Refusal> {
        match self.handling(caller).await? {
            Handling::Processing(tx) => release_in(tx, caller, hold, shown).await,
            Handling::WindingDown(tx) => release_in(tx, caller, hold, shown).await,
        }
    }
}

async fn place_in<S: CarriesOutRights>(
    tx: TenantTx<S>,
    caller: &Caller,
    input: &HoldInput,
    shown: &Categories,
) -> Result<LegalHoldId, Refusal> {
    let (reference, expires_on) = input.read()?;
    let subject = identifier("subjectId", SubjectId::parse(&input.subject_id))?;
    let person = tx.lock_subject(subject).await?;
    let objection = person.as_ref().map_or(domain::hold::Objection::None, erasure::objection_of);
    let claim = HoldClaim { ground: input.ground, categories: &input.categories, expires_on, objection };
    // What is wrong with the input is told before what is wrong with the state.
    let checked = claim.check(civil_date(tx.now()));
    if let Err(HoldRefused::Invalid { part, reason }) = checked {
        return Err(UserError::invalid(part, reason).into());
    }
    let person = person.ok_or_else(|| UserError::at(UserErrorCode::NotFound, "subjectId"))?;
    if person.status == SubjectStatus::Erased {
        return Err(UserError::at(UserErrorCode::Erased, "subjectId").into());
    }
    let categories = checked.map_err(|_| UserError::at(UserErrorCode::Conflict, "ground"))?;
    let id = LegalHoldId::new(tx.now(), tx.entropy());
    let mut touched = shown.clone();
    touched.extend(categories.iter().copied());
    tx.put_hold(NewHold {
        id,
        subject,
        ground: input.ground,
        categories,
        reference: reference.as_str().to_owned(),
        expires_on,
        placed_by: caller.actor(),
    })
    .await?;
    let mut event = caller.event("legalHold.place", subject, touched);
    event.purpose = Some(Purpose::RightsHandling);
    tx.commit(event).await?;
    Ok(id)
}

async fn release_in<S: CarriesOutRights>(
    tx: TenantTx<S>,
    caller: &Caller,
    hold: &str,
    shown: &Categories,
) -> Result<LegalHoldId, Refusal> {
    let missing = || UserError::at(UserErrorCode::NotFound, "legalHoldId");
    let conflict = || UserError::at(UserErrorCode::Conflict, "legalHoldId");
    let id = identifier("legalHoldId", LegalHoldId::parse(hold))?;
    let subject = tx.find_hold(id).await?.ok_or_else(missing)?.subject;
    tx.lock_subject(subject).await?.ok_or_else(missing)?;
    let found = tx.find_hold(id).await?.ok_or_else(missing)?;
    if !binds_on(found.expires_on, found.released_at, civil_date(tx.now())) {
        return Err(conflict().into());
    }
    tx.release_hold(id, &caller.actor()).await?;
    wake_remainders(&tx, subject).await?;
    tx.enqueue(JobKind::EraseExpired, subject.uuid(), tx.now()).await?;
    let mut touched = shown.clone();
    touched.extend(found.categories.iter().copied());
    let mut event = caller.event("legalHold.release", subject, touched);
    event.purpose = Some(Purpose::RightsHandling);
    tx.commit(event).await?;
    Ok(id)
}

impl Reading {
    /// A hold by identifier.
    ///
    /// # Errors
    /// When the database fails or the row is inconsistent.
    pub async fn find_hold(&self, id: LegalHoldId) -> Result<Option<StoredHold>, StoreError> {
        self.tx.find_hold(id).await
    }

    /// The holds of several persons, newest first, in one statement.
    ///
    /// # Errors
    /// When the database fails or a row is inconsistent.
    pub async fn list_holds(&self, subjects: &[SubjectId]) -> Result<Vec<StoredHold>, StoreError> {
        self.tx.list_holds(subjects).await
    }
}
