//! Budgets of a minute, one for each key: buckets that fill up evenly (GCRA, by `governor`), in this process.

use std::hash::Hash;
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use governor::clock::Clock as _;
use governor::middleware::StateInformationMiddleware;
use governor::state::keyed::DefaultKeyedStateStore;
use governor::{Quota, RateLimiter};

use super::ticks::Ticks;

/// After so many uses the buckets that are full again are forgotten.
const SWEEP_EVERY: u32 = 10_000;

type Limiter<K> = RateLimiter<K, DefaultKeyedStateStore<K>, Ticks, StateInformationMiddleware>;

/// Buckets that hold a minute's units.
pub struct Buckets<K: Hash + Eq + Clone> {
    limiter: Limiter<K>,
    clock: Ticks,
    most: NonZeroU32,
    used: AtomicU32,
}

impl<K: Hash + Eq + Clone> Buckets<K> {
    /// Full buckets.
    pub fn new(per_minute: NonZeroU32, clock: Ticks) -> Self {
        let quota = Quota::per_minute(per_minute);
        let limiter = Limiter::new(quota, DefaultKeyedStateStore::default(), clock.clone());
        Self { limiter, clock, most: per_minute, used: AtomicU32::new(0) }
    }

    /// Takes units out of a bucket, at least one and at most all that it can hold; says what is left.
    ///
    /// # Errors
    /// How long to wait until it holds as many. Nothing is taken.
    pub fn take(&self, key: &K, units: u64) -> Result<u32, Duration> {
        self.sweep();
        let units = u32::try_from(units).ok().and_then(NonZeroU32::new).map_or_else(
            || if units == 0 { NonZeroU32::MIN } else { self.most },
            |units| units.min(self.most),
        );
        match self.limiter.check_key_n(key, units) {
            Ok(Ok(taken)) => Ok(taken.remaining_burst_capacity()),
            Ok(Err(until)) => Err(until.wait_time_from(self.clock.now())),
            // More than the bucket holds is never asked of it.
            Err(_too_many) => Err(Duration::from_mins(1)),
        }
    }

    fn sweep(&self) {
        if self.used.fetch_add(1, Ordering::Relaxed) % SWEEP_EVERY == SWEEP_EVERY - 1 {
            self.limiter.retain_recent();
        }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use std::sync::Arc;

    use domain::clock::SettableClock;
    use jiff::Timestamp;

    use super::*;

    fn buckets(per_minute: u32) -> (Arc<SettableClock>, Buckets<&'static str>) {
        let clock = Arc::new(SettableClock::new(Timestamp::UNIX_EPOCH));
        let ticks = Ticks::new(clock.clone());
        (clock, Buckets::new(NonZeroU32::new(per_minute).unwrap(), ticks))
    }

    #[test]
    fn a_bucket_gives_what_it_holds_and_fills_up_evenly() {
        let (clock, buckets) = buckets(60);
        assert_eq!(buckets.take(&"a", 50), Ok(10));
        assert_eq!(buckets.take(&"a", 12), Err(Duration::from_secs(2)));
        assert_eq!(buckets.take(&"b", 12), Ok(48), "another has a bucket of its own");
        clock.advance(Duration::from_millis(1_999));
        assert!(buckets.take(&"a", 12).is_err());
        clock.advance(Duration::from_millis(1));
        assert_eq!(buckets.take(&"a", 12), Ok(0));
        clock.advance(Duration::from_hours(1));
        assert_eq!(buckets.take(&"a", 1), Ok(59), "it holds a minute's units and no more");
    }

    #[test]
    fn whatever_is_free_costs_one_and_whatever_is_beyond_the_bucket_all_of_it() {
        for (units, left) in [(0, 59), (1, 59), (60, 0), (61, 0), (u64::MAX, 0)] {
            assert_eq!(buckets(60).1.take(&"a", units), Ok(left), "{units}");
        }
    }

    #[test]
    fn a_bucket_of_any_size_holds_what_its_name_says() {
        for most in [1, 7, 60, 999, 6_000, 1_000_000, 70_000_001, 100_000_000] {
            assert_eq!(buckets(most).1.take(&"a", u64::from(most)), Ok(0), "{most}");
        }
    }
}
