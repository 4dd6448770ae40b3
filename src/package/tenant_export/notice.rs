//! Records about notices by e-mail to the controller's privacy contact.

use domain::id::NoticeId;
use domain::notice::{NoticeKind, NoticeStatus};
use jiff::Timestamp;

use super::cell::Cell;
use super::record::{Column, Kind, Record};

/// A notice by e-mail.
pub struct Notice {
    /// The notice.
    pub id: NoticeId,
    /// What it tells of.
    pub kind: NoticeKind,
    /// Which request, breach or sub-processor.
    pub about: String,
    /// Where it stands.
    pub status: NoticeStatus,
    /// When it was decided on.
    pub created_at: Timestamp,
    /// When it was sent, given up or found to be of no use.
    pub ended_at: Option<Timestamp>,
    /// Attempts that failed.
    pub failures: u32,
    /// Why the last of them did.
    pub last_error: Option<String>,
}

impl Record for Notice {
    const KIND: Kind = Kind::Notices;
    const COLUMNS: &'static [Column<Self>] = &[
        ("id", |it| Cell::shown(&it.id)),
        ("kind", |it| Cell::code(it.kind.code())),
        ("aboutId", |it| Cell::shown(&it.about)),
        ("status", |it| Cell::code(it.status.code())),
        ("createdAt", |it| Cell::shown(&it.created_at)),
        ("endedAt", |it| Cell::shown_if(it.ended_at.as_ref())),
        ("failures", |it| Cell::Number(it.failures.into())),
        ("lastError", |it| Cell::shown_if(it.last_error.as_ref())),
    ];
}
