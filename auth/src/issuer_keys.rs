//! The keys of one issuer: held in memory, replaced as a whole, fetched by one flight at a time.

use std::sync::{Arc, Mutex, PoisonError};

use arc_swap::ArcSwap;
use domain::clock::Clock;
use futures::FutureExt;
use futures::future::{BoxFuture, Shared};
use jiff::{SignedDuration, Timestamp};
use tokio::task::AbortHandle;

use crate::algorithm::Algorithm;
use crate::jwks::{self, JwksError, TrustedKey, TrustedKeys};
use crate::key_source::{FetchError, Reader};
use crate::refusal::Refusal;

/// How long after a fetch for an unknown `kid` the next one may start, whatever became of the first.
const UNKNOWN_KEY_INTERVAL: SignedDuration = SignedDuration::from_secs(30);

/// What [`IssuerKeys`] is made of.
pub(crate) struct Parts {
    pub(crate) issuer: Arc<str>,
    pub(crate) algorithms: Vec<Algorithm>,
    pub(crate) reader: Reader,
    pub(crate) clock: Arc<dyn Clock>,
}

/// One issuer's keys and the way to newer ones.
pub(crate) struct IssuerKeys {
    parts: Parts,
    held: ArcSwap<Held>,
    flights: Mutex<Flights>,
}

/// The newest key set that was fetched.
#[derive(Default)]
pub(crate) struct Held {
    pub(crate) keys: TrustedKeys,
    /// When it was fetched; `None` before the first time.
    pub(crate) refreshed_at: Option<Timestamp>,
}

#[derive(Default)]
struct Flights {
    latest: Option<Flight>,
    unknown_key_at: Option<Timestamp>,
}

/// A fetch in a task of its own, so that no caller who hangs up can break it off for the others.
struct Flight {
    landed: Shared<BoxFuture<'static, ()>>,
    task: AbortHandle,
}

#[derive(Debug, thiserror::Error)]
enum RefreshError {
    #[error(transparent)]
    Fetch(#[from] FetchError),
    #[error(transparent)]
    Jwks(#[from] JwksError),
}

impl IssuerKeys {
    pub(crate) fn new(parts: Parts) -> Arc<Self> {
        Arc::new(Self { parts, held: ArcSwap::default(), flights: Mutex::default() })
    }

    pub(crate) fn held(&self) -> Arc<Held> {
        self.held.load_full()
    }

    fn known(&self, key_id: &str) -> Option<Arc<TrustedKey>> {
        self.held.load().keys.get(key_id).cloned()
    }

    /// Whether the very same key, not just its `kid`, is still in the issuer's set.
    pub(crate) fn still_has(&self, key: &TrustedKey) -> bool {
        self.held.load().keys.get(&key.key_id).is_some_and(|held| held.thumbprint == key.thumbprint)
    }

    /// The key of that name: at once when it is held, otherwise after the fetch that its absence may cause.
    pub(crate) async fn find(self: &Arc<Self>, key_id: &str) -> Result<Arc<TrustedKey>, Refusal> {
        if let Some(key) = self.known(key_id) {
            return Ok(key);
        }
        // A flight that was joined may have left before the key was published, hence a second one.
        for _ in 0..2 {
            let Some(landed) = self.flight_for_unknown_key() else { break };
            landed.await;
            if let Some(key) = self.known(key_id) {
                return Ok(key);
            }
        }
        Err(if self.held.load().keys.is_empty() { Refusal::KeysUnavailable } else { Refusal::UnknownKey })
    }

    /// Fetches the key set, or waits for the fetch that is under way.
    pub(crate) async fn refresh(self: &Arc<Self>) {
        let landed = {
            let mut flights = self.flights.lock().unwrap_or_else(PoisonError::into_inner);
            flights.under_way().unwrap_or_else(|| self.take_off(&mut flights))
        };
        landed.await;
    }

    /// The flight under way, or a new one when the interval allows it. The interval holds whether keys are held or
    /// not and whether fetches succeed or not, so that made-up names never cause more than one fetch in it.
    fn flight_for_unknown_key(self: &Arc<Self>) -> Option<Shared<BoxFuture<'static, ()>>> {
        let now = self.parts.clock.now();
        let mut flights = self.flights.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(landed) = flights.under_way() {
            return Some(landed);
        }
        // A clock that was set back must not close the door for good: hence the absolute value.
        if flights.unknown_key_at.is_some_and(|last| now.duration_since(last).abs() < UNKNOWN_KEY_INTERVAL) {
            return None;
        }
        flights.unknown_key_at = Some(now);
        Some(self.take_off(&mut flights))
    }

    fn take_off(self: &Arc<Self>, flights: &mut Flights) -> Shared<BoxFuture<'static, ()>> {
        let keys = Arc::clone(self);
        let handle = tokio::spawn(async move { keys.fetch().await });
        let task = handle.abort_handle();
        let landed = handle.map(|_| ()).boxed().shared();
        flights.latest = Some(Flight { landed: landed.clone(), task });
        landed
    }

    /// Replaces the held keys when a usable set arrives; keeps them otherwise.
    async fn fetch(&self) {
        match self.fetch_usable().await {
            Ok(keys) => {
                let refreshed_at = Some(self.parts.clock.now());
                self.held.store(Arc::new(Held { keys, refreshed_at }));
            }
            Err(error) => {
                let issuer = &*self.parts.issuer;
                tracing::warn!(issuer, %error, "the issuer's keys could not be refreshed; those held stay in use");
            }
        }
    }

    async fn fetch_usable(&self) -> Result<TrustedKeys, RefreshError> {
        let json = self.parts.reader.read().await?;
        Ok(jwks::parse(&json, &self.parts.algorithms)?)
    }
}

impl Flights {
    fn under_way(&self) -> Option<Shared<BoxFuture<'static, ()>>> {
        self.latest.as_ref().filter(|flight| !flight.task.is_finished()).map(|flight| flight.landed.clone())
    }
}
