//! From the text of a token to the authority that it carries.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use aws_lc_rs::digest::{SHA256, digest};
use domain::clock::Clock;
use futures::future::join_all;
use jiff::Timestamp;
use moka::sync::Cache;
use tokio::task::JoinHandle;

use crate::algorithm::Algorithm;
use crate::authority::{Authority, OperatorAuthority, Verified};
use crate::claims::{Claims, has_expired};
use crate::config::{self, ConfigError, IssuerConfig};
use crate::identity::ExpectedIdentity;
use crate::issuer_keys::{IssuerKeys, Parts};
use crate::jwks::TrustedKey;
use crate::jws::{Jws, Kind, MAX_TOKEN_BYTES};
use crate::key_source::Reader;
use crate::refusal::Refusal;

/// How many verified tokens are remembered.
const MAX_VERIFIED: u64 = 10_000;
/// How long a verified token that nobody uses is remembered.
const IDLE: Duration = Duration::from_mins(10);

/// Verifies tokens of the configured issuers.
///
/// A token that was verified is remembered by the SHA-256 digest of its text, since a signature check costs more than
/// the rest of a small query. What is remembered counts only while the token has not expired and the very key that
/// signed it is still in its issuer's set; both are looked at every time.
pub struct Authenticator {
    issuers: HashMap<Arc<str>, Issuer>,
    verified: Cache<[u8; 32], Arc<Verified>>,
    clock: Arc<dyn Clock>,
}

struct Issuer {
    audience: String,
    algorithms: Vec<Algorithm>,
    keys: Arc<IssuerKeys>,
}

/// How an issuer's keys stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssuerReadiness {
    /// The issuer, as configured.
    pub issuer: String,
    /// How many usable keys are held; with none, every token of the issuer is refused.
    pub keys: usize,
    /// When they were last fetched with success.
    pub refreshed_at: Option<Timestamp>,
}

impl Authenticator {
    /// An authenticator that holds no keys yet: [`Self::refresh`] fetches them.
    ///
    /// # Errors
    /// [`ConfigError`] when an issuer could not work or would not be safe as it is configured.
    pub fn new(issuers: Vec<IssuerConfig>, clock: Arc<dyn Clock>) -> Result<Self, ConfigError> {
        config::check(&issuers)?;
        let issuers = issuers.into_iter().map(|config| open(config, &clock)).collect::<Result<_, _>>()?;
        let verified = Cache::builder().max_capacity(MAX_VERIFIED).time_to_idle(IDLE).build();
        Ok(Self { issuers, verified, clock })
    }

    /// Verifies a token (the text after `Bearer`) for the tenant API.
    ///
    /// # Errors
    /// The [`Refusal`] that names the first rule found broken.
    pub async fn authenticate(&self, token: &str) -> Result<Authority, Refusal> {
        Authority::new(self.verified(token).await?)
    }

    /// Verifies a token (the text after `Bearer`) for the operator API.
    ///
    /// # Errors
    /// The [`Refusal`] that names the first rule found broken.
    pub async fn authenticate_operator(&self, token: &str) -> Result<OperatorAuthority, Refusal> {
        OperatorAuthority::new(self.verified(token).await?)
    }

    /// Fetches the keys of all issuers and returns when each has answered or failed. Keys stay in use when their
    /// issuer fails.
    pub async fn refresh(&self) {
        join_all(self.issuers.values().map(|issuer| issuer.keys.refresh())).await;
    }

    /// Starts a task that refreshes the keys at this interval for as long as the authenticator lives elsewhere.
    #[must_use = "the handle stops the task at shutdown"]
    pub fn keep_fresh(self: Arc<Self>, every: Duration) -> JoinHandle<()> {
        let authenticator = Arc::downgrade(&self);
        tokio::spawn(async move {
            loop {
                tokio::time::sleep(every).await;
                let Some(authenticator) = authenticator.upgrade() else { return };
                authenticator.refresh().await;
            }
        })
    }

