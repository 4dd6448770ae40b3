//! Notices by e-mail to a tenant's privacy contact: deadlines (Art. 12(3)), breaches (Art. 33(2) and (4)) and sub-processors
//! (Art. 28(2)).

use jiff::SignedDuration;
use uuid::Uuid;

use crate::coded::coded;
use crate::id::{BreachId, RequestId, SubprocessorId};
use crate::request::reminder::Reminder;

coded! {
    /// What a notice tells of.
    NoticeKind {
        /// An answer to a data subject will soon be due.
        ResponseDueSoon = "RESPONSE_DUE_SOON",
        /// The last day for an answer has passed.
        ResponseOverdue = "RESPONSE_OVERDUE",
        /// The tenant was told of a personal data breach.
        BreachReported = "BREACH_REPORTED",
        /// More became known of a breach that the tenant was told of.
        BreachSupplemented = "BREACH_SUPPLEMENTED",
        /// A sub-processor was announced.
        SubprocessorAnnounced = "SUBPROCESSOR_ANNOUNCED",
    }
}

coded! {
    /// Where a notice stands.
    NoticeStatus {
        /// To be sent, or to be tried again.
        Pending = "PENDING",
        /// The mail server has taken it.
        Sent = "SENT",
        /// Given up: refused, or not taken within its time.
        Failed = "FAILED",
        /// Not sent, since there was nothing to tell any more.
        Skipped = "SKIPPED",
    }
}

/// How long most notices are of use.
const USE: SignedDuration = SignedDuration::from_hours(3 * 24);

/// A breach is worth telling of for longer: the tenant's own duties depend on it.
const USE_OF_BREACHES: SignedDuration = SignedDuration::from_hours(14 * 24);

impl NoticeKind {
    /// The notice that a reminder is given by.
    #[must_use]
    pub const fn of_reminder(reminder: Reminder) -> Self {
        match reminder {
            Reminder::Overdue => Self::ResponseOverdue,
            Reminder::In14Days | Reminder::In7Days | Reminder::In3Days | Reminder::In1Day => {
                Self::ResponseDueSoon
            }
        }
    }

    /// The kinds that are about a rights request: of these the newest one replaces any that was not sent yet.
    pub const OF_REQUESTS: [Self; 2] = [Self::ResponseDueSoon, Self::ResponseOverdue];

    /// For how long after it was decided on a notice is sent; later it would tell of what is history.
    #[must_use]
    pub const fn of_use_for(self) -> SignedDuration {
        match self {
            Self::BreachReported | Self::BreachSupplemented => USE_OF_BREACHES,
            Self::ResponseDueSoon | Self::ResponseOverdue | Self::SubprocessorAnnounced => USE,
        }
    }

    /// The identifier of what a notice is about.
    #[must_use]
    pub fn object(self, id: Uuid) -> String {
        match self {
            Self::ResponseDueSoon | Self::ResponseOverdue => RequestId::from_uuid(id).to_string(),
            Self::BreachReported | Self::BreachSupplemented => BreachId::from_uuid(id).to_string(),
            Self::SubprocessorAnnounced => SubprocessorId::from_uuid(id).to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_notice_names_what_it_is_about_by_its_kind() {
        for kind in NoticeKind::ALL {
            let prefix = match kind {
                NoticeKind::ResponseDueSoon | NoticeKind::ResponseOverdue => "request_",
                NoticeKind::BreachReported | NoticeKind::BreachSupplemented => "breach_",
                NoticeKind::SubprocessorAnnounced => "subprocessor_",
            };
            assert!(kind.object(Uuid::nil()).starts_with(prefix), "{}", kind.code());
        }
    }

    #[test]
    fn only_the_reminder_after_the_last_day_is_of_an_overdue_answer() {
        for reminder in Reminder::ALL.iter().copied() {
            let is_overdue = NoticeKind::of_reminder(reminder) == NoticeKind::ResponseOverdue;
            assert_eq!(is_overdue, reminder == Reminder::Overdue, "{}", reminder.code());
        }
    }

    #[test]
    fn a_breach_is_told_of_for_longer_than_anything_else() {
        let longest = NoticeKind::ALL.iter().max_by_key(|kind| kind.of_use_for());
        assert!(matches!(longest, Some(NoticeKind::BreachReported | NoticeKind::BreachSupplemented)));
    }
}
