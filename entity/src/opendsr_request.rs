//! A request that a controller sent as OpenDSR, under the name that it gave it.

use sea_orm::entity::prelude::*;

/// A row of `opendsr_request`.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "opendsr_request")]
pub struct Model {
    /// The tenant.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Uuid,
    /// The controller's name for it, `subject_request_id`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The request that it became.
    pub request_id: Uuid,
    /// Keyed digest of the body.
    pub body_digest: Vec<u8>,
    /// Where its callbacks are posted, a JSON list, sealed; null for nowhere.
    pub callback_urls: Option<Vec<u8>>,
    /// The status of the last callback that was queued.
    pub told_status: Option<String>,
    /// When it came in.
    pub created_at: DateTimeUtc,
}

/// Joins are written where they are used.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
