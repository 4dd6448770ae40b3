//! A database opened for reading logs alone: without the master key, without a role's checks, and tolerant of rows that were
//! altered, since finding these is what it is read for.

use domain::id::TenantId;
use entity::{audit_checkpoint, audit_event, audit_pending, audit_signing_key, audit_tile};
use sea_orm::sea_query::Order;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryOrder as _, QuerySelect as _};
use tlog::{Hash, TILE_WIDTH, TileId, Tiles};
use uuid::Uuid;

use super::page::placed;
use super::tree::row_number;
use crate::backend::{Address, Bound, Database};
use crate::error::StoreError;

/// Databases whose logs can be read, and nothing else.
pub struct AuditArchive {
    data: Database,
}

/// A tenant's log as its rows have it, in one snapshot.
pub struct ArchivedLog {
    bound: Bound,
}

/// A head as its row has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArchivedHead {
    /// Number of entries that the row states.
    pub size: u64,
    /// Root that the row states.
    pub root: Vec<u8>,
    /// The signed note.
    pub note: String,
}

/// What there is of an entry in its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArchivedEntry {
    /// Counted from 0.
    pub index: u64,
    /// The hash that the lowest tiles hold of it, if they hold one.
    pub recorded: Option<Hash>,
    /// The entry; `None` where its row, or the row of its place, is gone.
    pub row: Option<ArchivedRow>,
}

/// The row of an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArchivedRow {
    /// Its canonical bytes, which the tree vouches for.
    pub canonical: Vec<u8>,
    /// Whether the columns, by which entries are sought and shown, say the same.
    pub is_faithful: bool,
}

/// How many entries a tenant has, wherever they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EntryCount {
    /// Rows of entries.
    pub rows: u64,
    /// Entries that wait for their place.
    pub pending: u64,
}

/// The verifying halves of the platform's signing keys, as the key store has them, the newest first.
///
/// # Errors
/// When the key store fails or a row is inconsistent.
pub async fn archived_keys(keys: &str) -> Result<Vec<[u8; 32]>, StoreError> {
    let database = connect(keys).await?;
    let rows = audit_signing_key::Entity::find().order_by_desc(audit_signing_key::Column::Number);
    let column = rows.select_only().column(audit_signing_key::Column::PublicKey);
    let public: Vec<Vec<u8>> = column.into_tuple().all(database.reads()).await?;
    let inconsistent = |_| StoreError::Inconsistent { table: "audit_signing_key", column: "public_key" };
    public.into_iter().map(|key| key.try_into().map_err(inconsistent)).collect()
}

async fn connect(url: &str) -> Result<Database, StoreError> {
    Database::connect_for_reading(&Address { url: url.to_owned(), max_connections: 1 }).await
}

impl AuditArchive {
    /// Opens the database at an address: `sqlite:PATH`, of a file that exists, or `postgres://…`.
    ///
    /// # Errors
    /// When it cannot be reached.
    pub async fn open(data: &str) -> Result<Self, StoreError> {
        Ok(Self { data: connect(data).await? })
    }

    /// The tenants that have a log, or entries that wait for their place in one.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn tenants(&self) -> Result<Vec<TenantId>, StoreError> {
        let tx = self.data.begin_reading().await?;
        self.data.see_all_work(&tx).await?;
        let heads = audit_checkpoint::Entity::find().select_only().column(audit_checkpoint::Column::TenantId);
        let mut tenants: Vec<Uuid> = heads.distinct().into_tuple().all(&tx).await?;
        let pending = audit_pending::Entity::find().select_only().column(audit_pending::Column::TenantId);
        tenants.extend(pending.distinct().into_tuple::<Uuid>().all(&tx).await?);
        tx.commit().await?;
        tenants.sort_unstable();
        tenants.dedup();
        Ok(tenants.into_iter().map(TenantId::from_uuid).collect())
    }

    /// Opens a tenant's log.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn log(&self, tenant: TenantId) -> Result<ArchivedLog, StoreError> {
        Ok(ArchivedLog { bound: Bound::reading(&self.data, tenant).await? })
    }
}

