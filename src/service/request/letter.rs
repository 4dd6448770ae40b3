//! The letter to the person: what there is to tell of a request, from what is known of it.

use domain::calendar::local_time;
use domain::category::DataCategory;
use domain::language::Language;
use domain::outcome::{Outcome, OutcomeAction};
use domain::personal::Personal;
use domain::request::extension::Extension;
use domain::request::kind::RequestKind;
use domain::request::state::State;
use domain::request::stored::Decision;
use domain::subject::SubjectStatus;
use domain::text::Description;
use jiff::Timestamp;
use store::{Sees, StoreError, StoredRecord, StoredRequest, StoredSubject, TenantTx};

use super::fulfilment::{asked, portability};
use crate::package::letter::markdown;
use crate::package::letter::request::{
    self as letters, Addressee, Answer, Case, Identified, Line, RecordName, RefusalCause, RestrictionSpan,
    Stage,
};
use crate::service::Gateway;
use crate::service::correspondence::{address, value};
use crate::service::reading::Reading;
use crate::service::trail::Entry;

/// What a letter tells, when, and in which language.
pub(super) struct Told {
    pub stage: Stage,
    pub made_at: Timestamp,
    pub language: Language,
}

impl Reading {
    /// The letter about a request as it stands, in Markdown. What it shows of the person goes into the entry.
    ///
    /// # Errors
    /// When a database fails or a row is inconsistent.
    pub async fn letter(
        &self,
        request: &StoredRequest,
        language: Language,
        entry: &Entry,
    ) -> Result<String, StoreError> {
        let gone = StoreError::Inconsistent { table: "rights_request", column: "subject_id" };
        let person = self.tx.find_subject(request.subject).await?.ok_or(gone)?;
        let told = self.gateway.told(&self.tx, (request, &person), language).await?;
        let case = self.gateway.case(&self.tx, (request, &person), told).await?;
        if let Some(addressee) = &case.addressee {
            let shown = [
                addressee.name.as_ref().map(|_| DataCategory::Name),
                addressee.address.as_ref().map(|_| DataCategory::Address),
            ];
            shown.into_iter().flatten().for_each(|category| entry.disclosed(category));
        }
        Ok(markdown::render(&letters::letter(&case)))
    }
}

impl Gateway {
    /// A case for a letter: the request, the parties and the addressee around what is told.
    pub(super) async fn case<S: Sees>(
        &self,
        tx: &TenantTx<S>,
        (request, person): (&StoredRequest, &StoredSubject),
        told: Told,
    ) -> Result<Case, StoreError> {
        let parties = self.parties(tx).await?;
        let restrictions = tx.list_restrictions(&[person.id]).await?;
        let restriction = restrictions.iter().find(|restriction| restriction.request == request.id);
        let addressee = if person.status == SubjectStatus::Erased {
            None
        } else {
            Some(Addressee { name: value(person, DataCategory::Name)?, address: address(person)? })
        };
        Ok(Case {
            reference: request.reference.to_string(),
            kind: request.kind,
            purpose: request.purpose,
            received_at: request.received_at,
            made_at: told.made_at,
            zone: local_time(told.made_at).time_zone().clone(),
            language: told.language,
            controller: parties.controller,
            processor: parties.processor,
            authority: parties.authority,
            addressee,
            restriction: restriction.map(|restriction| RestrictionSpan {
                started_at: restriction.started_at,
                lifted_at: restriction.lifted_at,
            }),
            stage: told.stage,
        })
    }

    /// What there is to tell of a request now.
    async fn told<S: Sees>(
        &self,
        tx: &TenantTx<S>,
        (request, person): (&StoredRequest, &StoredSubject),
        language: Language,
    ) -> Result<Told, StoreError> {
        let deadline = self.deadline(request, tx.now());
        let (due_on, at) = (deadline.due_on, request.submitted_at);
        let (stage, made_at) = match &request.state {
            State::Received | State::UnderReview(_) => {
                let identified = request.state.identification();
                let identified = identified.map_or(Identified::No, |_| Identified::Yes);
                let received = || (Stage::Received { due_on, identified }, at);
                let told = |extension: &Extension| (extended(extension, due_on), extension.at);
                request.extension.as_ref().map_or_else(received, told)
            }
            State::AwaitingIdentity { asked_at } => {
                let stage = Stage::IdentityAsked {
                    asked_at: *asked_at,
                    reason: words(request.identity_reason.as_ref()),
                    pause: self.settings.deadlines.identity_pause,
                    unpaused_due_on: deadline.unpaused_due_on,
                };
                (stage, *asked_at)
            }
            State::InProgress(_, approval) => (Stage::InProgress { due_on }, approval.at),
            State::Completed { at, .. } | State::PartiallyCompleted { at, .. } => {
                self.answered(tx, (request, person), (language, *at)).await?
            }
            State::Refused { refusal, .. } => {
                let decision = request.state.decision();
                (refused(tx, request, decision.as_ref()).await?, refusal.at)
            }
            State::Withdrawn { at, .. } => (Stage::Withdrawn { at: *at }, *at),
        };
        Ok(Told { stage, made_at, language })
    }

