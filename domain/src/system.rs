//! Systems outside the gateway that hear from it: what they may be sent, and when what failed is tried again.

use std::time::Duration;

use jiff::SignedDuration;

use crate::category::DataCategory;
use crate::coded::coded;
use crate::invalid::Invalid;

coded! {
    /// What a system is sent.
    DownstreamMessage {
        /// What it must do for each rights request about data that it holds (Art. 19).
        RightsRequestTask = "RIGHTS_REQUEST_TASK",
        /// Each new signed head of the tenant's audit log.
        AuditCheckpoint = "AUDIT_CHECKPOINT",
    }
}

coded! {
    /// What a system knows a person by.
    SubjectIdentifier {
        /// The tenant's own key for the person.
        ExternalReference = "EXTERNAL_REFERENCE",
        /// The gateway's identifier of the data subject.
        SubjectId = "SUBJECT_ID",
        /// The e-mail address.
        Email = "EMAIL",
        /// The telephone number.
        Phone = "PHONE",
        /// The login name.
        LoginName = "LOGIN_NAME",
    }
}

coded! {
    /// How a system is reached.
    SystemConnector {
        /// Messages are posted to it, signed by Standard Webhooks.
        SignedWebhook = "SIGNED_WEBHOOK",
        /// Nothing is posted: a person does there what has to be done, and says so.
        Manual = "MANUAL",
        /// Requests are passed on to it as OpenDSR.
        OpenDsr = "OPENDSR",
    }
}

impl SystemConnector {
    /// Whether tasks wait for a person from the start.
    #[must_use]
    pub const fn is_a_persons(self) -> bool {
        matches!(self, Self::Manual)
    }

    /// Whether it can bring a message of the kind.
    #[must_use]
    pub const fn brings(self, message: DownstreamMessage) -> bool {
        match self {
            Self::SignedWebhook => true,
            Self::Manual | Self::OpenDsr => matches!(message, DownstreamMessage::RightsRequestTask),
        }
    }
}

impl SubjectIdentifier {
    /// The category of personal data that it belongs to; `None` for keys that say nothing by themselves.
    #[must_use]
    pub const fn category(self) -> Option<DataCategory> {
        match self {
            Self::Email => Some(DataCategory::Email),
            Self::Phone => Some(DataCategory::Phone),
            Self::LoginName => Some(DataCategory::LoginName),
            Self::ExternalReference | Self::SubjectId => None,
        }
    }
}

impl DownstreamMessage {
    /// Whether the message says anything about a person.
    #[must_use]
    pub const fn is_about_a_person(self) -> bool {
        match self {
            Self::RightsRequestTask => true,
            Self::AuditCheckpoint => false,
        }
    }
}

/// How long a former secret goes on signing beside its successor, so that a receiver can change without a gap.
pub const FORMER_SECRET_SIGNS: SignedDuration = SignedDuration::from_hours(24);

/// The most secrets that sign at a time: each is another signature in every message.
pub const MOST_SECRETS: usize = 5;

/// What a system is registered with.
#[derive(Debug, Clone, Copy)]
pub struct SystemClaim<'a> {
    /// How it is reached.
    pub connector: SystemConnector,
    /// Categories that it holds.
    pub categories: &'a [DataCategory],
    /// By what it is told whom a message is about.
    pub identifiers: &'a [SubjectIdentifier],
    /// What it is sent.
    pub receives: &'a [DownstreamMessage],
}

impl SystemClaim<'_> {
    /// Every part that is wrong. A system that hears of persons says what it holds and by what it knows them. One that
    /// hears of none holds no category and needs no identifier; that the one of the schema's default is among them is
    /// nobody's wish and no fault.
    #[must_use]
    pub fn faults(&self) -> Vec<(&'static str, Invalid)> {
        let mut faults = Vec::new();
        if self.receives.is_empty() {
            faults.push(("receives", Invalid::Empty));
        }
        if repeats(self.receives) {
            faults.push(("receives", Invalid::Repeated));
        }
        if self.receives.iter().any(|message| !self.connector.brings(*message)) {
            faults.push(("receives", Invalid::NotBrought));
        }
        if self.receives.iter().any(|message| message.is_about_a_person()) {
            faults.extend(fault_of("dataCategories", self.categories));
            faults.extend(fault_of("identifiers", self.identifiers));
            return faults;
        }
        if !self.categories.is_empty() {
            faults.push(("dataCategories", Invalid::ToldOfNobody));
        }
        if !matches!(self.identifiers, [] | [SubjectIdentifier::ExternalReference]) {
            faults.push(("identifiers", Invalid::ToldOfNobody));
        }
        faults
    }
}

/// What is wrong with a list that must name something, each thing once.
fn fault_of<T: PartialEq>(part: &'static str, list: &[T]) -> Option<(&'static str, Invalid)> {
    let fault =
        if list.is_empty() { Some(Invalid::Empty) } else { repeats(list).then_some(Invalid::Repeated) };
    fault.map(|fault| (part, fault))
}

