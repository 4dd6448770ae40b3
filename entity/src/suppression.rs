//! An address that must not be used for marketing, as a keyed digest (Art. 21(3)).

use sea_orm::entity::prelude::*;

/// A row of `suppression`.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "suppression")]
pub struct Model {
    /// The tenant.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Uuid,
    /// Which kind of address.
    #[sea_orm(primary_key, auto_increment = false)]
    pub kind: String,
    /// Keyed digest.
    #[sea_orm(primary_key, auto_increment = false)]
    pub token: Vec<u8>,
    /// Since when.
    pub since: DateTimeUtc,
}

/// Joins are written where they are used.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
