//! The steps that a request's handlers take, and how a timeline tells them.

use domain::language::Language;
use domain::request::extension::ExtensionGround;
use domain::request::identity::IdentityVerificationMethod;
use domain::request::refusal::RefusalGround;

/// A step that a caller takes with a request.
#[derive(Debug, Clone)]
pub enum Step {
    /// Asks the requester to identify, with the doubt as the person is told it.
    AskIdentity {
        /// The doubt.
        reason: String,
    },
    /// Confirms who is asking.
    VerifyIdentity(IdentityVerificationMethod),
    /// Extends the deadline by two months.
    Extend {
        /// On what it rests.
        grounds: Vec<ExtensionGround>,
        /// What the person is told.
        reason: String,
    },
    /// Approves.
    Approve {
        /// For an erasure: the digest of the plan that was read.
        plan: Option<String>,
    },
    /// Refuses, with the reasons as the person is told them.
    Refuse {
        /// Why.
        ground: RefusalGround,
        /// The reasons.
        reasons: String,
    },
    /// Takes the request back.
    Withdraw,
}

impl Step {
    /// The action in the audit log.
    #[must_use]
    pub const fn action(&self) -> &'static str {
        match self {
            Self::AskIdentity { .. } => "rightsRequest.askForIdentity",
            Self::VerifyIdentity(_) => "rightsRequest.verifyIdentity",
            Self::Extend { .. } => "rightsRequest.extendDeadline",
            Self::Approve { .. } => "rightsRequest.approve",
            Self::Refuse { .. } => "rightsRequest.refuse",
            Self::Withdraw => "rightsRequest.withdraw",
        }
    }

    /// The code in the request's timeline.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::AskIdentity { .. } => "IDENTITY_ASKED",
            Self::VerifyIdentity(_) => "IDENTITY_VERIFIED",
            Self::Extend { .. } => "EXTENDED",
            Self::Approve { .. } => "APPROVED",
            Self::Refuse { .. } => "REFUSED",
            Self::Withdraw => "WITHDRAWN",
        }
    }
}

/// Code, Swedish and English of every step that a timeline can hold.
#[rustfmt::skip]
const TOLD: [(&str, &str, &str); 19] = [
    ("SUBMITTED", "Begäran kom in.", "The request came in."),
    ("IDENTITY_ASKED", "Den som begär detta ombads att identifiera sig.", "The requester was asked to identify."),
    ("IDENTITY_VERIFIED", "Den som begär detta har identifierats.", "The requester was identified."),
    ("EXTENDED", "Fristen förlängdes med två månader.", "The deadline was extended by two months."),
    ("APPROVED", "Den personuppgiftsansvarige biföll begäran.", "The controller approved the request."),
    ("REFUSED", "Den personuppgiftsansvarige avslog begäran.", "The controller refused the request."),
    ("WITHDRAWN", "Begäran togs tillbaka.", "The request was withdrawn."),
    ("ERASED", "Uppgifterna är raderade; nycklarna förstörs.", "The data is erased; its keys are being destroyed."),
    ("CARRIED_OUT", "Begäran är verkställd här; andra system som har uppgifterna har underrättats.", "The request is carried out here; other systems that hold the data have been told."),
    ("COMPLETED", "Begäran är verkställd.", "The request was carried out."),
    ("PARTLY_COMPLETED", "Begäran är verkställd så långt lagen tillåter.", "The request was carried out as far as the law allows."),
    ("REMAINDER_ERASED", "Uppgifter som hade behövt bevaras är nu raderade.", "Data that had to be kept is now erased."),
    ("CLOSED_BY_ERASURE", "Begäran avslutades därför att personens uppgifter har raderats.", "The request was closed because the person's data was erased."),
    ("ERASED_AGAIN", "Uppgifterna raderades på nytt efter att en säkerhetskopia återställts.", "The data was erased again after a backup was restored."),
    ("DUE_IN_14_DAYS", "Påminnelse: svaret ska lämnas inom 14 dagar.", "Reminder: the answer is due within 14 days."),
    ("DUE_IN_7_DAYS", "Påminnelse: svaret ska lämnas inom 7 dagar.", "Reminder: the answer is due within 7 days."),
    ("DUE_IN_3_DAYS", "Påminnelse: svaret ska lämnas inom 3 dagar.", "Reminder: the answer is due within 3 days."),
    ("DUE_IN_1_DAY", "Påminnelse: svaret ska lämnas i morgon.", "Reminder: the answer is due tomorrow."),
    ("OVERDUE", "Fristen för svaret har gått ut.", "The deadline for the answer has passed."),
];

/// A step of a request's timeline, told in a language.
#[must_use]
pub fn describe_step(code: &str, language: Language) -> &'static str {
    let told = TOLD.iter().find(|(known, ..)| *known == code);
    told.map_or_else(
        || language.choose("Begäran ändrades.", "The request was changed."),
        |(_, swedish, english)| language.choose(swedish, english),
    )
}
