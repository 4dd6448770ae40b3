//! The time that budgets fill up by.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use domain::clock::Clock;
use jiff::Timestamp;

/// Time since the start, by the product's clock. It stands still while that clock is put back: a budget that was used at
/// an instant that has yet to come would otherwise stay empty until then.
#[derive(Clone)]
pub struct Ticks {
    clock: Arc<dyn Clock>,
    shown: Arc<Mutex<Shown>>,
}

struct Shown {
    clock: Timestamp,
    since_start: Duration,
}

impl Ticks {
    /// Time from now on.
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        let shown = Shown { clock: clock.now(), since_start: Duration::ZERO };
        Self { clock, shown: Arc::new(Mutex::new(shown)) }
    }
}

impl governor::clock::Clock for Ticks {
    type Instant = Duration;

    fn now(&self) -> Duration {
        let now = self.clock.now();
        let mut shown = self.shown.lock().unwrap_or_else(PoisonError::into_inner);
        // A negative difference is no `Duration`.
        let passed = Duration::try_from(now.duration_since(shown.clock)).unwrap_or_default();
        shown.since_start += passed;
        shown.clock = now;
        shown.since_start
    }
}

#[cfg(test)]
mod tests {
    use domain::clock::SettableClock;
    use governor::clock::Clock as _;

    use super::*;

    #[test]
    fn a_clock_that_is_put_back_stands_still_and_goes_on_from_there() {
        let clock = Arc::new(SettableClock::new(Timestamp::UNIX_EPOCH + Duration::from_hours(5)));
        let ticks = Ticks::new(clock.clone());
        clock.advance(Duration::from_secs(3));
        assert_eq!(ticks.now(), Duration::from_secs(3));
        clock.set(Timestamp::UNIX_EPOCH);
        assert_eq!(ticks.now(), Duration::from_secs(3));
        clock.advance(Duration::from_secs(2));
        assert_eq!(ticks.now(), Duration::from_secs(5));
    }
}
