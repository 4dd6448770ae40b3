//! The worker: leases due work and carries it out, one piece at a time, until it is told to stop.

pub mod delivery;
pub mod mail;
pub mod sequencing;

use std::time::Duration;

use domain::calendar::next_upkeep;
use store::{JobKind, Lease, StoreError};
use tokio::sync::watch;

use crate::service::Gateway;
use crate::service::refusal::Refusal;

/// How the worker keeps its time.
#[derive(Debug, Clone, Copy)]
pub struct Rhythm {
    /// Between two looks at the queue when it was empty.
    pub poll: Duration,
    /// How long a lease lasts.
    pub lease: Duration,
    /// Between two rounds of sequencing.
    pub sequence: Duration,
}

/// How long work in hand may go on after the worker was told to stop.
const LAST_MOMENTS: Duration = Duration::from_secs(20);

/// How long a decided request waits for an agreement before it is looked at again.
const WITHOUT_AGREEMENT: jiff::SignedDuration = jiff::SignedDuration::from_mins(5);

/// Works until `stop` becomes true. Work in hand is finished first; what takes too long is taken back whole, and its
/// lease returned, so that another worker goes on at once.
pub async fn run(gateway: Gateway, rhythm: Rhythm, mut stop: watch::Receiver<bool>) {
    while !*stop.borrow() {
        match work_until(&gateway, rhythm.lease, last_moments(stop.clone())).await {
            Ok(true) => {}
            Ok(false) => idle(rhythm.poll, &mut stop).await,
            Err(error) => {
                tracing::error!(%error, "the queue of due work can't be read");
                idle(rhythm.poll.saturating_mul(10), &mut stop).await;
            }
        }
    }
}

/// Comes to its end when work in hand must end, some time after the worker was told to stop.
async fn last_moments(mut stop: watch::Receiver<bool>) {
    // An error says that the sender is gone, which is as good as being told.
    drop(stop.wait_for(|stop| *stop).await);
    tokio::time::sleep(LAST_MOMENTS).await;
}

async fn idle(pause: Duration, stop: &mut watch::Receiver<bool>) {
    tokio::select! {
        () = tokio::time::sleep(pause) => {}
        _ = stop.changed() => {}
    }
}

/// Carries one piece of due work out; says whether there was any.
///
/// # Errors
/// When the queue cannot be read. A failure of the work itself goes to the log and the work back to the queue.
pub async fn work_once(gateway: &Gateway, lease: Duration) -> Result<bool, StoreError> {
    work_until(gateway, lease, std::future::pending()).await
}

/// The same, but work that is not done when `cut` comes is dropped, its transaction with it.
async fn work_until(
    gateway: &Gateway,
    lease: Duration,
    cut: impl Future<Output = ()>,
) -> Result<bool, StoreError> {
    let Some(lease) = gateway.store.lease(lease).await? else {
        return Ok(false);
    };
    let done = tokio::select! {
        done = Box::pin(carry_out(gateway, &lease)) => done,
        () = cut => return gateway.store.return_lease(&lease).await.map(|()| true),
    };
    if let Err(refusal) = done {
        if matches!(refusal, Refusal::AgreementRequired | Refusal::TenantNotServed) {
            // Nothing about persons is done without an agreement: look again when one may have been signed.
            let now = gateway.store.clock().now();
            let again = if lease.kind.is_upkeep() { next_upkeep(now) } else { now + WITHOUT_AGREEMENT };
            return gateway.store.postpone(&lease, again).await.map(|()| true);
        }
        let reason = reason(&refusal);
        tracing::warn!(job = %lease.job(), kind = lease.kind.code(), attempt = lease.attempts, reason, "work goes back to the queue");
        gateway.store.give_back(&lease, &reason).await?;
    }
    Ok(true)
}

async fn carry_out(gateway: &Gateway, lease: &Lease) -> Result<(), Refusal> {
    match lease.kind {
        JobKind::FulfilRequest => gateway.fulfil(lease).await,
        JobKind::ExpireExport => gateway.expire_export(lease).await,
        JobKind::SettleErasure => gateway.settle_erasure(lease).await,
        JobKind::EraseRemainder => gateway.erase_remainder(lease).await,
        JobKind::RemindDeadline => gateway.remind(lease).await,
        JobKind::RunRetention => gateway.run_retention(lease).await,
        JobKind::EraseExpired => gateway.erase_expired(lease).await,
        JobKind::CloseTenant => gateway.close_tenant(lease).await,
        JobKind::BuildTenantExport => gateway.build_tenant_export(lease).await,
        JobKind::ExpireTenantExport => gateway.expire_tenant_export(lease).await,
        // Leased apart from all this, by the deliveries.
        JobKind::DeliverCheckpoint => Ok(gateway.deliver_checkpoint(lease).await?),
        JobKind::DeliverTask => Ok(gateway.deliver_task(lease).await?),
        JobKind::SendNotice => Ok(gateway.send_notice(lease).await?),
        JobKind::PollTask => Ok(gateway.poll_task(lease).await?),
        JobKind::DeliverCallback => Ok(gateway.deliver_callback(lease).await?),
        JobKind::CompleteRequest => gateway.complete_request(lease).await,
    }
}

/// Why work failed, without personal data.
fn reason(refusal: &Refusal) -> String {
    match refusal {
        Refusal::User(_) => "the state does not allow it".to_owned(),
        Refusal::AgreementRequired => "no agreement in force".to_owned(),
        Refusal::TenantNotServed => "the tenant is not served".to_owned(),
        Refusal::UnknownTenant => "no such tenant".to_owned(),
        Refusal::Store(error) => error.to_string(),
        Refusal::Package(error) => error.to_string(),
    }
}
