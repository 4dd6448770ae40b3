//! Documents that were published. They are a front end's program text and hold no personal data.

use sea_orm::entity::prelude::*;

/// A row of `trusted_document`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "trusted_document")]
pub struct Model {
    /// `tenant` or `client`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub kind: String,
    /// The owner's identifier within its kind.
    #[sea_orm(primary_key, auto_increment = false)]
    pub owner: String,
    /// The document's identifier, as its manifest gave it.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    /// SHA-256 of the text.
    pub sha256: Vec<u8>,
    /// The text.
    pub document: String,
    /// The operation's name, where the manifest told it.
    pub name: Option<String>,
    /// The scopes beyond which a token counts for nothing, separated by blanks; no ceiling where null.
    pub scopes: Option<String>,
    /// The first day on which it is as if it had never been.
    pub expires_on: Option<Date>,
    /// When it was published last.
    pub published_at: DateTimeUtc,
}

/// Joins are written where they are used.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
