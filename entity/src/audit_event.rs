//! One entry of the audit log; insert-only.

use sea_orm::entity::prelude::*;

/// A row of `audit_event`.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_event")]
pub struct Model {
    /// The tenant.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Uuid,
    /// The entry, sortable by time.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// When.
    pub occurred_at: DateTimeUtc,
    /// Token subject, or `gateway`.
    pub actor_id: String,
    /// `ActorRole`; rows of the first version have none.
    pub actor_role: Option<String>,
    /// What was done.
    pub action: String,
    /// For what.
    pub purpose: Option<String>,
    /// Allowed or denied.
    pub allowed: bool,
    /// The persons, 16 bytes each.
    pub subject_ids: Vec<u8>,
    /// Codes of the categories disclosed or changed.
    #[sea_orm(column_type = "JsonBinary")]
    pub data_categories: Json,
    /// The HTTP request.
    pub request_id: String,
    /// SHA-256 of a document that the entry vouches for, in lower-case hexadecimal digits.
    pub digest: Option<String>,
    /// RFC 8785 JSON of the event.
    pub canonical: String,
}

/// Joins are written where they are used.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
