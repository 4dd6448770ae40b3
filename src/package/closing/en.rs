//! English.

use super::texts::{Course, Section, Texts};

pub(super) static TEXTS: Texts = Texts {
    title: "Certificate of return and erasure of personal data",
    introduction: |processor, controller| {
        format!(
            "{processor} was processor for {controller}. The relationship has ended. {processor} hereby \
             certifies what of the personal data processed on behalf of the controller was returned and \
             erased, and what the processor keeps (Article\u{a0}28(3)(g) of the EU General Data Protection \
             Regulation, GDPR)."
        )
    },
    course: Course {
        heading: "What happened",
        headers: ["Event", "When"],
        relationship_ended: "Last day of the relationship",
        return_ended: "Last day to fetch the data",
        erasure_began: "The erasure began",
        keys_destroyed: "The keys were destroyed",
        closed: "The relationship was closed",
    },
    returned: Section {
        heading: "Returned",
        introduction: Some(
            "These files with all data were made. The checksum (SHA-256) shows whether a file is \
             the one that was handed out.",
        ),
        headers: ["Made", "Bytes", "Checksum", "Fetched"],
        none: "The return was not asked for.",
    },
    not_downloaded: "Not fetched",
    erased: Section {
        heading: "Erased",
        introduction: None,
        headers: ["What", "How many"],
        none: "There was nothing to erase.",
    },
    keys: Section {
        heading: "Destroyed keys",
        introduction: Some(
            "The data was encrypted. The keys are destroyed, so copies of the database can no \
             longer be read. A fingerprint is SHA-256 of the key's identifier (16\u{a0}bytes). It \
             is not computed from the key itself.",
        ),
        headers: ["Key", "Fingerprint"],
        none: "There were no keys to destroy.",
    },
    kept: Section {
        heading: "What the processor keeps",
        introduction: Some(
            "None of this is data that was processed on behalf of the controller. The identifiers \
             that stand for people in the log are random and no longer lead to anybody.",
        ),
        headers: ["What", "Why", "Through"],
        none: "Nothing is kept.",
    },
    confirmations: Section {
        heading: "Sub-processors",
        introduction: Some("These sub-processors had access to data."),
        headers: ["Sub-processor", "Has confirmed the erasure"],
        none: "No sub-processor had access to data.",
    },
    not_confirmed: "No confirmation has been received",
    thousands: ',',
};
