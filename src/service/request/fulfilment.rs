//! Carrying approved requests out: facts again, plan, effect, answer, in one transaction with the end of the leased work,
//! so that a worker that dies leaves either nothing or all of it. An erasure takes several ([`erasure`]).

mod answer;
pub(in crate::service) mod asked;
mod awaited;
pub(in crate::service) mod certificate;
pub(in crate::service) mod erasure;
mod export;
pub(in crate::service) mod portability;

use domain::actor::{Actor, ActorId};
use domain::category::{Categories, DataCategory};
use domain::id::{RequestId, SubjectId};
use domain::outcome::Outcome;
use domain::purpose::Purpose;
use domain::request::kind::RequestKind;
use domain::request::refusal::RefusalGround;
use domain::request::state::{Extent, State};
use domain::request::{access, objection, rectification as corrections, restriction};
use store::{
    AuditEvent, CarriesOutRights, Lease, StoreError, StoredRequest, StoredSubject, TenantTx, failpoint,
};

use super::{Handling, linked, locked_request, rectification};
use crate::service::Gateway;
use crate::service::refusal::Refusal;

impl Gateway {
    /// Carries the leased request out.
    ///
    /// # Errors
    /// [`Refusal`] says why not; the work is then given back and tried again.
    pub async fn fulfil(&self, lease: &Lease) -> Result<(), Refusal> {
        match self.leased(lease).await? {
            Handling::Processing(tx) => self.fulfil_in(tx, lease).await,
            Handling::WindingDown(tx) => self.fulfil_in(tx, lease).await,
        }
    }

    async fn fulfil_in<S: CarriesOutRights>(&self, tx: TenantTx<S>, lease: &Lease) -> Result<(), Refusal> {
        let (person, request) = leased_request(&tx, lease).await?;
        if !matches!(request.state, State::InProgress(..)) {
            // Withdrawn after its approval: there is nothing to do.
            tx.finish(lease).await?;
            let event = by_gateway(lease, "rightsRequest.fulfil", person.id, Categories::new());
            return Ok(tx.commit(event).await?);
        }
        if request.kind == RequestKind::Erasure {
            return self.erase_in(tx, lease, (&person, &request)).await;
        }
        if request.carried_out_at.is_some() {
            // Done before; systems outside are waited for.
            tx.finish(lease).await?;
            let event = by_gateway(lease, "rightsRequest.fulfil", person.id, Categories::new());
            return Ok(tx.commit(event).await?);
        }
        let (outcomes, touched) = self.carry_out(&tx, &person, &request).await?;
        // A correction may have changed the person's row.
        let person = tx.lock_subject(person.id).await?.ok_or(StoreError::KeyGone)?;
        let mut becomes = request.clone();
        becomes.outcomes = outcomes;
        let step = if tx.start_tasks(request.id).await? {
            becomes.carried_out_at = Some(tx.now());
            "CARRIED_OUT"
        } else {
            becomes.state = request.state.clone().complete(Extent::InFull, tx.now())?;
            "COMPLETED"
        };
        self.amend(&tx, &person, (&request, &mut becomes)).await?;
        let status = becomes.state.status();
        tx.put_step(request.id, status, &ActorId::gateway(), step).await?;
        tx.finish(lease).await?;
        failpoint::reach("export.before_commit").await;
        Ok(tx.commit(by_gateway(lease, "rightsRequest.fulfil", person.id, touched)).await?)
    }

    /// Does what the request asks for; gives what came of it and the categories that were used.
    async fn carry_out<S: CarriesOutRights>(
        &self,
        tx: &TenantTx<S>,
        person: &StoredSubject,
        request: &StoredRequest,
    ) -> Result<(Vec<Outcome>, Categories), Refusal> {
        let mut held: Categories = person.held().collect();
        if !tx.list_record_facts(&[person.id]).await?.is_empty() {
            held.insert(DataCategory::Accounting);
        }
        let identified = request.state.identification().cloned();
        match request.kind {
            RequestKind::Access => {
                let facts = access::Facts { identified, held: held.clone() };
                let plan = access::assess(&facts, tx.now()).map_err(unfit)?;
                self.put_access_package(tx, request, person).await?;
                Ok((plan.outcomes, held))
            }
            RequestKind::Portability => self.put_portability_package(tx, request, person).await,
            RequestKind::Rectification => {
                let corrected = rectification::apply(tx, person, request).await?;
                let outcomes = corrections::assess(identified.as_ref(), &corrected).map_err(unfit)?;
                linked::lift(tx, request).await?;
                Ok((outcomes, corrected))
            }
            RequestKind::Restriction => {
                let facts = restriction::Facts { identified, held: held.clone() };
                Ok((restriction::assess(&facts).map_err(unfit)?, held))
            }
            RequestKind::Objection => {
                let purpose = request.purpose.ok_or(inconsistent("purpose"))?;
                let facts = objection::Facts { identified, held: held.clone(), purpose };
                let outcomes = objection::assess(&facts).map_err(unfit)?;
                let mut ended = person.ended.clone();
                ended.insert(purpose);
                tx.set_ended_purposes(person, &ended).await?;
                erasure::wake_remainders(tx, person.id).await?;
                linked::lift(tx, request).await?;
                Ok((outcomes, held))
            }
            RequestKind::Erasure | RequestKind::ConsentWithdrawal => Err(inconsistent("kind").into()),
        }
    }
}

const fn inconsistent(column: &'static str) -> StoreError {
    StoreError::Inconsistent { table: "rights_request", column }
}

/// An approved request fits its article: approval asks for the same facts.
const fn unfit(_: RefusalGround) -> StoreError {
    inconsistent("identified_at")
}

/// The leased request and its person, whose row the transaction holds from now on.
async fn leased_request<S: CarriesOutRights>(
    tx: &TenantTx<S>,
    lease: &Lease,
) -> Result<(StoredSubject, StoredRequest), StoreError> {
    locked_request(tx, RequestId::from_uuid(lease.object)).await?.ok_or(StoreError::LeaseLost)
}

/// An entry of the audit log about work that nobody waits for.
pub(in crate::service) fn by_gateway(
    lease: &Lease,
    action: &'static str,
    subject: SubjectId,
    categories: Categories,
) -> AuditEvent {
    AuditEvent {
        purpose: Some(Purpose::RightsHandling),
        subjects: vec![subject],
        categories,
        ..AuditEvent::new(Actor::gateway(), action, lease.job().to_string())
    }
}
