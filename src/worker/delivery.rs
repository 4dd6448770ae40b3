//! Deliveries to systems outside, several at a time and beside all other work: a system that is slow or never answers keeps
//! nobody waiting but what else it is to be told. One delivery goes to a system at a time; those that take long give their
//! places up, and systems that failed lately share a few.

use std::sync::Arc;
use std::time::Duration;

use store::{JobKind, Lease, Recipients, StoreError};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio::task::JoinSet;

use super::{Rhythm, idle, last_moments};
use crate::service::Gateway;

/// Deliveries that begin beside each other.
const AT_ONCE: usize = 16;

/// Of these to systems that failed the last time: most of them will be waited for.
const TO_FAILING: usize = 4;

/// A delivery that takes longer gives its place to another one and goes on beside.
const BRISK: Duration = Duration::from_secs(2);

/// Deliveries that go on so.
const SLOW: usize = 48;

/// Deliveries are leased for no shorter time, whatever the rhythm: longer than one can take, so that what a slow system
/// confirmed is recorded by whoever posted it.
const LEAST_LEASE: Duration = Duration::from_mins(1);

/// Delivers until `stop` becomes true. Deliveries under way are finished first; what takes too long is given back.
pub async fn run(gateway: Gateway, rhythm: Rhythm, mut stop: watch::Receiver<bool>) {
    let (places, mut under_way) = (Places::new(), JoinSet::new());
    while !*stop.borrow() {
        while under_way.try_join_next().is_some() {}
        let place = tokio::select! {
            place = places.take() => place,
            _ = stop.changed() => continue,
        };
        match gateway.store.lease_delivery(place.recipients(), rhythm.lease.max(LEAST_LEASE)).await {
            Ok(Some(lease)) => {
                let place = place.of(&lease);
                let cut = last_moments(stop.clone());
                under_way.spawn(deliver_until(gateway.clone(), (lease, place), places.slow.clone(), cut));
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
    let Some(lease) = gateway.store.lease_delivery(Recipients::All, lease).await? else {
        return Ok(false);
    };
    deliver(gateway, &lease).await;
    Ok(true)
}

/// What deliveries have to share.
struct Places {
    all: Arc<Semaphore>,
    failing: Arc<Semaphore>,
    slow: Arc<Semaphore>,
}

/// One delivery's place.
struct Place {
    whole: OwnedSemaphorePermit,
    /// Taken to begin with, and kept where the system has failed lately.
    failing: Option<OwnedSemaphorePermit>,
}

impl Places {
    fn new() -> Self {
        let of = |places| Arc::new(Semaphore::new(places));
        Self { all: of(AT_ONCE), failing: of(TO_FAILING), slow: of(SLOW) }
    }

    async fn take(&self) -> Place {
        let Ok(whole) = Arc::clone(&self.all).acquire_owned().await else {
            // Nobody closes it.
            return std::future::pending().await;
        };
        Place { whole, failing: Arc::clone(&self.failing).try_acquire_owned().ok() }
    }
}

impl Place {
    const fn recipients(&self) -> Recipients {
        if self.failing.is_some() { Recipients::All } else { Recipients::Answering }
    }

    fn of(self, lease: &Lease) -> Self {
        Self { failing: self.failing.filter(|_| lease.is_to_failing), ..self }
    }
}

async fn deliver_until(
    gateway: Gateway,
    (lease, place): (Lease, Place),
    slow: Arc<Semaphore>,
    cut: impl Future<Output = ()>,
) {
    let Place { whole, failing } = place;
    let gives_way = async move {
        tokio::time::sleep(BRISK).await;
        let beside = slow.acquire_owned().await;
        drop(whole);
        std::future::pending::<()>().await;
        drop((beside, failing));
    };
    tokio::select! {
        () = deliver(&gateway, &lease) => {}
        () = gives_way => {}
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
    give_back(gateway, lease, done).await;
}

/// Work that failed goes back to its queue.
pub(super) async fn give_back(gateway: &Gateway, lease: &Lease, done: Result<(), StoreError>) {
    let error = match done {
        // It was called off, or another worker has taken over: nothing is left to be done.
        Ok(()) | Err(StoreError::LeaseLost) => return,
        Err(error) => error.to_string(),
    };
    tracing::warn!(job = %lease.job(), error, "a delivery goes back to the queue");
    if let Err(error) = gateway.store.give_back(lease, &error).await {
        tracing::warn!(job = %lease.job(), %error, "it waits for the end of its lease");
    }
}
