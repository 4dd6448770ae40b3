//! A tile of a tenant's Merkle tree (C2SP tlog-tiles): consecutive hashes of one level. It only grows.

use sea_orm::entity::prelude::*;

/// A row of `audit_tile`.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_tile")]
pub struct Model {
    /// The tenant.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Uuid,
    /// 0 for hashes of leaves.
    #[sea_orm(primary_key, auto_increment = false)]
    pub level: i32,
    /// Counted from 0 within the level.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tile_index: i64,
    /// Up to 256 hashes of 32 bytes.
    pub hashes: Vec<u8>,
}

/// Joins are written where they are used.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
