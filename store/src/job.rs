//! Due work: rows that the transaction which decided on it enqueued, leased by a worker with a fencing token.

mod kind;

use std::time::Duration;

use domain::clock::Entropy;
use domain::id::{JobId, TenantId};
use entity::job::{ActiveModel, Column, Entity};
use jiff::Timestamp;
use sea_orm::sea_query::{Expr, ExprTrait as _};
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, Condition, ConnectionTrait as _, DbBackend, EntityTrait as _,
    QueryFilter as _, Statement,
};
use uuid::Uuid;

use crate::backend::{Bound, postgres, sqlite};
use crate::door::{OpenError, Store, WritingDoor};
use crate::error::StoreError;
use crate::tenant_tx::{TenantTx, Writes};
use crate::time;

pub use kind::JobKind;

/// Work that this process holds until its time is up: the worker's way into a tenant.
#[derive(Debug)]
pub struct Lease {
    tenant: TenantId,
    job: JobId,
    token: Uuid,
    /// What to do.
    pub kind: JobKind,
    /// With which object.
    pub object: Uuid,
    /// Leases taken so far, this one included.
    pub attempts: u32,
    /// Whether it is a delivery to a system that has failed since it last took a message.
    pub is_to_failing: bool,
}

impl Lease {
    /// Whose work it is.
    #[must_use]
    pub const fn tenant(&self) -> TenantId {
        self.tenant
    }

    /// The piece of work, as logs and audit entries name it.
    #[must_use]
    pub const fn job(&self) -> JobId {
        self.job
    }

    /// What no other lease on the work has.
    pub(crate) const fn token(&self) -> Uuid {
        self.token
    }

    /// Whether even the last attempt that is foreseen was not carried to its end: its process was killed.
    #[must_use]
    pub const fn is_beyond_last(&self) -> bool {
        self.attempts > LAST_ATTEMPT
    }

    /// Whether no further attempt is foreseen.
    #[must_use]
    pub const fn is_last(&self) -> bool {
        self.attempts >= LAST_ATTEMPT
    }
}

/// After so many failed attempts work waits for a person.
pub const LAST_ATTEMPT: u32 = 12;

/// To which systems deliveries are leased.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Recipients {
    /// To all.
    All,
    /// To those alone that took the last message that they were sent.
    Answering,
}

/// Which work is leased. Deliveries and notices wait for others' machines, and nothing else is to wait behind them.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Queue {
    Work,
    Deliveries(Recipients),
    Notices,
}

impl Store {
    /// Takes a lease on the work that is due longest, deliveries and notices left out, if there is any.
    ///
    /// # Errors
    /// When the database fails or a row is inconsistent.
    pub async fn lease(&self, lasts: Duration) -> Result<Option<Lease>, StoreError> {
        self.lease_from(Queue::Work, lasts).await
    }

    /// Takes a lease on the delivery that is due longest, if there is any. Nothing else goes to its system meanwhile.
    ///
    /// # Errors
    /// When the database fails or a row is inconsistent.
    pub async fn lease_delivery(&self, to: Recipients, lasts: Duration) -> Result<Option<Lease>, StoreError> {
        self.lease_from(Queue::Deliveries(to), lasts).await
    }

    /// Takes a lease on the notice by e-mail that is due longest, if there is any.
    ///
    /// # Errors
    /// When the database fails or a row is inconsistent.
    pub async fn lease_notice(&self, lasts: Duration) -> Result<Option<Lease>, StoreError> {
        self.lease_from(Queue::Notices, lasts).await
    }

