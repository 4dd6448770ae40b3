//! The words of OpenDSR 2.0, the dialect in which controllers and processors pass requests on to each other, and what they
//! mean here.

use uuid::{Uuid, Version};

use crate::coded::coded;
use crate::id::TaskId;
use crate::request::kind::RequestKind;
use crate::request::status::RequestStatus;

/// The version that is spoken.
pub const VERSION: &str = "2.0";

/// The one law under which requests are answered here; the dialect knows `ccpa` besides.
pub const REGULATION: &str = "gdpr";

/// The most addresses that one request may have its callbacks posted to.
pub const MOST_CALLBACKS: usize = 3;

coded! {
    /// What a request asks for. The standard knows the first three; the others are extensions of this gateway's, as its
    /// discovery document says.
    SubjectRequestType {
        /// A copy of all data (Art. 15).
        Access = "access",
        /// The data in a machine-readable form (Art. 20).
        Portability = "portability",
        /// Erasure (Art. 17).
        Erasure = "erasure",
        /// Correction (Art. 16).
        Rectification = "rectification",
        /// Restriction (Art. 18).
        Restriction = "restriction",
        /// Objection (Art. 21).
        Objection = "objection",
    }
}

impl SubjectRequestType {
    /// Whether the standard itself knows it.
    #[must_use]
    pub const fn is_standard(self) -> bool {
        matches!(self, Self::Access | Self::Portability | Self::Erasure)
    }

    /// The type that asks for a right; `None` for the withdrawal of a consent, which the dialect cannot say.
    #[must_use]
    pub const fn of(kind: RequestKind) -> Option<Self> {
        match kind {
            RequestKind::Access => Some(Self::Access),
            RequestKind::Portability => Some(Self::Portability),
            RequestKind::Erasure => Some(Self::Erasure),
            RequestKind::Rectification => Some(Self::Rectification),
            RequestKind::Restriction => Some(Self::Restriction),
            RequestKind::Objection => Some(Self::Objection),
            RequestKind::ConsentWithdrawal => None,
        }
    }
}

coded! {
    /// By what a person is named. The standard knows `email` and `controller_customer_id`, and identifiers of devices,
    /// which nobody here is found by; the telephone number is an extension.
    IdentityType {
        /// The controller's own reference.
        ControllerCustomerId = "controller_customer_id",
        /// E-mail address.
        Email = "email",
        /// Telephone number.
        Phone = "phone",
    }
}

impl IdentityType {
    /// Whether the standard itself knows it.
    #[must_use]
    pub const fn is_standard(self) -> bool {
        matches!(self, Self::ControllerCustomerId | Self::Email)
    }
}

/// Identity types of the standard by which nobody is found here.
pub const UNSUPPORTED_IDENTITIES: [&str; 9] = [
    "android_advertising_id",
    "android_id",
    "fire_advertising_id",
    "ios_advertising_id",
    "ios_vendor_id",
    "microsoft_advertising_id",
    "microsoft_publisher_id",
    "roku_publisher_id",
    "roku_advertising_id",
];

/// The one form of an identity that can be looked up: the index here is keyed, so that another digest finds nothing.
pub const RAW: &str = "raw";

/// Forms of an identity of the standard that cannot be looked up here.
pub const UNSUPPORTED_FORMATS: [&str; 3] = ["sha1", "md5", "sha256"];

coded! {
    /// Where a request stands, in the standard's words.
    SubjectRequestStatus {
        /// It is in, and not decided.
        Pending = "pending",
        /// It is being carried out.
        InProgress = "in_progress",
        /// It was carried out, in whole or as far as the law allows.
        Completed = "completed",
        /// It was taken back, or refused.
        Cancelled = "cancelled",
    }
}

