//! The answer to an access request, as files.

use sea_orm::entity::prelude::*;

/// A row of `export_package`.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "export_package")]
pub struct Model {
    /// The tenant.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Uuid,
    /// The package.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Which request it answers.
    pub request_id: Uuid,
    /// Whose data.
    pub subject_id: Uuid,
    /// When made.
    pub created_at: DateTimeUtc,
    /// When destroyed.
    pub expires_at: DateTimeUtc,
}

/// Joins are written where they are used.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
