//! The accounting records of one person, in pages.

use std::sync::Arc;

use async_graphql::{Object, Result};

use super::super::page::{self, PageInfo, Stand};
use super::AccountingRecord;
use crate::graphql::items::Items;
use crate::service::disclosure::Person;
use crate::service::page::{PageSize, Position};
use crate::service::records::StoredRecord;

const SIZE: PageSize = PageSize { default: 20, most: 100 };

/// The records of one person, newest first; all of them are at hand.
pub struct OwnRecords<'r> {
    /// Whose.
    pub person: &'r Arc<Person>,
    /// All of them.
    pub records: &'r [StoredRecord],
    /// Only this kind; all kinds where left out.
    pub kind: Option<domain::accounting::AccountingRecordKind>,
}

/// A page of the records of one person.
pub fn records_of(
    own: &OwnRecords<'_>,
    (first, after): (Option<i32>, Option<String>),
) -> Result<AccountingRecordConnection> {
    let OwnRecords { person, records, kind } = own;
    let first = SIZE.of(first).map_err(page::refused)? as usize;
    let (purpose, of_kind) = (person.view().purpose().code(), kind.map_or("", |kind| kind.code()));
    let name = format!("accountingRecords of {} {of_kind} for {purpose}", person.id());
    let cursors = person.view().reading().cursors(name);
    let behind = cursors.open(after.as_deref()).map_err(page::refused)?;
    let of_kind = || records.iter().filter(|record| kind.is_none_or(|kind| record.kind == kind));
    let older = of_kind().filter(|record| behind.is_none_or(|position| record.id.uuid() < position.id));
    let mut page: Vec<&StoredRecord> = older.take(first + 1).collect();
    let more = page.len() > first;
    page.truncate(first);
    let ends = page::ends(&page, |record| position(record));
    let edges = page.into_iter().map(|record| {
        let node = AccountingRecord::new(record.clone(), Arc::clone(person));
        (position(record), node)
    });
    Ok(AccountingRecordConnection {
        edges: edges.collect(),
        stand: Stand { cursors, ends, more, behind: behind.is_some() },
        total: u64::try_from(of_kind().count()).unwrap_or(u64::MAX),
    })
}

fn position(record: &StoredRecord) -> Position {
    Position { key: 0, id: record.id.uuid() }
}

/// A page of accounting records.
pub struct AccountingRecordConnection {
    edges: Vec<(Position, AccountingRecord)>,
    stand: Stand,
    total: u64,
}

/// A page of accounting records.
#[Object]
impl AccountingRecordConnection {
    /// Edges.
    async fn edges(&self) -> Items<AccountingRecordEdge<'_>> {
        self.edges
            .iter()
            .map(|(at, node)| AccountingRecordEdge { node, at: *at, stand: &self.stand })
            .collect()
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

/// An accounting record in a page.
pub struct AccountingRecordEdge<'p> {
    node: &'p AccountingRecord,
    at: Position,
    stand: &'p Stand,
}

/// An accounting record in a page.
#[Object]
impl<'p> AccountingRecordEdge<'p> {
    /// Opaque.
    async fn cursor(&self) -> Result<String> {
        page::cursor(&self.stand.cursors, self.at)
    }

    /// The accounting record.
    async fn node(&self) -> &'p AccountingRecord {
        self.node
    }
}
