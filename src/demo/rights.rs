//! What the people of the demonstration consented to and asked for.

use domain::language::Language;
use domain::purpose::Purpose;
use domain::request::channel::RequestChannel;
use domain::request::identity::IdentityVerificationMethod;
use domain::request::refusal::RefusalGround;
use domain::request::status::RequestStatus;

use crate::service::request::Step;

use Outcome::{Completed, Received, Refused, UnderReview, Withdrawn};
use RequestChannel::{Api, Email, Letter, Phone};
use Submission::{Person, Staff};

/// A consent: whose, for what, when given, where collected, and which text was shown.
pub(super) struct Consent {
    pub(super) reference: &'static str,
    pub(super) purpose: Purpose,
    pub(super) granted_at: &'static str,
    pub(super) source: &'static str,
    pub(super) text_version: &'static str,
}

const fn marketing(
    reference: &'static str,
    granted_at: &'static str,
    source: &'static str,
    text_version: &'static str,
) -> Consent {
    Consent { reference, purpose: Purpose::DirectMarketing, granted_at, source, text_version }
}

/// Oldest first for each person: a later consent takes the place of an earlier one.
#[rustfmt::skip]
pub(super) const CONSENTS: [Consent; 15] = [
    marketing("C-1001", "2019-02-18T09:12:00Z", "formulär på mässan i Provstad",      "2018-05"),
    marketing("C-1001", "2025-04-14T08:15:00Z", "kryssruta på webbplatsen",           "2025-01"),
    marketing("C-1002", "2025-04-14T08:40:00Z", "kryssruta på webbplatsen",           "2025-01"),
    marketing("C-1005", "2018-06-01T12:00:00Z", "kryssruta på webbplatsen",           "2018-05"),
    marketing("C-1007", "2024-10-02T13:33:00Z", "e-post till info@convenio.com",      "2024-02"),
    marketing("C-1011", "2025-09-09T07:05:00Z", "kryssruta på webbplatsen",           "2025-01"),
    marketing("C-1015", "2020-01-23T15:48:00Z", "formulär på mässan i Mallköping",    "2018-05"),
    marketing("H-2001", "2024-11-27T17:20:00Z", "kassan i webbutiken",                "2024-09"),
    marketing("H-2003", "2023-03-15T10:00:00Z", "orderbekräftelse",                   "2022-09"),
    marketing("H-2003", "2025-01-07T10:00:00Z", "kassan i webbutiken",                "2024-09"),
    marketing("H-2005", "2022-12-01T20:44:00Z", "kassan i webbutiken",                "2022-09"),
    marketing("H-2009", "2025-06-19T11:11:00Z", "blankett i butiken",                 "2024-09"),
    marketing("F-3001", "2025-02-03T06:50:00Z", "customer portal",                    "2024-02"),
    marketing("F-3006", "2024-05-21T14:25:00Z", "telephone call, confirmed by e-mail", "2024-02"),
    marketing("F-3008", "2024-03-04T09:00:00Z", "customer portal",                    "2024-02"),
];

/// Why a request is refused, as the person is told: in Swedish and in English.
const REASONS: [&str; 2] = [
    "Begäran är den fjärde på två månader, och uppgifterna har inte ändrats sedan det senaste svaret. Du är välkommen \
     med en ny begäran om ett halvår, eller tidigare om något har hänt som ger skäl till det.",
    "This is the fourth request within two months, and the data has not changed since the last answer. You are welcome \
     to ask again in six months, or earlier if something has happened that gives reason to.",
];

/// Who submits a request, and how long ago it came in.
#[derive(Clone, Copy)]
pub(super) enum Submission {
    /// The person, just now.
    Person,
    /// Staff, by this channel, so many days ago.
    Staff(RequestChannel, i64),
}

/// How far a request is to come.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    Received,
    UnderReview,
    Completed,
    Refused,
    Withdrawn,
}

/// A request for access: whose, how it comes in, and how far it comes.
pub(super) struct Request {
    pub(super) reference: &'static str,
    pub(super) submission: Submission,
    pub(super) outcome: Outcome,
}

const fn request(reference: &'static str, submission: Submission, outcome: Outcome) -> Request {
    Request { reference, submission, outcome }
}

#[rustfmt::skip]
pub(super) const REQUESTS: [Request; 20] = [
    request("C-1001", Person,            Completed),
    request("C-1002", Person,            UnderReview),
    request("C-1003", Staff(Email, 3),   Received),
    request("C-1004", Staff(Email, 24),  UnderReview),
    request("C-1006", Staff(Letter, 47), Received),
    request("C-1008", Staff(Email, 19),  Completed),
    request("C-1009", Staff(Phone, 12),  Refused),
    request("C-1011", Staff(Api, 6),     Withdrawn),
    request("H-2001", Person,            Completed),
    request("H-2002", Staff(Letter, 9),  Completed),
    request("H-2003", Person,            UnderReview),
    request("H-2004", Staff(Email, 1),   Received),
    request("H-2006", Staff(Letter, 35), UnderReview),
    request("H-2007", Staff(Email, 28),  Refused),
    request("H-2010", Staff(Phone, 4),   Withdrawn),
    request("F-3001", Person,            Completed),
    request("F-3002", Staff(Email, 2),   Received),
    request("F-3003", Staff(Letter, 15), UnderReview),
    request("F-3007", Staff(Email, 21),  Refused),
    request("F-3012", Staff(Api, 8),     Withdrawn),
];

impl Request {
    /// The step that brings the request nearer to where it is to come; `None` when it is there, or somewhere else.
    pub(super) fn next_step(&self, status: RequestStatus, language: Language) -> Option<Step> {
        match (status, self.outcome) {
            (RequestStatus::Received, Withdrawn) => Some(Step::Withdraw),
            (RequestStatus::Received, UnderReview | Completed | Refused) => {
                Some(Step::VerifyIdentity(self.identified_by()))
            }
            (RequestStatus::UnderReview, Completed) => Some(Step::Approve),
            (RequestStatus::UnderReview, Refused) => Some(Step::Refuse {
                ground: RefusalGround::Excessive,
                reasons: language.choose(REASONS[0], REASONS[1]).to_owned(),
            }),
            _ => None,
        }
    }

    const fn identified_by(&self) -> IdentityVerificationMethod {
        match self.submission {
            Staff(Email, _) => IdentityVerificationMethod::ContactConfirmation,
            Staff(Letter, _) => IdentityVerificationMethod::DocumentShown,
            Person | Staff(..) => IdentityVerificationMethod::ElectronicId,
        }
    }
}