    async fn lease_from(&self, queue: Queue, lasts: Duration) -> Result<Option<Lease>, StoreError> {
        let now = self.clock.now();
        let tx = self.data.begin_writing().await?;
        self.data.see_all_work(&tx).await?;
        let engine = tx.get_database_backend();
        let Some(row) = tx.query_one_raw(due_in(queue, engine, now)).await? else {
            tx.commit().await?;
            return Ok(None);
        };
        let (tenant, id): (Uuid, Uuid) = (row.try_get("", "tenant_id")?, row.try_get("", "id")?);
        let mine = sea_orm::Condition::all().add(Column::TenantId.eq(tenant)).add(Column::Id.eq(id));
        let token = domain::id::new_uuid(now, self.vault.entropy());
        let until = now.checked_add(lasts).unwrap_or(Timestamp::MAX);
        Entity::update_many()
            .filter(mine.clone())
            .col_expr(Column::LeaseToken, Expr::value(token))
            .col_expr(Column::LeasedUntil, Expr::value(time::to_row(until)))
            .col_expr(Column::Attempts, Expr::col(Column::Attempts).add(1))
            .exec(&tx)
            .await?;
        let job = Entity::find().filter(mine).one(&tx).await?;
        tx.commit().await?;
        let job = job.ok_or(StoreError::LeaseLost)?;
        let kind = JobKind::from_code(&job.kind);
        Ok(Some(Lease {
            tenant: TenantId::from_uuid(tenant),
            job: JobId::from_uuid(id),
            token,
            kind: kind.ok_or(StoreError::Inconsistent { table: "job", column: "kind" })?,
            object: job.object_id,
            attempts: u32::try_from(job.attempts).unwrap_or(u32::MAX),
            is_to_failing: row.try_get("", "failing")?,
        }))
    }

    /// Opens the tenant that enqueued the work.
    ///
    /// # Errors
    /// [`StoreError::LeaseLost`] when another worker holds it by now.
    pub async fn open_leased(&self, lease: &Lease) -> Result<WritingDoor, OpenError> {
        let door = self.writing(lease.tenant).await?;
        let bound = match &door {
            WritingDoor::Processing(tx) => &tx.bound,
            WritingDoor::WindingDown(tx) => &tx.bound,
            WritingDoor::Signing(tx) => &tx.bound,
        };
        hold(bound, lease, self.clock.now()).await?;
        Ok(door)
    }

    /// Opens the tenant that enqueued the work, whatever may be done in it; for doors that judge by themselves.
    pub(crate) async fn bind_leased<S>(&self, lease: &Lease) -> Result<TenantTx<S>, OpenError> {
        let tx = self.bind_writing(lease.tenant).await?;
        hold(&tx.bound, lease, self.clock.now()).await?;
        Ok(tx)
    }

    /// Gives work back after a failure, to be tried again later; what answers a person waits for somebody to look after
    /// [`LAST_ATTEMPT`], anything else is tried on.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn give_back(&self, lease: &Lease, reason: &str) -> Result<(), StoreError> {
        let bound = Bound::writing(&self.data, lease.tenant).await?;
        let now = self.clock.now();
        let pause = Duration::from_secs(2_u64.saturating_pow(Ord::min(lease.attempts, LAST_ATTEMPT)));
        let again = now.checked_add(pause).unwrap_or(Timestamp::MAX);
        let mut change = own(&bound, lease)
            .set(Column::RunAt, Expr::value(time::to_row(again)))
            .set(Column::LastError, Expr::value(reason))
            .set(Column::LeaseToken, Expr::value(Option::<Uuid>::None))
            .set(Column::LeasedUntil, Expr::value(Option::<chrono::DateTime<chrono::Utc>>::None));
        if lease.attempts >= LAST_ATTEMPT && lease.kind.waits_for_a_person() {
            change = change.set(Column::DeadAt, Expr::value(time::to_row(now)));
        }
        change.run(&bound).await?;
        bound.commit().await
    }

    /// Lets work that cannot be done now wait until an instant, without counting it as a failure.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn postpone(&self, lease: &Lease, run_at: Timestamp) -> Result<(), StoreError> {
        let bound = Bound::writing(&self.data, lease.tenant).await?;
        let none: Option<chrono::DateTime<chrono::Utc>> = None;
        own(&bound, lease)
            .set(Column::RunAt, Expr::value(time::to_row(run_at)))
            .set(Column::Attempts, Expr::value(0))
            .set(Column::LeaseToken, Expr::value(Option::<Uuid>::None))
            .set(Column::LeasedUntil, Expr::value(none))
            .run(&bound)
            .await?;
        bound.commit().await
    }

    /// Keeps a lease for longer, when a part of the work took its time.
    ///
    /// # Errors
    /// [`StoreError::LeaseLost`] when another worker holds it by now.
    pub async fn renew_lease(&self, lease: &Lease, lasts: Duration) -> Result<(), StoreError> {
        let bound = Bound::writing(&self.data, lease.tenant).await?;
        let until = self.clock.now().checked_add(lasts).unwrap_or(Timestamp::MAX);
        prolong(&bound, lease, until).await?;
        bound.commit().await
    }

    /// Returns a lease untouched, at a stop: the next worker takes the work at once.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn return_lease(&self, lease: &Lease) -> Result<(), StoreError> {
        let bound = Bound::writing(&self.data, lease.tenant).await?;
        let none: Option<chrono::DateTime<chrono::Utc>> = None;
        own(&bound, lease)
            .set(Column::LeaseToken, Expr::value(Option::<Uuid>::None))
            .set(Column::LeasedUntil, Expr::value(none))
            .set(Column::Attempts, Expr::col(Column::Attempts).sub(1))
            .run(&bound)
            .await?;
        bound.commit().await
    }
}

