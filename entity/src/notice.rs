//! A notice by e-mail to the tenant's privacy contact. What it says is made when it is sent.

use sea_orm::entity::prelude::*;

/// A row of `notice`.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "notice")]
pub struct Model {
    /// The tenant.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Uuid,
    /// The notice.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// What it tells of.
    pub kind: String,
    /// Which request, breach or sub-processor.
    pub object_id: Uuid,
    /// Where it stands.
    pub status: String,
    /// When it was decided on.
    pub created_at: DateTimeUtc,
    /// Attempts that failed.
    pub failures: i32,
    /// Why the last of them did.
    pub last_error: Option<String>,
    /// When it was sent, given up or found to be of no use.
    pub ended_at: Option<DateTimeUtc>,
}

/// Joins are written where they are used.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
