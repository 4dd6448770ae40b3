//! Enumerations of the audit log.

use async_graphql::Enum;

/// How a person who reads `accessLog` is told who acted.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "domain::actor::AccessLogActors")]
pub enum AccessLogActors {
    /// As what somebody acted: `STAFF`.
    Role,
    /// Staff by the subject of their token.
    Identifier,
}
