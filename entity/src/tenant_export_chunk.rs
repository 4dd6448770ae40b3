//! A piece of a tenant's export, sealed.

use sea_orm::entity::prelude::*;

/// A row of `tenant_export_chunk`.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "tenant_export_chunk")]
pub struct Model {
    /// The tenant.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Uuid,
    /// The export.
    #[sea_orm(primary_key, auto_increment = false)]
    pub export_id: Uuid,
    /// Counting up from 0.
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i32,
    /// The sealed bytes.
    pub content: Vec<u8>,
}

/// Joins are written where they are used.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
