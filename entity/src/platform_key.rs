//! A key of the platform's own, in the key store.

use sea_orm::entity::prelude::*;

/// A row of `platform_key`.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "platform_key")]
pub struct Model {
    /// `TICKETS` for links to downloads, `CURSORS` for cursors of lists.
    #[sea_orm(primary_key, auto_increment = false)]
    pub class: String,
    /// The key.
    pub id: Uuid,
    /// The key, wrapped by a master key.
    pub wrapped: Vec<u8>,
    /// When it was made.
    pub created_at: DateTimeUtc,
}

/// Joins are written where they are used.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
