//! An export of all that a tenant has.

use sea_orm::entity::prelude::*;

/// A row of `tenant_export`.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "tenant_export")]
pub struct Model {
    /// The tenant.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Uuid,
    /// The export.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// `TenantExportStatus`.
    pub status: String,
    /// By which actor.
    pub requested_by: String,
    /// When it was asked for.
    pub requested_at: DateTimeUtc,
    /// When it was made.
    pub ready_at: Option<DateTimeUtc>,
    /// When it is destroyed.
    pub expires_at: Option<DateTimeUtc>,
    /// Its length.
    pub byte_count: Option<i64>,
    /// Digest of the file.
    pub sha256: Option<String>,
    /// The key that its chunks are sealed under.
    pub key_id: Option<Uuid>,
    /// Why the last attempt failed, without personal data.
    pub last_error: Option<String>,
}

/// Joins are written where they are used.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
