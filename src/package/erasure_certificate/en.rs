//! English.

use super::kind::Stage;
use super::texts::{Course, Erased, Kept, Texts};
use crate::package::certificate::Section;

pub(super) static TEXTS: Texts = Texts {
    title: "Certificate of erasure of personal data",
    roles: |processor, controller| format!("{processor} is processor for {controller}. "),
    certified,
    person: "This certificate says nothing of the person but a random identifier. The articles named are those of \
             the EU General Data Protection Regulation (GDPR).",
    course: Course {
        heading: "The erasure",
        headers: ["Item", "Content"],
        request: "Request",
        received: "The request came in",
        decided: "The decision was made",
        scope: "What was to be erased",
        everything: "all data about the person",
        subject: "The person's identifier",
        completed: "The erasure was carried out",
        stage: "Result",
        compacted: "The database's files were rewritten without the erased data",
        previous: "Checksum of what was certified the time before",
    },
    erased: Erased {
        heading: "Erased",
        introduction: "This data is erased:",
        none: "There was nothing to erase.",
        records: |category, count| match count {
            1 => format!("{category}: 1\u{a0}accounting record"),
            _ => format!("{category}: {count}\u{a0}accounting records"),
        },
        nothing_held: |categories| format!("Nothing was held of {categories}."),
    },
    kept: Kept {
        section: Section {
            heading: "What is kept",
            introduction: Some(
                "This data is kept for the time being, encrypted under a key of its own, and used only for what \
                 it is kept for and for handling data protection requests.",
            ),
            headers: ["Data", "Why it is kept", "Kept until and including"],
            none: "Nothing of what was to be erased is kept.",
        },
        outweighing: "The controller has legitimate grounds that outweigh the person's: Article\u{a0}17(1)(c) \
                      and\u{a0}21(1).",
        no_ground: "The ground is not on record.",
        open_ended: "Until the ground ends",
        afterwards: "What has a last day is erased the day after. What has none is erased when the ground has \
                     ended. That erasure has a certificate of its own.",
    },
    keys: Section {
        heading: "Destroyed keys",
        introduction: Some(
            "The erased data was encrypted. The keys are destroyed, so the data can no longer be read in copies \
             of the database either. A fingerprint is SHA-256 of the key's identifier (16\u{a0}bytes). It is not \
             computed from the key itself.",
        ),
        headers: ["Key", "Destroyed", "Fingerprint"],
        none: "No key was destroyed.",
    },
    systems: Section {
        heading: "Other systems",
        introduction: Some("These systems held data and have been told to erase it."),
        headers: ["System", "Outcome", "Confirmed"],
        none: "No other system was to erase anything.",
    },
    not_confirmed: "No confirmation",
};

fn certified(stage: Stage, processor: &str, controller: &str) -> String {
    match stage {
        Stage::Whole => format!(
            "{processor} hereby certifies that an erasure on which {controller} decided (Article\u{a0}17) has been \
             carried out in whole."
        ),
        Stage::Partial => format!(
            "{processor} hereby certifies that an erasure on which {controller} decided (Article\u{a0}17) has been \
             carried out, except for the data that is kept for the time being."
        ),
        Stage::Remainder => format!(
            "{processor} hereby certifies that data which was kept when an erasure on which {controller} decided \
             (Article\u{a0}17) was carried out has now been erased too."
        ),
    }
}
