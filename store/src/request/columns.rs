//! A request's state between its enumeration and its columns.

use domain::actor::ActorId;
use domain::id::{RequestId, SubjectId};
use domain::outcome::Outcome;
use domain::request::channel::RequestChannel;
use domain::request::identity::{Identification, IdentityVerificationMethod};
use domain::request::kind::RequestKind;
use domain::request::reference::Reference;
use domain::request::refusal::RefusalGround;
use domain::request::state::State;
use domain::request::status::RequestStatus;
use domain::request::stored::{Decision, StoredState, Verdict};
use domain::text::Description;
use entity::rights_request::{ActiveModel, Column, Entity, Model};
use jiff::Timestamp;
use sea_orm::ActiveModelTrait as _;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::Expr;

use super::{StoredRequest, TABLE};
use crate::error::StoreError;
use crate::scoped::{Changes, Rows};
use crate::tenant_tx::{Sees, TenantTx};
use crate::time;
use crate::vault::{KeyClass, Place, SubjectKeys};

/// The columns that a state fills; the reasons of a refusal sealed.
pub(super) struct StateColumns {
    stored: StoredState,
    reasons: Option<String>,
}

impl StateColumns {
    pub(super) fn into_row(self) -> ActiveModel {
        let instant = |at: Option<Timestamp>| at.map(time::to_row);
        let StoredState { status, identity_asked_at, identified, decision, finished_at } = self.stored;
        let (identified, decision) = (identified.as_ref(), decision.as_ref());
        ActiveModel {
            status: Set(status.code().to_owned()),
            identity_asked_at: Set(instant(identity_asked_at)),
            identified_by_method: Set(identified.map(|how| how.method.code().to_owned())),
            identified_at: Set(instant(identified.map(|how| how.at))),
            identified_by: Set(identified.map(|how| how.by.as_str().to_owned())),
            verdict: Set(decision.map(|decision| decision.verdict.code().to_owned())),
            decided_at: Set(instant(decision.map(|decision| decision.at))),
            decided_by: Set(decision.map(|decision| decision.by.as_str().to_owned())),
            refusal_ground: Set(decision
                .and_then(|decision| decision.ground)
                .map(|ground| ground.code().to_owned())),
            reasons: Set(self.reasons),
            finished_at: Set(instant(finished_at)),
            ..Default::default()
        }
    }

    /// Sets every column of the state.
    pub(super) fn apply(self, mut change: Changes<Entity>) -> Changes<Entity> {
        let row = self.into_row();
        for column in [
            Column::Status,
            Column::IdentityAskedAt,
            Column::IdentifiedByMethod,
            Column::IdentifiedAt,
            Column::IdentifiedBy,
            Column::Verdict,
            Column::DecidedAt,
            Column::DecidedBy,
            Column::RefusalGround,
            Column::Reasons,
            Column::FinishedAt,
        ] {
            if let Some(value) = row.get(column).into_value() {
                change = change.set(column, Expr::value(value));
            }
        }
        change
    }
}

impl<S: Sees> TenantTx<S> {
    pub(super) async fn state_columns(
        &self,
        request: RequestId,
        subject: SubjectId,
        state: &State,
    ) -> Result<StateColumns, StoreError> {
        let stored = StoredState::from(state);
        let reasons = stored.decision.as_ref().and_then(|decision| decision.reasons.as_ref());
        let Some(reasons) = reasons.map(Description::as_str) else {
            return Ok(StateColumns { stored, reasons: None });
        };
        let keys = self.vault.subject_keys(self.tenant(), &[subject], KeyClass::Ordinary).await?;
        let key = keys.get(&subject).ok_or(StoreError::KeyGone)?;
        let sealed = key.seal(self.reasons_place(request, subject), reasons.as_bytes(), self.entropy())?;
        Ok(StateColumns { reasons: Some(hex::encode(sealed)), stored })
    }

