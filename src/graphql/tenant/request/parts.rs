//! What a request is made of.

use async_graphql::{Context, ID, Object, Result, SimpleObject};
use domain::language::Language;
use domain::request::extension::Extension;
use domain::request::identity::Identification;
use domain::request::stored::Decision;
use domain::scope::Scope;
use domain::text::Description;

use crate::graphql::gate::{any_of, personal_data, requires_scopes};
use crate::graphql::operation::operation;
use crate::graphql::scalars::DateTime;
use crate::graphql::vocabulary::{
    DataCategory, ExtensionGround, IdentityVerificationMethod, RectificationFault, RefusalGround,
    RightsRequestStatus, Verdict,
};
use crate::service::records::{Correction, StoredStep};
use crate::service::request::describe_step;
use crate::service::trail::Entry;

/// How the requester's identity was confirmed.
#[derive(SimpleObject)]
pub struct IdentityVerification {
    /// The means.
    method: IdentityVerificationMethod,
    /// When.
    verified_at: DateTime,
    /// By whom (actor id).
    verified_by: String,
}

impl From<Identification> for IdentityVerification {
    fn from(how: Identification) -> Self {
        Self {
            method: how.method.into(),
            verified_at: how.at.into(),
            verified_by: how.by.as_str().to_owned(),
        }
    }
}

/// A decision of the controller.
#[derive(SimpleObject)]
pub struct RightsRequestDecision {
    /// Approved or refused.
    verdict: Verdict,
    /// When.
    decided_at: DateTime,
    /// By whom (actor id).
    decided_by: String,
    /// For a refusal: the ground.
    refusal_ground: Option<RefusalGround>,
    /// For a refusal: the reasons, as the person is told them (Art. 12(4)).
    reasons: Option<String>,
    /// A refusal after the first month, which Art. 12(4) does not foresee even where the deadline was extended.
    late_refusal: bool,
}

impl RightsRequestDecision {
    /// A decision, and whether it is a late refusal.
    pub fn new(decision: Decision, late_refusal: bool) -> Self {
        Self {
            verdict: decision.verdict.into(),
            decided_at: decision.at.into(),
            decided_by: decision.by.as_str().to_owned(),
            refusal_ground: decision.ground.map(Into::into),
            reasons: decision.reasons.map(|reasons| reasons.as_str().to_owned()),
            late_refusal,
        }
    }
}

/// A deadline extension.
#[derive(SimpleObject)]
pub struct DeadlineExtension {
    /// When it was decided.
    extended_at: DateTime,
    /// On what the extension rests.
    grounds: Vec<ExtensionGround>,
    /// What the person was told.
    reason: String,
    /// When the person was told.
    subject_informed_at: DateTime,
}

impl From<&Extension> for DeadlineExtension {
    fn from(extension: &Extension) -> Self {
        Self {
            extended_at: extension.at.into(),
            grounds: extension.grounds.iter().map(|ground| (*ground).into()).collect(),
            // Empty once it was erased with the person: the schema promises a text.
            reason: extension.reason.as_ref().map_or("", Description::as_str).to_owned(),
            subject_informed_at: extension.informed_at.into(),
        }
    }
}

/// One correction that a data subject asks for.
pub struct Rectification {
    correction: Correction,
    entry: Entry,
}

impl Rectification {
    /// A correction, which is shown on an entry of the audit log.
    pub const fn new(correction: Correction, entry: Entry) -> Self {
        Self { correction, entry }
    }
}

/// One correction that a data subject asks for.
#[Object]
impl Rectification {
    /// Which value.
    async fn category(&self) -> DataCategory {
        self.correction.category.into()
    }

    /// What is wrong with it.
    async fn fault(&self) -> RectificationFault {
        self.correction.fault.into()
    }

    /// What it should say; an address as its JSON object.
    #[graphql(directive = requires_scopes::apply(any_of(&[Scope::SubjectsRead, Scope::SelfRead])), directive = personal_data::apply(None))]
    async fn new_value(&self, ctx: &Context<'_>) -> Option<Result<&str>> {
        let gate = operation(ctx).and_then(|operation| operation.gate("Rectification", ctx));
        Some(gate.inspect_err(|_| self.entry.denied()).map(|()| {
            self.entry.disclosed(self.correction.category);
            self.correction.new_value.reveal().as_str()
        }))
    }
}

/// A step in a request's life.
#[derive(SimpleObject)]
pub struct RightsRequestEvent {
    /// When.
    occurred_at: DateTime,
    /// Status after it.
    status: RightsRequestStatus,
    /// Actor id, or `gateway`.
    actor_id: ID,
    /// What happened, without personal data.
    description: String,
}

impl RightsRequestEvent {
    /// A step, told in a language.
    pub fn told(step: &StoredStep, language: Language) -> Self {
        Self {
            occurred_at: step.at.into(),
            status: step.status.into(),
            actor_id: step.actor.as_str().into(),
            description: describe_step(&step.step, language).to_owned(),
        }
    }
}