fn repeats<T: PartialEq>(values: &[T]) -> bool {
    values.iter().enumerate().any(|(at, value)| values[..at].contains(value))
}

const FIRST_PAUSE: Duration = Duration::from_secs(5);
const LONGEST_PAUSE: Duration = Duration::from_hours(1);

/// The pause before what failed so many times is tried again: 5 seconds, then doubling up to an hour. From the second on
/// `chance` takes off up to a quarter, so that what failed together is not tried together for ever.
#[must_use]
pub fn retry_pause(failures: u32, chance: u8) -> Duration {
    doubled_pause((failures, chance), LONGEST_PAUSE)
}

/// The same with another longest pause.
pub(crate) fn doubled_pause((failures, chance): (u32, u8), longest: Duration) -> Duration {
    let doublings = failures.saturating_sub(1);
    let pause = FIRST_PAUSE.saturating_mul(2_u32.saturating_pow(doublings)).min(longest);
    if doublings == 0 {
        pause
    } else {
        pause.saturating_sub(pause / 4 * u32::from(chance) / u32::from(u8::MAX))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pause_doubles_from_five_seconds_to_an_hour() {
        for (failures, least, most) in [
            (0, 5_000, 5_000),
            (1, 5_000, 5_000),
            (2, 7_500, 10_000),
            (3, 15_000, 20_000),
            (10, 1_920_000, 2_560_000),
            (11, 2_700_000, 3_600_000),
            (u32::MAX, 2_700_000, 3_600_000),
        ] {
            assert_eq!(retry_pause(failures, u8::MAX).as_millis(), least, "{failures}");
            assert_eq!(retry_pause(failures, 0).as_millis(), most, "{failures}");
        }
    }

    #[test]
    fn a_system_that_hears_of_persons_says_what_it_holds_and_by_what_it_knows_them() {
        use DataCategory::{Email, Name};
        use DownstreamMessage::{AuditCheckpoint, RightsRequestTask};
        use SubjectIdentifier::{ExternalReference, SubjectId};
        let one = &[ExternalReference][..];
        for (receives, categories, identifiers, faults) in [
            (&[RightsRequestTask][..], &[Name][..], one, vec![]),
            (&[RightsRequestTask, AuditCheckpoint], &[Name, Email], &[ExternalReference, SubjectId], vec![]),
            (&[RightsRequestTask], &[], one, vec![("dataCategories", Invalid::Empty)]),
            (&[RightsRequestTask], &[Name, Name], one, vec![("dataCategories", Invalid::Repeated)]),
            (&[RightsRequestTask], &[Name], &[], vec![("identifiers", Invalid::Empty)]),
            (
                &[RightsRequestTask],
                &[Name],
                &[SubjectId, SubjectId],
                vec![("identifiers", Invalid::Repeated)],
            ),
        ] {
            let connector = SystemConnector::SignedWebhook;
            assert_eq!(SystemClaim { connector, categories, identifiers, receives }.faults(), faults);
        }
    }

    #[test]
    fn a_system_that_hears_of_nobody_names_no_data() {
        use DownstreamMessage::AuditCheckpoint;
        use SubjectIdentifier::{Email, ExternalReference};
        let told = |part| (part, Invalid::ToldOfNobody);
        for (receives, categories, identifiers, faults) in [
            (&[AuditCheckpoint][..], &[][..], &[][..], vec![]),
            (&[AuditCheckpoint], &[], &[ExternalReference], vec![]),
            (&[AuditCheckpoint], &[], &[Email], vec![told("identifiers")]),
            (&[AuditCheckpoint], &[], &[ExternalReference, Email], vec![told("identifiers")]),
            (&[AuditCheckpoint], &[DataCategory::Name], &[], vec![told("dataCategories")]),
            (&[], &[], &[], vec![("receives", Invalid::Empty)]),
            (&[AuditCheckpoint, AuditCheckpoint], &[], &[], vec![("receives", Invalid::Repeated)]),
        ] {
            let connector = SystemConnector::SignedWebhook;
            assert_eq!(SystemClaim { connector, categories, identifiers, receives }.faults(), faults);
        }
    }
    #[test]
    fn what_a_person_deals_with_is_requests_alone() {
        use DownstreamMessage::{AuditCheckpoint, RightsRequestTask};
        let (categories, identifiers) = (&[DataCategory::Name][..], &[SubjectIdentifier::Email][..]);
        for (receives, faults) in [
            (&[RightsRequestTask][..], vec![]),
            (&[RightsRequestTask, AuditCheckpoint], vec![("receives", Invalid::NotBrought)]),
        ] {
            let connector = SystemConnector::Manual;
            assert_eq!(SystemClaim { connector, categories, identifiers, receives }.faults(), faults);
        }
    }
}
