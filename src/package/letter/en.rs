//! English.

mod answers;
mod readme;
mod requests;

use domain::accounting::AccountingRecordKind;
use domain::category::DataCategory;
use domain::consent::ConsentStatus;
use domain::purpose::{LegalBasis, Purpose};

use super::texts::{Frame, Held, Names, Opening, Remedies, Texts, Uses};

pub(super) static TEXTS: Texts = Texts {
    frame: FRAME,
    names: Names {
        category: DataCategory::english,
        purpose,
        legal_basis,
        consent_status: |status| match status {
            ConsentStatus::Granted => "in force",
            ConsentStatus::Withdrawn => "withdrawn",
        },
        record_kind: |kind| match kind {
            AccountingRecordKind::Invoice => "invoice",
            AccountingRecordKind::Quote => "quote",
            AccountingRecordKind::Contract => "contract",
        },
    },
    opening: Opening {
        title: "Answer to your request for access to personal data",
        asked: |controller, received| {
            format!(
                "You asked which personal data about you {controller} processes. We received your request on \
                 {received}."
            )
        },
        confirmation: "Yes, we process personal data about you. This letter gives you a copy of the data and \
                       the information to which you are entitled under Article\u{a0}15 of the General Data \
                       Protection Regulation (GDPR). The articles named below are articles of that \
                       regulation.",
        controller: |controller| {
            format!("{controller} is the controller: we decide why and how the data is used.")
        },
        processor: |processor| {
            format!(
                "{processor} is our processor: it runs the system in which the data is held and follows our \
                 instructions."
            )
        },
    },
    held: HELD,
    uses: USES,
    remedies: REMEDIES,
    requests: requests::REQUESTS,
    readme: readme::access,
};

const FRAME: Frame = Frame {
    months: [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    clock: |hour, minute| format!("at\u{a0}{hour:02}:{minute:02}"),
    page: |number, total| format!("Page {number} of {total}"),
    and: "and",
    date: "Date",
    reference: "Reference",
    received: "Request received",
    organisation_number: |number| format!("Organisation number {number}"),
    closing: "Yours faithfully",
    compiled_by: |processor, controller| {
        format!("This letter was compiled by {processor} on behalf of {controller}.")
    },
    replaced_characters: "The sign □ stands for a letter or character that cannot be shown in this letter. \
                          The machine-readable files (JSON and CSV) give the data exactly as it is stored.",
};

fn purpose(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::ServiceDelivery => "providing and maintaining the service",
        Purpose::DirectMarketing => "direct marketing",
        Purpose::Bookkeeping => "bookkeeping",
        Purpose::RightsHandling => "handling data protection requests",
        Purpose::LegalClaims => "legal claims",
    }
}

fn legal_basis(basis: LegalBasis) -> &'static str {
    match basis {
        LegalBasis::Consent => "your consent (Article\u{a0}6(1)(a))",
        LegalBasis::Contract => "a contract (Article\u{a0}6(1)(b))",
        LegalBasis::LegalObligation => "a legal obligation (Article\u{a0}6(1)(c))",
        LegalBasis::VitalInterests => "protection of vital interests (Article\u{a0}6(1)(d))",
        LegalBasis::PublicTask => {
            "a task in the public interest or official authority (Article\u{a0}6(1)(e))"
        }
        LegalBasis::LegitimateInterests => {
            "legitimate interests, weighed against yours (Article\u{a0}6(1)(f))"
        }
    }
}

const HELD: Held = Held {
    heading: "The data about you",
    introduction: |made| {
        format!(
            "The table shows the data about you that was registered on {made}. Your consents, your requests \
             and the readings of the data follow further on."
        )
    },
    headers: ["Data", "Content"],
    password: "A value against which the system checks your password. The password itself is never stored, \
               so nobody can read it.",
    external_reference: "our reference for you",
    subject_id: "identifier in the system",
    registered: "registered",
    updated: "last changed",
    records: "Accounting records that name you",
    record_headers: [
        "Record",
        "Date",
        "Fiscal year ends",
        "Kept until and including",
        "What it says about you",
    ],
    no_last_day: "By our ordinary rule",
    restrictions: "Restrictions of processing",
    restriction_headers: ["Ground", "From", "Until"],
    restriction_stands: "in force",
    consents: "Your consents",
    consent_headers: ["Purpose", "Status", "Given", "Withdrawn", "How it was given"],
    consent_source: |source, version| format!("{source}, text version {version}"),
    no_consents: "We have no consent from you on record.",
    requests: "Your requests",
    request_headers: ["Reference", "About", "Received", "Status"],
    readings: "When the data was read",
    readings_introduction: "This is when your data was read, and why. We do not normally say which employee \
                            read it, since that would disclose the employee’s own personal data.",
    reading_headers: ["When", "Why", "Data"],
    no_readings: "No reading of the data is on record.",
};

