//! What a system outside must do for a rights request (Art. 19): to whom it goes, what a receipt changes, and how long its
//! delivery is tried.

use std::time::Duration;

use jiff::Timestamp;

use crate::category::{Categories, DataCategory};
use crate::coded::coded;
use crate::purpose::Purpose;
use crate::request::kind::RequestKind;
use crate::system::doubled_pause;

coded! {
    /// Where a task stands.
    DownstreamTaskStatus {
        /// To be delivered.
        Pending = "PENDING",
        /// Delivered, not confirmed.
        Delivered = "DELIVERED",
        /// Confirmed as done.
        Acknowledged = "ACKNOWLEDGED",
        /// Given up, or not done by the system's own word.
        Failed = "FAILED",
    }
}

coded! {
    /// How a task came to its end. One without an end keeps its request waiting, a failed one too.
    TaskEnd {
        /// The system confirmed.
        Confirmed = "CONFIRMED",
        /// A person closed it.
        ByHand = "BY_HAND",
        /// The system was removed.
        SystemRemoved = "SYSTEM_REMOVED",
        /// The request was taken back before it was carried out.
        RequestWithdrawn = "REQUEST_WITHDRAWN",
        /// The person's data was erased meanwhile.
        PersonErased = "PERSON_ERASED",
    }
}

coded! {
    /// What a system says of its task.
    ReceiptOutcome {
        /// It is done.
        Done = "done",
        /// It could not be done.
        Failed = "failed",
    }
}

impl TaskEnd {
    /// Where the task stands from then on.
    #[must_use]
    pub const fn status(self) -> DownstreamTaskStatus {
        match self {
            Self::Confirmed | Self::ByHand => DownstreamTaskStatus::Acknowledged,
            Self::SystemRemoved | Self::RequestWithdrawn | Self::PersonErased => DownstreamTaskStatus::Failed,
        }
    }

    /// Why a task failed that ended so; `None` where it did not.
    #[must_use]
    pub const fn reason(self) -> Option<&'static str> {
        match self {
            Self::Confirmed | Self::ByHand => None,
            Self::SystemRemoved => Some("the system was removed"),
            Self::RequestWithdrawn => Some("the request was withdrawn"),
            Self::PersonErased => Some("the person's data was erased"),
        }
    }
}

/// What a receipt does to a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// The task is confirmed.
    Confirms,
    /// The task has failed, and waits for a person or for another receipt.
    Fails,
    /// It says what is known.
    Nothing,
    /// It contradicts how the task ended.
    Contradicts,
}

/// What a receipt does to a task that has ended so, or not at all. It may come before its delivery is recorded.
#[must_use]
pub fn receive(end: Option<TaskEnd>, outcome: ReceiptOutcome) -> Effect {
    let says = match outcome {
        ReceiptOutcome::Done => DownstreamTaskStatus::Acknowledged,
        ReceiptOutcome::Failed => DownstreamTaskStatus::Failed,
    };
    match (end.map(TaskEnd::status), outcome) {
        (None, ReceiptOutcome::Done) => Effect::Confirms,
        (None, ReceiptOutcome::Failed) => Effect::Fails,
        (Some(status), _) if status == says => Effect::Nothing,
        (Some(_), _) => Effect::Contradicts,
    }
}

/// The categories that a request is about: what a system is told to do something with. `erased` are those that an erasure
/// erases now; what the law or a hold keeps is kept everywhere, so that nobody is told to erase it (Art. 17(3)).
#[must_use]
pub fn concerned(
    (kind, purpose): (RequestKind, Option<Purpose>),
    corrected: &Categories,
    erased: &Categories,
) -> Categories {
    let all = || DataCategory::ALL.into_iter();
    match (kind, purpose) {
        (RequestKind::Rectification, _) => corrected.clone(),
        (RequestKind::Erasure, _) => erased.clone(),
        (RequestKind::Objection | RequestKind::ConsentWithdrawal, Some(purpose)) => {
            all().filter(|category| purpose.shows(*category)).collect()
        }
        _ => all().collect(),
    }
}

/// How long a delivery is tried.
const TRIED_FOR: Duration = Duration::from_hours(72);

/// So long before the answer to its request is due a task is tried, whatever its pause: late enough that its system had all the
/// time there was, early enough to still answer.
const BEFORE_DEADLINE: Duration = Duration::from_hours(1);

/// Until when a task is tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Term {
    /// The last attempt.
    pub gives_up_at: Timestamp,
    /// When the answer to its request is due. A task is tried on after that: what is late is owed all the same.
    pub due_at: Timestamp,
}

impl Term {
    /// The term of a task that is first tried, or first had to wait for its system, at an instant: three days.
    #[must_use]
    pub fn beginning(at: Timestamp, due_at: Timestamp) -> Self {
        Self { gives_up_at: at.checked_add(TRIED_FOR).unwrap_or(Timestamp::MAX), due_at }
    }

    /// When the task is tried next in any case, after an instant: shortly before the deadline, and a last time.
    #[must_use]
    pub fn insists_at(self, now: Timestamp) -> Timestamp {
        let before = self.due_at.checked_sub(BEFORE_DEADLINE).unwrap_or(Timestamp::MIN);
        if before > now { before.min(self.gives_up_at) } else { self.gives_up_at }
    }

    /// When a delivery that failed so many times is tried again: after 5 seconds, then at doubling intervals with jitter, and
    /// whenever it insists; `None` once the last attempt has failed too.
    #[must_use]
    pub fn next_attempt(self, (failures, chance): (u32, u8), now: Timestamp) -> Option<Timestamp> {
        let next = now.checked_add(doubled_pause((failures, chance), TRIED_FOR)).unwrap_or(Timestamp::MAX);
        (now < self.gives_up_at).then_some(next.min(self.insists_at(now)))
    }
}

#[cfg(test)]
mod tests;
