//! A request between its columns and its state.

use domain::actor::ActorId;
use domain::category::Categories;
use domain::id::{RequestId, SubjectId};
use domain::outcome::Outcome;
use domain::purpose::Purpose;
use domain::request::channel::RequestChannel;
use domain::request::extension::{Extension, ExtensionGround};
use domain::request::identity::{Identification, IdentityVerificationMethod};
use domain::request::kind::RequestKind;
use domain::request::reference::Reference;
use domain::request::refusal::RefusalGround;
use domain::request::state::State;
use domain::request::status::RequestStatus;
use domain::request::stored::{Decision, StoredState, Verdict};
use domain::restriction::RestrictionGround;
use domain::text::Description;
use entity::rights_request::{ActiveModel, Column, Entity, Model};
use jiff::Timestamp;
use sea_orm::ActiveModelTrait as _;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::Expr;
use serde_json::json;

use super::texts::{self, Opener};
use super::{StoredRequest, TABLE};
use crate::backend::categories_of;
use crate::error::StoreError;
use crate::scoped::{Changes, Rows};
use crate::subject::StoredSubject;
use crate::tenant_tx::{Sees, TenantTx};
use crate::time;
use crate::vault::SubjectKeys;

/// The columns that steps change.
const CHANGING: [Column; 15] = [
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
    Column::ExtendedAt,
    Column::ExtensionGrounds,
    Column::ExtensionReason,
    Column::IdentityReason,
];

/// Sets every column that a step may have changed.
pub(super) fn apply(row: &ActiveModel, mut change: Changes<Entity>) -> Changes<Entity> {
    for column in CHANGING {
        if let Some(value) = row.get(column).into_value() {
            change = change.set(column, Expr::value(value));
        }
    }
    change
}

impl<S: Sees> TenantTx<S> {
    /// The columns that steps change, the texts among them sealed.
    pub(super) fn state_columns(
        &self,
        person: &StoredSubject,
        request: &StoredRequest,
    ) -> Result<ActiveModel, StoreError> {
        let stored = StoredState::from(&request.state);
        let extension = request.extension.as_ref();
        let reasons = stored.decision.as_ref().and_then(|decision| decision.reasons.as_ref());
        let seal = |column, text: Option<&Description>| {
            text.map(|text| self.seal_request_text(person, request.id, (column, text.as_str()))).transpose()
        };
        Ok(ActiveModel {
            reasons: Set(seal("reasons", reasons)?),
            extension_reason: Set(seal("extension_reason", extension.and_then(|it| it.reason.as_ref()))?),
            identity_reason: Set(seal("identity_reason", request.identity_reason.as_ref())?),
            ..state_row(request)
        })
    }

    /// A text of a request, sealed under the key that goes with the person's data.
    pub(super) fn seal_request_text(
        &self,
        person: &StoredSubject,
        request: RequestId,
        (column, text): (&'static str, &str),
    ) -> Result<String, StoreError> {
        let place = texts::place(self.tenant(), person.id, request, column);
        Ok(hex::encode(person.to_seal_rights()?.seal(place, text.as_bytes(), self.entropy())?))
    }

    /// Reads requests; the keys for sealed texts come in one batch, and only where there are any.
    pub(super) async fn read_requests(&self, rows: Rows<Entity>) -> Result<Vec<StoredRequest>, StoreError> {
        let rows = rows.all(&self.bound).await?;
        let mut sealed = Vec::new();
        for row in &rows {
            let first = texts::sealed(row).into_iter().flatten().next();
            if let Some(text) = first {
                sealed.push((SubjectId::from_uuid(row.subject_id), hex::decode(text).unwrap_or_default()));
            }
        }
        let wanted: Vec<_> = sealed.iter().map(|(person, text)| (*person, Some(text.as_slice()))).collect();
        let keys = self.keys_of(&wanted).await?;
        rows.iter().map(|row| self.read_request(row, &keys)).collect()
    }

    fn read_request(&self, row: &Model, keys: &SubjectKeys) -> Result<StoredRequest, StoreError> {
        let (id, subject) = (RequestId::from_uuid(row.id), SubjectId::from_uuid(row.subject_id));
        let opener = Opener {
            tenant: self.tenant(),
            subject,
            request: id,
            keys: keys.get(&subject).map(AsRef::as_ref),
        };
        let stored = StoredState {
            status: RequestStatus::from_code(&row.status).ok_or(inconsistent("status"))?,
            identity_asked_at: row.identity_asked_at.map(time::from_row),
            identified: identification(row)?,
            decision: decision(row, &opener)?,
            finished_at: row.finished_at.map(time::from_row),
        };
        let year = i16::try_from(row.reference_year).map_err(|_| inconsistent("reference_year"))?;
        let number = u32::try_from(row.reference_number).map_err(|_| inconsistent("reference_number"))?;
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
            outcomes: outcomes(row.outcomes.clone())?,
            purpose: coded(row.purpose.as_deref(), Purpose::from_code, "purpose")?,
            restriction_ground: coded(
                row.restriction_ground.as_deref(),
                RestrictionGround::from_code,
                "restriction_ground",
            )?,
            erasure_categories: categories(row.erasure_categories.as_ref())?,
            plan_sha256: row.plan_sha256.clone(),
            carried_out_at: row.carried_out_at.map(time::from_row),
            extension: extension(row, &opener)?,
            identity_reason: opener.text("identity_reason", row.identity_reason.as_ref())?,
            objection_grounds: opener.text("objection_grounds", row.objection_grounds.as_ref())?,
            rectifications: opener.corrections(row.rectifications.as_ref())?,
        })
    }
}

