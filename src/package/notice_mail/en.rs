//! Notices in English.

use domain::agreement::SubprocessorAuthorisation;
use domain::notice::NoticeKind;
use domain::request::status::RequestStatus;

use super::{Facts, Notice, Texts};

pub(super) const TEXTS: Texts = Texts {
    greeting: "Hello,",
    controller: "Organisation",
    request: "Request",
    right: |name, article| ("Right", format!("{name} (Art. {article})")),
    due: "Last day for the answer",
    status: "State",
    awaits,
    notified: "You were notified",
    authority: "Your duty to notify the authority, if any, ends",
    subprocessor: "Sub-processor",
    country: "Country",
    effective: "May process data from",
    answer_by,
    moment: |day, hour, minute| format!("{day} at {hour:02}:{minute:02} (Swedish time)"),
    subject,
    opening,
    closing,
    footer: |processor| {
        format!(
            "--\nSent automatically by {processor} to your contact for questions of data\nprotection. \
             It holds nothing about data subjects."
        )
    },
};

const fn awaits(status: RequestStatus) -> &'static str {
    match status {
        RequestStatus::Received => "who has asked for it is to be confirmed",
        RequestStatus::AwaitingIdentity => "the data subject is to prove who they are",
        RequestStatus::UnderReview => "your decision is awaited",
        RequestStatus::InProgress => "your connected systems may be left",
        RequestStatus::Completed
        | RequestStatus::PartiallyCompleted
        | RequestStatus::Refused
        | RequestStatus::Withdrawn => "nothing is left",
    }
}

const fn answer_by(authorisation: SubprocessorAuthorisation) -> &'static str {
    match authorisation {
        SubprocessorAuthorisation::General => "You can object until and including",
        SubprocessorAuthorisation::Specific => "Your authorisation is needed by",
    }
}

fn subject(notice: &Notice<'_>, day: &str) -> String {
    match (notice.kind, &notice.facts) {
        (NoticeKind::ResponseOverdue, Facts::Request { reference, .. }) => {
            format!("Request {reference}: the answer was due on {day}")
        }
        (_, Facts::Request { reference, .. }) => format!("Request {reference}: answer due on {day}"),
        (NoticeKind::BreachSupplemented, _) => "Personal data breach: more is known".to_owned(),
        (_, Facts::Breach { .. }) => "Personal data breach: notification".to_owned(),
        (_, Facts::Subprocessor { .. }) => format!("New sub-processor from {day}"),
    }
}

fn opening(notice: &Notice<'_>) -> String {
    let text = match notice.kind {
        NoticeKind::ResponseDueSoon => {
            "The answer to a request of a data subject will soon be due (Art. 12(3) of the\nGDPR)."
        }
        NoticeKind::ResponseOverdue => {
            "The time to answer a request of a data subject is over (Art. 12(3) of the\n\
             GDPR). Please answer as soon as you can."
        }
        NoticeKind::BreachReported => {
            "You have been notified of a personal data breach that concerns you\n(Art. 33(2) of the GDPR)."
        }
        NoticeKind::BreachSupplemented => {
            "More is known of a personal data breach that you were notified of\n(Art. 33(4) of the GDPR)."
        }
        NoticeKind::SubprocessorAnnounced => {
            "A sub-processor is to begin processing personal data on your behalf\n(Art. 28(2) of the GDPR)."
        }
    };
    text.to_owned()
}

const fn closing(kind: NoticeKind) -> &'static str {
    match kind {
        NoticeKind::ResponseDueSoon | NoticeKind::ResponseOverdue => "Open the request:",
        NoticeKind::BreachReported => "Read the notification and acknowledge it:",
        NoticeKind::BreachSupplemented => "Read what is new:",
        NoticeKind::SubprocessorAnnounced => "Read more and answer:",
    }
}
