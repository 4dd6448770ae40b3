//! A version of the data processing agreement between the tenant and the platform, Art. 28(3).

use sea_orm::entity::prelude::*;

/// A row of `agreement`.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "agreement")]
pub struct Model {
    /// The tenant.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Uuid,
    /// The agreement.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// 1 for the first, counting up.
    pub version: i32,
    /// Language of the text.
    pub language: String,
    /// Codes of the categories that it covers.
    #[sea_orm(column_type = "JsonBinary")]
    pub data_categories: Json,
    /// First day in force.
    pub effective_from: Option<Date>,
    /// Last day in force.
    pub effective_to: Option<Date>,
    /// When the tenant signed.
    pub controller_signed_at: Option<DateTimeUtc>,
    /// When the platform signed.
    pub processor_signed_at: Option<DateTimeUtc>,
    /// When it was offered.
    pub created_at: DateTimeUtc,
}

/// Joins are written where they are used.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
