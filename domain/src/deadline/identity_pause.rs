//! The pause of the clock while a requester is asked to identify (Art. 12(6); EDPB Guidelines 01/2022).

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::calendar::civil_date;
use crate::deadline::DeadlineFacts;

/// Whether the clock stands from the day on which identification is asked for to the day on which it is given. A
/// setting of `true` or `false`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "bool", into = "bool")]
pub enum IdentityPause {
    /// It stands; the date without the pause is shown beside it.
    #[default]
    Pauses,
    /// It runs on.
    RunsOn,
}

impl From<bool> for IdentityPause {
    fn from(pauses: bool) -> Self {
        if pauses { Self::Pauses } else { Self::RunsOn }
    }
}

impl From<IdentityPause> for bool {
    fn from(pause: IdentityPause) -> Self {
        pause == IdentityPause::Pauses
    }
}

/// What ended a pause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PauseEnd {
    /// The requester's identity was confirmed.
    Confirmed,
    /// The request was answered or withdrawn without that.
    Closed,
    /// Nothing yet: the deadline is what it would be were identity confirmed now.
    NotYet,
}

/// Whether a pause moves the deadline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PauseEffect {
    /// It does.
    Counted,
    /// It does not: the setting is that the clock runs on.
    SetToRunOn,
    /// It does not: the period had ended before identification was asked for.
    TooLate,
}

/// A pause, in whole calendar days in Sweden.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pause {
    /// The day on which identification was asked for.
    pub asked_on: Date,
    /// The day on which the pause ended, or today.
    pub until: Date,
    /// What ended it.
    pub end: PauseEnd,
    /// Days from the one to the other.
    pub days: i64,
    /// Whether they count.
    pub effect: PauseEffect,
}

impl IdentityPause {
    pub(super) fn pause(self, facts: &DeadlineFacts, unpaused_due_on: Date, now: Timestamp) -> Option<Pause> {
        let asked_on = civil_date(facts.identity_asked_at?);
        let (end, until) = match (facts.identity_confirmed_at, facts.closed_at) {
            (Some(confirmed_at), _) => (PauseEnd::Confirmed, confirmed_at),
            (None, Some(closed_at)) => (PauseEnd::Closed, closed_at),
            (None, None) => (PauseEnd::NotYet, now),
        };
        let until = civil_date(until).max(asked_on);
        let effect = match self {
            Self::RunsOn => PauseEffect::SetToRunOn,
            Self::Pauses if asked_on > unpaused_due_on => PauseEffect::TooLate,
            Self::Pauses => PauseEffect::Counted,
        };
        let days = asked_on.duration_until(until).as_hours() / 24;
        Some(Pause { asked_on, until, end, days, effect })
    }
}

impl Pause {
    pub(super) fn move_on(&self, nominal_on: Date) -> Date {
        match self.effect {
            PauseEffect::Counted => nominal_on.saturating_add(SignedDuration::from_hours(self.days * 24)),
            PauseEffect::SetToRunOn | PauseEffect::TooLate => nominal_on,
        }
    }
}
