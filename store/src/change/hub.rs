//! Who follows what in this process.

use std::collections::{BTreeSet, HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use auth::Authority;
use domain::id::{BreachId, RequestId};
use tokio::sync::{Notify, watch};
use tokio::time::timeout;
use uuid::Uuid;

use super::{Change, Kind};
use crate::door::Store;

/// Changes that wait to be looked at, for each who follows; an object counts once however often it changed.
const WAITING: usize = 1_000;

/// How long who begins to follow waits for the listener to be connected.
const PATIENCE: Duration = Duration::from_secs(5);

/// What of a tenant is followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Topic {
    /// One rights request.
    Request(RequestId),
    /// All rights requests.
    Requests,
    /// The breaches that the tenant is told of.
    Breaches,
}

/// What whoever follows is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// A rights request, or what hangs on it, changed.
    Request(RequestId),
    /// The tenant was told of a breach, or more of it.
    Breach(BreachId),
    /// Something may have changed that nobody told: the listener was cut off, or more waits than is kept.
    Missed,
}

/// Changes cannot be followed now: the database does not tell of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("changes cannot be followed at the moment")]
pub struct Deaf;

/// Hands changes to those who follow them.
#[derive(Clone)]
pub(crate) struct Hub(Arc<Inner>);

struct Inner {
    followers: Mutex<HashMap<Uuid, Vec<Arc<Follower>>>>,
    /// Whether changes are heard.
    hears: watch::Sender<bool>,
}

struct Follower {
    topic: Topic,
    waiting: Mutex<Waiting>,
    woken: Notify,
}

#[derive(Default)]
struct Waiting {
    changed: VecDeque<Uuid>,
    missed: bool,
}

/// What a panicking thread left is still true: each change is complete in itself.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Hub {
    /// A hub of a database that tells its changes itself (`hears`), or through a listener.
    pub(crate) fn new(hears: bool) -> Self {
        Self(Arc::new(Inner { followers: Mutex::default(), hears: watch::Sender::new(hears) }))
    }

    /// Tells what changed to those who follow it.
    pub(crate) fn tell(&self, changes: BTreeSet<Change>) {
        let followers = lock(&self.0.followers);
        for change in changes {
            for follower in followers.get(&change.tenant).into_iter().flatten() {
                follower.told(change);
            }
        }
    }

    /// From here on changes are heard, or not; what came in between nobody knows.
    pub(super) fn hears(&self, hears: bool) {
        let followers = lock(&self.0.followers);
        if hears {
            for follower in followers.values().flatten() {
                lock(&follower.waiting).missed = true;
                follower.woken.notify_one();
            }
        }
        // Told while nobody can begin to follow: whoever waited for it has missed nothing.
        self.0.hears.send_replace(hears);
    }

    async fn follow(&self, tenant: Uuid, topic: Topic) -> Result<Following, Deaf> {
        let mut hears = self.0.hears.subscribe();
        if !matches!(timeout(PATIENCE, hears.wait_for(|hears| *hears)).await, Ok(Ok(_))) {
            return Err(Deaf);
        }
        let follower = Arc::new(Follower { topic, waiting: Mutex::default(), woken: Notify::new() });
        lock(&self.0.followers).entry(tenant).or_default().push(Arc::clone(&follower));
        Ok(Following { hub: self.clone(), tenant, follower })
    }
}

impl Follower {
    fn told(&self, change: Change) {
        let follows = match (self.topic, change.kind) {
            (Topic::Request(one), Kind::Request) => one.uuid() == change.id,
            (Topic::Requests, Kind::Request) | (Topic::Breaches, Kind::Breach) => true,
            _ => false,
        };
        if !follows {
            return;
        }
        let mut waiting = lock(&self.waiting);
        if waiting.changed.contains(&change.id) {
            return;
        }
        if waiting.changed.len() < WAITING {
            waiting.changed.push_back(change.id);
        } else {
            waiting.changed = VecDeque::new();
            waiting.missed = true;
        }
        self.woken.notify_one();
    }

    fn next(&self) -> Option<Told> {
        let mut waiting = lock(&self.waiting);
        match (self.topic, waiting.missed) {
            // Of one request the present state tells all that can have been missed.
            (Topic::Request(one), true) => {
                *waiting = Waiting::default();
                Some(Told::Request(one))
            }
            (_, true) => Some(Told::Missed),
            (Topic::Breaches, false) => {
                waiting.changed.pop_front().map(BreachId::from_uuid).map(Told::Breach)
            }
            (_, false) => waiting.changed.pop_front().map(RequestId::from_uuid).map(Told::Request),
        }
    }
}

/// Somebody who follows; nobody any more when it is dropped.
pub struct Following {
    hub: Hub,
    tenant: Uuid,
    follower: Arc<Follower>,
}

