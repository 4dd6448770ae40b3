//! Records about what systems outside had to do for a request. Whom it was about stands with the request.

use domain::category::Categories;
use domain::id::{RequestId, SystemId, TaskId};
use domain::task::{DownstreamTaskStatus, TaskEnd};
use jiff::Timestamp;

use super::cell::Cell;
use super::record::{Column, Kind, Record};

/// What a system outside had to do for a request.
pub struct Task {
    /// The task.
    pub id: TaskId,
    /// For which request.
    pub request: RequestId,
    /// Which system.
    pub system: SystemId,
    /// Where it stands.
    pub status: DownstreamTaskStatus,
    /// The categories that it is about.
    pub categories: Categories,
    /// When it was made.
    pub created_at: Timestamp,
    /// Deliveries tried.
    pub attempts: u32,
    /// When the system took it.
    pub delivered_at: Option<Timestamp>,
    /// When it was confirmed.
    pub acknowledged_at: Option<Timestamp>,
    /// Why the last delivery failed, or what the system said.
    pub last_error: Option<String>,
    /// How it ended.
    pub end: Option<TaskEnd>,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
    /// What was noted when it was closed by hand.
    pub note: Option<String>,
}

impl Record for Task {
    const KIND: Kind = Kind::RightsRequestTasks;
    const COLUMNS: &'static [Column<Self>] = &[
        ("id", |it| Cell::shown(&it.id)),
        ("requestId", |it| Cell::shown(&it.request)),
        ("systemId", |it| Cell::shown(&it.system)),
        ("status", |it| Cell::code(it.status.code())),
        ("categories", |it| Cell::Codes(it.categories.iter().map(|category| category.code()).collect())),
        ("createdAt", |it| Cell::shown(&it.created_at)),
        ("attempts", |it| Cell::shown(&it.attempts)),
        ("deliveredAt", |it| Cell::shown_if(it.delivered_at.as_ref())),
        ("acknowledgedAt", |it| Cell::shown_if(it.acknowledged_at.as_ref())),
        ("lastError", |it| Cell::shown_if(it.last_error.as_ref())),
        ("endedBy", |it| Cell::code_if(it.end.map(TaskEnd::code))),
        ("endedAt", |it| Cell::shown_if(it.ended_at.as_ref())),
        ("note", |it| Cell::shown_if(it.note.as_ref())),
    ];
}
