//! Notices by e-mail.

use async_graphql::Enum;

/// What a notice by e-mail tells of.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "domain::notice::NoticeKind")]
pub enum NoticeKind {
    /// An answer to a data subject will soon be due (Art. 12(3)).
    ResponseDueSoon,
    /// The last day for an answer has passed.
    ResponseOverdue,
    /// The tenant was told of a personal data breach (Art. 33(2)).
    BreachReported,
    /// More became known of a breach that the tenant was told of (Art. 33(4)).
    BreachSupplemented,
    /// A sub-processor was announced (Art. 28(2)).
    SubprocessorAnnounced,
}

/// Where a notice by e-mail stands.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "domain::notice::NoticeStatus")]
pub enum NoticeStatus {
    /// To be sent, or to be tried again.
    Pending,
    /// The mail server has taken it.
    Sent,
    /// Given up: refused, or not taken within its time.
    Failed,
    /// Not sent, since there was nothing to tell any more.
    Skipped,
}
