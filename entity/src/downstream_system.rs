//! A system outside that hears from the gateway.

use sea_orm::entity::prelude::*;

/// A row of `downstream_system`.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "downstream_system")]
pub struct Model {
    /// The tenant.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Uuid,
    /// The system.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Its name, unique among those that are not removed.
    pub name: String,
    /// Where messages are posted, sealed under the tenant's key.
    pub endpoint: Vec<u8>,
    /// Categories that it holds: a list of codes.
    pub data_categories: Json,
    /// By what it is told whom a message is about: a list of codes.
    pub identifiers: Json,
    /// What it is sent: a list of codes.
    pub receives: Json,
    /// When it was registered.
    pub created_at: DateTimeUtc,
    /// When it was removed.
    pub removed_at: Option<DateTimeUtc>,
    /// How it is reached: a code.
    pub connector: String,
    /// Deliveries of any kind that failed since the last that did not.
    pub failures: i32,
    /// When the first of these was.
    pub failing_since: Option<DateTimeUtc>,
    /// Why the last of these failed.
    pub last_error: Option<String>,
    /// When it is tried again, while its circuit is open; null while it is closed.
    pub next_probe_at: Option<DateTimeUtc>,
}

/// Joins are written where they are used.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
