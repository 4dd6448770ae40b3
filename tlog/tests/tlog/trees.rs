//! Roots and proofs against the definitions, and what is no proof.

use tlog::{Hash, InvalidProof, Tiles, verify_consistency, verify_inclusion};

use crate::made::{Random, leaves, roots};
use crate::naive::{mth, path, subproof};

fn number(count: usize) -> u64 {
    count.try_into().unwrap()
}

fn tiles_of(leaves: &[Hash]) -> Tiles {
    let mut tiles = Tiles::new();
    tiles.append(0, leaves).unwrap();
    tiles
}

/// The proof with one hash changed, dropped, added or doubled, in every way that one hash allows.
fn spoilt(proof: &[Hash]) -> Vec<Vec<Hash>> {
    let foreign = Hash::from_bytes([0xa5; 32]);
    let mut all = vec![[proof, &[foreign]].concat(), [&[foreign], proof].concat()];
    for place in 0..proof.len() {
        let mut bytes = *proof[place].as_bytes();
        bytes[place % 32] ^= 1 << (place % 8);
        let (before, after) = (&proof[..place], &proof[place + 1..]);
        all.push([before, after].concat());
        all.push([before, &[Hash::from_bytes(bytes)], after].concat());
        all.push([before, &[proof[place], proof[place]], after].concat());
    }
    all
}

#[test]
fn every_inclusion_proof_up_to_300_entries_is_that_of_the_definition_and_holds_for_nothing_else() {
    let leaves = leaves(300);
    let tiles = tiles_of(&leaves);
    for size in 1..=leaves.len() {
        let (all, of) = (&leaves[..size], number(size));
        let root = mth(all);
        assert_eq!(tiles.root(of), Ok(root), "of {size}");
        for index in 0..size {
            let (leaf, at) = (&leaves[index], number(index));
            let proof = tiles.inclusion(at, of).unwrap();
            assert_eq!(proof, path(index, all), "{index} of {size}");
            assert_eq!(verify_inclusion(leaf, at, of, &proof, &root), Ok(()), "{index} of {size}");
            let other = &leaves[(index + 1) % leaves.len()];
            assert!(verify_inclusion(other, at, of, &proof, &root).is_err(), "{index} of {size}");
            assert!(verify_inclusion(leaf, at + 1, of, &proof, &root).is_err(), "{index} of {size}");
        }
    }
}

#[test]
fn every_consistency_proof_up_to_130_entries_is_that_of_the_definition() {
    let leaves = leaves(130);
    let (tiles, roots) = (tiles_of(&leaves), roots(&leaves));
    for to in 1..=leaves.len() {
        for from in 1..=to {
            let (earlier, later) = (number(from), number(to));
            let proof = tiles.consistency(earlier, later).unwrap();
            assert_eq!(proof, subproof(from, &leaves[..to], true), "{from} to {to}");
            assert_eq!(verify_consistency(earlier, later, &roots[from], &roots[to], &proof), Ok(()));
            if from < to {
                assert!(verify_consistency(earlier, later, &roots[to], &roots[to], &proof).is_err());
                assert!(verify_consistency(earlier, later, &roots[from], &roots[from], &proof).is_err());
            }
        }
    }
}

#[test]
fn a_proof_with_one_hash_changed_dropped_or_added_is_refused() {
    let leaves = leaves(600);
    let (tiles, roots) = (tiles_of(&leaves), roots(&leaves));
    let mut random = Random(1);
    for _ in 0..600 {
        let to = random.between(1, 601);
        let index = random.between(0, to);
        let proof = tiles.inclusion(number(index), number(to)).unwrap();
        for wrong in spoilt(&proof) {
            let verdict = verify_inclusion(&leaves[index], number(index), number(to), &wrong, &roots[to]);
            assert_eq!(verdict, Err(InvalidProof::NotIncluded), "{index} of {to}");
        }
        let from = index + 1;
        let proof = tiles.consistency(number(from), number(to)).unwrap();
        for wrong in spoilt(&proof) {
            let verdict = verify_consistency(number(from), number(to), &roots[from], &roots[to], &wrong);
            assert_eq!(verdict, Err(InvalidProof::NotConsistent), "{from} to {to}");
        }
    }
}

