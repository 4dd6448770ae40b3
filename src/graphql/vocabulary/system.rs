//! Systems outside.

use async_graphql::Enum;

/// What a downstream system is sent.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "domain::system::DownstreamMessage")]
pub enum DownstreamMessage {
    /// What it must do for each rights request about data that it holds (Art. 19).
    RightsRequestTask,
    /// Each new signed head of the tenant's audit log.
    AuditCheckpoint,
}

/// How a downstream system is reached.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "domain::system::SystemConnector")]
pub enum SystemConnector {
    /// Messages are posted to it, signed by Standard Webhooks.
    SignedWebhook,
    /// Nothing is posted: a person does there what has to be done, and says so by `acknowledgeDownstreamTask`.
    Manual,
    /// Requests are passed on to it as OpenDSR 2.0; `endpoint` is the root of its API, and the secret the bearer token that it
    /// is to let in.
    #[graphql(name = "OPENDSR")]
    OpenDsr,
}

/// Where a downstream task stands.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "domain::task::DownstreamTaskStatus")]
pub enum DownstreamTaskStatus {
    /// To be delivered; of a manual system: to be dealt with by a person.
    Pending,
    /// Delivered, not confirmed.
    Delivered,
    /// Confirmed as done.
    Acknowledged,
    /// Given up after the last retry; needs a person.
    Failed,
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
