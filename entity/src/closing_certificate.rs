//! Certificates of the end of a relationship, Art. 28(3)(g).

use sea_orm::entity::prelude::*;

/// A row of `closing_certificate`. Only the proof is added to it later.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "closing_certificate")]
pub struct Model {
    /// The tenant.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Uuid,
    /// Counts from 1; the last one holds.
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i32,
    /// The entry of the audit log that vouches for the statement.
    pub event_id: Uuid,
    /// When.
    pub made_at: DateTimeUtc,
    /// RFC 8785 JSON.
    pub statement: String,
    /// C2SP tlog-proof; none until the entry is sequenced.
    pub proof: Option<String>,
}

/// Joins are written where they are used.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
