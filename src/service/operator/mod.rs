//! What the platform's own staff and machines do: customers, agreements, sub-processors, breaches. Nothing here reaches data
//! about a data subject.

pub mod agreement;
pub mod authority;
pub mod breach;
pub mod closing;
pub mod subprocessor;
pub mod template;
pub mod tenant;

use auth::OperatorAuthority;
use domain::actor::Actor;
use domain::language::Language;
use store::AuditEvent;

/// A verified caller of the operator API.
#[derive(Debug, Clone)]
pub struct OperatorCaller {
    /// What the token proved.
    pub authority: OperatorAuthority,
    /// The HTTP request's id.
    pub request_id: String,
    /// The language of messages.
    pub language: Language,
}

impl OperatorCaller {
    /// An entry for the log of a tenant that something was done about.
    #[must_use]
    pub fn event(&self, action: &'static str) -> AuditEvent {
        AuditEvent::new(Actor::operator(self.authority.actor()), action, self.request_id.clone())
    }
}
