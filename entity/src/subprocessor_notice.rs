//! What a tenant was told of a sub-processor, and what it answered (Art. 28(2)).

use sea_orm::entity::prelude::*;

/// A row of `subprocessor_notice`.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "subprocessor_notice")]
pub struct Model {
    /// The tenant.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Uuid,
    /// The sub-processor.
    #[sea_orm(primary_key, auto_increment = false)]
    pub subprocessor_id: Uuid,
    /// When the tenant was told.
    pub notified_at: DateTimeUtc,
    /// `SubprocessorAuthorisation` of the agreement then.
    pub authorisation: String,
    /// Last day on which it can object.
    pub last_day_to_object: Date,
    /// `OBJECTED` or `AUTHORISED`; none given where null.
    pub answer: Option<String>,
    /// When.
    pub answered_at: Option<DateTimeUtc>,
    /// By which actor.
    pub answered_by: Option<String>,
    /// Why it objected.
    pub reason: Option<String>,
}

/// Joins are written where they are used.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
