//! Reading a tenant's Merkle tree: heads, tiles, places and proofs. A proof costs as many tiles as the tree is high, however
//! long the log is.

use std::collections::{BTreeSet, HashMap};

use domain::id::AuditEventId;
use entity::{audit_checkpoint, audit_leaf, audit_tile};
use jiff::Timestamp;
use sea_orm::sea_query::Order;
use sea_orm::{ColumnTrait as _, Condition};
use tlog::{Checkpoint, Hash, LogProof, Note, TileId, Tiles, VerifierKey};
use uuid::Uuid;

use crate::backend::Bound;
use crate::door::Store;
use crate::error::StoreError;
use crate::scoped::Rows;
use crate::tenant_tx::TenantTx;
use crate::time;

/// A signed head of a log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredCheckpoint {
    /// The log's name.
    pub origin: String,
    /// Number of entries.
    pub size: u64,
    /// RFC 6962 root.
    pub root: Hash,
    /// When it was signed.
    pub signed_at: Timestamp,
    /// The signed note (C2SP), verbatim.
    pub note: String,
}

impl Store {
    /// The keys that verify the heads of a log of this name, the newest first.
    ///
    /// # Errors
    /// When the key store fails.
    pub async fn verifier_keys(&self, origin: &str) -> Result<Vec<VerifierKey>, StoreError> {
        let keys = self.vault.public_signing_keys().await?;
        Ok(keys.into_iter().filter_map(|public| VerifierKey::new(origin, public)).collect())
    }
}

impl<S> TenantTx<S> {
    /// The newest head of the log; `None` before the first.
    ///
    /// # Errors
    /// When the database fails or the row is inconsistent.
    pub async fn find_checkpoint(&self) -> Result<Option<StoredCheckpoint>, StoreError> {
        newest_checkpoint(&self.bound).await
    }

    /// The places of several entries in the log; those that are not sequenced yet are left out.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn log_indexes(&self, ids: &[AuditEventId]) -> Result<HashMap<AuditEventId, u64>, StoreError> {
        let named = audit_leaf::Column::EventId.is_in(ids.iter().map(|id| id.uuid()));
        let columns = [audit_leaf::Column::EventId, audit_leaf::Column::LogIndex];
        let rows = self.bound.find::<audit_leaf::Entity>().filter(named).columns(columns);
        let rows: Vec<(Uuid, i64)> = rows.tuples(&self.bound).await?;
        let place =
            |(id, index): (Uuid, i64)| Some((AuditEventId::from_uuid(id), u64::try_from(index).ok()?));
        Ok(rows.into_iter().filter_map(place).collect())
    }

    /// Self-contained proofs (C2SP tlog-proof) that entries at these places are in the log, under its newest head. The
    /// tiles of all of them are read in one statement.
    ///
    /// # Errors
    /// When the database fails or the tree is inconsistent.
    pub async fn prove(
        &self,
        entries: &[(u64, &str)],
        head: &StoredCheckpoint,
    ) -> Result<Vec<String>, StoreError> {
        prove(&self.bound, entries, (head.size, &head.note)).await
    }

    /// The hashes that show that the log of one size is the beginning of that of another (RFC 6962 section 2.1.2). Sizes
    /// are at least 1 and at most that of the newest head.
    ///
    /// # Errors
    /// When the database fails or the tree is inconsistent.
    pub async fn prove_consistency(&self, from: u64, to: u64) -> Result<Vec<Hash>, StoreError> {
        consistency(&self.bound, from, to).await
    }
}

/// The same under any head, by its size and note.
pub(super) async fn prove(
    bound: &Bound,
    entries: &[(u64, &str)],
    (size, note): (u64, &str),
) -> Result<Vec<String>, StoreError> {
    let needed = entries.iter().flat_map(|(index, _)| tlog::tiles_for_inclusion(*index, size));
    let tree = tiles(bound, needed.collect()).await?;
    let prove = |(index, canonical): &(u64, &str)| {
        let hashes = tree.inclusion(*index, size).map_err(|_| inconsistent_tile())?;
        let extra = Some(canonical.as_bytes().to_vec());
        Ok(LogProof { extra, index: *index, hashes, checkpoint: note.to_owned() }.to_string())
    };
    entries.iter().map(prove).collect()
}