#[test]
fn every_flipped_bit_of_a_proof_is_noticed() {
    let leaves = leaves(300);
    let (tiles, roots) = (tiles_of(&leaves), roots(&leaves));
    let (inclusion, consistency) = (tiles.inclusion(200, 300).unwrap(), tiles.consistency(201, 300).unwrap());
    for bit in 0..256 {
        let flip = |proof: &[Hash], place: usize| {
            let mut bytes = *proof[place].as_bytes();
            bytes[bit / 8] ^= 1 << (bit % 8);
            let mut flipped = proof.to_vec();
            flipped[place] = Hash::from_bytes(bytes);
            flipped
        };
        for place in 0..inclusion.len() {
            let wrong = flip(&inclusion, place);
            assert!(verify_inclusion(&leaves[200], 200, 300, &wrong, &roots[300]).is_err());
        }
        for place in 0..consistency.len() {
            let wrong = flip(&consistency, place);
            assert!(verify_consistency(201, 300, &roots[201], &roots[300], &wrong).is_err());
        }
    }
}

#[test]
fn trees_of_any_size_are_proved_from_their_tiles() {
    let leaves = leaves(66_000);
    let (tiles, roots) = (tiles_of(&leaves), roots(&leaves));
    let mut random = Random(2);
    for _ in 0..2_000 {
        let to = random.between(1, leaves.len() + 1);
        let from = random.between(1, to + 1);
        let root = &roots[to];
        assert_eq!(tiles.root(number(to)).as_ref(), Ok(root), "of {to}");
        let proof = tiles.inclusion(number(from - 1), number(to)).unwrap();
        assert_eq!(verify_inclusion(&leaves[from - 1], number(from - 1), number(to), &proof, root), Ok(()));
        let proof = tiles.consistency(number(from), number(to)).unwrap();
        assert_eq!(verify_consistency(number(from), number(to), &roots[from], root, &proof), Ok(()));
    }
}

#[test]
fn numbers_that_no_tree_has_are_refused_and_large_ones_do_no_harm() {
    let (tiles, hash) = (tiles_of(&leaves(5)), Hash::from_bytes([7; 32]));
    let large = [0, 1, 5, u64::MAX / 2, u64::MAX / 2 + 1, u64::MAX - 1, u64::MAX];
    for size in large {
        for index in large {
            for length in [0, 1, 62, 63, 64, 65] {
                let proof = vec![hash; length];
                assert!(verify_inclusion(&hash, index, size, &proof, &tiles.root(5).unwrap()).is_err());
                assert_eq!(
                    verify_consistency(index, size, &hash, &hash, &proof).is_ok(),
                    index == size && index > 0 && length == 0,
                    "{index} to {size} by {length} hashes"
                );
            }
            assert!(tiles.inclusion(index, size).is_err() || (index < size && size == 5) || size == 1);
            assert!(tiles.consistency(index, size).is_err() || (index > 0 && index <= size));
        }
        assert!(tiles.root(size).is_ok() == (size <= 5), "{size}");
    }
}

#[test]
fn the_empty_tree_is_the_beginning_of_each() {
    let roots = roots(&leaves(3));
    assert_eq!(verify_consistency(0, 3, &roots[0], &roots[3], &[]), Ok(()));
    assert_eq!(verify_consistency(0, 0, &roots[0], &roots[0], &[]), Ok(()));
    assert!(verify_consistency(0, 3, &roots[1], &roots[3], &[]).is_err());
    assert!(verify_consistency(0, 0, &roots[0], &roots[3], &[]).is_err());
    assert!(verify_consistency(0, 3, &roots[0], &roots[3], &[roots[1]]).is_err());
}
