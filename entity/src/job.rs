//! Due work, leased by a worker.

use sea_orm::entity::prelude::*;

/// A row of `job`.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "job")]
pub struct Model {
    /// The tenant.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Uuid,
    /// The piece of work.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// What to do.
    pub kind: String,
    /// With which object.
    pub object_id: Uuid,
    /// Not before.
    pub run_at: DateTimeUtc,
    /// Leases taken so far.
    pub attempts: i32,
    /// Fencing token of the present lease.
    pub lease_token: Option<Uuid>,
    /// When the lease ends.
    pub leased_until: Option<DateTimeUtc>,
    /// When it was given up.
    pub dead_at: Option<DateTimeUtc>,
    /// Why the last attempt failed, as a code.
    pub last_error: Option<String>,
    /// When enqueued.
    pub created_at: DateTimeUtc,
}

/// Joins are written where they are used.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