impl SubjectRequestStatus {
    /// Where a request stands here, in the standard's words. What it has no word for the extension `status` says.
    #[must_use]
    pub const fn of(status: RequestStatus) -> Self {
        match status {
            RequestStatus::Received | RequestStatus::AwaitingIdentity | RequestStatus::UnderReview => {
                Self::Pending
            }
            RequestStatus::InProgress => Self::InProgress,
            RequestStatus::Completed | RequestStatus::PartiallyCompleted => Self::Completed,
            RequestStatus::Refused | RequestStatus::Withdrawn => Self::Cancelled,
        }
    }
}

/// The name that a controller gave a request: a UUID of version 4 in lower case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SubjectRequestId(Uuid);

impl SubjectRequestId {
    /// Reads what a controller sent; `None` for anything but a version 4 UUID in lower case with hyphens.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let id = Uuid::try_parse(text).ok()?;
        let canonical = id.hyphenated().to_string() == text;
        (canonical && id.get_version() == Some(Version::Random)).then_some(Self(id))
    }

    /// The identifier of a stored row.
    #[must_use]
    pub const fn from_uuid(id: Uuid) -> Self {
        Self(id)
    }

    /// The bare UUID, as rows store it.
    #[must_use]
    pub const fn uuid(self) -> Uuid {
        self.0
    }
}

impl SubjectRequestId {
    /// The name under which a task is passed on: the task's own identifier as a version 4 UUID, so that the one leads to the
    /// other and nothing is kept of it.
    #[must_use]
    pub fn of_task(task: TaskId) -> Self {
        Self(with_version(task.uuid(), Version::Random))
    }

    /// The task that was passed on under this name, if there was one.
    #[must_use]
    pub fn task(self) -> TaskId {
        TaskId::from_uuid(with_version(self.0, Version::SortRand))
    }
}

fn with_version(id: Uuid, version: Version) -> Uuid {
    uuid::Builder::from_bytes(id.into_bytes()).with_version(version).into_uuid()
}

impl std::fmt::Display for SubjectRequestId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.hyphenated().fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subject_request_id_is_a_version_4_uuid_in_lower_case() {
        for (text, good) in [
            ("a7551968-d5d6-44b2-9831-815ac9017798", true),
            ("A7551968-D5D6-44B2-9831-815AC9017798", false),
            ("a7551968d5d644b29831815ac9017798", false),
            ("{a7551968-d5d6-44b2-9831-815ac9017798}", false),
            ("a7551968-d5d6-14b2-9831-815ac9017798", false),
            ("018f4e2a-0000-7000-8000-00000000abcd", false),
            ("00000000-0000-0000-0000-000000000000", false),
            ("a7551968-d5d6-44b2-9831-815ac901779", false),
            ("", false),
        ] {
            let read = SubjectRequestId::parse(text);
            assert_eq!(read.is_some(), good, "{text}");
            assert!(read.is_none_or(|id| id.to_string() == text));
        }
    }

    #[test]
    fn a_task_is_known_again_by_the_name_that_it_is_passed_on_under() {
        let task = TaskId::parse("task_01h2xcejqtf2nbrexx3vqjhp41");
        let name = task.map(SubjectRequestId::of_task);
        assert_eq!(name.map(|name| SubjectRequestId::parse(&name.to_string())), name.map(Some));
        assert_eq!(name.map(SubjectRequestId::task), task);
    }

    #[test]
    fn an_open_request_is_pending_until_it_is_decided() {
        for status in RequestStatus::ALL {
            let told = SubjectRequestStatus::of(*status);
            let open = matches!(told, SubjectRequestStatus::Pending | SubjectRequestStatus::InProgress);
            assert_eq!(open, status.is_open(), "{}", status.code());
        }
    }

    #[test]
    fn every_right_but_the_withdrawal_of_a_consent_has_a_type() {
        for kind in RequestKind::ALL {
            let expected = *kind != RequestKind::ConsentWithdrawal;
            assert_eq!(SubjectRequestType::of(*kind).is_some(), expected, "{}", kind.code());
        }
    }
}
