//! A link that works without a token until it expires or is used up.

use sea_orm::entity::prelude::*;

/// A row of `download_ticket`.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "download_ticket")]
pub struct Model {
    /// The tenant.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Uuid,
    /// The ticket.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Which package.
    pub package_id: Uuid,
    /// Which form.
    pub format: String,
    /// Whose data.
    pub subject_id: Uuid,
    /// Actor that asked for it.
    pub issued_to: String,
    /// When it ends.
    pub expires_at: DateTimeUtc,
    /// How often it still works.
    pub uses_left: i32,
}

/// Joins are written where they are used.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
