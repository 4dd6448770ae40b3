//! How often one caller may ask: a token bucket for each actor of each tenant and of the platform, in this process.

use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use auth::{Authority, OperatorAuthority};
use domain::id::TenantId;
use governor::clock::Clock as _;
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

/// After so many requests the buckets that are full again are forgotten.
const SWEEP_EVERY: u32 = 10_000;

/// What a caller's requests are counted by. `sub` is unique within its issuer only.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Bucket {
    /// None for the platform's own staff and machines.
    tenant: Option<TenantId>,
    issuer: String,
    actor: String,
}

impl From<&Authority> for Bucket {
    fn from(authority: &Authority) -> Self {
        let (issuer, actor) = (authority.issuer().to_owned(), authority.actor().to_owned());
        Self { tenant: Some(authority.tenant()), issuer, actor }
    }
}

impl From<&OperatorAuthority> for Bucket {
    fn from(authority: &OperatorAuthority) -> Self {
        let (issuer, actor) = (authority.issuer().to_owned(), authority.actor().to_owned());
        Self { tenant: None, issuer, actor }
    }
}

/// Counts requests by caller.
pub struct Rates {
    limiter: DefaultKeyedRateLimiter<Bucket>,
    counted: AtomicU32,
}

impl Rates {
    /// Buckets that hold a minute's requests and fill up evenly.
    pub fn new(per_minute: NonZeroU32) -> Self {
        Self { limiter: RateLimiter::keyed(Quota::per_minute(per_minute)), counted: AtomicU32::new(0) }
    }

    /// Counts a request.
    ///
    /// # Errors
    /// How long to wait, when the caller has asked too often.
    pub fn count(&self, bucket: &Bucket) -> Result<(), Duration> {
        self.sweep();
        let counted = self.limiter.check_key(bucket);
        counted.map_err(|until| until.wait_time_from(self.limiter.clock().now()))
    }

    /// Counts several requests at once: all of them or none.
    ///
    /// # Errors
    /// How long to wait, when they are more than the caller may send now.
    pub fn count_several(&self, bucket: &Bucket, requests: NonZeroU32) -> Result<(), Duration> {
        match self.limiter.check_key_n(bucket, requests) {
            Ok(counted) => counted.map_err(|until| until.wait_time_from(self.limiter.clock().now())),
            // More than a bucket ever holds.
            Err(_) => Err(Duration::from_mins(1)),
        }
    }

    fn sweep(&self) {
        if self.counted.fetch_add(1, Ordering::Relaxed) % SWEEP_EVERY == SWEEP_EVERY - 1 {
            self.limiter.retain_recent();
        }
    }
}
