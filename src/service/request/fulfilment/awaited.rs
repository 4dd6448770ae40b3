//! The end of requests that had to wait for systems outside (Art. 19).

use domain::actor::ActorId;
use domain::category::Categories;
use domain::request::kind::RequestKind;
use domain::request::state::{Extent, State};
use domain::subject::SubjectStatus;
use store::{CarriesOutRights, Lease, StoredRequest, StoredSubject, TenantTx, failpoint};

use super::{by_gateway, leased_request};
use crate::service::Gateway;
use crate::service::refusal::Refusal;
use crate::service::request::Handling;

impl Gateway {
    /// Completes the leased request, whose systems have all answered, and destroys the key of what they were told.
    ///
    /// # Errors
    /// [`Refusal`] says why not; the work is then given back and tried again.
    pub async fn complete_request(&self, lease: &Lease) -> Result<(), Refusal> {
        match self.leased(lease).await? {
            Handling::Processing(tx) => self.complete_in(tx, lease).await,
            Handling::WindingDown(tx) => self.complete_in(tx, lease).await,
        }
    }

    async fn complete_in<S: CarriesOutRights>(&self, tx: TenantTx<S>, lease: &Lease) -> Result<(), Refusal> {
        let (person, request) = leased_request(&tx, lease).await?;
        let tasks = tx.lock_tasks_of(person.id).await?;
        // Not the keys of what has still to be handed out: they go when the answer that holds it is durable.
        tx.destroy_task_keys(&tasks).await?;
        let handed_out = tasks.iter().any(|task| task.request == request.id && task.returned);
        let waits = tasks.iter().any(|task| task.delays(request.id));
        let is_carried_out = request.carried_out_at.is_some() && request.kind != RequestKind::Erasure;
        if is_carried_out && !waits && matches!(request.state, State::InProgress(..)) {
            self.complete_package(&tx, &person, &request).await?;
            let mut becomes = request.clone();
            becomes.state = request.state.clone().complete(Extent::InFull, tx.now())?;
            self.amend(&tx, &person, (&request, &mut becomes)).await?;
            let status = becomes.state.status();
            tx.put_step(request.id, status, &ActorId::gateway(), "COMPLETED").await?;
        }
        if handed_out && !waits {
            tx.remove_returned(request.id).await?;
            tx.put_off(lease, tx.now()).await?;
        } else {
            tx.finish(lease).await?;
        }
        failpoint::reach("task.completing").await;
        Ok(tx.commit(by_gateway(lease, "rightsRequest.complete", person.id, Categories::new())).await?)
    }

    /// Makes the package anew now that the systems have answered, with what they returned. An erasure that came between leaves
    /// nobody to answer.
    async fn complete_package<S: CarriesOutRights>(
        &self,
        tx: &TenantTx<S>,
        person: &StoredSubject,
        request: &StoredRequest,
    ) -> Result<(), Refusal> {
        if person.status == SubjectStatus::Erased {
            return Ok(());
        }
        match request.kind {
            RequestKind::Access => self.put_access_package(tx, request, person).await,
            RequestKind::Portability => self.put_portability_package(tx, request, person).await.map(drop),
            _ => Ok(()),
        }
    }
}
