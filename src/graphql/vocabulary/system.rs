//! Systems outside.

use async_graphql::Enum;

/// What a downstream system is sent.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "domain::system::DownstreamMessage")]
pub enum DownstreamMessage {
    /// Each new signed head of the tenant's audit log.
    AuditCheckpoint,
}

/// What a downstream system knows a person by.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "domain::system::SubjectIdentifier")]
pub enum SubjectIdentifier {
    /// The tenant's own key for the person.
    ExternalReference,
    /// The gateway's identifier of the data subject.
    SubjectId,
    /// The e-mail address.
    Email,
    /// The telephone number.
    Phone,
    /// The login name.
    LoginName,
}
