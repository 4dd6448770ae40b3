//! An entry of the erasure record, in the key store: who was erased, as a keyed digest.

use sea_orm::entity::prelude::*;

/// A row of `erasure`.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "erasure")]
pub struct Model {
    /// The tenant.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Uuid,
    /// Counting up per tenant.
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i64,
    /// Keyed digest of the person's identifier.
    pub subject: Vec<u8>,
    /// `SubjectStatus` after it.
    pub status: String,
    /// When.
    pub erased_at: DateTimeUtc,
    /// Digests of the identifiers of the keys that were destroyed; absent where it was not noted.
    #[sea_orm(column_type = "JsonBinary")]
    pub key_fingerprints: Option<Json>,
}

/// Joins are written where they are used.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
