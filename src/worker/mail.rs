//! Notices by e-mail, a few at a time and beside all other work: a mail server that is slow or never answers keeps nobody
//! waiting but what else is to be mailed.

use std::time::Duration;

use store::{Lease, StoreError};
use tokio::sync::watch;
use tokio::task::JoinSet;

use super::{Rhythm, idle, last_moments};
use crate::service::Gateway;

/// Notices under way at a time. Mail servers let few connections in from one client.
const AT_ONCE: usize = 4;

/// Notices are leased for no shorter time, whatever the rhythm: longer than a mail server is waited for.
const LEAST_LEASE: Duration = Duration::from_mins(1);

/// Sends until `stop` becomes true. Notices under way are finished first; what takes too long is given back.
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
        match gateway.store.lease_notice(rhythm.lease.max(LEAST_LEASE)).await {
            Ok(Some(lease)) => {
                under_way.spawn(send_until(gateway.clone(), lease, last_moments(stop.clone())));
            }
            Ok(None) => idle(rhythm.poll, &mut stop).await,
            Err(error) => {
                tracing::error!(%error, "the queue of notices can't be read");
                idle(rhythm.poll.saturating_mul(10), &mut stop).await;
            }
        }
    }
    // One that panicked is another worker's when its lease has run out.
    while under_way.join_next().await.is_some() {}
}

/// Sends one notice; says whether there was any.
///
/// # Errors
/// When the queue cannot be read. A failure of the sending itself goes to the log, and the notice back to the queue.
pub async fn send_once(gateway: &Gateway, lease: Duration) -> Result<bool, StoreError> {
    let Some(lease) = gateway.store.lease_notice(lease).await? else {
        return Ok(false);
    };
    send(gateway, &lease).await;
    Ok(true)
}

async fn send_until(gateway: Gateway, lease: Lease, cut: impl Future<Output = ()>) {
    tokio::select! {
        () = send(&gateway, &lease) => {}
        () = cut => drop(gateway.store.return_lease(&lease).await),
    }
}

async fn send(gateway: &Gateway, lease: &Lease) {
    let sent = Box::pin(gateway.send_notice(lease)).await;
    super::delivery::give_back(gateway, lease, sent).await;
}
