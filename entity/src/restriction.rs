//! A restriction of processing (Art. 18).

use sea_orm::entity::prelude::*;

/// A row of `restriction`.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "restriction")]
pub struct Model {
    /// The tenant.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Uuid,
    /// The restriction.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Whose data.
    pub subject_id: Uuid,
    /// The request that it comes from.
    pub request_id: Uuid,
    /// `RestrictionGround`.
    pub ground: String,
    /// Since when.
    pub started_at: DateTimeUtc,
    /// Until when.
    pub lifted_at: Option<DateTimeUtc>,
    /// When the person was told that it would be lifted (Art. 18(3)).
    pub subject_informed_at: Option<DateTimeUtc>,
}

/// Joins are written where they are used.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