    /// How each issuer's keys stand, by issuer.
    #[must_use]
    pub fn readiness(&self) -> Vec<IssuerReadiness> {
        let mut all: Vec<_> = self.issuers.iter().map(|(name, issuer)| issuer.readiness(name)).collect();
        all.sort_by(|a, b| a.issuer.cmp(&b.issuer));
        all
    }

    async fn verified(&self, token: &str) -> Result<Arc<Verified>, Refusal> {
        if token.len() > MAX_TOKEN_BYTES {
            return Err(Refusal::TooLong);
        }
        let fingerprint = fingerprint(token);
        if let Some(verified) = self.verified.get(&fingerprint) {
            if self.still_counts(&verified) {
                return Ok(verified);
            }
            self.verified.invalidate(&fingerprint);
        }
        let verified = Arc::new(self.verify(token).await?);
        self.verified.insert(fingerprint, Arc::clone(&verified));
        Ok(verified)
    }

    fn still_counts(&self, verified: &Verified) -> bool {
        !has_expired(verified.claims.expires_at, self.clock.now())
            && self.issuers.get(&verified.issuer).is_some_and(|issuer| issuer.keys.still_has(&verified.key))
    }

    async fn verify(&self, token: &str) -> Result<Verified, Refusal> {
        let jws = Jws::parse(token, Kind::Access)?;
        let (name, issuer, key) = self.check_signature(&jws).await?;
        let claims = Claims::check(&jws.claims, &issuer.audience, self.clock.now())?;
        Ok(Verified { issuer: Arc::clone(name), key, claims })
    }

    /// Verifies an ID token of a sign-in, and gives its `sub`.
    ///
    /// # Errors
    /// The [`Refusal`] that names the first rule found broken.
    pub async fn authenticate_identity(
        &self,
        token: &str,
        expected: &ExpectedIdentity<'_>,
    ) -> Result<String, Refusal> {
        let jws = Jws::parse(token, Kind::Identity)?;
        let (name, ..) = self.check_signature(&jws).await?;
        if **name != *expected.issuer {
            return Err(Refusal::UnknownIssuer);
        }
        expected.check(&jws.claims, self.clock.now())
    }

    /// That one of the issuers has signed a token, with a key and an algorithm of its own.
    async fn check_signature(&self, jws: &Jws<'_>) -> Result<(&Arc<str>, &Issuer, Arc<TrustedKey>), Refusal> {
        let named = jws.claims.required_text("iss")?;
        let (name, issuer) = self.issuers.get_key_value(named).ok_or(Refusal::UnknownIssuer)?;
        if !issuer.algorithms.contains(&jws.algorithm) {
            return Err(Refusal::AlgorithmNotAllowed);
        }
        let key = issuer.keys.find(&jws.key_id).await?;
        if !key.algorithms.contains(&jws.algorithm) {
            return Err(Refusal::AlgorithmNotAllowed);
        }
        if !jws.is_signed_by(&key.key) {
            return Err(Refusal::BadSignature);
        }
        Ok((name, issuer, key))
    }
}

impl Issuer {
    fn readiness(&self, name: &str) -> IssuerReadiness {
        let held = self.keys.held();
        IssuerReadiness { issuer: name.to_owned(), keys: held.keys.len(), refreshed_at: held.refreshed_at }
    }
}

fn open(config: IssuerConfig, clock: &Arc<dyn Clock>) -> Result<(Arc<str>, Issuer), ConfigError> {
    let IssuerConfig { issuer: name, audience, keys: source, algorithms } = config;
    let reader =
        Reader::open(source).map_err(|source| ConfigError::Client { issuer: name.clone(), source })?;
    let issuer: Arc<str> = name.into();
    let keys = IssuerKeys::new(Parts {
        issuer: Arc::clone(&issuer),
        algorithms: algorithms.clone(),
        reader,
        clock: Arc::clone(clock),
    });
    Ok((issuer, Issuer { audience, algorithms, keys }))
}

fn fingerprint(token: &str) -> [u8; 32] {
    let mut fingerprint = [0; 32];
    fingerprint.copy_from_slice(digest(&SHA256, token.as_bytes()).as_ref());
    fingerprint
}
