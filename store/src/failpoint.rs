//! Places at which a test can let a process die. Outside tests nothing is compiled into them.

#[cfg(feature = "defences-apart")]
mod armed {
    use std::pin::pin;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, Ordering};

    use tokio::sync::Notify;

    tokio::task_local! {
        static ARMED: Armed;
    }

    /// A place that work is stopped at, for good or for a while.
    struct Armed {
        place: &'static str,
        arrived: Arc<Notify>,
        may_go_on: Arc<AtomicBool>,
    }

    impl Armed {
        fn at(place: &'static str) -> Self {
            Self { place, arrived: Arc::default(), may_go_on: Arc::default() }
        }
    }

    /// The work was stopped at the place that was named.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub struct Stopped;

    /// Runs `work` until it reaches the place, and drops it there, as the end of its process would.
    ///
    /// # Errors
    /// [`Stopped`] when it got there.
    pub async fn stop_at<F: Future>(place: &'static str, work: F) -> Result<F::Output, Stopped> {
        let armed = Armed::at(place);
        let arrived = Arc::clone(&armed.arrived);
        tokio::select! {
            done = ARMED.scope(armed, work) => Ok(done),
            () = arrived.notified() => Err(Stopped),
        }
    }

    /// Runs `work` until it reaches the place, lets `meanwhile` happen there, and then lets the work go on to its end.
    /// Work that does not come by leaves nothing to happen meanwhile.
    pub async fn pause_at<F: Future>(place: &'static str, work: F, meanwhile: impl Future) -> F::Output {
        let armed = Armed::at(place);
        let (arrived, may_go_on) = (Arc::clone(&armed.arrived), Arc::clone(&armed.may_go_on));
        let mut work = pin!(ARMED.scope(armed, work));
        tokio::select! {
            done = &mut work => return done,
            () = arrived.notified() => {}
        }
        meanwhile.await;
        may_go_on.store(true, Ordering::SeqCst);
        work.await
    }

    /// A place that work passes.
    pub async fn reach(place: &'static str) {
        let here = ARMED.try_with(|armed| {
            (armed.place == place).then(|| (Arc::clone(&armed.arrived), Arc::clone(&armed.may_go_on)))
        });
        if let Ok(Some((arrived, may_go_on))) = here
            && !may_go_on.load(Ordering::SeqCst)
        {
            arrived.notify_one();
            std::future::poll_fn(|_| {
                if may_go_on.load(Ordering::SeqCst) {
                    std::task::Poll::Ready(())
                } else {
                    std::task::Poll::Pending
                }
            })
            .await;
        }
    }
}

#[cfg(feature = "defences-apart")]
pub use armed::{Stopped, pause_at, reach, stop_at};

/// A place that work passes.
#[cfg(not(feature = "defences-apart"))]
pub fn reach(_place: &'static str) -> std::future::Ready<()> {
    std::future::ready(())
}
