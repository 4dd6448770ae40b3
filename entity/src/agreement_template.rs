//! A text that agreements are made from.

use sea_orm::entity::prelude::*;

/// A row of `agreement_template`.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "agreement_template")]
pub struct Model {
    /// The template.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Name and version.
    pub name: String,
    /// Language of the text.
    pub language: String,
    /// Markdown with placeholders.
    pub text: String,
    /// Digest of the text.
    pub text_sha256: String,
    /// When it was published.
    pub published_at: DateTimeUtc,
}

/// Joins are written where they are used.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
