//! What became known of a breach later, Art. 33(4).

use sea_orm::entity::prelude::*;

/// A row of `breach_supplement`.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "breach_supplement")]
pub struct Model {
    /// The breach.
    #[sea_orm(primary_key, auto_increment = false)]
    pub breach_id: Uuid,
    /// The supplement.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// When.
    pub supplemented_at: DateTimeUtc,
    /// More on its nature.
    pub description: Option<String>,
    /// Codes of the categories concerned, as known now.
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub data_categories: Option<Json>,
    /// Persons concerned, about, as known now.
    pub approximate_subjects: Option<i32>,
    /// More on its consequences.
    pub consequences: Option<String>,
    /// More on the measures.
    pub measures: Option<String>,
}

/// Joins are written where they are used.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
