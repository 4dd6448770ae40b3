//! An accounting document that names a person; what it says is sealed.

use sea_orm::entity::prelude::*;

/// A row of `accounting_record`.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "accounting_record")]
pub struct Model {
    /// The tenant.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Uuid,
    /// The record.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Whom it names.
    pub subject_id: Uuid,
    /// `AccountingRecordKind`.
    pub kind: String,
    /// Its number.
    pub number: String,
    /// Its date.
    pub issued_on: Date,
    /// Last day of its fiscal year.
    pub fiscal_year_ends_on: Date,
    /// Last day that the Bookkeeping Act keeps it; null where the act does not apply.
    pub retained_through: Option<Date>,
    /// What it says about the person, sealed.
    pub description: String,
    /// When filed.
    pub created_at: DateTimeUtc,
}

/// Joins are written where they are used.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
