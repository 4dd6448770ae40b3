//! An authenticator with a clock that the test moves.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use auth::{Algorithm, Authenticator, Authority, IssuerConfig, KeySource, Refusal};
use domain::clock::SettableClock;
use jiff::Timestamp;
use serde_json::Value;

use crate::forge::{AUDIENCE, ISSUER, NOW, Signer, key_set};

pub struct Door {
    clock: Arc<SettableClock>,
    authenticator: Arc<Authenticator>,
}

impl Door {
    /// A door that trusts these issuers and has not fetched any key yet.
    pub fn closed(issuers: Vec<IssuerConfig>) -> Self {
        let clock = Arc::new(SettableClock::new(Timestamp::from_second(NOW).unwrap()));
        let authenticator = Arc::new(Authenticator::new(issuers, clock.clone()).unwrap());
        Self { clock, authenticator }
    }

    /// A door that trusts one issuer and has asked it for its keys.
    pub async fn trusting(keys: KeySource) -> Self {
        let door = Self::closed(vec![issuer(ISSUER, keys)]);
        door.refresh().await;
        door
    }

    /// A door with one issuer that has just this key.
    pub async fn of(signer: &Signer) -> Self {
        Self::trusting(file(&key_set(&[signer]))).await
    }

    pub fn authenticator(&self) -> &Arc<Authenticator> {
        &self.authenticator
    }

    pub fn advance(&self, by: Duration) {
        self.clock.advance(by);
    }

    pub fn set_clock(&self, second: i64) {
        self.clock.set(Timestamp::from_second(second).unwrap());
    }

    pub async fn refresh(&self) {
        self.authenticator.refresh().await;
    }

    pub async fn ask(&self, token: &str) -> Result<Authority, Refusal> {
        self.authenticator.authenticate(token).await
    }

    pub async fn refusal(&self, token: &str) -> Option<Refusal> {
        self.ask(token).await.err()
    }

    /// How many keys the first issuer has.
    pub fn keys(&self) -> usize {
        self.authenticator.readiness().first().unwrap().keys
    }
}

/// An issuer that may use ES256 only.
pub fn issuer(name: &str, keys: KeySource) -> IssuerConfig {
    IssuerConfig {
        issuer: name.to_owned(),
        audience: AUDIENCE.to_owned(),
        keys,
        algorithms: vec![Algorithm::Es256],
    }
}

/// A key file that holds this.
pub fn file(key_set: &Value) -> KeySource {
    let path = new_path();
    std::fs::write(&path, key_set.to_string()).unwrap();
    KeySource::File(path)
}

/// A path that no other test uses.
pub fn new_path() -> PathBuf {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("auth-{}-{number}", std::process::id()))
}
