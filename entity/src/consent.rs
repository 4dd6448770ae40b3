//! A consent for one purpose (Art. 7).

use sea_orm::entity::prelude::*;

/// A row of `consent`.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "consent")]
pub struct Model {
    /// The tenant.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Uuid,
    /// The consent.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Whose.
    pub subject_id: Uuid,
    /// For what.
    pub purpose: String,
    /// When given.
    pub granted_at: DateTimeUtc,
    /// When withdrawn.
    pub withdrawn_at: Option<DateTimeUtc>,
    /// Where it was collected.
    pub source: String,
    /// Which text the person saw.
    pub text_version: String,
    /// When recorded.
    pub created_at: DateTimeUtc,
}

/// Joins are written where they are used.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
