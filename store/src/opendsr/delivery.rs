//! Delivery of callbacks. One piece of due work for each request stands for all that is to be told of it. To one address
//! callbacks go in the order of what they tell; an address that does not answer holds up no other.

use std::collections::BTreeSet;

use domain::id::TenantId;
use domain::opendsr::SubjectRequestId;
use domain::request::status::RequestStatus;
use domain::task::Term;
use entity::opendsr_callback::{Column, Entity, Model};
use entity::opendsr_request;
use jiff::Timestamp;
use sea_orm::ColumnTrait as _;
use sea_orm::sea_query::{Expr, Order};
use uuid::Uuid;

use super::callback_urls;
use crate::backend::Bound;
use crate::door::{OpenError, Store, WritingDoor};
use crate::error::StoreError;
use crate::job::{Lease, come_again, hold};
use crate::task::Posted;
use crate::tenant_tx::Unserved;
use crate::time;

const TABLE: &str = "opendsr_callback";

/// A callback to be posted now. No `Debug`: its address may hold a credential.
pub struct DueCallback {
    /// Whose request it is.
    pub tenant: TenantId,
    /// The callback.
    pub id: Uuid,
    /// The controller's name for the request.
    pub subject_request: SubjectRequestId,
    /// Where the request stood.
    pub status: RequestStatus,
    /// When the answer was expected then.
    pub expected_at: Timestamp,
    /// Where it is posted.
    pub url: String,
}

/// What a request's turn brings.
pub enum CallbackTurn {
    /// A callback to be posted.
    Due(Box<DueCallback>),
    /// Nothing is due.
    Nothing,
    /// The tenant is not served.
    Unserved(Unserved),
}

impl Store {
    /// The next callback about the leased request.
    ///
    /// # Errors
    /// [`StoreError::LeaseLost`] when another worker holds the work by now.
    pub async fn next_callback(&self, lease: &Lease) -> Result<CallbackTurn, StoreError> {
        let door = self.writing(lease.tenant()).await.map_err(|error| match error {
            OpenError::UnknownTenant => StoreError::LeaseLost,
            OpenError::Store(error) => error,
        })?;
        let bound = match door {
            WritingDoor::Processing(tx) => tx.bound,
            WritingDoor::WindingDown(tx) => tx.bound,
            WritingDoor::Signing(tx) => {
                return Ok(CallbackTurn::Unserved(tx.unserved().unwrap_or(Unserved::AgreementRequired)));
            }
        };
        let now = self.clock.now();
        hold(&bound, lease, now).await?;
        let Some(sent) = lock_request(&bound, lease.object).await? else {
            end_turn(bound, lease).await?;
            return Ok(CallbackTurn::Nothing);
        };
        let due = heads(&bound, lease.object).await?;
        let Some(row) = due.into_iter().find(|row| row.next_attempt_at <= Some(time::to_row(now))) else {
            end_turn(bound, lease).await?;
            return Ok(CallbackTurn::Nothing);
        };
        let urls = callback_urls(&self.vault, &sent).await?;
        bound.close().await?;
        let inconsistent = |column| StoreError::Inconsistent { table: TABLE, column };
        let url = usize::try_from(row.place).ok().and_then(|place| urls.into_iter().nth(place));
        Ok(CallbackTurn::Due(Box::new(DueCallback {
            tenant: lease.tenant(),
            id: row.id,
            subject_request: SubjectRequestId::from_uuid(row.subject_request_id),
            status: RequestStatus::from_code(&row.status).ok_or(inconsistent("status"))?,
            expected_at: time::from_row(row.expected_at),
            url: url.ok_or(inconsistent("place"))?,
        })))
    }

    /// Records what came of an attempt, and when the request's turn comes again. What was not taken within three days is
    /// given up, and what follows it is told.
    ///
    /// # Errors
    /// [`StoreError::LeaseLost`] when another worker holds the work by now; the callback is posted once more then.
    pub async fn end_callback(
        &self,
        lease: &Lease,
        callback: Uuid,
        posted: &Posted,
    ) -> Result<(), StoreError> {
        let now = self.clock.now();
        let mut chance = [0_u8];
        self.vault.entropy().fill(&mut chance);
        let bound = Bound::writing(&self.data, lease.tenant()).await?;
        hold(&bound, lease, now).await?;
        lock_request(&bound, lease.object).await?;
        let row = bound.find::<Entity>().filter(Column::Id.eq(callback)).one(&bound).await?;
        if let Some(row) = row.filter(|row| row.next_attempt_at.is_some()) {
            record(&bound, &row, (posted, chance[0]), now).await?;
        }
        end_turn(bound, lease).await
    }
}

async fn lock_request(bound: &Bound, id: Uuid) -> Result<Option<opendsr_request::Model>, StoreError> {
    let row = bound.find::<opendsr_request::Entity>().filter(opendsr_request::Column::Id.eq(id));
    row.locked().one(bound).await
}

/// The oldest callback of each address that is still to be told.
async fn heads(bound: &Bound, request: Uuid) -> Result<Vec<Model>, StoreError> {
    let waiting = bound.find::<Entity>().filter(Column::SubjectRequestId.eq(request));
    let waiting = waiting.filter(Column::NextAttemptAt.is_not_null()).order_by(Column::Number, Order::Asc);
    let mut seen = BTreeSet::new();
    Ok(waiting.all(bound).await?.into_iter().filter(|row| seen.insert(row.place)).collect())
}

async fn record(
    bound: &Bound,
    row: &Model,
    (posted, chance): (&Posted, u8),
    now: Timestamp,
) -> Result<(), StoreError> {
    let first = row.first_attempt_at.map_or(now, time::from_row);
    let attempts = row.attempts.saturating_add(1);
    let failures = u32::try_from(attempts).unwrap_or(u32::MAX);
    let (next, taken, error) = match posted {
        Posted::Taken => (None, Some(now), None),
        Posted::Impossible(reason) => (None, None, Some(reason.clone())),
        // No deadline insists: what a callback tells can be asked for at any time.
        Posted::Refused(reason) => {
            let next = Term::beginning(first, first).next_attempt((failures, chance), now);
            (next, None, Some(reason.clone()))
        }
    };
    let attempt = bound.amend::<Entity>().filter(Column::Id.eq(row.id));
    attempt
        .set(Column::Attempts, Expr::value(attempts))
        .set(Column::FirstAttemptAt, Expr::value(time::to_row(first)))
        .set(Column::NextAttemptAt, Expr::value(next.map(time::to_row)))
        .set(Column::TakenAt, Expr::value(taken.map(time::to_row)))
        .set(Column::LastError, Expr::value(error))
        .run(bound)
        .await?;
    Ok(())
}

/// Ends a request's turn: the next comes with its next callback.
async fn end_turn(bound: Bound, lease: &Lease) -> Result<(), StoreError> {
    let next = heads(&bound, lease.object).await?.into_iter().filter_map(|row| row.next_attempt_at).min();
    come_again(bound, lease, next).await
}
