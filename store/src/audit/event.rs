//! One entry, its canonical bytes and its row.

use domain::actor::{Actor, ActorRole};
use domain::category::Categories;
use domain::id::{AuditEventId, SubjectId, TenantId};
use domain::purpose::Purpose;
use entity::audit_event;
use jiff::Timestamp;
use sea_orm::ActiveValue::Set;
use serde::Serialize;
use uuid::Uuid;

use crate::backend;
use crate::error::StoreError;
use crate::time;

/// What is to be recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditEvent {
    /// Who did it.
    pub by: Actor,
    /// What was done: `dataSubject.read`, `rightsRequest.approve`.
    pub action: &'static str,
    /// For what.
    pub purpose: Option<Purpose>,
    /// Allowed or denied.
    pub allowed: bool,
    /// Whose data.
    pub subjects: Vec<SubjectId>,
    /// Categories that were disclosed or changed.
    pub categories: Categories,
    /// The HTTP request's id; for work in the background the job's.
    pub request_id: String,
    /// SHA-256 of a document that the entry vouches for, in lower-case hexadecimal digits: a certificate's statement.
    pub digest: Option<String>,
}

impl AuditEvent {
    /// Something that was allowed and done: about nobody, for no purpose, vouching for nothing.
    #[must_use]
    pub const fn new(by: Actor, action: &'static str, request_id: String) -> Self {
        Self {
            by,
            action,
            purpose: None,
            allowed: true,
            subjects: Vec::new(),
            categories: Categories::new(),
            request_id,
            digest: None,
        }
    }
}

/// An entry of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordedEvent {
    /// The entry.
    pub id: AuditEventId,
    /// When.
    pub occurred_at: Timestamp,
    /// Token subject, the person's identifier where persons act for themselves, or `gateway`.
    pub actor: String,
    /// As what the actor acted.
    pub role: ActorRole,
    /// What was done.
    pub action: String,
    /// For what.
    pub purpose: Option<Purpose>,
    /// Allowed or denied.
    pub allowed: bool,
    /// Whose data.
    pub subjects: Vec<SubjectId>,
    /// Categories that were disclosed or changed.
    pub categories: Categories,
    /// The HTTP request's id.
    pub request_id: String,
    /// RFC 8785 JSON of the event.
    pub canonical: String,
}

/// What the bytes are, so that no other signed or hashed text of ours can be taken for an event.
pub(super) const KIND: &str = "privacy-gateway/audit-event";

/// The bytes that stand for an event, version 2 (`docs/audit-format.md`). Member names are part of the format.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Canonical<'a> {
    v: u8,
    r#type: &'static str,
    id: String,
    tenant: String,
    at: String,
    actor: &'a str,
    actor_role: &'static str,
    action: &'a str,
    purpose: Option<&'static str>,
    allowed: bool,
    subjects: Vec<String>,
    categories: Vec<&'static str>,
    request_id: &'a str,
    digest: Option<&'a str>,
}

/// An event with its tenant, identifier and instant: what a row is made from.
pub(crate) struct Entry {
    pub tenant: TenantId,
    pub id: AuditEventId,
    pub at: Timestamp,
    pub event: AuditEvent,
}

impl Entry {
    pub(crate) fn canonical(&self) -> Result<String, StoreError> {
        let canonical = Canonical {
            v: 2,
            r#type: KIND,
            id: self.id.to_string(),
            tenant: self.tenant.to_string(),
            at: format!("{:.3}", self.at),
            actor: self.event.by.id(),
            actor_role: self.event.by.role().code(),
            action: self.event.action,
            purpose: self.event.purpose.map(Purpose::code),
            allowed: self.event.allowed,
            subjects: self.event.subjects.iter().map(ToString::to_string).collect(),
            categories: self.categories(),
            request_id: &self.event.request_id,
            digest: self.event.digest.as_deref(),
        };
        let unfit = StoreError::Inconsistent { table: "audit_event", column: "canonical" };
        let text = serde_json_canonicalizer::to_string(&canonical).ok();
        text.filter(|text| text.len() <= tlog::MAX_ENTRY_BYTES).ok_or(unfit)
    }

    pub(crate) fn categories(&self) -> Vec<&'static str> {
        self.event.categories.iter().map(|category| category.code()).collect()
    }

    pub(crate) fn subject_bytes(&self) -> Vec<u8> {
        self.event.subjects.iter().flat_map(|subject| subject.uuid().into_bytes()).collect()
    }

    pub(crate) fn row(&self) -> Result<audit_event::ActiveModel, StoreError> {
        Ok(audit_event::ActiveModel {
            tenant_id: Set(self.tenant.uuid()),
            id: Set(self.id.uuid()),
            occurred_at: Set(time::to_row(self.at)),
            actor_id: Set(self.event.by.id().to_owned()),
            actor_role: Set(Some(self.event.by.role().code().to_owned())),
            action: Set(self.event.action.to_owned()),
            purpose: Set(self.event.purpose.map(|purpose| purpose.code().to_owned())),
            allowed: Set(self.event.allowed),
            subject_ids: Set(self.subject_bytes()),
            data_categories: Set(self.categories().into()),
            request_id: Set(self.event.request_id.clone()),
            digest: Set(self.event.digest.clone()),
            canonical: Set(self.canonical()?),
        })
    }
}

impl TryFrom<audit_event::Model> for RecordedEvent {
    type Error = StoreError;

    fn try_from(row: audit_event::Model) -> Result<Self, StoreError> {
        let inconsistent = |column| StoreError::Inconsistent { table: "audit_event", column };
        let purpose = match row.purpose {
            None => None,
            Some(code) => Some(Purpose::from_code(&code).ok_or(inconsistent("purpose"))?),
        };
        let categories = backend::categories_of(&row.data_categories);
        let role = match &row.actor_role {
            Some(code) => ActorRole::from_code(code).ok_or(inconsistent("actor_role"))?,
            // The first version did not say; then only the gateway had a name of its own.
            None if row.actor_id == "gateway" => ActorRole::Gateway,
            None => ActorRole::Staff,
        };
        Ok(Self {
            role,
            id: AuditEventId::from_uuid(row.id),
            occurred_at: time::from_row(row.occurred_at),
            actor: row.actor_id,
            action: row.action,
            purpose,
            allowed: row.allowed,
            subjects: row
                .subject_ids
                .chunks_exact(16)
                .filter_map(|bytes| Uuid::from_slice(bytes).ok())
                .map(SubjectId::from_uuid)
                .collect(),
            categories: categories.ok_or(inconsistent("data_categories"))?,
            request_id: row.request_id,
            canonical: row.canonical,
        })
    }
}
