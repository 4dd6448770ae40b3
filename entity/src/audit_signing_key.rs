//! A key that signs heads of audit logs, in the key store.

use sea_orm::entity::prelude::*;

/// A row of `audit_signing_key`.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_signing_key")]
pub struct Model {
    /// Counted from 1; the highest signs.
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i32,
    /// Ed25519 public key.
    pub public_key: Vec<u8>,
    /// The seed, sealed under a key of the master key.
    pub wrapped: Vec<u8>,
    /// When it was made.
    pub created_at: DateTimeUtc,
}

/// Joins are written where they are used.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