    async fn answered<S: Sees>(
        &self,
        tx: &TenantTx<S>,
        (request, person): (&StoredRequest, &StoredSubject),
        (language, at): (Language, Timestamp),
    ) -> Result<(Stage, Timestamp), StoreError> {
        let records = tx.list_records(&[person.id]).await?;
        let outcomes = lines(&request.outcomes, &records);
        let later = erased_later(&request.outcomes);
        if !later.is_empty() {
            let steps = tx.list_steps(&[request.id]).await?;
            let last = steps.iter().rev().find(|step| step.step == "REMAINDER_ERASED");
            let erased_now = lines(&later, &records);
            return Ok((Stage::CompletedLater { outcomes, erased_now }, last.map_or(at, |step| step.at)));
        }
        let packages = tx.list_packages(&[request.id]).await?;
        let corrected = request.outcomes.iter().filter(|it| it.action == OutcomeAction::Rectified);
        let excluded = if request.kind == RequestKind::Portability {
            portability::excluded(&portability::plan(tx, request, person).await?, language)
        } else {
            Vec::new()
        };
        let asked = match request.kind {
            RequestKind::Access | RequestKind::Portability => asked::systems(tx, request).await?,
            _ => Vec::new(),
        };
        let answer = Answer {
            outcomes,
            corrections: corrected.map(|outcome| outcome.category).collect(),
            excluded,
            asked,
            package_until: packages.first().map(|package| package.expires_at),
        };
        Ok((Stage::Answered(answer), at))
    }
}

fn extended(extension: &Extension, due_on: jiff::civil::Date) -> Stage {
    Stage::Extended {
        grounds: extension.grounds.iter().copied().collect(),
        reason: words(extension.reason.as_ref()),
        due_on,
    }
}

async fn refused<S: Sees>(
    tx: &TenantTx<S>,
    request: &StoredRequest,
    decision: Option<&Decision>,
) -> Result<Stage, StoreError> {
    let missing = StoreError::Inconsistent { table: "rights_request", column: "refusal_ground" };
    let (ground, reasons) = match decision {
        Some(Decision { ground: Some(ground), reasons, .. }) => (*ground, reasons.as_ref()),
        _ => return Err(missing),
    };
    let steps = tx.list_steps(&[request.id]).await?;
    let by_erasure =
        steps.iter().any(|step| matches!(step.step.as_str(), "CLOSED_BY_ERASURE" | "ERASED_AGAIN"));
    let cause = if by_erasure { RefusalCause::DataErased } else { RefusalCause::Decision };
    Ok(Stage::Refused { ground, reasons: words(reasons), cause })
}

fn words(text: Option<&Description>) -> Option<Personal<String>> {
    text.map(|text| Personal::new(text.as_str().to_owned()))
}

/// Outcomes as a letter tells them; a record that is still there is called by its number.
pub(super) fn lines(outcomes: &[Outcome], records: &[StoredRecord]) -> Vec<Line> {
    let line = |outcome: &Outcome| {
        let record = records.iter().find(|record| Some(record.id.uuid()) == outcome.record);
        Line {
            category: outcome.category,
            record_id: outcome.record,
            record: record.map(|record| RecordName { kind: record.kind, number: record.number.clone() }),
            action: outcome.action,
            ground: outcome.retention_ground,
            retained_through: outcome.retained_through,
        }
    };
    outcomes.iter().map(line).collect()
}

/// What an erasure had to keep first and erased later.
fn erased_later(outcomes: &[Outcome]) -> Vec<Outcome> {
    let was_kept = |erased: &Outcome| {
        outcomes.iter().any(|outcome| {
            outcome.action == OutcomeAction::Retained
                && (outcome.category, outcome.record) == (erased.category, erased.record)
        })
    };
    let erased = outcomes.iter().filter(|outcome| outcome.action == OutcomeAction::Erased);
    erased.filter(|outcome| was_kept(outcome)).copied().collect()
}
