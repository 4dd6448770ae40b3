//! Many entries in one row. A driver's work is by row and by value, and would cost several times what it costs to verify
//! an entry; so the database lays each column's values end to end, with a separator between them.

use sea_orm::{ConnectionTrait as _, QueryResult, Statement};

use super::archive::ArchivedRow;
use super::said::Said;
use super::tree::row_number;
use crate::backend::{Bound, postgres, sqlite};
use crate::error::StoreError;

/// Between two values, as the statements have it.
const SEPARATOR: char = '\u{1e}';

/// Columns that the statements join.
const COLUMNS: usize = 13;

/// An entry's place and what there is of it.
type Placed = (u64, Option<ArchivedRow>);

/// The columns of entries, each joined.
struct Page {
    entries: usize,
    /// Whether all values were of the types that are written.
    is_typed: bool,
    joined: [Vec<u8>; COLUMNS],
}

/// The entries that have a place from one to another, in no order.
pub(super) async fn placed(bound: &Bound, from: u64, behind: u64) -> Result<Vec<Placed>, StoreError> {
    let tenant = bound.tenant().to_string();
    let page = Page::read(bound, from, behind).await?;
    if let Some(entries) = page.split(&tenant) {
        return Ok(entries);
    }
    // A value that holds the separator, or is not of its column's type: alone in its page an entry is nobody's neighbour.
    let mut entries = Vec::new();
    for place in from..behind {
        entries.extend(Page::read(bound, place, place + 1).await?.single(place, &tenant));
    }
    Ok(entries)
}

impl Page {
    async fn read(bound: &Bound, from: u64, behind: u64) -> Result<Self, StoreError> {
        let text = if bound.is_postgres() { postgres::LOG_ENTRIES } else { sqlite::LOG_ENTRIES };
        let values = [bound.tenant().uuid().into(), row_number(from).into(), row_number(behind).into()];
        let connection = bound.connection();
        let statement = Statement::from_sql_and_values(connection.get_database_backend(), text, values);
        let row = connection.query_one_raw(statement).await?;
        row.as_ref().map_or_else(|| Ok(Self::none()), Self::of)
    }

    fn none() -> Self {
        Self { entries: 0, is_typed: true, joined: Default::default() }
    }

    fn of(row: &QueryResult) -> Result<Self, StoreError> {
        let mut page = Self::none();
        page.entries = usize::try_from(row.try_get_by_index::<i64>(0)?).unwrap_or(0);
        page.is_typed = row.try_get_by_index::<i64>(1)? == 1;
        for (index, column) in page.joined.iter_mut().enumerate() {
            *column = row.try_get_by_index::<Option<Vec<u8>>>(index + 2)?.unwrap_or_default();
        }
        Ok(page)
    }

    /// The entries; `None` unless each column falls into exactly as many values as there are entries: then no value holds a
    /// separator, since that many less one stand between them already.
    fn split(&self, tenant: &str) -> Option<Vec<Placed>> {
        if self.entries == 0 {
            return Some(Vec::new());
        }
        if !self.is_typed {
            return None;
        }
        let mut columns = [const { "" }; COLUMNS].map(|none| none.split(SEPARATOR));
        for (column, joined) in columns.iter_mut().zip(&self.joined) {
            *column = std::str::from_utf8(joined).ok()?.split(SEPARATOR);
        }
        let mut entries = Vec::with_capacity(self.entries);
        let mut text = String::new();
        for _ in 0..self.entries {
            let mut values = [""; COLUMNS];
            for (value, column) in values.iter_mut().zip(&mut columns) {
                *value = column.next()?;
            }
            entries.push((values[0].parse().ok()?, row(&values, tenant, &mut text)));
        }
        columns.iter_mut().all(|column| column.next().is_none()).then_some(entries)
    }

    /// The entry of a place that was read alone.
    fn single(&self, place: u64, tenant: &str) -> Option<Placed> {
        if self.entries == 0 {
            return None;
        }
        let mut values = [""; COLUMNS];
        let mut is_sound = self.is_typed;
        for (value, column) in values.iter_mut().zip(&self.joined) {
            let text = std::str::from_utf8(column);
            is_sound &= text.is_ok();
            *value = text.unwrap_or_default();
        }
        let [_, canonical, ..] = &self.joined;
        let row = row(&values, tenant, &mut String::new()).map(|row| ArchivedRow {
            canonical: canonical.clone(),
            is_faithful: is_sound && row.is_faithful,
        });
        Some((place, row))
    }
}

/// What there is of an entry, by the values of its columns; the text is room to work in.
fn row(values: &[&str; COLUMNS], tenant: &str, text: &mut String) -> Option<ArchivedRow> {
    let &[
        _,
        canonical,
        id,
        occurred_at,
        actor,
        role,
        action,
        purpose,
        allowed,
        subjects,
        categories,
        request_id,
        digest,
    ] = values;
    if id.is_empty() {
        return None;
    }
    let said = Said {
        id,
        occurred_at,
        actor,
        role,
        action,
        purpose,
        allowed,
        subjects,
        categories,
        request_id,
        digest,
    };
    text.clear();
    let is_faithful = said.write(tenant, text).is_some() && text == canonical;
    Some(ArchivedRow { canonical: canonical.as_bytes().to_vec(), is_faithful })
}
