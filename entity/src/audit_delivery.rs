//! How the delivery of the audit log's heads to a system stands; only systems that receive them have a row.

use sea_orm::entity::prelude::*;

/// A row of `audit_delivery`.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_delivery")]
pub struct Model {
    /// The tenant.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Uuid,
    /// The system.
    #[sea_orm(primary_key, auto_increment = false)]
    pub system_id: Uuid,
    /// Size of the head that it last confirmed.
    pub tree_size: Option<i64>,
    /// When it did.
    pub delivered_at: Option<DateTimeUtc>,
    /// When the first of the failures since then was.
    pub failing_since: Option<DateTimeUtc>,
    /// Why the last delivery failed.
    pub last_error: Option<String>,
}

/// Joins are written where they are used.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
