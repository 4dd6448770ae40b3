//! How many operations run at once, and how many may wait for their turn. What is beyond that is told to come again,
//! rather than made to wait longer than its client does.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

/// How much is taken on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AdmissionTerms {
    /// Operations that run at the same time.
    pub concurrent: u32,
    /// Operations that wait for their turn.
    pub queue: u32,
    /// Longest wait.
    pub wait: Duration,
}

/// The gateway has more to do than it can.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Overloaded;

/// A turn; it ends when this is dropped.
pub type Turn = OwnedSemaphorePermit;

/// Gives turns.
pub struct Admission {
    terms: AdmissionTerms,
    running: Arc<Semaphore>,
    waiting: Semaphore,
}

impl Admission {
    /// Nobody runs and nobody waits.
    pub fn new(terms: AdmissionTerms) -> Self {
        let places = |count: u32| count.try_into().unwrap_or(Semaphore::MAX_PERMITS);
        Self {
            terms,
            running: Arc::new(Semaphore::new(places(terms.concurrent))),
            waiting: Semaphore::new(places(terms.queue)),
        }
    }

    /// A turn, at once or after a wait in the queue.
    ///
    /// # Errors
    /// [`Overloaded`] when the queue is full or the wait too long.
    pub async fn enter(&self) -> Result<Turn, Overloaded> {
        if let Ok(turn) = Arc::clone(&self.running).try_acquire_owned() {
            return Ok(turn);
        }
        let _place = self.waiting.try_acquire().map_err(|_| Overloaded)?;
        match timeout(self.terms.wait, Arc::clone(&self.running).acquire_owned()).await {
            Ok(Ok(turn)) => Ok(turn),
            Ok(Err(_)) | Err(_) => Err(Overloaded),
        }
    }

    /// Returns when nothing runs any more, whether or not its client still waits.
    pub async fn idle(&self) {
        // The semaphore is never closed; if it were, nothing could run.
        let _all = self.running.acquire_many(self.terms.concurrent).await;
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    fn admission(concurrent: u32, queue: u32) -> Arc<Admission> {
        Arc::new(Admission::new(AdmissionTerms { concurrent, queue, wait: Duration::from_millis(200) }))
    }

    #[tokio::test]
    async fn without_a_queue_what_is_too_much_is_refused_at_once() {
        let admission = admission(2, 0);
        let (first, _second) = (admission.enter().await.unwrap(), admission.enter().await.unwrap());
        assert_eq!(admission.enter().await.err(), Some(Overloaded));
        drop(first);
        assert!(admission.enter().await.is_ok());
    }

    #[tokio::test]
    async fn who_waits_gets_the_turn_that_ends() {
        let admission = admission(1, 1);
        let turn = admission.enter().await.unwrap();
        let waiting = tokio::spawn({
            let admission = Arc::clone(&admission);
            async move { admission.enter().await.is_ok() }
        });
        tokio::task::yield_now().await;
        assert_eq!(admission.enter().await.err(), Some(Overloaded), "the queue is full");
        drop(turn);
        assert!(waiting.await.unwrap());
    }

    #[tokio::test]
    async fn nobody_waits_longer_than_agreed() {
        let admission = admission(1, 1);
        let _turn = admission.enter().await.unwrap();
        assert_eq!(admission.enter().await.err(), Some(Overloaded));
    }

    #[tokio::test]
    async fn idle_is_when_the_last_turn_has_ended() {
        let admission = admission(2, 0);
        let turn = admission.enter().await.unwrap();
        assert!(timeout(Duration::from_millis(50), admission.idle()).await.is_err());
        drop(turn);
        admission.idle().await;
    }
}
