//! A processor engaged by the platform, Art. 28(4).

use sea_orm::entity::prelude::*;

/// A row of `subprocessor`.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "subprocessor")]
pub struct Model {
    /// The sub-processor.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Registered name.
    pub name: String,
    /// Where it is established.
    pub country: String,
    /// Where it stores or reads personal data.
    #[sea_orm(column_type = "JsonBinary")]
    pub processing_countries: Json,
    /// What it does for the platform.
    pub purpose: String,
    /// Codes of the categories that it may see.
    #[sea_orm(column_type = "JsonBinary")]
    pub data_categories: Json,
    /// What makes the location lawful (Art. 44-46).
    pub transfer_mechanism: String,
    /// When the agreement with it was signed.
    pub agreement_signed_on: Date,
    /// When tenants were told of it; before all agreements where null.
    pub announced_at: Option<DateTimeUtc>,
    /// First day that it may process.
    pub effective_on: Date,
    /// Last day.
    pub ended_on: Option<Date>,
}

/// Joins are written where they are used.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