impl Following {
    /// What changed next; waits until something did. Several changes of one object are one, for as long as nobody asks.
    /// Nothing is lost when the wait is given up.
    pub async fn next(&self) -> Told {
        loop {
            if let Some(told) = self.follower.next() {
                return told;
            }
            self.follower.woken.notified().await;
        }
    }

    /// Forgets what waits of an object whose state is about to be read anyway.
    pub fn forget(&self, told: Told) {
        let id = match told {
            Told::Request(id) => id.uuid(),
            Told::Breach(id) => id.uuid(),
            Told::Missed => return,
        };
        lock(&self.follower.waiting).changed.retain(|waits| *waits != id);
    }
}

impl Drop for Following {
    fn drop(&mut self) {
        let mut followers = lock(&self.hub.0.followers);
        if let Some(of_tenant) = followers.get_mut(&self.tenant) {
            of_tenant.retain(|other| !Arc::ptr_eq(other, &self.follower));
            if of_tenant.is_empty() {
                followers.remove(&self.tenant);
            }
        }
    }
}

impl Store {
    /// Follows what changes of the token's tenant from now on. Whether there is such an object is not looked at, and
    /// another tenant's changes are never told.
    ///
    /// # Errors
    /// [`Deaf`] when the database does not tell its changes, for some seconds now.
    pub async fn follow(&self, authority: &Authority, topic: Topic) -> Result<Following, Deaf> {
        self.data.hub().follow(authority.tenant().uuid(), topic).await
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use futures::FutureExt as _;

    use super::*;

    const TENANT: Uuid = Uuid::from_u128(1);

    fn request(id: u128) -> Change {
        Change { tenant: TENANT, kind: Kind::Request, id: Uuid::from_u128(id) }
    }

    fn told(id: u128) -> Told {
        Told::Request(RequestId::from_uuid(Uuid::from_u128(id)))
    }

    #[tokio::test]
    async fn who_follows_is_told_of_its_topic_in_its_tenant_alone() {
        let hub = Hub::new(true);
        let one = hub.follow(TENANT, Topic::Request(RequestId::from_uuid(Uuid::from_u128(5)))).await.unwrap();
        let all = hub.follow(TENANT, Topic::Requests).await.unwrap();
        let breaches = hub.follow(TENANT, Topic::Breaches).await.unwrap();
        let foreign = hub.follow(Uuid::from_u128(2), Topic::Requests).await.unwrap();
        hub.tell([request(5), request(6)].into());
        assert_eq!(one.next().now_or_never(), Some(told(5)));
        assert_eq!(one.next().now_or_never(), None);
        assert_eq!(all.next().now_or_never(), Some(told(5)));
        assert_eq!(all.next().now_or_never(), Some(told(6)));
        assert_eq!(breaches.next().now_or_never(), None);
        assert_eq!(foreign.next().now_or_never(), None);
    }

    #[tokio::test]
    async fn several_changes_of_one_object_are_one_until_somebody_asks() {
        let hub = Hub::new(true);
        let all = hub.follow(TENANT, Topic::Requests).await.unwrap();
        for _ in 0..3 {
            hub.tell([request(5)].into());
        }
        assert_eq!(all.next().now_or_never(), Some(told(5)));
        hub.tell([request(5)].into());
        all.forget(told(5));
        assert_eq!(all.next().now_or_never(), None);
    }

    #[tokio::test]
    async fn who_does_not_look_is_told_that_it_missed_something_and_holds_no_more() {
        let hub = Hub::new(true);
        let all = hub.follow(TENANT, Topic::Requests).await.unwrap();
        for id in 0..=WAITING as u128 {
            hub.tell([request(id)].into());
        }
        assert_eq!(all.next().now_or_never(), Some(Told::Missed));
        assert!(lock(&all.follower.waiting).changed.is_empty());
    }

    #[tokio::test]
    async fn after_a_silence_one_request_is_looked_at_and_lists_are_told_that_something_is_missing() {
        let hub = Hub::new(true);
        let one = hub.follow(TENANT, Topic::Request(RequestId::from_uuid(Uuid::from_u128(5)))).await.unwrap();
        let all = hub.follow(TENANT, Topic::Requests).await.unwrap();
        hub.hears(false);
        hub.hears(true);
        assert_eq!(one.next().now_or_never(), Some(told(5)));
        assert_eq!(one.next().now_or_never(), None);
        assert_eq!(all.next().now_or_never(), Some(Told::Missed));
    }

    #[tokio::test]
    async fn whoever_leaves_is_forgotten() {
        let hub = Hub::new(true);
        drop(hub.follow(TENANT, Topic::Requests).await.unwrap());
        assert!(lock(&hub.0.followers).is_empty());
    }
}
