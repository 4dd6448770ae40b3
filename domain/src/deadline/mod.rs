//! When a request must be answered: Art. 12(3) GDPR, counted as Regulation (EEC, Euratom) No 1182/71 says.
//!
//! A deadline is a civil date in Sweden; its instant is the last millisecond of that day. Where the law leaves two
//! readings the one in use is a setting, and [`Deadline::explain`] names it.

mod explain;
mod identity_pause;

use jiff::civil::Date;
use jiff::{Span, Timestamp};
use serde::{Deserialize, Serialize};

use crate::calendar::{DayOff, civil_date, day_off, last_moment};
use crate::holiday::HolidayEves;

pub use identity_pause::{IdentityPause, Pause, PauseEffect, PauseEnd};

/// The readings of the law in use.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DeadlineRules {
    /// Whether the three eves count as holidays.
    pub holiday_eves: HolidayEves,
    /// Whether the clock stands while the requester is asked to identify.
    pub identity_pause: IdentityPause,
}

/// How long the period is (Art. 12(3)).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Term {
    /// One month from receipt.
    OneMonth,
    /// Extended by two months: three months from receipt.
    ThreeMonths,
}

/// What a deadline is computed from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DeadlineFacts {
    /// When the request came in; the earlier of two receipts.
    pub received_at: Timestamp,
    /// Whether the deadline was extended.
    pub term: Term,
    /// When the requester was asked to identify, which happens once at most.
    pub identity_asked_at: Option<Timestamp>,
    /// When the requester's identity was confirmed.
    pub identity_confirmed_at: Option<Timestamp>,
    /// When the request was answered or withdrawn: its deadline stands still from then on.
    pub closed_at: Option<Timestamp>,
}

/// A day that the period does not end on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SkippedDay {
    /// Which day.
    pub date: Date,
    /// Why it is no working day.
    pub why: DayOff,
}

/// A deadline, and how it came about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deadline {
    /// The readings in use.
    pub rules: DeadlineRules,
    /// What it was computed from.
    pub facts: DeadlineFacts,
    /// The day of receipt, which is not counted (Regulation 1182/71 Art. 3(1)).
    pub received_on: Date,
    /// The day on which the months end, before pause and roll-over (Art. 3(2)(c)).
    pub nominal_on: Date,
    /// The pause, where the requester was asked to identify.
    pub pause: Option<Pause>,
    /// The day on which the period ends, the pause counted, before roll-over.
    pub ends_on: Date,
    /// The days after that on which the period cannot end (Art. 3(4)).
    pub skipped: Vec<SkippedDay>,
    /// The last day for the answer.
    pub due_on: Date,
    /// The last instant for the answer: 23:59:59.999 of that day in Sweden.
    pub due_at: Timestamp,
    /// The last day had the clock not paused.
    pub unpaused_due_on: Date,
    /// The last instant had the clock not paused; the cautious reading.
    pub unpaused_due_at: Timestamp,
}

impl DeadlineRules {
    /// The deadline as it stands at `now`.
    #[must_use]
    pub fn deadline(self, facts: &DeadlineFacts, now: Timestamp) -> Deadline {
        let received_on = civil_date(facts.received_at);
        let months = match facts.term {
            Term::OneMonth => 1,
            Term::ThreeMonths => 3,
        };
        // A month without that day ends the period on its last one: jiff constrains as Art. 3(2)(c) does.
        let nominal_on = received_on.saturating_add(Span::new().months(months));
        let (unpaused_due_on, _) = self.roll_over(nominal_on);
        let pause = self.identity_pause.pause(facts, unpaused_due_on, now);
        let ends_on = pause.map_or(nominal_on, |pause| pause.move_on(nominal_on));
        let (due_on, skipped) = self.roll_over(ends_on);
        Deadline {
            rules: self,
            facts: *facts,
            received_on,
            nominal_on,
            pause,
            ends_on,
            skipped,
            due_on,
            due_at: last_moment(due_on),
            unpaused_due_on,
            unpaused_due_at: last_moment(unpaused_due_on),
        }
    }

    /// The last instant at which the deadline may still be extended and the person told of it: the end of the first
    /// month, no pause counted (Art. 12(3), third sentence).
    #[must_use]
    pub fn extension_open_until(self, received_at: Timestamp) -> Timestamp {
        let (term, none) = (Term::OneMonth, None);
        let facts = DeadlineFacts {
            received_at,
            term,
            identity_asked_at: none,
            identity_confirmed_at: none,
            closed_at: none,
        };
        self.deadline(&facts, received_at).unpaused_due_at
    }

    /// Whether a refusal comes after the first month, the pause counted: Art. 12(4) foresees no such refusal, even
    /// where the deadline was extended.
    #[must_use]
    pub fn late_refusal(self, facts: &DeadlineFacts, decided_at: Timestamp) -> bool {
        let first_month = DeadlineFacts { term: Term::OneMonth, closed_at: Some(decided_at), ..*facts };
        civil_date(decided_at) > self.deadline(&first_month, decided_at).due_on
    }

    fn roll_over(self, ends_on: Date) -> (Date, Vec<SkippedDay>) {
        let (mut day, mut skipped) = (ends_on, Vec::new());
        while let Some(why) = day_off(day, self.holiday_eves) {
            // Only the last day of the year 9999 has no tomorrow.
            let Ok(next) = day.tomorrow() else { break };
            skipped.push(SkippedDay { date: day, why });
            day = next;
        }
        (day, skipped)
    }
}

impl Deadline {
    /// Whether the last day has passed without an answer.
    #[must_use]
    pub fn is_overdue(&self, now: Timestamp) -> bool {
        self.facts.closed_at.is_none() && civil_date(now) > self.due_on
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests;
