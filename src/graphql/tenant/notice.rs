//! Notices by e-mail to the tenant's privacy contact.

use async_graphql::{Context, ID, Object, Result};
use domain::id::NoticeId;
use domain::scope::Scope;

use super::page::{self, PageInfo, Stand};
use crate::graphql::errors;
use crate::graphql::gate::{any_of, requires_scopes};
use crate::graphql::items::Items;
use crate::graphql::operation::operation;
use crate::graphql::scalars::DateTime;
use crate::graphql::vocabulary::{NoticeKind, NoticeStatus};
use crate::service::page::{Cursors, PageSize, Position};
use crate::service::reading::Opened;
use crate::service::records::OutboxNotice;

const SIZE: PageSize = PageSize { default: 20, most: 100 };

/// A notice by e-mail to the tenant's privacy contact. It names no data subject; what it tells of is to be seen in the gateway.
pub struct Notice(OutboxNotice);

/// A notice by e-mail to the tenant's privacy contact. It names no data subject; what it tells of is to be seen in the gateway.
#[Object]
impl Notice {
    /// Its identifier, with which the Message-ID of the e-mail begins.
    async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// What it tells of.
    async fn kind(&self) -> NoticeKind {
        self.0.kind.into()
    }

    /// Which request, breach or sub-processor: its global identifier.
    async fn about_id(&self) -> ID {
        self.0.kind.object(self.0.object).into()
    }

    /// Where it stands.
    async fn status(&self) -> NoticeStatus {
        self.0.status.into()
    }

    /// When it was decided on.
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }

    /// When it was sent, given up or found to be of no use.
    async fn ended_at(&self) -> Option<DateTime> {
        self.0.ended_at.map(Into::into)
    }

    /// Attempts that failed.
    async fn failures(&self) -> i32 {
        page::count(self.0.failures.into())
    }

    /// Why the last of them did; null once it was sent.
    async fn last_error(&self) -> Option<&str> {
        self.0.last_error.as_deref()
    }
}

/// A page of notices.
pub struct NoticeConnection {
    nodes: Vec<Notice>,
    stand: Stand,
    opened: Opened,
}

/// A page of notices.
#[Object]
impl NoticeConnection {
    /// Edges.
    async fn edges(&self) -> Items<NoticeEdge<'_>> {
        self.nodes.iter().map(|node| NoticeEdge { node, stand: &self.stand }).collect()
    }

    /// Page info.
    async fn page_info(&self) -> Result<PageInfo> {
        self.stand.info()
    }

    /// All that match, counted only when asked for.
    async fn total_count(&self) -> Result<i32> {
        let counted = self.opened.count_notices().await;
        Ok(page::count(counted.map_err(|error| errors::internal(&error))?))
    }
}

/// A notice in a page.
pub struct NoticeEdge<'p> {
    node: &'p Notice,
    stand: &'p Stand,
}

/// A notice in a page.
#[Object]
impl<'p> NoticeEdge<'p> {
    /// Opaque.
    async fn cursor(&self) -> Result<String> {
        page::cursor(&self.stand.cursors, position(&self.node.0))
    }

    /// The notice.
    async fn node(&self) -> &'p Notice {
        self.node
    }
}

fn position(notice: &OutboxNotice) -> Position {
    Position { key: 0, id: notice.id.uuid() }
}

#[derive(Default)]
pub struct NoticeQuery;

#[Object]
impl NoticeQuery {
    /// Notices by e-mail to the tenant's privacy contact, newest first: 20 unless `first` says otherwise, at most 100. None are made where the platform sends no e-mail.
    #[graphql(directive = requires_scopes::apply(any_of(&[Scope::AgreementsRead])))]
    async fn notices(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many at most; the default and the limit stand in the field's description.")]
        first: Option<i32>,
        #[graphql(desc = "Cursor of the edge that the page starts after.")] after: Option<String>,
    ) -> Result<NoticeConnection> {
        let operation = operation(ctx)?;
        let opened = operation.look_over(ctx).await?;
        let first = SIZE.of(first).map_err(page::refused)?;
        let cursors = Cursors::new(operation.gateway.store.clone(), opened.tenant(), "notices".to_owned());
        let behind = cursors.open(after.as_deref()).map_err(page::refused)?;
        let after = behind.map(|position| NoticeId::from_uuid(position.id));
        let listed = opened.list_notices(after, first + 1).await;
        let mut listed = listed.map_err(|error| errors::internal(&error))?;
        let more = listed.len() > first as usize;
        listed.truncate(first as usize);
        let stand = Stand { cursors, ends: page::ends(&listed, position), more, behind: behind.is_some() };
        Ok(NoticeConnection { nodes: listed.into_iter().map(Notice).collect(), stand, opened })
    }
}
