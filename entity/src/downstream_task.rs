//! What a system outside must do for a rights request.

use sea_orm::entity::prelude::*;

/// A row of `downstream_task`.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "downstream_task")]
pub struct Model {
    /// The tenant.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Uuid,
    /// The task.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// For which request.
    pub request_id: Uuid,
    /// Whose data.
    pub subject_id: Uuid,
    /// Which system.
    pub system_id: Uuid,
    /// Where it stands.
    pub status: String,
    /// The categories that it is about: a list of codes.
    pub categories: Json,
    /// What the system knows the person by, sealed under the key of the request's tasks; null once the task has ended.
    pub sealed: Option<Vec<u8>>,
    /// The request's deadline when the task was made.
    pub due_at: DateTimeUtc,
    /// When it was made.
    pub created_at: DateTimeUtc,
    /// Deliveries tried.
    pub attempts: i32,
    /// When the first was.
    pub first_attempt_at: Option<DateTimeUtc>,
    /// When the next is; null before the gateway's own part is done, and when none is to come.
    pub next_attempt_at: Option<DateTimeUtc>,
    /// When it is tried next even though its system's circuit is open.
    pub insists_at: Option<DateTimeUtc>,
    /// When it is tried for the last time.
    pub gives_up_at: Option<DateTimeUtc>,
    /// When the system took it.
    pub delivered_at: Option<DateTimeUtc>,
    /// Why the last delivery failed, or what the system said of its failure.
    pub last_error: Option<String>,
    /// What the system's last receipt says.
    pub receipt: Option<String>,
    /// When it was confirmed, by the system or by hand.
    pub acknowledged_at: Option<DateTimeUtc>,
    /// How it ended; null for one that keeps its request waiting.
    pub ended_by: Option<String>,
    /// When it ended.
    pub ended_at: Option<DateTimeUtc>,
    /// What whoever closed it by hand says.
    pub note: Option<String>,
    /// Who closed it by hand.
    pub closed_by: Option<String>,
    /// What the system returned, sealed under the key of the request's tasks; null once it was handed out.
    pub returned: Option<Vec<u8>>,
    /// Keyed digest of it, by which a repetition is told from another answer.
    pub returned_mac: Option<Vec<u8>>,
}

/// Joins are written where they are used.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
