//! Deliveries to systems outside, several at a time and beside all other work: a system that is slow or never answers keeps
//! nobody waiting but the deliveries behind it, and those for seconds.

use std::time::Duration;

use store::{JobKind, Lease, StoreError};
use tokio::sync::watch;
use tokio::task::JoinSet;

use super::{Rhythm, idle, last_moments};
use crate::service::Gateway;

/// Deliveries under way at a time.
const AT_ONCE: usize = 16;

/// Deliveries are leased for no shorter time, whatever the rhythm: longer than one can take, so that what a slow system
/// confirmed is recorded by whoever posted it.
const LEAST_LEASE: Duration = Duration::from_mins(1);

/// Delivers until `stop` becomes true. Deliveries under way are finished first; what takes too long is given back.
pub async fn run(gateway: Gateway, rhythm: Rhythm, mut stop: watch::Receiver<bool>) {
    let mut under_way = JoinSet::new();
    while !*stop.borrow() {
        while under_way.try_join_next().is_some() {}
        if under_way.len() >= AT_ONCE {
            tokio::select! {
                _ = under_way.join_next() => {}
                _ = stop.changed() => {}
            }
            continue;
        }
        match gateway.store.lease_delivery(rhythm.lease.max(LEAST_LEASE)).await {
            Ok(Some(lease)) => {
                under_way.spawn(deliver_until(gateway.clone(), lease, last_moments(stop.clone())));
            }
            Ok(None) => idle(rhythm.poll, &mut stop).await,
            Err(error) => {
                tracing::error!(%error, "the queue of deliveries can't be read");
                idle(rhythm.poll.saturating_mul(10), &mut stop).await;
            }
        }
    }
    // One that panicked is another worker's when its lease has run out.
    while under_way.join_next().await.is_some() {}
}

/// Carries one delivery out; says whether there was any.
///
/// # Errors
/// When the queue cannot be read. A failure of the delivery itself goes to the log, and the delivery back to the queue.
pub async fn deliver_once(gateway: &Gateway, lease: Duration) -> Result<bool, StoreError> {
    let Some(lease) = gateway.store.lease_delivery(lease).await? else {
        return Ok(false);
    };
    deliver(gateway, &lease).await;
    Ok(true)
}

async fn deliver_until(gateway: Gateway, lease: Lease, cut: impl Future<Output = ()>) {
    tokio::select! {
        () = deliver(&gateway, &lease) => {}
        () = cut => drop(gateway.store.return_lease(&lease).await),
    }
}

async fn deliver(gateway: &Gateway, lease: &Lease) {
    let done = match lease.kind {
        JobKind::DeliverTask => Box::pin(gateway.deliver_task(lease)).await,
        JobKind::PollTask => Box::pin(gateway.poll_task(lease)).await,
        JobKind::DeliverCallback => Box::pin(gateway.deliver_callback(lease)).await,
        _ => Box::pin(gateway.deliver_checkpoint(lease)).await,
    };
    let error = match done {
        // The system was removed, or another worker has taken over: nothing is left to be done.
        Ok(()) | Err(StoreError::LeaseLost) => return,
        Err(error) => error.to_string(),
    };
    tracing::warn!(job = %lease.job(), error, "a delivery goes back to the queue");
    if let Err(error) = gateway.store.give_back(lease, &error).await {
        tracing::warn!(job = %lease.job(), %error, "it waits for the end of its lease");
    }
}
