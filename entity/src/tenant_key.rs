//! A tenant's keys, wrapped by the master key.

use sea_orm::entity::prelude::*;

/// A row of `tenant_key`.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "tenant_key")]
pub struct Model {
    /// The tenant.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Uuid,
    /// `WRAP` for keys of persons, `WRAP:` with its identifier for a former one, `SEAL` for the tenant's own secrets, `INDEX`
    /// for blind indexes; `EXPORT:` and `TASK:` with an identifier for one export, one request's tasks.
    #[sea_orm(primary_key, auto_increment = false)]
    pub class: String,
    /// The key.
    pub id: Uuid,
    /// The key, wrapped: by a master key, those of exports and tasks by the tenant's `WRAP`.
    pub wrapped: Vec<u8>,
    /// When made.
    pub created_at: DateTimeUtc,
}

/// Joins are written where they are used.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
