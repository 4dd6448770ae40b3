//! Sessions of the console.

use sea_orm::entity::prelude::*;

/// A row of `console_session`.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "console_session")]
pub struct Model {
    /// SHA-256 of the cookie's value, in hexadecimal digits.
    #[sea_orm(primary_key, auto_increment = false)]
    pub digest: String,
    /// Whose it is, as a keyed digest.
    pub actor_digest: String,
    /// Which sign-in at the issuer it came from, as a digest; none in the demonstration.
    pub sign_in_digest: Option<String>,
    /// The tokens, sealed under a key that only the cookie's value gives; empty once ended.
    pub content: Vec<u8>,
    /// Counts the contents.
    pub version: i32,
    /// When somebody signed in.
    pub created_at: DateTimeUtc,
    /// When it was last used, to the minute or so.
    pub last_used_at: DateTimeUtc,
    /// When it ends, used or not.
    pub ends_at: DateTimeUtc,
    /// When it was ended before that.
    pub ended_at: Option<DateTimeUtc>,
    /// Until when a process has the tokens renewed.
    pub refreshing_until: Option<DateTimeUtc>,
}

/// Joins are written where they are used.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
