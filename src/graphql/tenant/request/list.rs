//! Reading requests: by identifier, and in pages.

use std::sync::Arc;

use async_graphql::{Context, ID, InputObject, Object, Result};
use domain::id::{RequestId, SubjectId};
use domain::request::kind::RequestKind;
use domain::request::status::RequestStatus;
use domain::scope::Scope;
use jiff::Timestamp;

use super::super::page::{self, PageInfo, Stand};
use super::siblings::Siblings;
use super::{RightsRequest, one_request};
use crate::graphql::errors;
use crate::graphql::gate::{any_of, requires_scopes};
use crate::graphql::items::Items;
use crate::graphql::operation::{Entered, operation};
use crate::graphql::scalars::DateTime;
use crate::graphql::vocabulary;
use crate::service::input::instant;
use crate::service::page::{Cursors, PageSize, Position};
use crate::service::records::{self, StoredRequest};

const SIZE: PageSize = PageSize { default: 20, most: 100 };

/// Narrows a list of rights requests. Fields combine with AND.
#[derive(InputObject, Default)]
pub struct RightsRequestFilter {
    /// Only these states.
    status: Option<Vec<vocabulary::RightsRequestStatus>>,
    /// Only these kinds.
    kind: Option<Vec<vocabulary::RightsRequestKind>>,
    /// Only those whose answer is due before this.
    due_before: Option<DateTime>,
    /// Only those past due and unanswered (true) or not (false).
    overdue: Option<bool>,
}

#[derive(Default)]
pub struct RequestQuery;

#[Object]
impl RequestQuery {
    /// A rights request by id.
    #[graphql(directive = requires_scopes::apply(any_of(&[Scope::RightsRead, Scope::SelfRead])))]
    async fn rights_request(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Global identifier, as the gateway handed it out.")] id: ID,
    ) -> Option<Result<RightsRequest>> {
        match find(ctx, &id).await {
            Ok(found) => found.map(Ok),
            Err(error) => Some(Err(error)),
        }
    }

    /// Rights requests, soonest due first; `first` defaults to 20, at most 100.
    #[graphql(directive = requires_scopes::apply(any_of(&[Scope::RightsRead])))]
    async fn rights_requests(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many at most; the default and the limit stand in the field's description.")]
        first: Option<i32>,
        #[graphql(desc = "Cursor of the edge that the page starts after.")] after: Option<String>,
        #[graphql(desc = "Narrows the list; all when left out.")] filter: Option<RightsRequestFilter>,
    ) -> Result<RightsRequestConnection> {
        let purpose = Some(domain::purpose::Purpose::RightsHandling);
        let entered = operation(ctx)?.enter(ctx, "rightsRequest.list", purpose).await?;
        let filter = filter.unwrap_or_default();
        let reading = &entered.reading;
        let cursors = reading.cursors(filter.name());
        let behind = cursors.open(after.as_deref()).map_err(page::refused)?;
        let mut query = filter.read()?;
        query.first = SIZE.of(first).map_err(page::refused)?;
        query.after = behind.and_then(due_position);
        let listed = if filter.is_empty() {
            Vec::new()
        } else {
            reading.list_requests(&query).await.map_err(|error| errors::internal(&error))?
        };
        let behind = behind.is_some();
        let page = Page { position: due, cursors, first: query.first, behind, siblings: None };
        let total = if filter.is_empty() { Total::Known(0) } else { Total::Query(query) };
        Ok(page.of(entered, listed, total))
    }
}

async fn find(ctx: &Context<'_>, id: &str) -> Result<Option<RightsRequest>> {
    let operation = operation(ctx)?;
    let purpose = Some(domain::purpose::Purpose::RightsHandling);
    let entered = operation.enter(ctx, "rightsRequest.read", purpose).await?;
    let Ok(id) = RequestId::parse(id) else {
        return Ok(None);
    };
    let found = entered.reading.find_request(id).await.map_err(|error| errors::internal(&error))?;
    Ok(found.map(|request| one_request(entered, request)))
}

fn due(request: &StoredRequest) -> Position {
    Position { key: request.due_at.as_millisecond(), id: request.id.uuid() }
}

fn due_position(position: Position) -> Option<(Timestamp, RequestId)> {
    Some((Timestamp::from_millisecond(position.key).ok()?, RequestId::from_uuid(position.id)))
}

impl RightsRequestFilter {
    /// Whether a list is empty and so nothing can be in it.
    fn is_empty(&self) -> bool {
        self.status.as_ref().is_some_and(Vec::is_empty) || self.kind.as_ref().is_some_and(Vec::is_empty)
    }

