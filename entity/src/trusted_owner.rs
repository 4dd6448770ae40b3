//! Who has published documents, and whether nothing else is taken.

use sea_orm::entity::prelude::*;

/// A row of `trusted_owner`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "trusted_owner")]
pub struct Model {
    /// `tenant` or `client`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub kind: String,
    /// The owner's identifier within its kind.
    #[sea_orm(primary_key, auto_increment = false)]
    pub owner: String,
    /// How documents are taken from the owner's callers.
    pub mode: String,
    /// How often the owner's documents have changed.
    pub revision: i64,
}

/// Joins are written where they are used.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