const USES: Uses = Uses {
    purposes: "Why we process the data",
    purpose_headers: ["Purpose", "What we do", "Legal basis", "Data"],
    no_purposes: "No purpose is registered for the data. Please contact us if you want it erased.",
    recipients: "Who receives the data",
    processor_receives: |processor| {
        format!("{processor} stores the data for us and so has access to it, as far as the work requires.")
    },
    recipients_introduction: "The data has been or may be disclosed to these recipients.",
    recipient_headers: ["Recipient", "What it does", "Data", "Processed in"],
    no_recipients: "The data is disclosed to no other recipient.",
    transfers: "Countries outside the EU and the EEA",
    no_transfers: "None of the recipients processes the data outside the EU and the EEA.",
    transfers_introduction: "These recipients process data outside the EU and the EEA. It is lawful by \
                             virtue of these safeguards (Articles\u{a0}45–47).",
    transfer: |recipient, countries, safeguard| format!("{recipient} ({countries}): {safeguard}"),
    safeguards_copy: "Please contact us if you would like a copy of the safeguards.",
    retention: "How long the data is kept",
    retention_headers: ["Data", "Kept"],
    no_retention: "No storage period is registered. Please contact us and we will tell you.",
    sources: "Where the data comes from",
    source_headers: ["Data", "Source"],
    no_sources: "We have no information about where the data comes from.",
    automated: "Automated decisions",
    no_automated: "We make no decisions about you that are based solely on automated processing, including \
                   profiling (Article\u{a0}22).",
    automated_introduction: "Automated decisions, profiling included, are made for these purposes \
                             (Article\u{a0}22). You have the right to have such a decision reviewed by a \
                             person, to express your point of view and to contest it.",
};

const REMEDIES: Remedies = Remedies {
    heading: "Your rights",
    introduction: "You also have these rights.",
    rights: &[
        "Rectification (Article\u{a0}16): you can ask for inaccurate data to be corrected and for incomplete \
         data to be completed.",
        "Erasure (Article\u{a0}17): you can ask for data to be erased, for example when it is no longer \
         needed. This does not apply to data that the law obliges us to keep, for example for bookkeeping.",
        "Restriction (Article\u{a0}18): you can ask us to do nothing but store the data for the time being, \
         for example while we check whether it is accurate.",
        "Data portability (Article\u{a0}20): where the processing rests on consent or a contract, you can \
         have the data that you have provided in a form that a computer can read, and take it elsewhere.",
        "Objection (Article\u{a0}21): you can object to processing that rests on legitimate interests or on \
         a task in the public interest. If you object to direct marketing we always stop it.",
        "Withdrawal of consent (Article\u{a0}7(3)): you can withdraw a consent at any time. Processing \
         before the withdrawal stays lawful.",
    ],
    how: "Using these rights is normally free of charge. Contact us and we will help you.",
    complaint: "If you want to complain",
    authority: |name| {
        format!(
            "If you consider that our processing of your personal data infringes data protection law, you \
             can lodge a complaint with the supervisory authority, {name}."
        )
    },
    other_authorities: "You can also turn to the supervisory authority of the EU or EEA country where you \
                        live or work, or where you consider that the infringement took place \
                        (Article\u{a0}77).",
    copy: "About the copy",
    copy_terms: "This letter is your copy of the data, free of charge. The same data is available as files \
                 that a computer can read (JSON and CSV). For further copies we may charge a reasonable fee \
                 based on our costs (Article\u{a0}15(3)).",
    questions: "If you have questions",
    ask: |controller, reference| format!("Please contact {controller} and quote the reference {reference}."),
    contact: |name, email, phone| match phone {
        Some(phone) => format!("{name}, e-mail {email}, telephone {phone}"),
        None => format!("{name}, e-mail {email}"),
    },
    officer: |contact| format!("Data protection officer: {contact}"),
};
