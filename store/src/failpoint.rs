//! Places at which a test can let a process die. Outside tests nothing is compiled into them.

#[cfg(feature = "defences-apart")]
mod armed {
    use std::sync::Arc;

    use tokio::sync::Notify;

    tokio::task_local! {
        static ARMED: (&'static str, Arc<Notify>);
    }

    /// The work was stopped at the place that was named.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub struct Stopped;

    /// Runs `work` until it reaches the place, and drops it there, as the end of its process would.
    ///
    /// # Errors
    /// [`Stopped`] when it got there.
    pub async fn stop_at<F: Future>(place: &'static str, work: F) -> Result<F::Output, Stopped> {
        let arrived = Arc::new(Notify::new());
        tokio::select! {
            done = ARMED.scope((place, Arc::clone(&arrived)), work) => Ok(done),
            () = arrived.notified() => Err(Stopped),
        }
    }

    /// A place that work passes.
    pub async fn reach(place: &'static str) {
        let here = ARMED.try_with(|(armed, arrived)| (*armed == place).then(|| Arc::clone(arrived)));
        if let Ok(Some(arrived)) = here {
            arrived.notify_one();
            std::future::pending::<()>().await;
        }
    }
}

#[cfg(feature = "defences-apart")]
pub use armed::{Stopped, reach, stop_at};

/// A place that work passes.
#[cfg(not(feature = "defences-apart"))]
pub fn reach(_place: &'static str) -> std::future::Ready<()> {
    std::future::ready(())
}
