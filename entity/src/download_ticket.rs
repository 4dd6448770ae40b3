//! How often a download ticket was used; a ticket that was never used has no row.

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
    /// How often it was used.
    pub uses: i32,
}

/// Joins are written where they are used.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
