//! The versions of a tenant's agreement, in pages.

use async_graphql::{Object, Result};

use super::super::page::{self, PageInfo, Stand};
use super::ProcessorAgreement;
use crate::graphql::errors;
use crate::graphql::items::Items;
use crate::graphql::operation::Operation;
use crate::service::agreement::AgreementEntry;
use crate::service::page::{Cursors, PageSize, Position};
use crate::service::reading::Opened;

const SIZE: PageSize = PageSize { default: 20, most: 100 };

/// A page of all versions, newest first; a tenant has so few that all of them are at hand.
pub async fn page_of(
    operation: &Operation,
    opened: &Opened,
    (first, after): (Option<i32>, Option<String>),
) -> Result<ProcessorAgreementConnection> {
    let first = SIZE.of(first).map_err(page::refused)? as usize;
    let cursors =
        Cursors::new(operation.gateway.store.clone(), opened.tenant(), "processorAgreements".to_owned());
    let behind = cursors.open(after.as_deref()).map_err(page::refused)?;
    let mut all = opened.list_agreements().await.map_err(|error| errors::internal(&error))?;
    let total = u64::try_from(all.len()).unwrap_or(u64::MAX);
    all.retain(|entry| behind.is_none_or(|behind| position(entry).key < behind.key));
    let more = all.len() > first;
    all.truncate(first);
    let stand = Stand { cursors, ends: page::ends(&all, position), more, behind: behind.is_some() };
    Ok(ProcessorAgreementConnection { nodes: ProcessorAgreement::together(all, opened), stand, total })
}

fn position(entry: &AgreementEntry) -> Position {
    Position { key: entry.stored.version.into(), id: entry.stored.id.uuid() }
}

/// A page of agreements.
pub struct ProcessorAgreementConnection {
    nodes: Vec<ProcessorAgreement>,
    stand: Stand,
    total: u64,
}

/// A page of agreements.
#[Object]
impl ProcessorAgreementConnection {
    /// Edges.
    async fn edges(&self) -> Items<ProcessorAgreementEdge<'_>> {
        self.nodes.iter().map(|node| ProcessorAgreementEdge { node, stand: &self.stand }).collect()
    }

    /// Page info.
    async fn page_info(&self) -> Result<PageInfo> {
        self.stand.info()
    }

    /// All that match, counted only when asked for.
    async fn total_count(&self) -> i32 {
        page::count(self.total)
    }
}

/// An agreement in a page.
pub struct ProcessorAgreementEdge<'p> {
    node: &'p ProcessorAgreement,
    stand: &'p Stand,
}

/// An agreement in a page.
#[Object]
impl<'p> ProcessorAgreementEdge<'p> {
    /// Opaque.
    async fn cursor(&self) -> Result<String> {
        page::cursor(&self.stand.cursors, position(&self.node.entry))
    }

    /// The agreement.
    async fn node(&self) -> &'p ProcessorAgreement {
        self.node
    }
}
