//! The audit log, as the tenant reads it.

use std::sync::Arc;

use async_graphql::{Context, ID, InputObject, Object, Result};
use domain::id::{AuditEventId, SubjectId};
use domain::scope::Scope;

use super::page::{self, PageInfo, Stand};
use crate::graphql::errors;
use crate::graphql::gate::{any_of, requires_scopes};
use crate::graphql::operation::operation;
use crate::graphql::scalars::DateTime;
use crate::graphql::vocabulary::{DataCategory, Purpose};
use crate::service::input::instant;
use crate::service::page::{PageSize, Position};
use crate::service::reading::Reading;
use crate::service::records::{AuditFilter, RecordedEvent};

const SIZE: PageSize = PageSize { default: 50, most: 200 };

/// Narrows the audit log. Fields combine with AND.
#[derive(InputObject, Default)]
pub struct AuditEventFilter {
    /// Only this data subject's.
    subject_id: Option<ID>,
    /// Only this actor's.
    actor_id: Option<ID>,
    /// Only this action.
    action: Option<String>,
    /// Only allowed (true) or denied (false).
    allowed: Option<bool>,
    /// From this instant.
    from: Option<DateTime>,
    /// Before this instant.
    until: Option<DateTime>,
}

/// One entry of the tenant's audit log. It is durable before the answer that it records leaves the gateway.
pub struct AuditEvent(pub RecordedEvent);

/// One entry of the tenant's audit log. It is durable before the answer that it records leaves the gateway.
#[Object]
impl AuditEvent {
    /// Global identifier.
    pub async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// When.
    async fn occurred_at(&self) -> DateTime {
        self.0.occurred_at.into()
    }

    /// Token subject, or `gateway`.
    async fn actor_id(&self) -> ID {
        self.0.actor.as_str().into()
    }

    /// What was done (`dataSubject.read`, `rightsRequest.approve`).
    async fn action(&self) -> &str {
        &self.0.action
    }

    /// For what.
    async fn purpose(&self) -> Option<Purpose> {
        self.0.purpose.map(Into::into)
    }

    /// Allowed or denied.
    async fn allowed(&self) -> bool {
        self.0.allowed
    }

    /// Whose data, as identifiers.
    async fn subject_ids(&self) -> Vec<ID> {
        self.0.subjects.iter().map(|subject| subject.to_string().into()).collect()
    }

    /// Categories that were disclosed or changed.
    async fn data_categories(&self) -> Vec<DataCategory> {
        self.0.categories.iter().map(|category| (*category).into()).collect()
    }

    /// The HTTP request's id, as in logs and traces.
    async fn request_id(&self) -> &str {
        &self.0.request_id
    }

    /// The bytes that are hashed into the log: RFC 8785 JSON of the event, identifiers and categories only.
    async fn canonical_json(&self) -> &str {
        &self.0.canonical
    }
}

#[derive(Default)]
pub struct AuditQuery;

#[Object]
impl AuditQuery {
    /// The audit log, newest first; `first` defaults to 50, at most 200.
    #[graphql(directive = requires_scopes::apply(any_of(&[Scope::AuditRead])))]
    async fn audit_events(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many at most; the default and the limit stand in the field's description.")]
        first: Option<i32>,
        #[graphql(desc = "Cursor of the edge that the page starts after.")] after: Option<String>,
        #[graphql(desc = "Narrows the list; all when left out.")] filter: Option<AuditEventFilter>,
    ) -> Result<AuditEventConnection> {
        let reading = operation(ctx)?.look(ctx).await?;
        let filter = filter.unwrap_or_default();
        let list = List { name: filter.query(), filter: filter.read()? };
        page_of(&reading, list, (first, after)).await
    }
}

impl AuditEventFilter {
    fn read(&self) -> Result<Option<AuditFilter>> {
        let read = |argument, at: &Option<DateTime>| {
            let at = at.as_ref().map(|at| instant(&at.0)).transpose();
            at.map_err(|reason| errors::bad_input(argument, reason))
        };
        let (from, until) = (read("filter.from", &self.from)?, read("filter.until", &self.until)?);
        let subject = match self.subject_id.as_ref().map(|id| SubjectId::parse(id)) {
            None => None,
            Some(Ok(subject)) => Some(subject),
            // What names nobody has no entries, like any other tenant's person.
            Some(Err(_)) => return Ok(None),
        };
        let actor = self.actor_id.as_ref().map(|id| id.0.clone());
        Ok(Some(AuditFilter {
            subject,
            actor,
            action: self.action.clone(),
            allowed: self.allowed,
            from,
            until,
        }))
    }

    fn query(&self) -> String {
        let instant = |at: &Option<DateTime>| at.as_ref().map(|at| at.0.clone());
        serde_json::json!([
            "auditEvents",
            self.subject_id.as_ref().map(|id| &id.0),
            self.actor_id.as_ref().map(|id| &id.0),
            self.action,
            self.allowed,
            instant(&self.from),
            instant(&self.until),
        ])
        .to_string()
    }
}

struct List {
    name: String,
    filter: Option<AuditFilter>,
}

/// The entries about one person.
pub async fn access_log(
    reading: &Arc<Reading>,
    person: SubjectId,
    asked: (Option<i32>, Option<String>),
) -> Result<AuditEventConnection> {
    let filter = AuditFilter { subject: Some(person), ..AuditFilter::default() };
    page_of(reading, List { name: format!("accessLog {person}"), filter: Some(filter) }, asked).await
}

async fn page_of(
    reading: &Arc<Reading>,
    list: List,
    (first, after): (Option<i32>, Option<String>),
) -> Result<AuditEventConnection> {
    let first = SIZE.of(first).map_err(page::refused)?;
    let cursors = reading.cursors(list.name);
    let behind = cursors.open(after.as_deref()).map_err(page::refused)?;
    let (events, more) = match list.filter {
        None => (Vec::new(), false),
        Some(filter) => {
            let after = behind.map(|position| AuditEventId::from_uuid(position.id));
            let listed = reading.list_events(&filter, after, first).await;
            let listed = listed.map_err(|error| errors::internal(&error))?;
            (listed.events, listed.has_more)
        }
    };
    let ends = page::ends(&events, position);
    let stand = Stand { cursors, ends, more, behind: behind.is_some() };
    Ok(AuditEventConnection { events, stand })
}

fn position(event: &RecordedEvent) -> Position {
    Position { key: 0, id: event.id.uuid() }
}

/// A page of audit events.
pub struct AuditEventConnection {
    events: Vec<RecordedEvent>,
    stand: Stand,
}

/// A page of audit events.
#[Object]
impl AuditEventConnection {
    /// Edges.
    async fn edges(&self) -> Vec<AuditEventEdge<'_>> {
        self.events.iter().map(|event| AuditEventEdge { event, stand: &self.stand }).collect()
    }

    /// Page info.
    async fn page_info(&self) -> Result<PageInfo> {
        self.stand.info()
    }
}

/// An audit event in a page.
pub struct AuditEventEdge<'p> {
    event: &'p RecordedEvent,
    stand: &'p Stand,
}

/// An audit event in a page.
#[Object]
impl AuditEventEdge<'_> {
    /// Opaque.
    async fn cursor(&self) -> Result<String> {
        page::cursor(&self.stand.cursors, position(self.event))
    }

    /// The audit event.
    async fn node(&self) -> AuditEvent {
        AuditEvent(self.event.clone())
    }
}