impl<S: Writes> TenantTx<S> {
    /// Enqueues work with the decision that causes it. The same work for the same object is enqueued once, for the
    /// earlier of two instants.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn enqueue(&self, kind: JobKind, object: Uuid, run_at: Timestamp) -> Result<(), StoreError> {
        let is_same = Condition::all().add(Column::Kind.eq(kind.code())).add(Column::ObjectId.eq(object));
        let same = self.bound.find::<Entity>().filter(is_same.clone()).one(&self.bound).await?;
        if let Some(same) = same {
            // Work that waits for a person is taken up again when it is asked for again.
            if same.dead_at.is_some() || time::from_row(same.run_at) > run_at {
                let none: Option<chrono::DateTime<chrono::Utc>> = None;
                let again = self.bound.amend::<Entity>().filter(is_same);
                let again = again.set(Column::RunAt, Expr::value(time::to_row(run_at)));
                again.set(Column::DeadAt, Expr::value(none)).run(&self.bound).await?;
            }
            return Ok(());
        }
        let row = new_row((self.tenant(), kind, object), run_at, (self.now, self.entropy()));
        self.bound.put::<Entity>(row).await
    }
}

/// Work with an object of a tenant that nobody has taken yet.
pub(crate) fn new_row(
    (tenant, kind, object): (TenantId, JobKind, Uuid),
    run_at: Timestamp,
    (now, entropy): (Timestamp, &dyn Entropy),
) -> ActiveModel {
    ActiveModel {
        tenant_id: Set(tenant.uuid()),
        id: Set(JobId::new(now, entropy).uuid()),
        kind: Set(kind.code().to_owned()),
        object_id: Set(object),
        run_at: Set(time::to_row(run_at)),
        attempts: Set(0),
        lease_token: Set(None),
        leased_until: Set(None),
        dead_at: Set(None),
        last_error: Set(None),
        created_at: Set(time::to_row(now)),
    }
}

impl<S: Writes> TenantTx<S> {
    /// Takes work back that is needed no more.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn unschedule(&self, kind: JobKind, object: Uuid) -> Result<(), StoreError> {
        let removal = self.bound.remove::<Entity>().filter(Column::Kind.eq(kind.code()));
        removal.filter(Column::ObjectId.eq(object)).run(&self.bound).await?;
        Ok(())
    }

    /// Lets leased work be due again later, in the transaction that did its part.
    ///
    /// # Errors
    /// [`StoreError::LeaseLost`] when another worker holds it by now; nothing may be committed then.
    pub async fn put_off(&self, lease: &Lease, run_at: Timestamp) -> Result<(), StoreError> {
        let change = own(&self.bound, lease)
            .set(Column::RunAt, Expr::value(time::to_row(run_at)))
            .set(Column::Attempts, Expr::value(0))
            .set(Column::LeaseToken, Expr::value(Option::<Uuid>::None))
            .set(Column::LeasedUntil, Expr::value(Option::<chrono::DateTime<chrono::Utc>>::None));
        match change.run(&self.bound).await? {
            0 => Err(StoreError::LeaseLost),
            _ => Ok(()),
        }
    }
}

