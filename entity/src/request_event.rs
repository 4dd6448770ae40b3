//! A step in a request's life.

use sea_orm::entity::prelude::*;

/// A row of `request_event`.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "request_event")]
pub struct Model {
    /// The tenant.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Uuid,
    /// The step.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Of which request.
    pub request_id: Uuid,
    /// 1 for the first step of the request, counting up.
    pub number: i32,
    /// When.
    pub occurred_at: DateTimeUtc,
    /// Status after it.
    pub status: String,
    /// Token subject, or `gateway`.
    pub actor_id: String,
    /// What happened, as a code.
    pub step: String,
}

/// Joins are written where they are used.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
