//! Reminders that an answer will soon be due, and the clock of requests that wait for identification.

use domain::actor::ActorId;
use domain::calendar::{civil_date, first_moment};
use domain::category::Categories;
use domain::id::RequestId;
use domain::request::reminder::Reminder;
use domain::request::state::State;
use jiff::Timestamp;
use jiff::civil::Date;
use store::{CarriesOutRights, JobKind, Lease, StoreError, StoredRequest, TenantTx};

use super::Handling;
use super::fulfilment::by_gateway;
use crate::service::Gateway;
use crate::service::refusal::Refusal;

/// A look at a deadline that had nothing to tell.
const LOOK: &str = "rightsRequest.followDeadline";

/// When a request is to be looked at next; `None` once nothing more is to be told.
fn next_look(request: &StoredRequest, due_on: Date, now: Timestamp) -> Option<Timestamp> {
    let today = civil_date(now);
    let next = Reminder::next_day(due_on, today);
    // While identification is awaited the deadline moves with every day.
    let waits = matches!(request.state, State::AwaitingIdentity { .. });
    let next = if waits { today.tomorrow().ok() } else { next };
    next.map(first_moment)
}

impl Gateway {
    /// Sees to it that a request is looked at when its deadline comes near.
    pub(super) async fn watch_deadline<S: CarriesOutRights>(
        &self,
        tx: &TenantTx<S>,
        request: &StoredRequest,
    ) -> Result<(), StoreError> {
        let object = request.id.uuid();
        if request.state.finished_at().is_some() {
            return tx.unschedule(JobKind::RemindDeadline, object).await;
        }
        let deadline = self.deadline(request, tx.now());
        // Later steps find the work waiting; only a request that comes in late is told of at once.
        let is_new = request.submitted_at == tx.now();
        let reached = Reminder::reached(deadline.due_on, civil_date(tx.now())).filter(|_| is_new);
        match reached.map(|_| tx.now()).or_else(|| next_look(request, deadline.due_on, tx.now())) {
            Some(at) => tx.enqueue(JobKind::RemindDeadline, object, at).await,
            None => Ok(()),
        }
    }

    /// Tells that the answer to the leased request will soon be due, or is overdue: once per reminder and deadline.
    ///
    /// # Errors
    /// [`Refusal`] says why not; the work is then given back and tried again.
    pub async fn remind(&self, lease: &Lease) -> Result<(), Refusal> {
        match self.leased(lease).await? {
            Handling::Processing(tx) => self.remind_in(tx, lease).await,
            Handling::WindingDown(tx) => self.remind_in(tx, lease).await,
        }
    }

    async fn remind_in<S: CarriesOutRights>(&self, tx: TenantTx<S>, lease: &Lease) -> Result<(), Refusal> {
        let id = RequestId::from_uuid(lease.object);
        let (person, was) = super::locked_request(&tx, id).await?.ok_or(StoreError::LeaseLost)?;
        let event = |action| by_gateway(lease, action, was.subject, Categories::new());
        if was.state.finished_at().is_some() {
            tx.finish(lease).await?;
            return Ok(tx.commit(event(LOOK)).await?);
        }
        let deadline = self.deadline(&was, tx.now());
        if deadline.due_at != was.due_at {
            let mut becomes = was.clone();
            (becomes.due_at, becomes.unpaused_due_at) = (deadline.due_at, deadline.unpaused_due_at);
            tx.amend_request(&person, &was, &becomes).await?;
        }
        let action = match untold(&tx, &was, deadline.due_on).await? {
            None => LOOK,
            Some(reminder) => {
                tell(&tx, &was, (reminder, deadline.due_on)).await?;
                self.remind_by_mail(&tx, &was, reminder).await?;
                "rightsRequest.remind"
            }
        };
        match next_look(&was, deadline.due_on, tx.now()) {
            Some(at) => tx.put_off(lease, at).await?,
            None => tx.finish(lease).await?,
        }
        Ok(tx.commit(event(action)).await?)
    }
}

/// The most urgent reminder whose day has come, unless it was told since.
async fn untold<S: CarriesOutRights>(
    tx: &TenantTx<S>,
    request: &StoredRequest,
    due_on: Date,
) -> Result<Option<Reminder>, StoreError> {
    let Some(reminder) = Reminder::reached(due_on, civil_date(tx.now())) else {
        return Ok(None);
    };
    let day = first_moment(reminder.day(due_on));
    let steps = tx.list_steps(&[request.id]).await?;
    let told = steps.iter().any(|step| step.step == reminder.code() && step.at >= day);
    Ok((!told).then_some(reminder))
}

async fn tell<S: CarriesOutRights>(
    tx: &TenantTx<S>,
    request: &StoredRequest,
    (reminder, due_on): (Reminder, Date),
) -> Result<(), StoreError> {
    tx.put_step(request.id, request.state.status(), &ActorId::gateway(), reminder.code()).await?;
    let (tenant, request) = (tx.tenant(), request.reference);
    if reminder == Reminder::Overdue {
        tracing::warn!(%tenant, %request, %due_on, "the deadline for an answer has passed");
    } else {
        tracing::info!(%tenant, %request, %due_on, reminder = reminder.code(), "an answer will soon be due");
    }
    Ok(())
}
