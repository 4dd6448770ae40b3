//! How far a run is: a bar on a terminal, a line every few seconds elsewhere.

use std::io::{self, IsTerminal as _, Write as _};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::seed::{Plan, Progress};

/// How often a bar is drawn, and a line is written.
const BAR_EVERY: Duration = Duration::from_millis(200);
const LINE_EVERY: Duration = Duration::from_secs(5);

/// Cells of a bar.
const CELLS: u64 = 30;

/// Tells standard error how far a run is.
pub(super) struct Teller {
    plan: Plan,
    is_terminal: bool,
    began: Instant,
    said: Mutex<Said>,
}

#[derive(Default)]
struct Said {
    at: Option<Instant>,
    there: u64,
    written: u64,
}

impl Teller {
    /// Begins to measure.
    pub(super) fn new(plan: Plan) -> Self {
        let is_terminal = io::stderr().is_terminal();
        Self { plan, is_terminal, began: Instant::now(), said: Mutex::default() }
    }

    /// Notes how far it is, and says so where it is time to.
    pub(super) fn tell(&self, progress: Progress) {
        let mut said = self.said.lock().unwrap_or_else(PoisonError::into_inner);
        let text = match progress {
            Progress::Persons { there, written } => {
                (said.there, said.written) = (there, written);
                self.persons(there, written)
            }
            Progress::Logs(signed) => format!("signed the logs of {signed} of {} tenants", self.plan.tenants),
        };
        let every = if self.is_terminal { BAR_EVERY } else { LINE_EVERY };
        let is_last = matches!(progress, Progress::Persons { there, .. } if there == self.plan.subjects);
        if !is_last && said.at.is_some_and(|at| at.elapsed() < every) {
            return;
        }
        said.at = Some(Instant::now());
        let line = if self.is_terminal { format!("\r\x1b[2K{text}") } else { format!("{text}\n") };
        let mut out = io::stderr().lock();
        drop(out.write_all(line.as_bytes()).and_then(|()| out.flush()));
    }

    /// Leaves the line of the bar.
    pub(super) fn end(&self) {
        if self.is_terminal {
            drop(io::stderr().lock().write_all(b"\n"));
        }
    }

    /// What was done in all.
    pub(super) fn summary(&self) -> String {
        let said = self.said.lock().unwrap_or_else(PoisonError::into_inner);
        let Plan { tenants, subjects, seed, as_of } = self.plan;
        format!(
            "{subjects} data subjects of {tenants} tenants, seed {seed}, as of {as_of}: {} written in {} s, {} a second.\n\
             The same again: --tenants {tenants} --subjects {subjects} --seed {seed} --as-of {as_of}",
            said.written,
            self.began.elapsed().as_secs(),
            self.rate(said.written)
        )
    }

    fn persons(&self, there: u64, written: u64) -> String {
        let all = self.plan.subjects;
        let rate = self.rate(written);
        let rest = Some(all.saturating_sub(there)).filter(|rest| *rest > 0);
        let left = rest.and_then(|rest| rest.checked_div(rate)).map(|left| format!(", {} left", time(left)));
        let left = left.unwrap_or_default();
        let percent = there.saturating_mul(100) / all.max(1);
        let bar = if self.is_terminal { format!("[{}] ", bar(there, all)) } else { String::new() };
        format!("{bar}{percent} %: {there} of {all} data subjects, {rate} a second{left}")
    }

    fn rate(&self, written: u64) -> u64 {
        let millis = u64::try_from(self.began.elapsed().as_millis()).unwrap_or(u64::MAX).max(1);
        written.saturating_mul(1_000) / millis
    }
}

fn bar(there: u64, all: u64) -> String {
    let full = there.saturating_mul(CELLS) / all.max(1);
    (0..CELLS).map(|cell| if cell < full { '#' } else { '-' }).collect()
}

/// A time to wait, as people say it.
fn time(seconds: u64) -> String {
    match seconds {
        0..90 => format!("{seconds} s"),
        _ => format!("{} min", seconds.div_ceil(60)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_fills_from_none_to_all() {
        assert_eq!(bar(0, 10), "-".repeat(30));
        assert_eq!(bar(5, 10), format!("{}{}", "#".repeat(15), "-".repeat(15)));
        assert_eq!(bar(10, 10), "#".repeat(30));
    }

    #[test]
    fn long_times_are_told_in_minutes() {
        for (seconds, told) in [(0, "0 s"), (89, "89 s"), (90, "2 min"), (3_600, "60 min")] {
            assert_eq!(time(seconds), told);
        }
    }
}
