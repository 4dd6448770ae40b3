//! Tiles: the hashes of the tree in pieces of 256, as they are stored and published (tlog-tiles).

use std::collections::{BTreeMap, BTreeSet};

use crate::hash::{Hash, empty_root, node_hash};
use crate::tree::{Span, Subtree, path, proof};

/// How many hashes a full tile has.
pub const TILE_WIDTH: u64 = 256;

/// How many levels of the tree a tile spans: 256 is 2 to the power of 8.
const TILE_HEIGHT: u32 = 8;

/// The place of a tile: its n-th hash is the root of the `256^level` entries from `(index * 256 + n) * 256^level`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TileId {
    /// 0 for the leaves, 1 for the roots of full tiles of leaves, and so on.
    pub level: u8,
    /// From the left, beginning with 0.
    pub index: u64,
}

/// The bytes are no tile.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a tile is 1 to 256 hashes of 32 bytes")]
pub struct MalformedTile;

/// A hash that is needed is not there: the tile is missing, too narrow, or beyond the end of the tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("hashes of tile {} of level {} are missing", tile.index, tile.level)]
pub struct MissingTile {
    /// The tile that should hold it.
    pub tile: TileId,
}

impl TileId {
    /// How many hashes the tile has in a tree of that size: 0 when the tree does not reach it, at most 256.
    #[must_use]
    pub fn width_at(self, tree_size: u64) -> u16 {
        let hashes = tree_size.checked_shr(u32::from(self.level) * TILE_HEIGHT).unwrap_or(0);
        let before = self.index.saturating_mul(TILE_WIDTH);
        u16::try_from(hashes.saturating_sub(before).min(TILE_WIDTH)).unwrap_or(0)
    }

    const fn of_leaf(index: u64) -> Self {
        Self { level: 0, index: index / TILE_WIDTH }
    }
}

/// The hashes of one complete subtree: some neighbours in one tile.
struct Slot {
    tile: TileId,
    first: usize,
    count: usize,
}

impl From<Subtree> for Slot {
    fn from(subtree: Subtree) -> Self {
        let level = u8::try_from(subtree.height / TILE_HEIGHT).unwrap_or(u8::MAX);
        let height = subtree.height % TILE_HEIGHT;
        let position = subtree.index << height;
        let tile = TileId { level, index: position / TILE_WIDTH };
        Self { tile, first: (position % TILE_WIDTH) as usize, count: 1 << height }
    }
}

/// Tiles of one tree, all or some of them.
#[derive(Debug, Clone, Default)]
pub struct Tiles(BTreeMap<TileId, Vec<Hash>>);

impl Tiles {
    /// None.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a tile in its stored form; takes the place of one that is there.
    ///
    /// # Errors
    /// [`MalformedTile`] when it is not 1 to 256 hashes of 32 bytes.
    pub fn put(&mut self, id: TileId, hashes: &[u8]) -> Result<(), MalformedTile> {
        let (hashes, rest) = hashes.as_chunks::<32>();
        if !rest.is_empty() || hashes.is_empty() || hashes.len() as u64 > TILE_WIDTH {
            return Err(MalformedTile);
        }
        self.0.insert(id, hashes.iter().copied().map(Hash::from_bytes).collect());
        Ok(())
    }

    /// The hashes of a tile.
    #[must_use]
    pub fn get(&self, id: TileId) -> Option<&[Hash]> {
        self.0.get(&id).map(Vec::as_slice)
    }

    /// The stored form of a tile: its hashes one after the other.
    #[must_use]
    pub fn bytes(&self, id: TileId) -> Option<Vec<u8>> {
        self.get(id).map(|hashes| hashes.iter().flat_map(Hash::as_bytes).copied().collect())
    }

    /// All tiles, by level and index.
    pub fn iter(&self) -> impl Iterator<Item = (TileId, &[Hash])> {
        self.0.iter().map(|(id, hashes)| (*id, hashes.as_slice()))
    }

    /// The root of the tree of that size (MTH of RFC 6962, 2.1). It needs the tiles of [`tiles_for_root`].
    ///
    /// # Errors
    /// [`MissingTile`] when one of them is not here.
    pub fn root(&self, size: u64) -> Result<Hash, MissingTile> {
        Span::tree(size).map_or_else(|| Ok(empty_root()), |tree| self.span(tree))
    }

    /// The proof that an entry is in the tree of that size (PATH of RFC 6962, 2.1.1). It needs the tiles of
    /// [`tiles_for_inclusion`].
    ///
    /// # Errors
    /// [`MissingTile`] when one of them is not here, or the tree has no such entry.
    pub fn inclusion(&self, index: u64, size: u64) -> Result<Vec<Hash>, MissingTile> {
        let spans = path(index, size).ok_or(MissingTile { tile: TileId::of_leaf(index) })?;
        spans.into_iter().map(|span| self.span(span)).collect()
    }

