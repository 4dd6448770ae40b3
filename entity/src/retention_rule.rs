//! How long a category is kept once its purpose has ended.

use sea_orm::entity::prelude::*;

/// A row of `retention_rule`.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "retention_rule")]
pub struct Model {
    /// The tenant.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Uuid,
    /// The rule.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Which category.
    pub category: String,
    /// What starts the period.
    pub trigger_event: String,
    /// Months after the trigger; null where a law fixes the date.
    pub months: Option<i32>,
    /// Why.
    pub legal_basis: String,
    /// The source of the rule.
    pub source: String,
}

/// Joins are written where they are used.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
