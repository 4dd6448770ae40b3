//! A use of a link to a tenant's export.

use sea_orm::entity::prelude::*;

/// A row of `tenant_export_download`.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "tenant_export_download")]
pub struct Model {
    /// The tenant.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Uuid,
    /// The export.
    #[sea_orm(primary_key, auto_increment = false)]
    pub export_id: Uuid,
    /// The use.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The link.
    pub ticket_id: Uuid,
    /// When.
    pub downloaded_at: DateTimeUtc,
}

/// Joins are written where they are used.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
