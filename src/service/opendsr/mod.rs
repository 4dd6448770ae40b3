//! OpenDSR 2.0. In the role of the processor: requests that a controller sends in its own dialect become requests like all
//! others, by the same rules, and are answered in that dialect. In the role of the [`controller`]: systems that speak it are
//! told in it. docs/opendsr.md says how it all fits together.

mod answer;
mod body;
mod callback;
mod controller;
mod fault;
mod identity;
mod standing;
mod submission;

use std::sync::Arc;

use connector::opendsr::Processor;
use domain::purpose::Purpose;
use domain::scope::Scope;
use store::{AuditEvent, StoreError};

use super::Gateway;
use super::caller::Caller;
use super::refusal::Refusal;

pub use answer::discovery;
pub use controller::{Peers, ReceivedCallback};
pub use fault::Fault;

/// What submitting takes: a request is named by a person's identities, and to be told whether there is such a person is as
/// much as to search for one.
pub const SUBMITS: [Scope; 2] = [Scope::RightsWrite, Scope::SubjectsRead];
/// What asking for a request's status takes.
pub const READS: [Scope; 1] = [Scope::RightsRead];
/// What cancelling takes.
pub const CANCELS: [Scope; 1] = [Scope::RightsWrite];

/// The gateway as a processor that speaks the dialect.
#[derive(Debug, Clone)]
pub struct OpenDsr {
    /// What signs.
    pub processor: Arc<Processor>,
}

/// Why a controller's request was not carried out.
#[derive(Debug)]
pub enum OpenDsrError {
    /// The body is wrong, in these places.
    Malformed(Vec<Fault>),
    /// Not exactly one person bears all the identities.
    NotOnePerson,
    /// The tenant knows no request by this name.
    NotFound,
    /// It contradicts what is known of the request.
    Conflict(Fault),
    /// The token lacks these scopes.
    Forbidden(&'static [Scope]),
    /// Refused as any other way in would refuse it.
    Refused(Refusal),
}

impl From<Refusal> for OpenDsrError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<StoreError> for OpenDsrError {
    fn from(error: StoreError) -> Self {
        Self::Refused(error.into())
    }
}

impl Gateway {
    /// Whether the token has all the scopes; a lack of one is in the audit log before it is told.
    async fn admit_opendsr(
        &self,
        caller: &Caller,
        (action, scopes): (&'static str, &'static [Scope]),
    ) -> Result<(), OpenDsrError> {
        if caller.authority.satisfies(&[scopes.to_vec()]) {
            return Ok(());
        }
        self.record_opendsr(AuditEvent { allowed: false, ..entry(caller, action) }, caller).await?;
        Err(OpenDsrError::Forbidden(scopes))
    }

    async fn record_opendsr(&self, event: AuditEvent, caller: &Caller) -> Result<(), StoreError> {
        self.store.record(caller.authority.tenant(), vec![event]).await
    }

    /// The same error, after a refusal to serve is in the audit log.
    async fn enter_refusal(
        &self,
        caller: &Caller,
        (action, error): (&'static str, OpenDsrError),
    ) -> OpenDsrError {
        let unserved =
            matches!(error, OpenDsrError::Refused(Refusal::AgreementRequired | Refusal::TenantNotServed));
        if !unserved {
            return error;
        }
        let denied = AuditEvent { allowed: false, ..entry(caller, action) };
        self.record_opendsr(denied, caller).await.err().map_or(error, OpenDsrError::from)
    }
}

fn entry(caller: &Caller, action: &'static str) -> AuditEvent {
    AuditEvent { purpose: Some(Purpose::RightsHandling), ..caller.event_about_nobody(action) }
}