impl<S: Writes> TenantTx<S> {
    /// Ends leased work, in the transaction that did it: done and ended are one commit.
    ///
    /// # Errors
    /// [`StoreError::LeaseLost`] when another worker holds it by now; nothing may be committed then.
    pub async fn finish(&self, lease: &Lease) -> Result<(), StoreError> {
        let removal = self.bound.remove::<Entity>().filter(Column::Id.eq(lease.job.uuid()));
        match removal.filter(Column::LeaseToken.eq(lease.token)).run(&self.bound).await? {
            0 => Err(StoreError::LeaseLost),
            _ => Ok(()),
        }
    }
}

fn due_in(queue: Queue, engine: DbBackend, now: Timestamp) -> Statement {
    let on_postgres = engine == DbBackend::Postgres;
    let now = time::to_row(now).into();
    match queue {
        Queue::Work => {
            let due = if on_postgres { postgres::DUE_JOB } else { sqlite::DUE_JOB };
            Statement::from_sql_and_values(engine, due, [now])
        }
        Queue::Deliveries(to) => {
            let due = if on_postgres { postgres::DUE_DELIVERY } else { sqlite::DUE_DELIVERY };
            Statement::from_sql_and_values(engine, due, [now, (to == Recipients::All).into()])
        }
        Queue::Notices => {
            let due = if on_postgres { postgres::DUE_NOTICE } else { sqlite::DUE_NOTICE };
            Statement::from_sql_and_values(engine, due, [now])
        }
    }
}

pub(crate) fn own(bound: &Bound, lease: &Lease) -> crate::scoped::Changes<Entity> {
    bound.amend::<Entity>().filter(Column::Id.eq(lease.job.uuid())).filter(Column::LeaseToken.eq(lease.token))
}

/// Ends the turn of work that stands for a line of deliveries, and commits: it comes again at an instant, or is done.
pub(crate) async fn come_again(
    bound: Bound,
    lease: &Lease,
    next: Option<chrono::DateTime<chrono::Utc>>,
) -> Result<(), StoreError> {
    let changed = if let Some(next) = next {
        own(&bound, lease)
            .set(Column::RunAt, Expr::value(next))
            .set(Column::Attempts, Expr::value(0))
            .set(Column::LeaseToken, Expr::value(None::<Uuid>))
            .set(Column::LeasedUntil, Expr::value(None::<chrono::DateTime<chrono::Utc>>))
            .run(&bound)
            .await?
    } else {
        let removal = bound.remove::<Entity>().filter(Column::Id.eq(lease.job.uuid()));
        removal.filter(Column::LeaseToken.eq(lease.token)).run(&bound).await?
    };
    if changed == 0 {
        return Err(StoreError::LeaseLost);
    }
    bound.commit().await
}

/// Keeps a lease until an instant, in the transaction that did part of its work.
pub(crate) async fn prolong(bound: &Bound, lease: &Lease, until: Timestamp) -> Result<(), StoreError> {
    let renewed = own(bound, lease).set(Column::LeasedUntil, Expr::value(time::to_row(until)));
    match renewed.run(bound).await? {
        0 => Err(StoreError::LeaseLost),
        _ => Ok(()),
    }
}

pub(crate) async fn hold(bound: &Bound, lease: &Lease, now: Timestamp) -> Result<(), StoreError> {
    let held = bound.find::<Entity>().filter(Column::Id.eq(lease.job.uuid()));
    let held =
        held.filter(Column::LeaseToken.eq(lease.token)).filter(Column::LeasedUntil.gt(time::to_row(now)));
    held.one(bound).await?.map(drop).ok_or(StoreError::LeaseLost)
}
