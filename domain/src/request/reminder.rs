//! Reminders to the controller that a deadline comes nearer (Art. 12(3)).

use jiff::Span;
use jiff::civil::Date;

use crate::coded::coded;

coded! {
    /// A reminder, from the calmest to the most urgent.
    Reminder {
        /// Two weeks before the last day.
        In14Days = "DUE_IN_14_DAYS",
        /// One week before.
        In7Days = "DUE_IN_7_DAYS",
        /// Three days before.
        In3Days = "DUE_IN_3_DAYS",
        /// The day before.
        In1Day = "DUE_IN_1_DAY",
        /// The last day has passed.
        Overdue = "OVERDUE",
    }
}

impl Reminder {
    /// The day on which it is sent, for a request whose last day is `due_on` (both Swedish time).
    #[must_use]
    pub fn day(self, due_on: Date) -> Date {
        let days = match self {
            Self::In14Days => -14,
            Self::In7Days => -7,
            Self::In3Days => -3,
            Self::In1Day => -1,
            Self::Overdue => 1,
        };
        due_on.saturating_add(Span::new().days(days))
    }

    /// The most urgent one whose day has come; `None` earlier than two weeks before the last day.
    #[must_use]
    pub fn reached(due_on: Date, today: Date) -> Option<Self> {
        Self::ALL.iter().rev().copied().find(|reminder| reminder.day(due_on) <= today)
    }

    /// The next day after `today` on which there is something to remind of; `None` once the request is overdue.
    #[must_use]
    pub fn next_day(due_on: Date, today: Date) -> Option<Date> {
        Self::ALL.iter().map(|reminder| reminder.day(due_on)).find(|day| *day > today)
    }
}

#[cfg(test)]
mod tests;
