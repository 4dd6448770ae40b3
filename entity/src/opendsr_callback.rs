//! A change of status that a controller is told by OpenDSR.

use sea_orm::entity::prelude::*;

/// A row of `opendsr_callback`.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "opendsr_callback")]
pub struct Model {
    /// The tenant.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Uuid,
    /// The callback.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Of which request, by the controller's name for it.
    pub subject_request_id: Uuid,
    /// Which of the request's addresses, from 0.
    pub place: i32,
    /// The number of the step in the request's life, by which callbacks are told in order.
    pub number: i32,
    /// Where the request stood.
    pub status: String,
    /// When the answer was expected then.
    pub expected_at: DateTimeUtc,
    /// When the status changed.
    pub created_at: DateTimeUtc,
    /// Attempts so far.
    pub attempts: i32,
    /// When the first was.
    pub first_attempt_at: Option<DateTimeUtc>,
    /// When the next is; null when it was taken or given up.
    pub next_attempt_at: Option<DateTimeUtc>,
    /// When the controller took it.
    pub taken_at: Option<DateTimeUtc>,
    /// Why the last attempt failed.
    pub last_error: Option<String>,
}

/// Joins are written where they are used.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
