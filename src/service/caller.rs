//! Who calls, and by which request.

use auth::Authority;
use domain::actor::{Actor, ActorId};
use domain::category::Categories;
use domain::disclosure::Reader;
use domain::id::SubjectId;
use domain::language::Language;
use domain::purpose::Purpose;
use store::AuditEvent;

/// A verified caller.
#[derive(Debug, Clone)]
pub struct Caller {
    /// What the token proved.
    pub authority: Authority,
    /// The HTTP request's id.
    pub request_id: String,
    /// The language of messages.
    pub language: Language,
}

impl Caller {
    /// The caller as an actor.
    #[must_use]
    pub fn actor(&self) -> ActorId {
        ActorId::new(self.authority.actor())
    }

    /// The caller as the audit log names them.
    #[must_use]
    pub fn by(&self) -> Actor {
        self.own_subject().map_or_else(|| Actor::staff(self.authority.actor()), Actor::data_subject)
    }

    /// The person behind a self-service token; `None` for staff and machines.
    #[must_use]
    pub fn own_subject(&self) -> Option<SubjectId> {
        self.authority.subject()
    }

    /// Whether the caller reads as the person or as the tenant's staff.
    #[must_use]
    pub fn reader(&self) -> Reader {
        if self.own_subject().is_some() { Reader::DataSubject } else { Reader::Staff }
    }

    /// Whether the caller may reach the person at all: staff everybody, a self-service token its own person.
    #[must_use]
    pub fn reaches(&self, subject: SubjectId) -> bool {
        self.own_subject().is_none_or(|own| own == subject)
    }

    /// An allowed entry of the audit log by this caller, about nobody.
    #[must_use]
    pub fn event_about_nobody(&self, action: &'static str) -> AuditEvent {
        AuditEvent::new(self.by(), action, self.request_id.clone())
    }

    /// An allowed entry of the audit log by this caller, about a person.
    #[must_use]
    pub fn event(&self, action: &'static str, subject: SubjectId, categories: Categories) -> AuditEvent {
        AuditEvent { subjects: vec![subject], categories, ..self.event_about_nobody(action) }
    }

    /// The same with the purpose of rights handling.
    #[must_use]
    pub fn rights_event(
        &self,
        action: &'static str,
        subject: SubjectId,
        categories: Categories,
    ) -> AuditEvent {
        AuditEvent { purpose: Some(Purpose::RightsHandling), ..self.event(action, subject, categories) }
    }
}
