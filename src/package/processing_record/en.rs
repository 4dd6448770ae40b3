//! English.

use super::texts::{List, Parties, Subprocessors, Texts, Transfers};

pub(super) static TEXTS: Texts = Texts {
    title: "The processor's record of processing",
    introduction: |processor, controller, day| {
        format!(
            "This record is kept by {processor} as processor, under Article\u{a0}30(2) of the EU General Data \
             Protection Regulation (GDPR). It covers the processing carried out on behalf of the controller \
             {controller} and shows it as it is on {day}. The articles named below are those of that \
             Regulation."
        )
    },
    parties: Parties {
        heading: "Parties (Article\u{a0}30(2)(a))",
        headers: ["Role", "Name", "Contact"],
        processor: "Processor",
        controller: "Controller",
        officer: "The controller's data protection officer",
        no_officer: "None is named",
    },
    agreement: "Agreement and duration",
    in_force: |version, from, to| {
        let end = to.map_or_else(|| "until further notice".to_owned(), |to| format!("through {to}"));
        format!(
            "The processing is carried out under version {version} of the processor agreement \
             (Article\u{a0}28(3)), which is in force from {from} {end}."
        )
    },
    no_agreement: "No processor agreement is in force on this day.",
    end: |days| {
        let days = if days == 1 { "one day".to_owned() } else { format!("{days}\u{a0}days") };
        format!(
            "When the relationship has ended, the controller can fetch the data for {days}. After that it is \
             erased (Article\u{a0}28(3)(g))."
        )
    },
    processing: List {
        heading: "Categories of processing (Article\u{a0}30(2)(b))",
        none: "No category of processing is registered.",
    },
    subjects: List { heading: "Categories of data subjects", none: "No category of data subjects is given." },
    categories: List {
        heading: "Categories of personal data",
        none: "No category of personal data may be processed.",
    },
    subprocessors: Subprocessors {
        heading: "Sub-processors (Article\u{a0}28(4))",
        headers: ["Name and seat", "What it does", "Personal data", "Processed in", "Since"],
        none: "No sub-processor is engaged.",
        accounting: "To be checked: accounting information is processed outside the EU. Whoever has to keep the \
                     accounts needs to check that the information may be kept there (Swedish Bookkeeping Act, \
                     1999:1078, chapter\u{a0}7, sections\u{a0}3a and 4).",
    },
    transfers: Transfers {
        heading: "Transfers to third countries (Article\u{a0}30(2)(c))",
        headers: ["Sub-processor", "Country outside the EU/EEA", "What makes the transfer lawful"],
        none: "No personal data is transferred to a country outside the EU/EEA or to an international \
               organisation.",
    },
    measures: List {
        heading: "Security measures (Articles\u{a0}30(2)(d) and 32(1))",
        none: "No security measure is registered.",
    },
};
