//! The end of requests that had to wait for systems outside (Art. 19).

use domain::actor::ActorId;
use domain::category::Categories;
use domain::request::kind::RequestKind;
use domain::request::state::{Extent, State};
use store::{CarriesOutRights, Lease, TenantTx, failpoint};

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
        tx.destroy_task_keys(&tasks).await?;
        let waits = tasks.iter().any(|task| task.delays(request.id));
        let is_carried_out = request.carried_out_at.is_some() && request.kind != RequestKind::Erasure;
        if is_carried_out && !waits && matches!(request.state, State::InProgress(..)) {
            let mut becomes = request.clone();
            becomes.state = request.state.clone().complete(Extent::InFull, tx.now())?;
            self.amend(&tx, &person, (&request, &mut becomes)).await?;
            let status = becomes.state.status();
            tx.put_step(request.id, status, &ActorId::gateway(), "COMPLETED").await?;
        }
        tx.finish(lease).await?;
        failpoint::reach("task.completing").await;
        Ok(tx.commit(by_gateway(lease, "rightsRequest.complete", person.id, Categories::new())).await?)
    }
}
