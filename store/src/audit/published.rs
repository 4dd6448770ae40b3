//! The log in the pieces in which it is published: tiles of hashes, and the entries under the lowest of them (C2SP
//! tlog-tiles). A piece costs the same few statements, wherever it is and however long the log.

use std::collections::{BTreeSet, HashMap};

use entity::audit_event;
use sea_orm::ColumnTrait as _;
use tlog::{Resource, TILE_WIDTH, TileId};
use uuid::Uuid;

use super::tree::{inconsistent_tile, newest_checkpoint, places, tiles};
use crate::backend::Bound;
use crate::error::StoreError;
use crate::tenant_tx::{Sees, TenantTx};

/// Length of a hash in a tile, in bytes.
const HASH_BYTES: usize = 32;

impl<S: Sees> TenantTx<S> {
    /// The bytes of a tile or of a bundle of entries; `None` where the newest head does not reach as far. A piece that is
    /// wider by now is given in the width asked for, since a head of that size may have been seen.
    ///
    /// # Errors
    /// When the database fails, or has less than the head states.
    pub async fn find_published(&self, resource: Resource) -> Result<Option<Vec<u8>>, StoreError> {
        let size = newest_checkpoint(&self.bound).await?.map_or(0, |head| head.size);
        let (tile, width) = match resource {
            Resource::Hashes { tile, width } => (tile, width),
            Resource::Entries { index, width } => (TileId { level: 0, index }, width),
        };
        if width > tile.width_at(size) {
            return Ok(None);
        }
        match resource {
            Resource::Hashes { .. } => hashes(&self.bound, tile, width).await.map(Some),
            Resource::Entries { index, .. } => bundle(&self.bound, index, width).await.map(Some),
        }
    }
}

async fn hashes(bound: &Bound, tile: TileId, width: u16) -> Result<Vec<u8>, StoreError> {
    let found = tiles(bound, BTreeSet::from([tile])).await?;
    let mut bytes = found.bytes(tile).ok_or(inconsistent_tile())?;
    let length = usize::from(width) * HASH_BYTES;
    if bytes.len() < length {
        return Err(inconsistent_tile());
    }
    bytes.truncate(length);
    Ok(bytes)
}

async fn bundle(bound: &Bound, index: u64, width: u16) -> Result<Vec<u8>, StoreError> {
    let from = index.saturating_mul(TILE_WIDTH);
    let behind = from.saturating_add(width.into());
    let places = places(bound, from, behind).await?;
    if !places.iter().map(|(place, _)| *place).eq(from..behind) {
        return Err(StoreError::Inconsistent { table: "audit_leaf", column: "log_index" });
    }
    let named = audit_event::Column::Id.is_in(places.iter().map(|(_, event)| *event));
    let columns = [audit_event::Column::Id, audit_event::Column::Canonical];
    let rows = bound.find::<audit_event::Entity>().filter(named).columns(columns);
    let entries: Vec<(Uuid, String)> = rows.tuples(bound).await?;
    let entries: HashMap<Uuid, String> = entries.into_iter().collect();
    let in_order = places.iter().map(|(_, event)| entries.get(event).map(String::as_bytes));
    let inconsistent = StoreError::Inconsistent { table: "audit_event", column: "canonical" };
    let Some(in_order) = in_order.collect::<Option<Vec<_>>>() else { return Err(inconsistent) };
    tlog::entry_bundle(in_order.into_iter()).map_err(|_| inconsistent)
}