impl ArchivedLog {
    /// Heads larger than a size, smallest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn heads_after(&self, size: Option<u64>, limit: u64) -> Result<Vec<ArchivedHead>, StoreError> {
        let rows = self.bound.find::<audit_checkpoint::Entity>();
        let after = audit_checkpoint::Column::TreeSize.gt(size.map_or(-1, row_number));
        let rows = rows.filter(after).order_by(audit_checkpoint::Column::TreeSize, Order::Asc);
        Ok(rows.limit(limit).all(&self.bound).await?.into_iter().map(ArchivedHead::from).collect())
    }

    /// The largest head.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn newest_head(&self) -> Result<Option<ArchivedHead>, StoreError> {
        let rows = self.bound.find::<audit_checkpoint::Entity>();
        let newest = rows.order_by(audit_checkpoint::Column::TreeSize, Order::Desc);
        Ok(newest.limit(1).one(&self.bound).await?.map(ArchivedHead::from))
    }

    /// What there is of the entries from an index up to `limit` further, each in its place; none when there is nothing of
    /// any of them.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn entries(&self, from: u64, limit: u64) -> Result<Vec<ArchivedEntry>, StoreError> {
        let behind = from.saturating_add(limit);
        let mut found = placed(&self.bound, from, behind).await?;
        found.sort_unstable_by_key(|(index, _)| *index);
        let tiles = self.lowest_tiles(from, behind).await?;
        let in_tiles = tiles.iter().map(|(id, hashes)| id.index * TILE_WIDTH + hashes.len() as u64);
        let end = in_tiles.chain(found.last().map(|(index, _)| index + 1)).max().unwrap_or(0).min(behind);
        let mut found = found.into_iter().peekable();
        let entry = |index| {
            let tile = tiles.get(TileId { level: 0, index: index / TILE_WIDTH });
            let place = usize::try_from(index % TILE_WIDTH).unwrap_or(usize::MAX);
            let recorded = tile.and_then(|tile| tile.get(place)).copied();
            let row = found.next_if(|(place, _)| *place == index).and_then(|(_, row)| row);
            ArchivedEntry { index, recorded, row }
        };
        Ok((from..end).map(entry).collect())
    }

    /// The tiles of leaves from an index to another; a malformed one is as good as gone.
    async fn lowest_tiles(&self, from: u64, behind: u64) -> Result<Tiles, StoreError> {
        let rows = self.bound.find::<audit_tile::Entity>().filter(audit_tile::Column::Level.eq(0));
        let rows = rows.filter(audit_tile::Column::TileIndex.gte(row_number(from / TILE_WIDTH)));
        let rows = rows.filter(audit_tile::Column::TileIndex.lt(row_number(behind.div_ceil(TILE_WIDTH))));
        let mut tiles = Tiles::new();
        for row in rows.all(&self.bound).await? {
            let index = u64::try_from(row.tile_index).unwrap_or(u64::MAX);
            let _malformed = tiles.put(TileId { level: 0, index }, &row.hashes);
        }
        Ok(tiles)
    }

    /// The bytes of one tile, as its row has them.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn tile(&self, tile: TileId) -> Result<Option<Vec<u8>>, StoreError> {
        let rows = self.bound.find::<audit_tile::Entity>();
        let rows = rows.filter(audit_tile::Column::Level.eq(i32::from(tile.level)));
        let rows = rows.filter(audit_tile::Column::TileIndex.eq(row_number(tile.index)));
        Ok(rows.one(&self.bound).await?.map(|row| row.hashes))
    }

    /// How many entries there are, so that one that was put past the sequencer is noticed.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn count(&self) -> Result<EntryCount, StoreError> {
        Ok(EntryCount {
            rows: self.bound.find::<audit_event::Entity>().count(&self.bound).await?,
            pending: self.bound.find::<audit_pending::Entity>().count(&self.bound).await?,
        })
    }
}

impl From<audit_checkpoint::Model> for ArchivedHead {
    fn from(row: audit_checkpoint::Model) -> Self {
        Self { size: u64::try_from(row.tree_size).unwrap_or(0), root: row.root_hash, note: row.note }
    }
}
