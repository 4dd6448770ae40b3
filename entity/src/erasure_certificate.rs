//! Certificates of erasures that were asked for, Art. 17.

use sea_orm::entity::prelude::*;

/// A row of `erasure_certificate`. Only the proof is added to it later.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "erasure_certificate")]
pub struct Model {
    /// The tenant.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Uuid,
    /// The entry of the audit log that vouches for the statement.
    #[sea_orm(primary_key, auto_increment = false)]
    pub event_id: Uuid,
    /// The request that asked for the erasure.
    pub request_id: Uuid,
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
