//! Letters about a request: receipt, questions, delays and refusals.

use domain::purpose::Purpose;
use domain::request::extension::ExtensionGround;
use domain::request::kind::RequestKind;
use domain::request::refusal::RefusalGround;

use super::answers::ANSWERS;
use super::readme;
use crate::package::letter::texts::requests::{
    Extension, Identity, Meanwhile, Progress, Receipt, Refusal, Requests, Withdrawn,
};

pub(super) const REQUESTS: Requests = Requests {
    request,
    came_in: |controller, request, date| format!("{controller} received {request} on {date}."),
    articles: "The articles named in this letter are articles of the General Data Protection Regulation (GDPR).",
    due: |date| {
        format!("You will have an answer without undue delay, by {date} at the latest (Article\u{a0}12(3)).")
    },
    receipt: Receipt {
        title: |request| format!("We have received {request}"),
        identified: "We know that it was you who contacted us. You need do nothing more for now.",
        unidentified: "Before we can go on we must be sure that it was you who contacted us. We will get in \
                       touch if we need anything from you.",
        free: "It is normally free of charge to use your rights (Article\u{a0}12(5)).",
    },
    identity: IDENTITY,
    extension: Extension {
        title: |request| format!("We need more time for {request}"),
        told: "We cannot answer within one month. We are therefore extending the time by two months, as \
               Article\u{a0}12(3) allows. That makes three months, counted from the day on which we received \
               what you sent.",
        why: "Why it takes longer",
        ground: |ground| match ground {
            ExtensionGround::Complexity => "What you have asked for is complex to prepare or to assess.",
            ExtensionGround::NumberOfRequests => "The number of requests that we have to answer is large.",
        },
    },
    progress: Progress {
        title: |request| format!("We are working on {request}"),
        told: "We have agreed to what you asked for and are carrying it out.",
    },
    refusal: REFUSAL,
    meanwhile: Meanwhile {
        in_force: |since| {
            format!(
                "While we examine the matter, processing of the data has been restricted since {since}. We store \
                 the data but use it only where Article\u{a0}18(2) allows."
            )
        },
        lifted: |since, until| {
            format!(
                "Processing of the data has been restricted since {since}. The restriction is lifted on {until}. \
                 This letter gives you the information about it that Article\u{a0}18(3) requires."
            )
        },
    },
    withdrawn: Withdrawn {
        title: |request| format!("You have taken back {request}"),
        told: |date| {
            format!(
                "On {date} we were told that you take back what you asked for. The case is closed, and we will \
                 do nothing more in it."
            )
        },
        again: "You can contact us again at any time.",
    },
    answers: ANSWERS,
    portability_readme: readme::portability,
};

const fn request(kind: RequestKind, purpose: Option<Purpose>) -> &'static str {
    match kind {
        RequestKind::Access => "your request for access to personal data",
        RequestKind::Rectification => "your request for rectification of personal data",
        RequestKind::Erasure => "your request for erasure of personal data",
        RequestKind::Restriction => "your request for restriction of processing",
        RequestKind::Portability => "your request for data portability",
        RequestKind::Objection => objection(purpose),
        RequestKind::ConsentWithdrawal => withdrawal(purpose),
    }
}

const fn objection(purpose: Option<Purpose>) -> &'static str {
    match purpose {
        None => "your objection",
        Some(Purpose::DirectMarketing) => "your objection to direct marketing",
        Some(Purpose::ServiceDelivery) => {
            "your objection to the use of data for providing and maintaining the service"
        }
        Some(Purpose::Bookkeeping) => "your objection to the use of data for bookkeeping",
        Some(Purpose::RightsHandling) => {
            "your objection to the use of data for handling data protection requests"
        }
        Some(Purpose::LegalClaims) => "your objection to the use of data for legal claims",
    }
}

const fn withdrawal(purpose: Option<Purpose>) -> &'static str {
    match purpose {
        None => "your withdrawal of consent",
        Some(Purpose::DirectMarketing) => "your withdrawal of consent to direct marketing",
        Some(Purpose::ServiceDelivery) => {
            "your withdrawal of consent to the use of data for providing and maintaining the service"
        }
        Some(Purpose::Bookkeeping) => "your withdrawal of consent to the use of data for bookkeeping",
        Some(Purpose::RightsHandling) => {
            "your withdrawal of consent to the use of data for handling data protection requests"
        }
        Some(Purpose::LegalClaims) => "your withdrawal of consent to the use of data for legal claims",
    }
}

const IDENTITY: Identity = Identity {
    title: "We need to know that it is you",
    asked: |date| {
        format!(
            "We are not certain that it was you who contacted us. On {date} we therefore asked you to show who \
             you are (Article\u{a0}12(6)). This keeps your data from reaching somebody else."
        )
    },
    reason: |reason| format!("Our reason is this: {reason}"),
    how: "How you can show who you are",
    means_introduction: "Please contact us and we will agree on a way that suits you. You can for example",
    means: &[
        "sign in to the service and contact us from there",
        "use BankID or another electronic identification",
        "reply to a message sent to an address or a number that we already hold",
        "show us an identity document.",
    ],
    no_copy: "Do not send a copy of an identity document. We never keep such a copy: we only note how and when \
              you showed who you are.",
    time: "What happens to the time",
    pauses: |due| {
        format!(
            "While we wait for you, the time for our answer stands still. This is how we read Article\u{a0}12, \
             in line with Guidelines 01/2022 of the European Data Protection Board. Had the time not stood \
             still, the answer would have been due by {due}."
        )
    },
    runs_on: |due| {
        format!(
            "The time for our answer runs on while we wait for you. This is how we read Article\u{a0}12. The \
             answer is due by {due}."
        )
    },
    otherwise: "If you do not show who you are we cannot do what you asked for (Article\u{a0}12(2)). We will \
                then tell you so.",
};

const REFUSAL: Refusal = Refusal {
    title: |request| format!("Refusal of {request}"),
    told: "We have decided not to do what you asked for.",
    why: "Reasons for the decision",
    conditions: |article| format!("The conditions are in Article\u{a0}{article}."),
    consequence: |ground| match ground {
        RefusalGround::IdentityNotVerified => {
            Some("You are welcome to contact us again and to show who you are.")
        }
        RefusalGround::CompellingGrounds => {
            Some("We therefore go on processing the data for the purpose to which you objected.")
        }
        RefusalGround::ManifestlyUnfounded
        | RefusalGround::Excessive
        | RefusalGround::Exempt
        | RefusalGround::RightsOfOthers
        | RefusalGround::ConditionsNotMet => None,
    },
    erased_title: |request| format!("The case is closed: {request}"),
    erased: "The data about you was erased while the case was open. We can therefore no longer do what you \
             asked for, and the case is closed.",
    court: "You can also bring an action against us in court (Article\u{a0}79). In Sweden such actions are heard \
            by the district courts (tingsrätt).",
};
