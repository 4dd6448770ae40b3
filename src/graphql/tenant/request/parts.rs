//! What a request is made of.

use async_graphql::{ID, SimpleObject};
use domain::language::Language;
use domain::outcome::Outcome;
use domain::request::identity::Identification;
use domain::request::stored::Decision;

use crate::graphql::scalars::{Date, DateTime};
use crate::graphql::vocabulary::{
    DataCategory, IdentityVerificationMethod, OutcomeAction, RefusalGround, RetentionGround,
    RightsRequestStatus, Verdict,
};
use crate::service::records::StoredStep;
use crate::service::request::describe_step;

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

/// What happened, or would happen, to the data of one category or record.
#[derive(SimpleObject)]
pub struct RecordOutcome {
    /// Which category.
    category: DataCategory,
    /// What was done.
    action: OutcomeAction,
    /// Why it was kept.
    retention_ground: Option<RetentionGround>,
    /// Until and including when it is kept, where known; it is erased the day after without being asked again.
    retained_through: Option<Date>,
}

impl From<&Outcome> for RecordOutcome {
    fn from(outcome: &Outcome) -> Self {
        Self {
            category: outcome.category.into(),
            action: outcome.action.into(),
            retention_ground: outcome.retention_ground.map(Into::into),
            retained_through: outcome.retained_through.map(Into::into),
        }
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
