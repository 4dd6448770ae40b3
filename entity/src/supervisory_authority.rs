//! Where a person can complain (Art. 77), as dated data.

use sea_orm::entity::prelude::*;

/// A row of `supervisory_authority`.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "supervisory_authority")]
pub struct Model {
    /// Which country's.
    #[sea_orm(primary_key, auto_increment = false)]
    pub country: String,
    /// First day under this name.
    #[sea_orm(primary_key, auto_increment = false)]
    pub valid_from: Date,
    /// Its name.
    pub name: String,
    /// Where to find it.
    pub url: String,
}

/// Joins are written where they are used.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
