//! A personal data breach, Art. 33.

use sea_orm::entity::prelude::*;

/// A row of `breach`.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "breach")]
pub struct Model {
    /// The breach.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Its nature.
    pub description: String,
    /// When the platform became aware.
    pub detected_at: DateTimeUtc,
    /// When it was reported to tenants.
    pub reported_at: DateTimeUtc,
    /// Codes of the categories concerned.
    #[sea_orm(column_type = "JsonBinary")]
    pub data_categories: Json,
    /// Persons concerned, about, per tenant.
    pub approximate_subjects: Option<i32>,
    /// Likely consequences.
    pub consequences: String,
    /// Measures taken or proposed.
    pub measures: String,
}

/// Joins are written where they are used.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
