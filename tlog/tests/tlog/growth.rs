//! How tiles grow, and which of them are needed for what.

use std::collections::BTreeSet;

use tlog::{
    Hash, MalformedTile, MissingTile, TileId, Tiles, edge, tiles_for_consistency, tiles_for_inclusion,
    tiles_for_root,
};

use crate::made::{Random, leaves, roots};

fn tile(level: u8, index: u64) -> TileId {
    TileId { level, index }
}

fn all_tiles(leaves: &[Hash]) -> Tiles {
    let mut tiles = Tiles::new();
    tiles.append(0, leaves).unwrap();
    tiles
}

/// Those of the tiles, cut to the width that they have in a tree of that size.
fn only(tiles: &Tiles, needed: &BTreeSet<TileId>, size: u64) -> Tiles {
    let mut few = Tiles::new();
    for id in needed {
        let bytes = tiles.bytes(*id).unwrap();
        few.put(*id, &bytes[..usize::from(id.width_at(size)) * 32]).unwrap();
    }
    few
}

#[test]
fn seventy_thousand_entries_have_the_tiles_of_the_specification() {
    let leaves = leaves(70_000);
    let mut tiles = Tiles::new();
    let new = tiles.append(0, &leaves).unwrap();
    let widths =
        |level, width| tiles.iter().filter(|(id, hashes)| id.level == level && hashes.len() == width).count();
    assert_eq!((widths(0, 256), widths(0, 112)), (273, 1));
    assert_eq!((widths(1, 256), widths(1, 17), widths(2, 1)), (1, 1, 1));
    assert_eq!(tiles.iter().count(), 277);
    assert_eq!(new, tiles.iter().map(|(id, _)| id).collect());
    assert!(tiles.iter().all(|(id, hashes)| usize::from(id.width_at(70_000)) == hashes.len()));
    assert_eq!(edge(70_000), [tile(0, 273), tile(1, 1), tile(2, 0)].into());
    assert_eq!(tiles.root(70_000).ok(), roots(&leaves).pop());
}

#[test]
fn a_full_tile_leaves_one_hash_in_the_level_above() {
    assert_eq!(edge(0), [].into());
    assert_eq!(edge(1), [tile(0, 0)].into());
    assert_eq!(edge(256), [tile(1, 0)].into());
    assert_eq!(edge(257), [tile(0, 1), tile(1, 0)].into());
    assert_eq!(edge(65_536), [tile(2, 0)].into());
    assert_eq!(edge(i64::MAX.try_into().unwrap()).len(), 8);
    assert_eq!(edge(u64::MAX).len(), 8);
}

#[test]
fn a_tile_is_as_wide_as_the_tree_makes_it() {
    let cases = [
        (tile(0, 0), 0, 0),
        (tile(0, 0), 255, 255),
        (tile(0, 0), 256, 256),
        (tile(0, 1), 256, 0),
        (tile(1, 0), 255, 0),
        (tile(1, 0), 256, 1),
        (tile(1, 0), 70_000, 256),
        (tile(1, 1), 70_000, 17),
        (tile(7, 0), u64::MAX, 255),
        (tile(8, 0), u64::MAX, 0),
        (tile(255, u64::MAX), u64::MAX, 0),
        (tile(0, u64::MAX), u64::MAX, 0),
        (tile(0, u64::MAX >> 8), u64::MAX, 255),
    ];
    for (id, size, width) in cases {
        assert_eq!(id.width_at(size), width, "{id:?} of {size}");
    }
}

