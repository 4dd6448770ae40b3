//! Swedish.

use super::texts::{List, Parties, Subprocessors, Texts, Transfers};

pub(super) static TEXTS: Texts = Texts {
    title: "Personuppgiftsbiträdets register över behandling",
    introduction: |processor, controller, day| {
        format!(
            "Det här registret förs av {processor} som personuppgiftsbiträde, enligt artikel\u{a0}30.2 i EU:s \
             dataskyddsförordning (GDPR). Det omfattar den behandling som utförs för den \
             personuppgiftsansvarige {controller} och visar läget den {day}. De artiklar som nämns nedan \
             finns i den förordningen."
        )
    },
    parties: Parties {
        heading: "Parter (artikel\u{a0}30.2\u{a0}a)",
        headers: ["Roll", "Namn", "Kontakt"],
        processor: "Personuppgiftsbiträde",
        controller: "Personuppgiftsansvarig",
        officer: "Den ansvariges dataskyddsombud",
        no_officer: "Inget har angetts",
    },
    agreement: "Avtal och varaktighet",
    in_force: |version, from, to| {
        let end = to.map_or_else(|| "tills vidare".to_owned(), |to| format!("till och med den {to}"));
        format!(
            "Behandlingen sker enligt version {version} av personuppgiftsbiträdesavtalet (artikel\u{a0}28.3). \
             Den gäller från och med den {from} {end}."
        )
    },
    no_agreement: "Inget personuppgiftsbiträdesavtal gäller den här dagen.",
    end: |days| {
        let days = if days == 1 { "en dag".to_owned() } else { format!("{days}\u{a0}dagar") };
        format!(
            "När uppdraget har upphört kan den personuppgiftsansvarige hämta uppgifterna under {days}. \
             Därefter raderas de (artikel\u{a0}28.3\u{a0}g)."
        )
    },
    processing: List {
        heading: "Kategorier av behandling (artikel\u{a0}30.2\u{a0}b)",
        none: "Ingen kategori av behandling är registrerad.",
    },
    subjects: List {
        heading: "Kategorier av registrerade",
        none: "Ingen kategori av registrerade finns angiven.",
    },
    categories: List {
        heading: "Kategorier av personuppgifter",
        none: "Ingen kategori av personuppgifter får behandlas.",
    },
    subprocessors: Subprocessors {
        heading: "Underbiträden (artikel\u{a0}28.4)",
        headers: ["Namn och säte", "Uppdrag", "Personuppgifter", "Behandlas i", "Sedan"],
        none: "Inget underbiträde anlitas.",
        accounting: "Att kontrollera: bokföringsinformation behandlas utanför EU. Den som är bokföringsskyldig \
                     behöver kontrollera att informationen får förvaras där (7\u{a0}kap. 3\u{a0}a och \
                     4\u{a0}§§ bokföringslagen, 1999:1078).",
    },
    transfers: Transfers {
        heading: "Överföring till tredjeland (artikel\u{a0}30.2\u{a0}c)",
        headers: ["Underbiträde", "Land utanför EU och EES", "Stöd för överföringen"],
        none: "Inga personuppgifter överförs till något land utanför EU och EES eller till någon \
               internationell organisation.",
    },
    measures: List {
        heading: "Säkerhetsåtgärder (artikel\u{a0}30.2\u{a0}d och 32.1)",
        none: "Ingen säkerhetsåtgärd är registrerad.",
    },
};
