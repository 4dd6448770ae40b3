//! The audit log, as the tenant reads it.

mod actors;
mod checkpoint;
mod evidence;

use std::sync::Arc;

use async_graphql::{Context, ID, InputObject, Object, Result};
use domain::id::{AuditEventId, SubjectId};
use domain::scope::Scope;

pub use actors::AccessLogMutation;
pub use checkpoint::AuditCheckpoint;
pub use evidence::Evidence;

use super::page::{self, PageInfo, Stand};
use crate::graphql::errors;
use crate::graphql::gate::{any_of, requires_scopes};
use crate::graphql::items::Items;
use crate::graphql::operation::operation;
use crate::graphql::scalars::DateTime;
use crate::graphql::vocabulary::{ActorRole, DataCategory, Purpose};
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
pub struct AuditEvent {
    event: RecordedEvent,
    evidence: Arc<Evidence>,
}

impl AuditEvent {
    /// One of the entries that were read together.
    pub const fn new(event: RecordedEvent, evidence: Arc<Evidence>) -> Self {
        Self { event, evidence }
    }

    /// An entry that was read alone.
    pub fn alone(event: RecordedEvent, reading: &Arc<Reading>) -> Self {
        let evidence = Evidence::of(reading, std::slice::from_ref(&event));
        Self { event, evidence }
    }
}

/// One entry of the tenant's audit log. It is durable before the answer that it records leaves the gateway.
#[Object]
impl AuditEvent {
    /// Global identifier.
    pub async fn id(&self) -> ID {
        self.event.id.to_string().into()
    }

    /// When.
    async fn occurred_at(&self) -> DateTime {
        self.event.occurred_at.into()
    }

    /// Token subject, or `gateway`. A person who acts for themselves is named by the identifier of the data subject. Whoever reads with a token of their own is told the code of `actorRole` in place of staff's subject, unless the tenant has set `accessLogActors` to IDENTIFIER.
    async fn actor_id(&self) -> Result<ID> {
        Ok(self.evidence.actor_of(&self.event).await?.into())
    }

    /// As what the actor acted.
    async fn actor_role(&self) -> ActorRole {
        self.event.role.into()
    }

    /// What was done (`dataSubject.read`, `rightsRequest.approve`).
    async fn action(&self) -> &str {
        &self.event.action
    }

    /// For what.
    async fn purpose(&self) -> Option<Purpose> {
        self.event.purpose.map(Into::into)
    }

    /// Allowed or denied.
    async fn allowed(&self) -> bool {
        self.event.allowed
    }

    /// Whose data, as identifiers; to a data subject its own alone.
    async fn subject_ids(&self) -> Vec<ID> {
        let own = self.evidence.own_subject();
        let shown = self.event.subjects.iter().filter(|subject| own.is_none_or(|own| own == **subject));
        shown.map(|subject| subject.to_string().into()).collect()
    }

    /// Categories that were disclosed or changed.
    async fn data_categories(&self) -> Vec<DataCategory> {
        self.event.categories.iter().map(|category| (*category).into()).collect()
    }

    /// The HTTP request's id, as in logs and traces.
    async fn request_id(&self) -> &str {
        &self.event.request_id
    }

    /// Position in the tenant's Merkle log; null until sequenced (within seconds).
    async fn log_index(&self) -> Result<Option<i32>> {
        let index = self.evidence.index_of(self.event.id).await?;
        Ok(index.and_then(|index| i32::try_from(index).ok()))
    }

    /// The bytes that are hashed into the log: RFC 8785 JSON of the event, identifiers and categories only.
    #[graphql(directive = requires_scopes::apply(any_of(&[Scope::AuditRead])))]
    async fn canonical_json(&self, ctx: &Context<'_>) -> Result<&str> {
        operation(ctx)?.gate("AuditEvent", ctx)?;
        Ok(&self.event.canonical)
    }

    /// A self-contained proof that the event is in the log, C2SP tlog-proof text; null until sequenced.
    #[graphql(directive = requires_scopes::apply(any_of(&[Scope::AuditRead])))]
    async fn proof(&self, ctx: &Context<'_>) -> Option<Result<String>> {
        match operation(ctx).and_then(|operation| operation.gate("AuditEvent", ctx)) {
            Ok(()) => self.evidence.proof_of(self.event.id).await.transpose(),
            Err(refused) => Some(Err(refused)),
        }
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

    /// The newest signed head of the audit log.
    #[graphql(directive = requires_scopes::apply(any_of(&[Scope::AuditRead])))]
    async fn audit_checkpoint(&self, ctx: &Context<'_>) -> Result<AuditCheckpoint> {
        AuditCheckpoint::newest(&*operation(ctx)?.look(ctx).await?).await
    }

    /// RFC 6962 consistency proof between two sizes of the log: base64 hashes, in order.
    #[graphql(directive = requires_scopes::apply(any_of(&[Scope::AuditRead])))]
    async fn audit_consistency(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Size of the earlier tree, at least 1.")] from: i32,
        #[graphql(desc = "Size of the later tree, at most the newest checkpoint's.")] to: i32,
    ) -> Result<Vec<String>> {
        let reading = operation(ctx)?.look(ctx).await?;
        checkpoint::consistency(&reading, (from, to)).await
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
    let evidence = Evidence::of(reading, &events);
    Ok(AuditEventConnection { events, evidence, stand })
}

fn position(event: &RecordedEvent) -> Position {
    Position { key: 0, id: event.id.uuid() }
}

/// A page of audit events.
pub struct AuditEventConnection {
    events: Vec<RecordedEvent>,
    evidence: Arc<Evidence>,
    stand: Stand,
}

/// A page of audit events.
#[Object]
impl AuditEventConnection {
    /// Edges.
    async fn edges(&self) -> Items<AuditEventEdge<'_>> {
        let edge = |event| AuditEventEdge { event, evidence: &self.evidence, stand: &self.stand };
        self.events.iter().map(edge).collect()
    }

    /// Page info.
    async fn page_info(&self) -> Result<PageInfo> {
        self.stand.info()
    }
}

/// An audit event in a page.
pub struct AuditEventEdge<'p> {
    event: &'p RecordedEvent,
    evidence: &'p Arc<Evidence>,
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
        AuditEvent::new(self.event.clone(), Arc::clone(self.evidence))
    }
}
