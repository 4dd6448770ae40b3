//! What a controller is to be told: one callback for each status of a request and each of its addresses, queued in the
//! transaction that changed the status.

use domain::clock::Entropy;
use domain::id::{JobId, RequestId, new_uuid};
use domain::request::status::RequestStatus;
use entity::{job, opendsr_callback, opendsr_request, rights_request};
use jiff::Timestamp;
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveValue::Set, ColumnTrait as _, Condition};

use super::callback_urls;
use crate::backend::Bound;
use crate::error::StoreError;
use crate::job::JobKind;
use crate::time;
use crate::vault::Vault;

/// Queues the callbacks about a request's status. A request that did not come as OpenDSR, one without addresses, and a step
/// that leaves the status as it was queue none.
pub(crate) async fn queue_callbacks(
    bound: &Bound,
    vault: &Vault,
    (request, status, number): (RequestId, RequestStatus, i32),
    now: Timestamp,
) -> Result<(), StoreError> {
    let of = opendsr_request::Column::RequestId.eq(request.uuid());
    let Some(sent) = bound.find::<opendsr_request::Entity>().filter(of).locked().one(bound).await? else {
        return Ok(());
    };
    if sent.callback_urls.is_none() || sent.told_status.as_deref() == Some(status.code()) {
        return Ok(());
    }
    let told = bound.amend::<opendsr_request::Entity>().filter(opendsr_request::Column::Id.eq(sent.id));
    told.set(opendsr_request::Column::ToldStatus, Expr::value(status.code())).run(bound).await?;
    let row = bound.find::<rights_request::Entity>().filter(rights_request::Column::Id.eq(request.uuid()));
    let row = row.one(bound).await?;
    let row = row.ok_or(StoreError::Inconsistent { table: super::TABLE, column: "request_id" })?;
    let addresses = callback_urls(vault, &sent).await?.len();
    let callbacks = (0..i32::try_from(addresses).unwrap_or(0)).map(|place| opendsr_callback::ActiveModel {
        id: Set(new_uuid(now, vault.entropy())),
        subject_request_id: Set(sent.id),
        place: Set(place),
        number: Set(number),
        status: Set(status.code().to_owned()),
        expected_at: Set(row.due_at),
        created_at: Set(time::to_row(now)),
        attempts: Set(0),
        first_attempt_at: Set(None),
        next_attempt_at: Set(Some(time::to_row(now))),
        taken_at: Set(None),
        last_error: Set(None),
        ..Default::default()
    });
    bound.put_all::<opendsr_callback::Entity>(callbacks.collect()).await?;
    wake(bound, (sent.id, now), vault.entropy()).await
}

/// Has the request's callbacks delivered from now on. Whoever ends a turn holds the request's row too, so that neither
/// overlooks the other.
async fn wake(
    bound: &Bound,
    (object, now): (uuid::Uuid, Timestamp),
    entropy: &dyn Entropy,
) -> Result<(), StoreError> {
    let kind = JobKind::DeliverCallback.code();
    let is_same = Condition::all().add(job::Column::Kind.eq(kind)).add(job::Column::ObjectId.eq(object));
    let now_row = time::to_row(now);
    if let Some(same) = bound.find::<job::Entity>().filter(is_same.clone()).one(bound).await? {
        // It waits for an address that failed; the others are not to wait with it.
        if same.run_at > now_row {
            let sooner = bound.amend::<job::Entity>().filter(is_same);
            sooner.set(job::Column::RunAt, Expr::value(now_row)).run(bound).await?;
        }
        return Ok(());
    }
    let row = job::ActiveModel {
        id: Set(JobId::new(now, entropy).uuid()),
        kind: Set(kind.to_owned()),
        object_id: Set(object),
        run_at: Set(now_row),
        attempts: Set(0),
        lease_token: Set(None),
        leased_until: Set(None),
        dead_at: Set(None),
        last_error: Set(None),
        created_at: Set(now_row),
        ..Default::default()
    };
    bound.put::<job::Entity>(row).await
}
