//! One form of a package, sealed under the person's ordinary key.

use sea_orm::entity::prelude::*;

/// A row of `export_file`.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "export_file")]
pub struct Model {
    /// The tenant.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Uuid,
    /// Of which package.
    #[sea_orm(primary_key, auto_increment = false)]
    pub package_id: Uuid,
    /// `JSON`, `CSV_ZIP` or `PDF`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub format: String,
    /// The sealed file.
    pub content: Vec<u8>,
    /// Digest of the clear file.
    pub sha256: String,
}

/// Joins are written where they are used.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