pub(crate) async fn consistency(bound: &Bound, from: u64, to: u64) -> Result<Vec<Hash>, StoreError> {
    let tree = tiles(bound, tlog::tiles_for_consistency(from, to)).await?;
    tree.consistency(from, to).map_err(|_| inconsistent_tile())
}

pub(super) const fn inconsistent_tile() -> StoreError {
    StoreError::Inconsistent { table: "audit_tile", column: "hashes" }
}

/// Numbers beyond what a row can hold name nothing.
pub(super) fn row_number(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// The leaves from a place to another.
pub(super) fn leaves(bound: &Bound, from: u64, behind: u64) -> Rows<audit_leaf::Entity> {
    let rows = bound.find::<audit_leaf::Entity>();
    let rows = rows.filter(audit_leaf::Column::LogIndex.gte(row_number(from)));
    rows.filter(audit_leaf::Column::LogIndex.lt(row_number(behind)))
}

/// The entries from a place to another, each with its place, in their order.
pub(super) async fn places(bound: &Bound, from: u64, behind: u64) -> Result<Vec<(u64, Uuid)>, StoreError> {
    let rows = leaves(bound, from, behind).order_by(audit_leaf::Column::LogIndex, Order::Asc);
    let columns = [audit_leaf::Column::LogIndex, audit_leaf::Column::EventId];
    let found: Vec<(i64, Uuid)> = rows.columns(columns).tuples(bound).await?;
    Ok(found.into_iter().map(|(index, event)| (u64::try_from(index).unwrap_or(u64::MAX), event)).collect())
}

pub(crate) async fn newest_checkpoint(bound: &Bound) -> Result<Option<StoredCheckpoint>, StoreError> {
    let rows = bound.find::<audit_checkpoint::Entity>();
    let newest = rows.order_by(audit_checkpoint::Column::TreeSize, Order::Desc).limit(1).one(bound).await?;
    newest.map(StoredCheckpoint::try_from).transpose()
}

pub(super) async fn tiles(bound: &Bound, wanted: BTreeSet<TileId>) -> Result<Tiles, StoreError> {
    let mut found = Tiles::new();
    if wanted.is_empty() {
        return Ok(found);
    }
    let one = |id: TileId| {
        Condition::all()
            .add(audit_tile::Column::Level.eq(i32::from(id.level)))
            .add(audit_tile::Column::TileIndex.eq(row_number(id.index)))
    };
    let any = wanted.into_iter().fold(Condition::any(), |any, id| any.add(one(id)));
    for row in bound.find::<audit_tile::Entity>().filter(any).all(bound).await? {
        let id = (u8::try_from(row.level).ok(), u64::try_from(row.tile_index).ok());
        let (Some(level), Some(index)) = id else { return Err(inconsistent_tile()) };
        found.put(TileId { level, index }, &row.hashes).map_err(|_| inconsistent_tile())?;
    }
    Ok(found)
}

impl TryFrom<audit_checkpoint::Model> for StoredCheckpoint {
    type Error = StoreError;

    fn try_from(row: audit_checkpoint::Model) -> Result<Self, StoreError> {
        let inconsistent = || StoreError::Inconsistent { table: "audit_checkpoint", column: "note" };
        let note = Note::parse(&row.note).map_err(|_| inconsistent())?;
        let head = Checkpoint::parse(note.text()).map_err(|_| inconsistent())?;
        let says_the_same = i64::try_from(head.size).ok() == Some(row.tree_size)
            && head.root.as_bytes().as_slice() == row.root_hash;
        if !says_the_same {
            return Err(inconsistent());
        }
        let signed_at = time::from_row(row.signed_at);
        Ok(Self { origin: head.origin, size: head.size, root: head.root, signed_at, note: row.note })
    }
}
