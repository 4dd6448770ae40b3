//! A tenant's notice of a breach.

use sea_orm::entity::prelude::*;

/// A row of `breach_notice`.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "breach_notice")]
pub struct Model {
    /// The tenant.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Uuid,
    /// The breach.
    #[sea_orm(primary_key, auto_increment = false)]
    pub breach_id: Uuid,
    /// When the tenant was told.
    pub notified_at: DateTimeUtc,
    /// When it acknowledged.
    pub acknowledged_at: Option<DateTimeUtc>,
    /// By which actor.
    pub acknowledged_by: Option<String>,
}

/// Joins are written where they are used.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
