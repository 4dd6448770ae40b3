//! Swedish.

use super::kind::Stage;
use super::texts::{Course, Erased, Kept, Texts};
use crate::package::certificate::Section;

pub(super) static TEXTS: Texts = Texts {
    title: "Intyg om radering av personuppgifter",
    roles: |processor, controller| format!("{processor} är personuppgiftsbiträde åt {controller}. "),
    certified,
    person: "Intyget innehåller inga uppgifter om personen utom en slumpmässig beteckning. De artiklar som nämns \
             finns i EU:s dataskyddsförordning (GDPR).",
    course: Course {
        heading: "Raderingen",
        headers: ["Uppgift", "Innehåll"],
        request: "Begäran",
        received: "Begäran kom in",
        decided: "Beslutet fattades",
        scope: "Det som skulle raderas",
        everything: "alla uppgifter om personen",
        subject: "Personens beteckning",
        completed: "Raderingen genomfördes",
        stage: "Resultat",
        compacted: "Databasens filer skrevs om utan de raderade uppgifterna",
        previous: "Kontrollsumma av det som intygades föregående gång",
    },
    erased: Erased {
        heading: "Raderat",
        introduction: "Dessa uppgifter är raderade:",
        none: "Det fanns ingenting att radera.",
        records: |category, count| match count {
            1 => format!("{category}: 1\u{a0}bokföringspost"),
            _ => format!("{category}: {count}\u{a0}bokföringsposter"),
        },
        nothing_held: |categories| format!("Det fanns inget registrerat i fråga om {categories}."),
    },
    kept: Kept {
        section: Section {
            heading: "Vad som sparas",
            introduction: Some(
                "Dessa uppgifter sparas tills vidare, krypterade med en egen nyckel, och används bara för \
                 det som de sparas för och för att hantera begäranden om dataskydd.",
            ),
            headers: ["Uppgift", "Varför den sparas", "Sparas till och med"],
            none: "Ingenting av det som skulle raderas sparas.",
        },
        outweighing: "Den personuppgiftsansvarige har berättigade skäl som väger tyngre efter en intresseavvägning: \
                      artikel\u{a0}17.1\u{a0}c och\u{a0}21.1.",
        no_ground: "Skälet är inte antecknat.",
        open_ended: "Tills skälet upphör",
        afterwards: "Det som har en sista dag raderas dagen efter. Det som saknar sista dag raderas när skälet \
                     har upphört. Den raderingen får ett eget intyg.",
    },
    keys: Section {
        heading: "Förstörda nycklar",
        introduction: Some(
            "De raderade uppgifterna var krypterade. Nycklarna är förstörda, så uppgifterna går inte heller \
             att läsa i kopior av databasen. Ett fingeravtryck är SHA-256 av nyckelns beteckning \
             (16\u{a0}byte). Det är inte beräknat på själva nyckeln.",
        ),
        headers: ["Nyckel", "Förstördes", "Fingeravtryck"],
        none: "Ingen nyckel förstördes.",
    },
    systems: Section {
        heading: "Andra system",
        introduction: Some("Dessa system hade uppgifter och har fått veta att de ska raderas."),
        headers: ["System", "Utfall", "Bekräftat"],
        none: "Inget annat system skulle radera något.",
    },
    not_confirmed: "Ingen bekräftelse",
};

fn certified(stage: Stage, processor: &str, controller: &str) -> String {
    match stage {
        Stage::Whole => format!(
            "{processor} intygar här att en radering som {controller} har beslutat om (artikel\u{a0}17) är \
             genomförd i sin helhet."
        ),
        Stage::Partial => format!(
            "{processor} intygar här att en radering som {controller} har beslutat om (artikel\u{a0}17) är \
             genomförd, utom i fråga om de uppgifter som sparas tills vidare."
        ),
        Stage::Remainder => format!(
            "{processor} intygar här att uppgifter som sparades när en radering som {controller} har beslutat \
             om (artikel\u{a0}17) genomfördes nu också är raderade."
        ),
    }
}
