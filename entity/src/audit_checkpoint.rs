//! A signed head of a tenant's audit log; insert-only. The newest is the state of the log.

use sea_orm::entity::prelude::*;

/// A row of `audit_checkpoint`.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_checkpoint")]
pub struct Model {
    /// The tenant.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Uuid,
    /// Number of leaves.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tree_size: i64,
    /// RFC 6962 root.
    pub root_hash: Vec<u8>,
    /// When it was signed.
    pub signed_at: DateTimeUtc,
    /// The signed note (C2SP), verbatim.
    pub note: String,
}

/// Joins are written where they are used.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
