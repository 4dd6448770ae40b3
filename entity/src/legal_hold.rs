//! Something that stops the erasure of a person's data.

use sea_orm::entity::prelude::*;

/// A row of `legal_hold`.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "legal_hold")]
pub struct Model {
    /// The tenant.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Uuid,
    /// The hold.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Whose data.
    pub subject_id: Uuid,
    /// `RetentionGround`.
    pub ground: String,
    /// Codes of the categories that it covers.
    #[sea_orm(column_type = "JsonBinary")]
    pub data_categories: Json,
    /// The decision, case or contract that it rests on.
    pub reference: String,
    /// Since when.
    pub placed_at: DateTimeUtc,
    /// By which actor.
    pub placed_by: String,
    /// First day on which it no longer binds.
    pub expires_on: Option<Date>,
    /// When released early.
    pub released_at: Option<DateTimeUtc>,
    /// By which actor.
    pub released_by: Option<String>,
}

/// Joins are written where they are used.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