    fn read(&self) -> Result<records::RequestQuery> {
        let due_before = self.due_before.as_ref().map(|at| instant(&at.0)).transpose();
        Ok(records::RequestQuery {
            statuses: self.status.iter().flatten().map(|status| (*status).into()).collect(),
            kinds: self.kind.iter().flatten().map(|kind| (*kind).into()).collect(),
            due_before: due_before.map_err(|reason| errors::bad_input("filter.dueBefore", reason))?,
            overdue: self.overdue,
            ..records::RequestQuery::default()
        })
    }

    fn name(&self) -> String {
        let statuses = self
            .status
            .as_ref()
            .map(|all| all.iter().map(|one| RequestStatus::from(*one).code()).collect::<Vec<_>>());
        let kinds = self
            .kind
            .as_ref()
            .map(|all| all.iter().map(|one| RequestKind::from(*one).code()).collect::<Vec<_>>());
        let due_before = self.due_before.as_ref().map(|at| &at.0);
        serde_json::json!(["rightsRequests", statuses, kinds, due_before, self.overdue]).to_string()
    }
}

/// The requests of one person, newest first; all of them are at hand.
pub struct OwnRequests {
    /// Whose.
    pub person: SubjectId,
    /// All of them.
    pub requests: Vec<StoredRequest>,
    /// Those of the other persons of the page, with which they load what hangs on them.
    pub siblings: Arc<Siblings>,
}

/// A page of the requests of one person.
pub fn requests_of(
    entered: &Entered,
    own: OwnRequests,
    (first, after): (Option<i32>, Option<String>),
) -> Result<RightsRequestConnection> {
    let first = SIZE.of(first).map_err(page::refused)?;
    let reading = &entered.reading;
    let name = format!("rightsRequests of {}", own.person);
    let cursors = reading.cursors(name);
    let behind = cursors.open(after.as_deref()).map_err(page::refused)?;
    let total = u64::try_from(own.requests.len()).unwrap_or(u64::MAX);
    let is_older = |request: &StoredRequest| behind.is_none_or(|position| request.id.uuid() < position.id);
    let older = own.requests.into_iter().filter(is_older);
    let position = |request: &StoredRequest| Position { key: 0, id: request.id.uuid() };
    let siblings = Some(own.siblings);
    let page = Page { position, cursors, first, behind: behind.is_some(), siblings };
    Ok(page.of(entered.clone(), older.take(first as usize + 1).collect(), Total::Known(total)))
}

/// How a list of requests becomes a page.
struct Page {
    position: fn(&StoredRequest) -> Position,
    cursors: Cursors,
    first: u32,
    behind: bool,
    /// With which requests these load what hangs on them; among themselves where there are none.
    siblings: Option<Arc<Siblings>>,
}

impl Page {
    fn of(self, entered: Entered, mut requests: Vec<StoredRequest>, total: Total) -> RightsRequestConnection {
        let more = requests.len() > self.first as usize;
        requests.truncate(self.first as usize);
        let stand = Stand {
            cursors: self.cursors,
            ends: page::ends(&requests, self.position),
            more,
            behind: self.behind,
        };
        let siblings = self.siblings.unwrap_or_else(|| Arc::new(Siblings::new(&requests)));
        let edges = requests.into_iter().map(|request| {
            entered.entry.reached(request.subject);
            let at = (self.position)(&request);
            let (entered, siblings) = (entered.clone(), Arc::clone(&siblings));
            (at, RightsRequest { request: Box::new(request), entered, siblings })
        });
        RightsRequestConnection { edges: edges.collect(), stand, total, entered }
    }
}

enum Total {
    Known(u64),
    Query(records::RequestQuery),
}

/// A page of rights requests.
pub struct RightsRequestConnection {
    edges: Vec<(Position, RightsRequest)>,
    stand: Stand,
    total: Total,
    entered: Entered,
}

/// A page of rights requests.
#[Object]
impl RightsRequestConnection {
    /// Edges.
    async fn edges(&self) -> Items<RightsRequestEdge<'_>> {
        self.edges.iter().map(|(at, node)| RightsRequestEdge { node, at: *at, stand: &self.stand }).collect()
    }

    /// Page info.
    async fn page_info(&self) -> Result<PageInfo> {
        self.stand.info()
    }

    /// All that match, counted only when asked for.
    async fn total_count(&self) -> Result<i32> {
        match &self.total {
            Total::Known(total) => Ok(page::count(*total)),
            Total::Query(query) => {
                let counted = self.entered.reading.count_requests(query).await;
                Ok(page::count(counted.map_err(|error| errors::internal(&error))?))
            }
        }
    }
}

/// A rights request in a page.
pub struct RightsRequestEdge<'p> {
    node: &'p RightsRequest,
    at: Position,
    stand: &'p Stand,
}

/// A rights request in a page.
#[Object]
impl<'p> RightsRequestEdge<'p> {
    /// Opaque.
    async fn cursor(&self) -> Result<String> {
        page::cursor(&self.stand.cursors, self.at)
    }

    /// The rights request.
    async fn node(&self) -> &'p RightsRequest {
        self.node
    }
}