    /// Reads requests; the keys for sealed reasons come in one batch, and only where there are any.
    pub(super) async fn read_requests(&self, rows: Rows<Entity>) -> Result<Vec<StoredRequest>, StoreError> {
        let rows = rows.all(&self.bound).await?;
        let with_reasons = rows.iter().filter(|row| row.reasons.is_some());
        let subjects: Vec<_> = with_reasons.map(|row| SubjectId::from_uuid(row.subject_id)).collect();
        let keys = self.vault.subject_keys(self.tenant(), &subjects, KeyClass::Ordinary).await?;
        rows.into_iter().map(|row| self.read_request(row, &keys)).collect()
    }

    fn read_request(&self, row: Model, keys: &SubjectKeys) -> Result<StoredRequest, StoreError> {
        let (id, subject) = (RequestId::from_uuid(row.id), SubjectId::from_uuid(row.subject_id));
        let stored = StoredState {
            status: RequestStatus::from_code(&row.status).ok_or(inconsistent("status"))?,
            identity_asked_at: row.identity_asked_at.map(time::from_row),
            identified: identification(&row)?,
            decision: self.decision(&row, keys)?,
            finished_at: row.finished_at.map(time::from_row),
        };
        let year = i16::try_from(row.reference_year).map_err(|_| inconsistent("reference_year"))?;
        let number = u32::try_from(row.reference_number).map_err(|_| inconsistent("reference_number"))?;
        let outcomes: Vec<Outcome> =
            serde_json::from_value(row.outcomes).map_err(|_| inconsistent("outcomes"))?;
        Ok(StoredRequest {
            id,
            reference: Reference::new(year, number),
            subject,
            kind: RequestKind::from_code(&row.kind).ok_or(inconsistent("kind"))?,
            channel: RequestChannel::from_code(&row.channel).ok_or(inconsistent("channel"))?,
            received_at: time::from_row(row.received_at),
            submitted_at: time::from_row(row.submitted_at),
            due_at: time::from_row(row.due_at),
            unpaused_due_at: time::from_row(row.unpaused_due_at),
            state: State::try_from(stored).map_err(|_| inconsistent("status"))?,
            outcomes,
        })
    }

    fn decision(&self, row: &Model, keys: &SubjectKeys) -> Result<Option<Decision>, StoreError> {
        let (Some(verdict), Some(at), Some(by)) = (&row.verdict, row.decided_at, &row.decided_by) else {
            return Ok(None);
        };
        let ground = match &row.refusal_ground {
            None => None,
            Some(code) => Some(RefusalGround::from_code(code).ok_or(inconsistent("refusal_ground"))?),
        };
        Ok(Some(Decision {
            verdict: Verdict::from_code(verdict).ok_or(inconsistent("verdict"))?,
            at: time::from_row(at),
            by: ActorId::new(by),
            ground,
            reasons: self.reasons(row, keys)?,
        }))
    }

    /// The reasons; gone with the person's ordinary key.
    fn reasons(&self, row: &Model, keys: &SubjectKeys) -> Result<Option<Description>, StoreError> {
        let (request, subject) = (RequestId::from_uuid(row.id), SubjectId::from_uuid(row.subject_id));
        let (Some(sealed), Some(key)) = (&row.reasons, keys.get(&subject)) else {
            return Ok(None);
        };
        let sealed = hex::decode(sealed).map_err(|_| inconsistent("reasons"))?;
        let clear = key.open(self.reasons_place(request, subject), &sealed)?;
        let text = std::str::from_utf8(&clear).map_err(|_| inconsistent("reasons"))?;
        Description::parse(text).map(Some).map_err(|_| inconsistent("reasons"))
    }

    const fn reasons_place(&self, request: RequestId, subject: SubjectId) -> Place<'static> {
        let (tenant, subject) = (self.tenant().uuid(), subject.uuid());
        Place { tenant, subject, table: TABLE, column: "reasons", row: request.uuid() }
    }
}

const fn inconsistent(column: &'static str) -> StoreError {
    StoreError::Inconsistent { table: TABLE, column }
}

fn identification(row: &Model) -> Result<Option<Identification>, StoreError> {
    let (Some(method), Some(at), Some(by)) =
        (&row.identified_by_method, row.identified_at, &row.identified_by)
    else {
        return Ok(None);
    };
    let method = IdentityVerificationMethod::from_code(method).ok_or(inconsistent("identified_by_method"))?;
    Ok(Some(Identification { method, at: time::from_row(at), by: ActorId::new(by) }))
}