#[test]
fn a_tree_that_grows_in_batches_has_the_tiles_of_one_built_at_once() {
    let leaves = leaves(68_000);
    let roots = roots(&leaves);
    let mut random = Random(3);
    for most in [3, 700, 40_000] {
        let (mut tiles, mut size) = (Tiles::new(), 0);
        let end = if most == 3 { 1_500 } else { leaves.len() };
        while size < end {
            let next = (size + random.between(0, most)).min(end);
            let (from, to) = (size.try_into().unwrap(), next.try_into().unwrap());
            // Only what a store would load is there.
            let mut loaded = only(&tiles, &edge(from), from);
            let changed = loaded.append(from, &leaves[size..next]).unwrap();
            for id in &changed {
                tiles.put(*id, &loaded.bytes(*id).unwrap()).unwrap();
            }
            assert_eq!(loaded.root(to), Ok(roots[next]), "from {from} to {to}");
            size = next;
        }
        assert!(tiles.iter().eq(all_tiles(&leaves[..end]).iter()), "in batches of up to {most}");
    }
}

#[test]
fn what_a_larger_tree_has_beyond_the_end_is_not_appended_to() {
    let leaves = leaves(1_000);
    let mut tiles = all_tiles(&leaves);
    tiles.append(300, &leaves[500..510]).unwrap();
    let expected = roots(&[&leaves[..300], &leaves[500..510]].concat()).pop();
    assert_eq!(tiles.root(310).ok(), expected);
}

#[test]
fn a_tree_whose_edge_is_not_there_stays_as_it_is() {
    let leaves = leaves(300);
    let mut tiles = only(&all_tiles(&leaves), &[tile(1, 0)].into(), 300);
    assert_eq!(tiles.append(300, &leaves), Err(MissingTile { tile: tile(0, 1) }));
    tiles.put(tile(0, 1), &[1; 32 * 43]).unwrap();
    assert_eq!(tiles.append(300, &leaves), Err(MissingTile { tile: tile(0, 1) }));
    assert_eq!(tiles.get(tile(0, 1)).map(<[Hash]>::len), Some(43));
    assert!(Tiles::new().append(u64::MAX, &leaves).is_err());
}

#[test]
fn just_the_named_tiles_are_needed_and_they_are_few() {
    let leaves = leaves(66_500);
    let tiles = all_tiles(&leaves);
    let mut random = Random(4);
    for round in 0..300 {
        let to: u64 = random.between(1, leaves.len() + 1).try_into().unwrap();
        let from = 1 + random.next() % to;
        let without = |needed: &BTreeSet<TileId>| {
            let one_less: BTreeSet<_> = needed.iter().skip(1).copied().collect();
            only(&tiles, &one_less, to)
        };
        let needed = tiles_for_root(to);
        assert_eq!(needed, edge(to), "{round}");
        assert!(
            only(&tiles, &needed, to).root(to).is_ok() && without(&needed).root(to).is_err(),
            "root of {to}"
        );

        let needed = tiles_for_inclusion(from - 1, to);
        assert!(needed.len() <= 6, "{needed:?}");
        assert_eq!(only(&tiles, &needed, to).inclusion(from - 1, to), tiles.inclusion(from - 1, to));
        assert!(needed.is_empty() || without(&needed).inclusion(from - 1, to).is_err());

        let needed = tiles_for_consistency(from, to);
        assert!(needed.len() <= 6, "{needed:?}");
        assert_eq!(only(&tiles, &needed, to).consistency(from, to), tiles.consistency(from, to));
        assert!(needed.is_empty() || without(&needed).consistency(from, to).is_err());
    }
    let largest = i64::MAX.try_into().unwrap();
    assert!(tiles_for_inclusion(largest / 3, largest).len() <= 24);
    assert!(tiles_for_consistency(largest / 3, largest).len() <= 24);
}

#[test]
fn a_tile_is_1_to_256_whole_hashes() {
    let mut tiles = Tiles::new();
    for length in [0, 31, 33, 257 * 32] {
        assert_eq!(tiles.put(tile(0, 0), &vec![1; length]), Err(MalformedTile), "{length} bytes");
    }
    for length in [32, 256 * 32] {
        assert_eq!(tiles.put(tile(0, 0), &vec![1; length]), Ok(()), "{length} bytes");
        assert_eq!(tiles.bytes(tile(0, 0)), Some(vec![1; length]));
    }
}
