//! The log of the whole test process, at every level, searched as it is written.

use std::io;
use std::sync::{Mutex, OnceLock, PoisonError};

use tracing_subscriber::fmt::MakeWriter;

use crate::canary::Canary;

static WATCHED: Mutex<Vec<(Canary, usize)>> = Mutex::new(Vec::new());
static INSTALLED: OnceLock<()> = OnceLock::new();

fn watched<T>(work: impl FnOnce(&mut Vec<(Canary, usize)>) -> T) -> T {
    work(&mut WATCHED.lock().unwrap_or_else(PoisonError::into_inner))
}

/// Installs the log, once for the process.
pub(crate) fn install() {
    INSTALLED.get_or_init(|| {
        let log = tracing_subscriber::fmt()
            .with_ansi(false)
            .with_max_level(tracing::Level::TRACE)
            .with_span_events(tracing_subscriber::fmt::format::FmtSpan::FULL)
            .with_writer(Searched);
        // A test that brought a log of its own keeps it.
        let _other = tracing::subscriber::set_global_default(log.finish());
    });
}

impl Canary {
    /// From now on counts the lines of the log in which the canary stands.
    #[must_use]
    pub fn watched(self) -> Self {
        watched(|watched| watched.push((self.clone(), 0)));
        self
    }

    /// In how many lines of the log it stood.
    #[must_use]
    pub fn lines(&self) -> usize {
        watched(|watched| {
            watched.iter().filter(|(canary, _)| canary.text == self.text).map(|(_, lines)| *lines).sum()
        })
    }
}

struct Searched;

impl io::Write for Searched {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        watched(|watched| {
            for (canary, lines) in watched {
                if !canary.found_in(line).is_empty() {
                    *lines += 1;
                }
            }
        });
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
