//! An instruction of the controller, Art. 28(3)(a).

use sea_orm::entity::prelude::*;

/// A row of `instruction`.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "instruction")]
pub struct Model {
    /// The tenant.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Uuid,
    /// The instruction.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The agreement that it was given under.
    pub agreement_id: Uuid,
    /// `InstructionKind`.
    pub kind: String,
    /// When.
    pub given_at: DateTimeUtc,
    /// By which actor.
    pub given_by: String,
    /// Its entry in the audit log.
    pub event_id: Uuid,
}

/// Joins are written where they are used.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
