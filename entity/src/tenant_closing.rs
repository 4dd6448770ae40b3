//! How a tenant's data was erased at the end of its relationship, Art. 28(3)(g).

use sea_orm::entity::prelude::*;

/// A row of `tenant_closing`.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "tenant_closing")]
pub struct Model {
    /// The tenant.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Uuid,
    /// When the erasure began.
    pub began_at: DateTimeUtc,
    /// What went, by kind: numbers alone.
    #[sea_orm(column_type = "JsonBinary")]
    pub erased: Json,
    /// The destroyed keys: class and digest of the identifier.
    #[sea_orm(column_type = "JsonBinary")]
    pub key_fingerprints: Json,
    /// When the keys were gone.
    pub keys_destroyed_at: Option<DateTimeUtc>,
}

/// Joins are written where they are used.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
