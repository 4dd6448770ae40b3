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
    came_in: |controller, request, date| format!("{controller} tog emot {request} den {date}."),
    articles: "De artiklar som nämns i brevet finns i EU:s dataskyddsförordning (GDPR).",
    due: |date| format!("Du får svar utan onödigt dröjsmål, senast den {date} (artikel\u{a0}12.3)."),
    receipt: Receipt {
        title: |request| format!("Vi har tagit emot {request}"),
        identified: "Vi vet att det är du som har hört av dig. Du behöver inte göra något mer nu.",
        unidentified: "Innan vi kan gå vidare måste vi vara säkra på att det är du som har hört av dig. Vi \
                       kontaktar dig om vi behöver något från dig.",
        free: "Det kostar normalt ingenting att använda sina rättigheter (artikel\u{a0}12.5).",
    },
    identity: IDENTITY,
    extension: Extension {
        title: |request| format!("Vi behöver mer tid för {request}"),
        told: "Vi hinner inte svara inom en månad. Därför förlänger vi tiden med två månader, som \
               artikel\u{a0}12.3 tillåter. Det blir tre månader, räknade från den dag då vi tog emot det du \
               skickade.",
        why: "Varför det tar längre tid",
        ground: |ground| match ground {
            ExtensionGround::Complexity => "Det som du har bett om är komplicerat att ta fram eller bedöma.",
            ExtensionGround::NumberOfRequests => "Antalet begäranden som vi ska besvara är stort.",
        },
    },
    progress: Progress {
        title: |request| format!("Vi arbetar med {request}"),
        told: "Vi har gått med på det som du har bett om och håller på att genomföra det.",
    },
    refusal: REFUSAL,
    meanwhile: Meanwhile {
        in_force: |since| {
            format!(
                "Medan vi prövar saken är behandlingen av uppgifterna begränsad, sedan den {since}. Vi lagrar \
                 dem men använder dem bara i de fall som artikel\u{a0}18.2 tillåter."
            )
        },
        lifted: |since, until| {
            format!(
                "Behandlingen av uppgifterna har varit begränsad sedan den {since}. Begränsningen hävs den \
                 {until}. Med det här brevet får du den information om detta som artikel\u{a0}18.3 kräver."
            )
        },
    },
    withdrawn: Withdrawn {
        title: |request| format!("Du har tagit tillbaka {request}"),
        told: |date| {
            format!(
                "Den {date} fick vi veta att du tar tillbaka det som du har bett om. Ärendet är avslutat, och \
                 vi gör inget mer i det."
            )
        },
        again: "Du kan när som helst höra av dig till oss igen.",
    },
    answers: ANSWERS,
    portability_readme: readme::portability,
};

const fn request(kind: RequestKind, purpose: Option<Purpose>) -> &'static str {
    match kind {
        RequestKind::Access => "din begäran om tillgång till personuppgifter",
        RequestKind::Rectification => "din begäran om rättelse av personuppgifter",
        RequestKind::Erasure => "din begäran om radering av personuppgifter",
        RequestKind::Restriction => "din begäran om begränsning av behandling",
        RequestKind::Portability => "din begäran om dataportabilitet",
        RequestKind::Objection => objection(purpose),
        RequestKind::ConsentWithdrawal => withdrawal(purpose),
    }
}

const fn objection(purpose: Option<Purpose>) -> &'static str {
    match purpose {
        None => "din invändning",
        Some(Purpose::DirectMarketing) => "din invändning mot direkt marknadsföring",
        Some(Purpose::ServiceDelivery) => {
            "din invändning mot att uppgifter används för att tillhandahålla och underhålla tjänsten"
        }
        Some(Purpose::Bookkeeping) => "din invändning mot att uppgifter används för bokföring",
        Some(Purpose::RightsHandling) => {
            "din invändning mot att uppgifter används för att hantera begäranden om dataskydd"
        }
        Some(Purpose::LegalClaims) => "din invändning mot att uppgifter används för rättsliga anspråk",
    }
}

