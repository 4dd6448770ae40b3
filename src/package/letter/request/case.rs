//! What a letter about a request is made from. The input is plain: whoever builds it has read the request.

use domain::accounting::AccountingRecordKind;
use domain::category::DataCategory;
use domain::deadline::IdentityPause;
use domain::language::Language;
use domain::outcome::{OutcomeAction, RetentionGround};
use domain::personal::Personal;
use domain::purpose::Purpose;
use domain::request::extension::ExtensionGround;
use domain::request::kind::RequestKind;
use domain::request::refusal::RefusalGround;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use uuid::Uuid;

use crate::package::answer::{Address, Authority, Controller, Processor};
use crate::package::asked::AskedSystem;

/// One request at one point of its life, as the person is to hear of it.
pub struct Case {
    /// The request's number for letters and calls, `RR-2026-000123`.
    pub reference: String,
    /// Which right.
    pub kind: RequestKind,
    /// The purpose that an objection or a withdrawal of consent is about; `None` for other rights.
    pub purpose: Option<Purpose>,
    /// When the request was received.
    pub received_at: Timestamp,
    /// The letter's date.
    pub made_at: Timestamp,
    /// The zone in which the reader's dates are written.
    pub zone: TimeZone,
    /// The reader's language.
    pub language: Language,
    /// Who decides, and writes.
    pub controller: Controller,
    /// Who holds the data for the controller.
    pub processor: Processor,
    /// Where to complain, Art. 77.
    pub authority: Authority,
    /// To whom; `None` once the person is erased.
    pub addressee: Option<Addressee>,
    /// The restriction that belongs to the request: its object (Art. 18), or what holds while a rectification or an
    /// objection is examined (Art. 18(1)(a) and (d)).
    pub restriction: Option<RestrictionSpan>,
    /// Where the request stands, and what there is to tell of it.
    pub stage: Stage,
}

/// What is left to write to.
pub struct Addressee {
    /// The name.
    pub name: Option<Personal<String>>,
    /// The postal address.
    pub address: Option<Personal<Address>>,
}

/// From when until when processing is restricted.
#[derive(Clone, Copy)]
pub struct RestrictionSpan {
    /// Since when.
    pub started_at: Timestamp,
    /// When it was or will be lifted, which the letter tells (Art. 18(3)); `None` while it stands.
    pub lifted_at: Option<Timestamp>,
}

/// Where a request stands, and what there is to tell of it.
pub enum Stage {
    /// It came in.
    Received {
        /// Last day for the answer, Art. 12(3).
        due_on: Date,
        /// Whether it is known who asks.
        identified: Identified,
    },
    /// The requester was asked to identify, Art. 12(6).
    IdentityAsked {
        /// When.
        asked_at: Timestamp,
        /// The controller's reason to doubt, in its own words.
        reason: Option<Personal<String>>,
        /// The reading in use: whether the clock stands meanwhile.
        pause: IdentityPause,
        /// Last day for the answer if it does not.
        unpaused_due_on: Date,
    },
    /// The period was extended, Art. 12(3).
    Extended {
        /// On what grounds.
        grounds: Vec<ExtensionGround>,
        /// The controller's reason, in its own words.
        reason: Option<Personal<String>>,
        /// The new last day.
        due_on: Date,
    },
    /// It was approved and is being carried out.
    InProgress {
        /// Last day for the answer.
        due_on: Date,
    },
    /// No action is taken, Art. 12(4).
    Refused {
        /// On what ground.
        ground: RefusalGround,
        /// The controller's reasons, in its own words.
        reasons: Option<Personal<String>>,
        /// What led to it.
        cause: RefusalCause,
    },
    /// It was carried out, in full or in part.
    Answered(Answer),
    /// More of what an erasure had to leave was erased later.
    CompletedLater {
        /// All outcomes of the request, later ones among them.
        outcomes: Vec<Line>,
        /// Those of them that this letter is about.
        erased_now: Vec<Line>,
    },
    /// The person took it back.
    Withdrawn {
        /// When.
        at: Timestamp,
    },
}

/// Whether it is known who asks.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Identified {
    /// It is.
    Yes,
    /// Not yet.
    No,
}

/// What led to a refusal.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum RefusalCause {
    /// The controller's decision.
    Decision,
    /// The person's data was erased while the request was open.
    DataErased,
}

/// What was done.
#[derive(Default)]
pub struct Answer {
    /// What was done to each category or record.
    pub outcomes: Vec<Line>,
    /// The categories that a rectification corrected.
    pub corrections: Vec<DataCategory>,
    /// The categories that a portability package leaves out, each with the reason, a sentence in the reader's
    /// language.
    pub excluded: Vec<(DataCategory, String)>,
    /// For access and portability: the controller's other systems that were asked too.
    pub asked: Vec<AskedSystem>,
    /// When the files of an access or portability request are destroyed; `None` when there are none any more.
    pub package_until: Option<Timestamp>,
}

/// What was done to one category or accounting record.
#[derive(Clone)]
pub struct Line {
    /// Which category.
    pub category: DataCategory,
    /// Which accounting record, where it is about one.
    pub record_id: Option<Uuid>,
    /// What the record is called; `None` once that is erased.
    pub record: Option<RecordName>,
    /// What was done.
    pub action: OutcomeAction,
    /// Why it was kept.
    pub ground: Option<RetentionGround>,
    /// Until and including when it is kept, where known.
    pub retained_through: Option<Date>,
}

/// What an accounting record is called.
#[derive(Clone)]
pub struct RecordName {
    /// What it is.
    pub kind: AccountingRecordKind,
    /// Its number.
    pub number: String,
}
