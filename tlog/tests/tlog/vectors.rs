//! The known answers of Certificate Transparency: eight leaves, their roots and some proofs.

use tlog::{Frontier, Hash, Tiles, leaf_hash, verify_consistency, verify_inclusion};

const LEAVES: [&str; 8] =
    ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];

const ROOTS: [&str; 9] = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];

const A: &str = "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7";
const B: &str = "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d";
const C: &str = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e";
const D: &str = "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b";
const E: &str = "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4";
const F: &str = "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0";
const G: &str = "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7";
const H: &str = "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125";
const I: &str = "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a";

fn hash(text: &str) -> Hash {
    Hash::from_bytes(hex::decode(text).unwrap().try_into().unwrap())
}

fn leaves() -> Vec<Hash> {
    LEAVES.iter().map(|leaf| leaf_hash(&hex::decode(leaf).unwrap())).collect()
}

fn tiles() -> Tiles {
    let mut tiles = Tiles::new();
    tiles.append(0, &leaves()).unwrap();
    tiles
}

#[test]
fn the_roots_of_the_known_trees_are_the_known_ones() {
    let mut frontier = Frontier::new();
    for (size, root) in ROOTS.iter().enumerate() {
        assert_eq!(frontier.root(), hash(root), "of {size} leaves");
        assert_eq!(tiles().root(size.try_into().unwrap()), Ok(hash(root)), "of {size} leaves");
        leaves().get(size).into_iter().for_each(|leaf| frontier.push(*leaf));
    }
}

#[test]
fn known_inclusion_proofs_are_given_and_accepted() {
    let cases: [(usize, usize, &[&str]); 7] = [
        (0, 1, &[]),
        (0, 2, &[A]),
        (1, 2, &[B]),
        (2, 3, &[H]),
        (1, 5, &[B, C, D]),
        (0, 8, &[A, C, E]),
        (5, 8, &[D, F, G]),
    ];
    for (index, size, expected) in cases {
        let expected: Vec<_> = expected.iter().map(|text| hash(text)).collect();
        let (number, of) = (index.try_into().unwrap(), size.try_into().unwrap());
        assert_eq!(tiles().inclusion(number, of).unwrap(), expected, "{index} of {size}");
        assert_eq!(verify_inclusion(&leaves()[index], number, of, &expected, &hash(ROOTS[size])), Ok(()));
    }
}

#[test]
fn known_consistency_proofs_are_given_and_accepted() {
    let cases: [(usize, usize, &[&str]); 4] =
        [(1, 1, &[]), (1, 8, &[A, C, E]), (2, 5, &[C, D]), (6, 8, &[I, F, G])];
    for (from, to, expected) in cases {
        let expected: Vec<_> = expected.iter().map(|text| hash(text)).collect();
        let (earlier, later) = (from.try_into().unwrap(), to.try_into().unwrap());
        assert_eq!(tiles().consistency(earlier, later).unwrap(), expected, "{from} to {to}");
        assert_eq!(
            verify_consistency(earlier, later, &hash(ROOTS[from]), &hash(ROOTS[to]), &expected),
            Ok(())
        );
    }
}
