//! A purpose for which the tenant has data processed: its part of the register (Art. 30).

use sea_orm::entity::prelude::*;

/// A row of `processing_activity`.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "processing_activity")]
pub struct Model {
    /// The tenant.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Uuid,
    /// The entry.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The purpose.
    pub purpose: String,
    /// Art. 6(1).
    pub legal_basis: String,
    /// Codes of the categories used.
    #[sea_orm(column_type = "JsonBinary")]
    pub data_categories: Json,
    /// What is done, in Swedish.
    pub description_sv: String,
    /// What is done, in English.
    pub description_en: String,
    /// Where the data comes from, in Swedish.
    pub source_sv: String,
    /// Where the data comes from, in English.
    pub source_en: String,
    /// Logic and consequences of automated decisions (Art. 22), in Swedish; none where null.
    pub automated_decisions_sv: Option<String>,
    /// The same in English.
    pub automated_decisions_en: Option<String>,
}

/// Joins are written where they are used.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