const fn withdrawal(purpose: Option<Purpose>) -> &'static str {
    match purpose {
        None => "ditt återkallade samtycke",
        Some(Purpose::DirectMarketing) => "ditt återkallade samtycke till direkt marknadsföring",
        Some(Purpose::ServiceDelivery) => {
            "ditt återkallade samtycke till att uppgifter används för att tillhandahålla och underhålla tjänsten"
        }
        Some(Purpose::Bookkeeping) => "ditt återkallade samtycke till att uppgifter används för bokföring",
        Some(Purpose::RightsHandling) => {
            "ditt återkallade samtycke till att uppgifter används för att hantera begäranden om dataskydd"
        }
        Some(Purpose::LegalClaims) => {
            "ditt återkallade samtycke till att uppgifter används för rättsliga anspråk"
        }
    }
}

const IDENTITY: Identity = Identity {
    title: "Vi behöver veta att det är du",
    asked: |date| {
        format!(
            "Vi är inte säkra på att det är du som har hört av dig. Den {date} bad vi dig därför visa vem du är \
             (artikel\u{a0}12.6). Så skyddar vi dina uppgifter från att hamna hos någon annan."
        )
    },
    reason: |reason| format!("Vårt skäl är detta: {reason}"),
    how: "Så kan du visa vem du är",
    means_introduction: "Hör av dig till oss, så kommer vi överens om ett sätt som passar dig. Du kan till \
                         exempel",
    means: &[
        "logga in i tjänsten och höra av dig därifrån",
        "använda BankID eller en annan e-legitimation",
        "svara på ett meddelande till en adress eller ett nummer som vi redan har",
        "visa en id-handling för oss.",
    ],
    no_copy: "Skicka ingen kopia av en id-handling. Vi sparar aldrig någon kopia, utan antecknar bara hur och \
              när du visade vem du är.",
    time: "Vad som händer med tiden",
    pauses: |due| {
        format!(
            "Medan vi väntar på dig står tiden för vårt svar stilla. Så tolkar vi artikel\u{a0}12, i linje med \
             Europeiska dataskyddsstyrelsens riktlinjer 01/2022. Om tiden inte hade stått stilla hade svaret \
             behövt komma senast den {due}."
        )
    },
    runs_on: |due| {
        format!(
            "Tiden för vårt svar löper även medan vi väntar på dig. Så tolkar vi artikel\u{a0}12. Svaret ska \
             komma senast den {due}."
        )
    },
    otherwise: "Om du inte visar vem du är kan vi inte göra det som du har bett om (artikel\u{a0}12.2). Då får \
                du besked om det.",
};

const REFUSAL: Refusal = Refusal {
    title: |request| format!("Avslag på {request}"),
    told: "Vi har beslutat att inte göra det som du har bett om.",
    why: "Skälen för beslutet",
    conditions: |article| {
        format!("Villkoren finns i artikel\u{a0}{}.", article.replace('(', ".").replace(')', ""))
    },
    consequence: |ground| match ground {
        RefusalGround::IdentityNotVerified => {
            Some("Du är välkommen att höra av dig igen och då visa vem du är.")
        }
        RefusalGround::CompellingGrounds => {
            Some("Vi fortsätter därför att behandla uppgifterna för det ändamål som du invände mot.")
        }
        RefusalGround::ManifestlyUnfounded
        | RefusalGround::Excessive
        | RefusalGround::Exempt
        | RefusalGround::RightsOfOthers
        | RefusalGround::ConditionsNotMet => None,
    },
    erased_title: |request| format!("Ärendet är avslutat: {request}"),
    erased: "Uppgifterna om dig raderades medan ärendet pågick. Därför kan vi inte längre göra det som du har \
             bett om, och ärendet är avslutat.",
    court: "Du kan också väcka talan mot oss i domstol (artikel\u{a0}79). I Sverige är det tingsrätten som \
            prövar saken.",
};
