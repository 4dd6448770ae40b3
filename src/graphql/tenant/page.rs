//! Pages of lists.

use async_graphql::{Error, Result, SimpleObject};

use crate::graphql::errors;
use crate::service::page::{Cursors, Position};

/// Where a page of a connection stands.
#[derive(SimpleObject)]
pub struct PageInfo {
    /// Whether more edges follow `endCursor`.
    has_next_page: bool,
    /// Whether edges precede `startCursor`.
    has_previous_page: bool,
    /// The first edge's cursor, null on an empty page.
    start_cursor: Option<String>,
    /// The last edge's cursor, null on an empty page.
    end_cursor: Option<String>,
}

/// What the page info is made from; cursors are sealed only when they are asked for.
#[derive(Clone)]
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
            start_cursor: start.map(|at| cursor(&self.cursors, at)).transpose()?,
            end_cursor: end.map(|at| cursor(&self.cursors, at)).transpose()?,
        })
    }
}

/// An edge's cursor.
pub fn cursor(cursors: &Cursors, at: Position) -> Result<String> {
    cursors.seal(at).map_err(|error| errors::internal(&error))
}

/// The first and the last of a page's positions.
pub fn ends<T>(items: &[T], position: impl Fn(&T) -> Position) -> Option<(Position, Position)> {
    Some((position(items.first()?), position(items.last()?)))
}

/// A count for the schema's 32-bit integers.
pub fn count(number: u64) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}

/// A page error with the name of the argument.
pub fn refused(invalid: crate::service::page::InvalidPage) -> Error {
    errors::bad_page(invalid)
}