/// The columns that steps change, without the texts among them.
pub(crate) fn state_row(request: &StoredRequest) -> ActiveModel {
    let instant = |at: Option<Timestamp>| at.map(time::to_row);
    let stored = StoredState::from(&request.state);
    let (identified, decision) = (stored.identified.as_ref(), stored.decision.as_ref());
    let extension = request.extension.as_ref();
    let ground = decision.and_then(|decision| decision.ground);
    ActiveModel {
        status: Set(stored.status.code().to_owned()),
        identity_asked_at: Set(instant(stored.identity_asked_at)),
        identified_by_method: Set(identified.map(|how| how.method.code().to_owned())),
        identified_at: Set(instant(identified.map(|how| how.at))),
        identified_by: Set(identified.map(|how| how.by.as_str().to_owned())),
        verdict: Set(decision.map(|decision| decision.verdict.code().to_owned())),
        decided_at: Set(instant(decision.map(|decision| decision.at))),
        decided_by: Set(decision.map(|decision| decision.by.as_str().to_owned())),
        refusal_ground: Set(ground.map(|ground| ground.code().to_owned())),
        finished_at: Set(instant(stored.finished_at)),
        extended_at: Set(instant(extension.map(|extension| extension.at))),
        extension_grounds: Set(extension.map(|extension| json!(extension.grounds))),
        ..Default::default()
    }
}

/// A new request's row: with the columns that steps change, without what the person says.
pub(crate) fn new_row(request: &StoredRequest, state: ActiveModel) -> ActiveModel {
    let categories = request.erasure_categories.as_ref();
    ActiveModel {
        id: Set(request.id.uuid()),
        reference_year: Set(request.reference.year.into()),
        reference_number: Set(i32::try_from(request.reference.number).unwrap_or(i32::MAX)),
        subject_id: Set(request.subject.uuid()),
        kind: Set(request.kind.code().to_owned()),
        channel: Set(request.channel.code().to_owned()),
        received_at: Set(time::to_row(request.received_at)),
        submitted_at: Set(time::to_row(request.submitted_at)),
        due_at: Set(time::to_row(request.due_at)),
        unpaused_due_at: Set(time::to_row(request.unpaused_due_at)),
        outcomes: Set(json!(request.outcomes)),
        purpose: Set(request.purpose.map(|purpose| purpose.code().to_owned())),
        restriction_ground: Set(request.restriction_ground.map(|ground| ground.code().to_owned())),
        erasure_categories: Set(categories.map(|categories| json!(categories))),
        plan_sha256: Set(None),
        carried_out_at: Set(None),
        ..state
    }
}

const fn inconsistent(column: &'static str) -> StoreError {
    StoreError::Inconsistent { table: TABLE, column }
}

fn outcomes(list: serde_json::Value) -> Result<Vec<Outcome>, StoreError> {
    serde_json::from_value(list).map_err(|_| inconsistent("outcomes"))
}

fn categories(list: Option<&serde_json::Value>) -> Result<Option<Categories>, StoreError> {
    // A JSON null and an absent value are the same to the one database and not to the other.
    let list = list.filter(|list| !list.is_null());
    list.map(|list| categories_of(list).ok_or(inconsistent("erasure_categories"))).transpose()
}

fn coded<T>(
    code: Option<&str>,
    read: impl Fn(&str) -> Option<T>,
    column: &'static str,
) -> Result<Option<T>, StoreError> {
    code.map(|code| read(code).ok_or(inconsistent(column))).transpose()
}

fn extension(row: &Model, opener: &Opener<'_>) -> Result<Option<Extension>, StoreError> {
    let (Some(at), Some(grounds)) = (row.extended_at, &row.extension_grounds) else {
        return Ok(None);
    };
    let grounds: Vec<ExtensionGround> =
        serde_json::from_value(grounds.clone()).map_err(|_| inconsistent("extension_grounds"))?;
    let at = time::from_row(at);
    let reason = opener.text("extension_reason", row.extension_reason.as_ref())?;
    Ok(Some(Extension { at, grounds: grounds.into_iter().collect(), reason, informed_at: at }))
}

fn decision(row: &Model, opener: &Opener<'_>) -> Result<Option<Decision>, StoreError> {
    let (Some(verdict), Some(at), Some(by)) = (&row.verdict, row.decided_at, &row.decided_by) else {
        return Ok(None);
    };
    Ok(Some(Decision {
        verdict: Verdict::from_code(verdict).ok_or(inconsistent("verdict"))?,
        at: time::from_row(at),
        by: ActorId::new(by),
        ground: coded(row.refusal_ground.as_deref(), RefusalGround::from_code, "refusal_ground")?,
        reasons: opener.text("reasons", row.reasons.as_ref())?,
    }))
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
