//! Records about requests of data subjects.

use domain::actor::ActorId;
use domain::category::{Categories, DataCategory};
use domain::id::{AccountingRecordId, RequestId, SubjectId};
use domain::outcome::{OutcomeAction, RetentionGround};
use domain::personal::Personal;
use domain::purpose::Purpose;
use domain::request::channel::RequestChannel;
use domain::request::extension::ExtensionGround;
use domain::request::identity::Identification;
use domain::request::kind::RequestKind;
use domain::request::rectification::RectificationFault;
use domain::request::reference::Reference;
use domain::request::refusal::RefusalGround;
use domain::request::status::RequestStatus;
use domain::request::stored::Decision;
use domain::restriction::RestrictionGround;
use domain::text::Description;
use jiff::Timestamp;
use jiff::civil::Date;

use super::cell::Cell;
use super::record::{Column, Kind, Record};

/// A request. Its words are `None` where there are none, and once the person's data is gone.
pub struct RightsRequest {
    /// The request.
    pub id: RequestId,
    /// Whose data.
    pub subject: SubjectId,
    /// Its reference.
    pub reference: Reference,
    /// Which right.
    pub kind: RequestKind,
    /// How it came in.
    pub channel: RequestChannel,
    /// Where it stands.
    pub status: RequestStatus,
    /// When it came in.
    pub received_at: Timestamp,
    /// When it was recorded.
    pub submitted_at: Timestamp,
    /// Last instant for the answer.
    pub due_at: Timestamp,
    /// When the requester was asked to identify.
    pub identity_asked_at: Option<Timestamp>,
    /// Why, as the person was told.
    pub identity_reason: Option<Description>,
    /// How the requester was identified.
    pub identification: Option<Identification>,
    /// The controller's decision.
    pub decision: Option<Decision>,
    /// When it was answered or withdrawn.
    pub finished_at: Option<Timestamp>,
    /// When the deadline was extended.
    pub extended_at: Option<Timestamp>,
    /// On what the extension rests.
    pub extension_grounds: Vec<ExtensionGround>,
    /// Why, as the person was told.
    pub extension_reason: Option<Description>,
    /// For an objection or a withdrawal of consent: the purpose.
    pub purpose: Option<Purpose>,
    /// For an objection: the person's grounds.
    pub objection_grounds: Option<Description>,
    /// For a restriction: the ground.
    pub restriction_ground: Option<RestrictionGround>,
    /// For an erasure of some categories: which.
    pub erasure_categories: Option<Categories>,
    /// For an approved erasure: the digest of the plan.
    pub plan_sha256: Option<String>,
}

fn words(text: Option<&Description>) -> Cell {
    text.map_or(Cell::Nothing, |text| Cell::Text(text.as_str().to_owned()))
}

impl RightsRequest {
    fn identified(&self, part: impl Fn(&Identification) -> Cell) -> Cell {
        self.identification.as_ref().map_or(Cell::Nothing, part)
    }

    fn decided(&self, part: impl Fn(&Decision) -> Cell) -> Cell {
        self.decision.as_ref().map_or(Cell::Nothing, part)
    }

    fn erases(&self) -> Cell {
        let codes = |categories: &Categories| categories.iter().map(|category| category.code()).collect();
        self.erasure_categories.as_ref().map_or(Cell::Nothing, |categories| Cell::Codes(codes(categories)))
    }
}

