//! Blind index: a keyed digest of a normalised value, to find a person by.

use sea_orm::entity::prelude::*;

/// A row of `subject_index`.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "subject_index")]
pub struct Model {
    /// The tenant.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Uuid,
    /// Which value: `IndexKind`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub kind: String,
    /// Truncated HMAC-SHA-256 of the normalised value.
    #[sea_orm(primary_key, auto_increment = false)]
    pub token: Vec<u8>,
    /// The person.
    #[sea_orm(primary_key, auto_increment = false)]
    pub subject_id: Uuid,
}

/// Joins are written where they are used.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
