//! Swedish.

use super::texts::{Course, Section, Texts};

pub(super) static TEXTS: Texts = Texts {
    title: "Intyg om återlämnade och raderade personuppgifter",
    introduction: |processor, controller| {
        format!(
            "{processor} har varit personuppgiftsbiträde åt {controller}. Uppdraget är avslutat. {processor} \
             intygar här vad som har återlämnats och raderats av de personuppgifter som behandlades för den \
             personuppgiftsansvariges räkning, och vad biträdet har kvar (artikel\u{a0}28.3\u{a0}g i EU:s \
             dataskyddsförordning, GDPR)."
        )
    },
    course: Course {
        heading: "Vad som har hänt",
        headers: ["Händelse", "När"],
        relationship_ended: "Uppdragets sista dag",
        return_ended: "Sista dag för att hämta uppgifterna",
        erasure_began: "Raderingen började",
        keys_destroyed: "Nycklarna förstördes",
        closed: "Kundförhållandet avslutades",
    },
    returned: Section {
        heading: "Återlämnat",
        introduction: Some(
            "Dessa filer med alla uppgifter skapades. Kontrollsumman (SHA-256) visar om en fil är \
             just den som lämnades ut.",
        ),
        headers: ["Skapad", "Antal byte", "Kontrollsumma", "Hämtad"],
        none: "Återlämning begärdes inte.",
    },
    not_downloaded: "Hämtades inte",
    erased: Section {
        heading: "Raderat",
        introduction: None,
        headers: ["Vad", "Antal"],
        none: "Det fanns ingenting att radera.",
    },
    keys: Section {
        heading: "Förstörda nycklar",
        introduction: Some(
            "Uppgifterna var krypterade. Nycklarna är förstörda, så kopior av databasen går inte \
             längre att läsa. Ett fingeravtryck är SHA-256 av nyckelns beteckning (16\u{a0}byte). \
             Det är inte beräknat på själva nyckeln.",
        ),
        headers: ["Nyckel", "Fingeravtryck"],
        none: "Det fanns inga nycklar att förstöra.",
    },
    kept: Section {
        heading: "Vad biträdet har kvar",
        introduction: Some(
            "Inget av detta är uppgifter som behandlades för den personuppgiftsansvariges räkning. \
             De beteckningar som står för personer i loggen är slumpmässiga och leder inte längre \
             till någon.",
        ),
        headers: ["Vad", "Varför", "Till och med"],
        none: "Ingenting är kvar.",
    },
    confirmations: Section {
        heading: "Underbiträden",
        introduction: Some("Dessa underbiträden hade tillgång till uppgifter."),
        headers: ["Underbiträde", "Har bekräftat raderingen"],
        none: "Inget underbiträde hade tillgång till uppgifter.",
    },
    not_confirmed: "Ingen bekräftelse har kommit in",
    thousands: '\u{a0}',
};