    /// The proof that the tree of `from` entries is the beginning of that of `to` (PROOF of RFC 6962, 2.1.2). It
    /// needs the tiles of [`tiles_for_consistency`].
    ///
    /// # Errors
    /// [`MissingTile`] when one of them is not here, or `from` is 0 or greater than `to`.
    pub fn consistency(&self, from: u64, to: u64) -> Result<Vec<Hash>, MissingTile> {
        let spans = proof(from, to).ok_or(MissingTile { tile: TileId::of_leaf(from) })?;
        spans.into_iter().map(|span| self.span(span)).collect()
    }

    /// Appends leaves to a tree of that size. Beforehand the tiles of its [`edge`] must be here, afterwards those
    /// of the grown tree are. Gives the tiles that changed or are new, which is what is to be stored.
    ///
    /// # Errors
    /// [`MissingTile`] when a tile of the edge is not here, or the size would pass `u64::MAX`. Nothing is changed
    /// then.
    pub fn append(&mut self, size: u64, leaves: &[Hash]) -> Result<BTreeSet<TileId>, MissingTile> {
        let narrow =
            |tile: &TileId| self.get(*tile).map_or(0, <[Hash]>::len) < usize::from(tile.width_at(size));
        if let Some(tile) = edge(size).into_iter().find(narrow) {
            return Err(MissingTile { tile });
        }
        if size.checked_add(leaves.len() as u64).is_none() {
            return Err(MissingTile { tile: TileId::of_leaf(u64::MAX) });
        }
        let mut changed = BTreeSet::new();
        for (leaf, index) in leaves.iter().zip(size..) {
            self.push(index, *leaf, &mut changed);
        }
        Ok(changed)
    }

    /// Puts a leaf into its tile, and the root of each tile that becomes full into the tile above.
    fn push(&mut self, index: u64, leaf: Hash, changed: &mut BTreeSet<TileId>) {
        let (mut level, mut position, mut hash) = (0, index, leaf);
        loop {
            let id = TileId { level, index: position / TILE_WIDTH };
            let tile = self.0.entry(id).or_default();
            // A tile may come from a larger tree: what lies beyond the end is not part of this one.
            tile.truncate((position % TILE_WIDTH) as usize);
            tile.push(hash);
            changed.insert(id);
            if (tile.len() as u64) < TILE_WIDTH {
                return;
            }
            hash = complete_root(tile);
            level += 1;
            position /= TILE_WIDTH;
        }
    }

    /// MTH of a span.
    fn span(&self, span: Span) -> Result<Hash, MissingTile> {
        match (span.complete(), span.halves()) {
            (None, Some((left, right))) => Ok(node_hash(&self.span(left)?, &self.span(right)?)),
            (complete, _) => complete.map_or_else(|| Ok(empty_root()), |subtree| self.subtree(subtree)),
        }
    }

    fn subtree(&self, subtree: Subtree) -> Result<Hash, MissingTile> {
        let Slot { tile, first, count } = Slot::from(subtree);
        self.get(tile)
            .and_then(|hashes| hashes.get(first..first + count))
            .map(complete_root)
            .ok_or(MissingTile { tile })
    }
}

/// The root of a complete tree, whose leaves are a power of two.
fn complete_root(hashes: &[Hash]) -> Hash {
    match hashes {
        [] => empty_root(),
        [one] => *one,
        many => {
            let (left, right) = many.split_at(many.len() / 2);
            node_hash(&complete_root(left), &complete_root(right))
        }
    }
}

fn tiles_of(spans: impl IntoIterator<Item = Span>) -> BTreeSet<TileId> {
    spans.into_iter().flat_map(Span::subtrees).map(|subtree| Slot::from(subtree).tile).collect()
}

/// The partial tiles of a tree of that size: at most one of each level, which is what [`Tiles::append`] needs.
#[must_use]
pub fn edge(size: u64) -> BTreeSet<TileId> {
    (0..8)
        .map(|level| TileId {
            level,
            index: size.checked_shr((u32::from(level) + 1) * TILE_HEIGHT).unwrap_or(0),
        })
        .filter(|tile| tile.width_at(size) > 0)
        .collect()
}

/// The tiles that [`Tiles::root`] needs.
#[must_use]
pub fn tiles_for_root(size: u64) -> BTreeSet<TileId> {
    tiles_of(Span::tree(size))
}

/// The tiles that [`Tiles::inclusion`] needs: none when the tree has no such entry.
#[must_use]
pub fn tiles_for_inclusion(index: u64, size: u64) -> BTreeSet<TileId> {
    tiles_of(path(index, size).unwrap_or_default())
}

/// The tiles that [`Tiles::consistency`] needs: none when `from` is 0 or greater than `to`.
#[must_use]
pub fn tiles_for_consistency(from: u64, to: u64) -> BTreeSet<TileId> {
    tiles_of(proof(from, to).unwrap_or_default())
}
