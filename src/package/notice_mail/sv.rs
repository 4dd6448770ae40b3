//! Notices in Swedish.

use domain::agreement::SubprocessorAuthorisation;
use domain::notice::NoticeKind;
use domain::request::status::RequestStatus;

use super::{Facts, Notice, Texts};

pub(super) const TEXTS: Texts = Texts {
    greeting: "Hej!",
    controller: "Organisation",
    request: "Begäran",
    right: |name, article| ("Rättighet", format!("{name} (artikel {article})")),
    due: "Sista dag för svar",
    status: "Läge",
    awaits,
    notified: "Underrättelsen lämnades",
    authority: "Er egen anmälan till tillsynsmyndigheten, om den krävs, senast",
    subprocessor: "Underbiträde",
    country: "Land",
    effective: "Får behandla uppgifter från och med",
    answer_by,
    moment: |day, hour, minute| format!("{day} kl. {hour:02}.{minute:02}"),
    subject,
    opening,
    closing,
    footer: |processor| {
        format!(
            "--\nMeddelandet skickas automatiskt av {processor} till er kontakt för\npersonuppgiftsfrågor. \
             Det innehåller inga uppgifter om registrerade."
        )
    },
};

const fn awaits(status: RequestStatus) -> &'static str {
    match status {
        RequestStatus::Received => "det ska bekräftas vem som har begärt det",
        RequestStatus::AwaitingIdentity => "den registrerade ska styrka sin identitet",
        RequestStatus::UnderReview => "ert beslut väntas",
        RequestStatus::InProgress => "era anslutna system kan återstå",
        RequestStatus::Completed
        | RequestStatus::PartiallyCompleted
        | RequestStatus::Refused
        | RequestStatus::Withdrawn => "inget återstår",
    }
}

const fn answer_by(authorisation: SubprocessorAuthorisation) -> &'static str {
    match authorisation {
        SubprocessorAuthorisation::General => "Ni kan invända till och med",
        SubprocessorAuthorisation::Specific => "Ert godkännande behövs senast",
    }
}

fn subject(notice: &Notice<'_>, day: &str) -> String {
    match (notice.kind, &notice.facts) {
        (NoticeKind::ResponseOverdue, Facts::Request { reference, .. }) => {
            format!("Begäran {reference}: svarstiden gick ut den {day}")
        }
        (_, Facts::Request { reference, .. }) => format!("Begäran {reference}: svar senast den {day}"),
        (NoticeKind::BreachSupplemented, _) => "Personuppgiftsincident: nya uppgifter".to_owned(),
        (_, Facts::Breach { .. }) => "Personuppgiftsincident: underrättelse".to_owned(),
        (_, Facts::Subprocessor { .. }) => format!("Nytt underbiträde från och med den {day}"),
    }
}

fn opening(notice: &Notice<'_>) -> String {
    let text = match notice.kind {
        NoticeKind::ResponseDueSoon => {
            "En begäran från en registrerad ska snart vara besvarad (artikel 12.3 i\ndataskyddsförordningen)."
        }
        NoticeKind::ResponseOverdue => {
            "Tiden för att besvara en begäran från en registrerad har gått ut (artikel 12.3\n\
             i dataskyddsförordningen). Svara så snart det går."
        }
        NoticeKind::BreachReported => {
            "Ni har underrättats om en personuppgiftsincident som berör er (artikel 33.2 i\n\
             dataskyddsförordningen)."
        }
        NoticeKind::BreachSupplemented => {
            "Mer är känt om en personuppgiftsincident som ni har underrättats om\n\
             (artikel 33.4 i dataskyddsförordningen)."
        }
        NoticeKind::SubprocessorAnnounced => {
            "Ett underbiträde ska börja behandla personuppgifter för er räkning\n\
             (artikel 28.2 i dataskyddsförordningen)."
        }
    };
    text.to_owned()
}

const fn closing(kind: NoticeKind) -> &'static str {
    match kind {
        NoticeKind::ResponseDueSoon | NoticeKind::ResponseOverdue => "Öppna begäran:",
        NoticeKind::BreachReported => "Läs underrättelsen och bekräfta att ni har tagit emot den:",
        NoticeKind::BreachSupplemented => "Läs vad som är nytt:",
        NoticeKind::SubprocessorAnnounced => "Läs mer och svara:",
    }
}
