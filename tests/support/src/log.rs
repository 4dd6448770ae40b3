//! The log of the whole test process at every level, searched as it is written while somebody watches.

use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use tracing_subscriber::Layer as _;
use tracing_subscriber::filter::dynamic_filter_fn;
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::fmt::format::FmtSpan;
use tracing_subscriber::layer::SubscriberExt as _;

use crate::canary::Canary;

static WATCHES: Mutex<Vec<Arc<Seen>>> = Mutex::new(Vec::new());
static WATCHING: AtomicUsize = AtomicUsize::new(0);
static INSTALLED: OnceLock<()> = OnceLock::new();

struct Seen {
    canary: Canary,
    lines: AtomicUsize,
}

/// Counts the lines of the log in which a canary stands, for as long as it lives.
pub struct Watch {
    /// What is looked for.
    pub canary: Canary,
    seen: Arc<Seen>,
}

fn watches<T>(work: impl FnOnce(&mut Vec<Arc<Seen>>) -> T) -> T {
    work(&mut WATCHES.lock().unwrap_or_else(PoisonError::into_inner))
}

/// Installs the log, once for the process. While nobody watches nothing is written.
pub(crate) fn install() {
    INSTALLED.get_or_init(|| {
        let lines = tracing_subscriber::fmt::layer()
            .with_ansi(false)
            .with_span_events(FmtSpan::FULL)
            .with_writer(Searched);
        let watched = dynamic_filter_fn(|_, _| WATCHING.load(Ordering::Relaxed) > 0);
        let log = tracing_subscriber::registry().with(lines.with_filter(watched));
        // A test that brought a log of its own keeps it.
        let _other = tracing::subscriber::set_global_default(log);
    });
}

impl Canary {
    /// Looks for the canary in every line of the log from now on.
    #[must_use]
    pub fn watch(&self) -> Watch {
        let seen = Arc::new(Seen { canary: self.clone(), lines: AtomicUsize::new(0) });
        watches(|watches| watches.push(Arc::clone(&seen)));
        WATCHING.fetch_add(1, Ordering::Relaxed);
        Watch { canary: self.clone(), seen }
    }
}

impl Watch {
    /// In how many lines of the log the canary stood.
    #[must_use]
    pub fn lines(&self) -> usize {
        self.seen.lines.load(Ordering::Relaxed)
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        WATCHING.fetch_sub(1, Ordering::Relaxed);
        watches(|watches| watches.retain(|seen| !Arc::ptr_eq(seen, &self.seen)));
    }
}

struct Searched;

impl io::Write for Searched {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        for seen in watches(|watches| watches.clone()) {
            if !seen.canary.found_in(line).is_empty() {
                seen.lines.fetch_add(1, Ordering::Relaxed);
            }
        }
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl MakeWriter<'_> for Searched {
    type Writer = Self;

    fn make_writer(&self) -> Self {
        Self
    }
}
