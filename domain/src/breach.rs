//! Personal data breaches, Art. 33.

use jiff::{SignedDuration, Timestamp};

/// When the controller's own duty to tell the authority ends (Art. 33(1)): the given number of hours after the notice
/// that made it aware. They are elapsed hours: neither a change of the clocks nor a day off moves the end.
#[must_use]
pub fn authority_deadline(notified_at: Timestamp, hours: u16) -> Timestamp {
    notified_at.saturating_add(SignedDuration::from_hours(i64::from(hours))).unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests;
