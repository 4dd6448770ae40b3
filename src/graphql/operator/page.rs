//! Pages of lists.

use async_graphql::{Result, SimpleObject};
use domain::id::TenantId;
use uuid::Uuid;

use super::operation::Operation;
use crate::graphql::errors;
use crate::service::page::{Cursors, Position};

/// Where a page of a connection stands.
#[derive(SimpleObject)]
pub struct PageInfo {
    /// Whether more edges follow `endCursor`.
    has_next_page: bool,
    /// Whether edges precede `startCursor`.
    has_previous_page: bool,
    /// The first edge's cursor.
    start_cursor: Option<String>,
    /// The last edge's cursor.
    end_cursor: Option<String>,
}

/// What the page info is made from; cursors are sealed only when they are asked for.
pub struct Stand {
    /// What seals the cursors.
    pub cursors: Cursors,
    /// The positions of the first and the last edge.
    pub ends: Option<(Position, Position)>,
    /// Whether more edges follow.
    pub more: bool,
    /// Whether the page began behind a cursor.
    pub behind: bool,
}

impl Stand {
    /// The page info.
    pub fn info(&self) -> Result<PageInfo> {
        let (start, end) = self.ends.unzip();
        Ok(PageInfo {
            has_next_page: self.more,
            has_previous_page: self.behind,
            start_cursor: start.map(|at| self.cursor(at)).transpose()?,
            end_cursor: end.map(|at| self.cursor(at)).transpose()?,
        })
    }

    /// An edge's cursor.
    pub fn cursor(&self, at: Position) -> Result<String> {
        self.cursors.seal(at).map_err(|error| errors::internal(&error))
    }
}

/// A count for the schema's 32-bit integers.
pub fn count(number: u64) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}

/// The cursors of a list of the platform. They are sealed to the nil identifier, which no tenant bears, so that neither
/// API takes the other's.
pub fn cursors(operation: &Operation, list: String) -> Cursors {
    Cursors::new(operation.gateway.store.clone(), TenantId::from_uuid(Uuid::nil()), list)
}
