//! Restrictions of processing (Art. 18), and their end.

use domain::category::Categories;
use domain::id::{RestrictionId, SubjectId};
use domain::purpose::Purpose;
use domain::restriction::{Cause, LiftFacts, LiftRefused, check_lift};
use store::{CarriesOutRights, StoreError, StoredRestriction, TenantTx};

use super::Gateway;
use super::caller::Caller;
use super::input::{identifier, instant};
use super::reading::Reading;
use super::refusal::{Refusal, UserError, UserErrorCode};
use super::request::Handling;
use super::request::fulfilment::erasure::wake_remainders;

/// The lifting of a restriction as a client sends it.
pub struct LiftInput {
    /// Which restriction.
    pub restriction_id: String,
    /// When the person was told (Art. 18(3)).
    pub subject_informed_at: String,
}

impl Gateway {
    /// Lifts a restriction.
    ///
    /// # Errors
    /// [`Refusal`] says why not.
    pub async fn lift_restriction(
        &self,
        caller: &Caller,
        input: &LiftInput,
        shown: &Categories,
    ) -> Result<RestrictionId, Refusal> {
        match self.handling(caller).await? {
            Handling::Processing(tx) => lift_in(tx, caller, input, shown).await,
            Handling::WindingDown(tx) => lift_in(tx, caller, input, shown).await,
        }
    }
}

async fn lift_in<S: CarriesOutRights>(
    tx: TenantTx<S>,
    caller: &Caller,
    input: &LiftInput,
    shown: &Categories,
) -> Result<RestrictionId, Refusal> {
    let missing = || UserError::at(UserErrorCode::NotFound, "restrictionId");
    let informed_at = instant(&input.subject_informed_at);
    let informed_at = informed_at.map_err(|reason| UserError::invalid("subjectInformedAt", reason))?;
    let id = identifier("restrictionId", RestrictionId::parse(&input.restriction_id))?;
    let subject = tx.find_restriction(id).await?.ok_or_else(missing)?.subject;
    tx.lock_subject(subject).await?.ok_or_else(missing)?;
    let found = tx.find_restriction(id).await?.ok_or_else(missing)?;
    let request = tx.find_request(found.request).await?;
    let open = request.filter(|request| request.state.status().is_open());
    let facts = LiftFacts {
        ground: found.ground,
        started_at: found.started_at,
        lifted_at: found.lifted_at,
        informed_at,
        cause: open.map_or(Cause::Other, |request| Cause::OpenRequest(request.kind)),
    };
    check_lift(&facts, tx.now()).map_err(|refused| match refused {
        LiftRefused::Invalid { part, reason } => UserError::invalid(part, reason),
        LiftRefused::Conflict => UserError::at(UserErrorCode::Conflict, "restrictionId"),
    })?;
    tx.lift_restriction(id, informed_at).await?;
    tx.refresh_processing(subject).await?;
    wake_remainders(&tx, subject).await?;
    let mut event = caller.event("restriction.lift", subject, shown.clone());
    event.purpose = Some(Purpose::RightsHandling);
    tx.commit(event).await?;
    Ok(id)
}

impl Reading {
    /// A restriction by identifier, if the caller reaches its person.
    ///
    /// # Errors
    /// When the database fails or the row is inconsistent.
    pub async fn find_restriction(&self, id: RestrictionId) -> Result<Option<StoredRestriction>, StoreError> {
        let found = self.tx.find_restriction(id).await?;
        Ok(found.filter(|restriction| self.caller.reaches(restriction.subject)))
    }

    /// The restrictions of several persons, newest first, in one statement.
    ///
    /// # Errors
    /// When the database fails or a row is inconsistent.
    pub async fn list_restrictions(
        &self,
        subjects: &[SubjectId],
    ) -> Result<Vec<StoredRestriction>, StoreError> {
        self.tx.list_restrictions(subjects).await
    }
}
