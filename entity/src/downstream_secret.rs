//! A secret that signs messages to a system.

use sea_orm::entity::prelude::*;

/// A row of `downstream_secret`.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "downstream_secret")]
pub struct Model {
    /// The tenant.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Uuid,
    /// The secret.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The system.
    pub system_id: Uuid,
    /// The secret, sealed under the tenant's key.
    pub sealed: Vec<u8>,
    /// When it was made.
    pub created_at: DateTimeUtc,
    /// Until when a former one signs; null for the newest.
    pub signs_until: Option<DateTimeUtc>,
}

/// Joins are written where they are used.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
