//! A sub-processor's word that it has erased a tenant's data, Art. 28(3)(g).

use sea_orm::entity::prelude::*;

/// A row of `erasure_confirmation`.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "erasure_confirmation")]
pub struct Model {
    /// The tenant.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Uuid,
    /// The sub-processor.
    #[sea_orm(primary_key, auto_increment = false)]
    pub subprocessor_id: Uuid,
    /// The day that it names.
    pub confirmed_on: Date,
    /// When it was recorded.
    pub recorded_at: DateTimeUtc,
    /// By which actor.
    pub recorded_by: String,
}

/// Joins are written where they are used.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