impl Record for RightsRequest {
    const KIND: Kind = Kind::RightsRequests;
    const COLUMNS: &'static [Column<Self>] = &[
        ("id", |it| Cell::shown(&it.id)),
        ("subjectId", |it| Cell::shown(&it.subject)),
        ("reference", |it| Cell::shown(&it.reference)),
        ("kind", |it| Cell::code(it.kind.code())),
        ("channel", |it| Cell::code(it.channel.code())),
        ("status", |it| Cell::code(it.status.code())),
        ("receivedAt", |it| Cell::shown(&it.received_at)),
        ("submittedAt", |it| Cell::shown(&it.submitted_at)),
        ("dueAt", |it| Cell::shown(&it.due_at)),
        ("identityAskedAt", |it| Cell::shown_if(it.identity_asked_at.as_ref())),
        ("identityReason", |it| words(it.identity_reason.as_ref())),
        ("identificationMethod", |it| it.identified(|how| Cell::code(how.method.code()))),
        ("identifiedAt", |it| it.identified(|how| Cell::shown(&how.at))),
        ("identifiedBy", |it| it.identified(|how| Cell::shown(&how.by.as_str()))),
        ("verdict", |it| it.decided(|made| Cell::code(made.verdict.code()))),
        ("decidedAt", |it| it.decided(|made| Cell::shown(&made.at))),
        ("decidedBy", |it| it.decided(|made| Cell::shown(&made.by.as_str()))),
        ("refusalGround", |it| it.decided(|made| Cell::code_if(made.ground.map(RefusalGround::code)))),
        ("reasons", |it| it.decided(|made| words(made.reasons.as_ref()))),
        ("finishedAt", |it| Cell::shown_if(it.finished_at.as_ref())),
        ("extendedAt", |it| Cell::shown_if(it.extended_at.as_ref())),
        ("extensionGrounds", |it| {
            Cell::Codes(it.extension_grounds.iter().map(|ground| ground.code()).collect())
        }),
        ("extensionReason", |it| words(it.extension_reason.as_ref())),
        ("purpose", |it| Cell::code_if(it.purpose.map(Purpose::code))),
        ("objectionGrounds", |it| words(it.objection_grounds.as_ref())),
        ("restrictionGround", |it| Cell::code_if(it.restriction_ground.map(RestrictionGround::code))),
        ("erasureCategories", Self::erases),
        ("planSha256", |it| Cell::shown_if(it.plan_sha256.as_ref())),
    ];
}

/// A step in a request's life.
pub struct Step {
    /// Of which request.
    pub request: RequestId,
    /// When.
    pub at: Timestamp,
    /// Status after it.
    pub status: RequestStatus,
    /// Who.
    pub actor: ActorId,
    /// What happened, as a code.
    pub step: String,
}

impl Record for Step {
    const KIND: Kind = Kind::RightsRequestSteps;
    const COLUMNS: &'static [Column<Self>] = &[
        ("requestId", |it| Cell::shown(&it.request)),
        ("at", |it| Cell::shown(&it.at)),
        ("step", |it| Cell::shown(&it.step)),
        ("status", |it| Cell::code(it.status.code())),
        ("actor", |it| Cell::shown(&it.actor.as_str())),
    ];
}

/// What was done to a category or a record.
pub struct Outcome {
    /// By which request.
    pub request: RequestId,
    /// Which category.
    pub category: DataCategory,
    /// Which accounting record, where it is about one.
    pub record: Option<AccountingRecordId>,
    /// What was done.
    pub action: OutcomeAction,
    /// Why it was kept.
    pub retention_ground: Option<RetentionGround>,
    /// Until and including when it is kept, where known.
    pub retained_through: Option<Date>,
}

impl Record for Outcome {
    const KIND: Kind = Kind::RightsRequestOutcomes;
    const COLUMNS: &'static [Column<Self>] = &[
        ("requestId", |it| Cell::shown(&it.request)),
        ("category", |it| Cell::code(it.category.code())),
        ("accountingRecordId", |it| Cell::shown_if(it.record.as_ref())),
        ("action", |it| Cell::code(it.action.code())),
        ("retentionGround", |it| Cell::code_if(it.retention_ground.map(RetentionGround::code))),
        ("retainedThrough", |it| Cell::shown_if(it.retained_through.as_ref())),
    ];
}

/// A value that a request for rectification wants corrected.
pub struct Correction {
    /// Of which request.
    pub request: RequestId,
    /// Which value.
    pub category: DataCategory,
    /// What is wrong with it.
    pub fault: RectificationFault,
    /// What it should say.
    pub new_value: Personal<String>,
}

impl Record for Correction {
    const KIND: Kind = Kind::RightsRequestCorrections;
    const COLUMNS: &'static [Column<Self>] = &[
        ("requestId", |it| Cell::shown(&it.request)),
        ("category", |it| Cell::code(it.category.code())),
        ("fault", |it| Cell::code(it.fault.code())),
        ("newValue", |it| Cell::personal(Some(&it.new_value))),
    ];
}
