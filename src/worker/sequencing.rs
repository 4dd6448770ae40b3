//! Sequencing of the audit logs: every second or so each durable entry gets its place, and each log that has grown a signed
//! head. Any number of workers do it beside each other; what one is at the others leave alone.

use std::time::Duration;

use store::{SEQUENCED_AT_ONCE, StoreError};
use tokio::sync::watch;

use crate::service::Gateway;

/// Sequences until `stop` becomes true, and once more then, so that nothing that was answered before a stop is left without
/// a signed head.
pub async fn run(gateway: Gateway, pause: Duration, mut stop: watch::Receiver<bool>) {
    loop {
        let stopped = *stop.borrow();
        if let Err(error) = sequence_all(&gateway).await {
            tracing::error!(%error, "entries of the audit logs could not be sequenced; they are tried again");
        }
        if stopped {
            return;
        }
        tokio::select! {
            () = tokio::time::sleep(pause) => {}
            _ = stop.changed() => {}
        }
    }
}

/// Sequences every entry that is pending; gives how many. A tenant whose log does not let itself be grown stops no other.
///
/// # Errors
/// The last failure, when all tenants have had their turn.
pub async fn sequence_all(gateway: &Gateway) -> Result<u64, StoreError> {
    let mut sequenced = 0;
    let mut failed = None;
    for tenant in gateway.store.tenants_to_sequence().await? {
        loop {
            match gateway.store.sequence(tenant).await {
                Ok(entries) => {
                    sequenced += entries;
                    if entries < SEQUENCED_AT_ONCE {
                        break;
                    }
                }
                Err(error) => {
                    tracing::warn!(%tenant, %error, "an audit log was not sequenced");
                    failed = Some(error);
                    break;
                }
            }
        }
    }
    failed.map_or(Ok(sequenced), Err)
}
