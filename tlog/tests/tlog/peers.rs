//! Other people's implementations verify ours, and ours theirs: `ct-merkle`, and Cloudflare's `signed_note` and
//! `tlog_tiles`.

use ct_merkle::mem_backed_tree::MemoryBackedTree;
use ct_merkle::{ConsistencyProof, InclusionProof, RootHash};
use sha2::Sha256;
use sha2::digest::Output;
use signed_note::{StandardVerifier, VerifierList};
use tlog::{
    Checkpoint, Hash, Note, Resource, TileId, Tiles, VerifierKey, leaf_hash, sign, verify_consistency,
    verify_inclusion,
};
use tlog_tiles::{HashReader as _, TileHashReader, TileReader};

use crate::made::{ORIGIN, Random, key, roots, verifier};

const SIZES: [usize; 14] = [1, 2, 3, 5, 255, 256, 257, 511, 513, 1_000, 65_535, 65_536, 65_537, 70_000];

fn entry(number: usize) -> Vec<u8> {
    format!("entry {number}").into_bytes()
}

fn log(size: usize) -> (Vec<Hash>, Tiles) {
    let leaves: Vec<_> = (0..size).map(|number| leaf_hash(&entry(number))).collect();
    let mut tiles = Tiles::new();
    tiles.append(0, &leaves).unwrap();
    (leaves, tiles)
}

fn number(count: usize) -> u64 {
    count.try_into().unwrap()
}

fn digests(hashes: &[Hash]) -> Vec<Output<Sha256>> {
    hashes.iter().map(|hash| (*hash.as_bytes()).into()).collect()
}

fn hashes(bytes: &[u8]) -> Vec<Hash> {
    bytes.as_chunks::<32>().0.iter().copied().map(Hash::from_bytes).collect()
}

/// Some pairs of an index and a smaller size, at the edges and anywhere.
fn places(size: usize, random: &mut Random) -> Vec<usize> {
    let edges = [1, 2, 128, 255, 256, 257, 512, 65_535, 65_536, size / 2, size - 1, size];
    let any = (0..10).map(|_| random.between(1, size + 1));
    edges.into_iter().filter(|place| (1..=size).contains(place)).chain(any).collect()
}

#[test]
fn ct_merkle_and_we_agree_on_roots_and_proofs() {
    let mut random = Random(5);
    let (leaves, tiles) = log(70_000);
    let roots = roots(&leaves);
    let mut theirs = MemoryBackedTree::<Sha256, Vec<u8>>::new();
    let mut filled = 0;
    let their_root = |size: usize| RootHash::<Sha256>::new((*roots[size].as_bytes()).into(), number(size));
    for size in SIZES {
        (filled..size).for_each(|number| theirs.push(entry(number)));
        filled = size;
        assert_eq!(theirs.root().as_bytes()[..], roots[size].as_bytes()[..], "of {size}");
        for place in places(size, &mut random) {
            let (index, of) = (number(place - 1), number(size));
            let ours = tiles.inclusion(index, of).unwrap();
            let proof = InclusionProof::<Sha256>::from_digests(&digests(&ours));
            assert!(their_root(size).verify_inclusion(&entry(place - 1), index, &proof).is_ok());
            let proof = hashes(theirs.prove_inclusion(place - 1).as_bytes());
            assert_eq!(verify_inclusion(&leaves[place - 1], index, of, &proof, &roots[size]), Ok(()));

            let ours = tiles.consistency(number(place), of).unwrap();
            let proof = ConsistencyProof::<Sha256>::from_digests(&digests(&ours));
            assert!(
                their_root(size).verify_consistency(&their_root(place), &proof).is_ok(),
                "{place} to {size}"
            );
            let proof = hashes(theirs.prove_consistency(size - place).as_bytes());
            assert_eq!(verify_consistency(number(place), of, &roots[place], &roots[size], &proof), Ok(()));
        }
    }
}

/// Our tiles as those of `tlog_tiles`, found by the path that it asks for.
struct Published<'t>(&'t Tiles);

impl TileReader for Published<'_> {
    fn height(&self) -> u8 {
        8
    }

    fn read_tiles(&self, tiles: &[tlog_tiles::Tile]) -> Result<Vec<Vec<u8>>, tlog_tiles::Error> {
        let read = |tile: &tlog_tiles::Tile| {
            // Theirs names the height of the tiles as well.
            let path = tile.path().replacen("tile/8/", "tile/", 1);
            let Some(Resource::Hashes { tile, width }) = Resource::parse(&path) else {
                return Err(tlog_tiles::Error::InvalidTile);
            };
            let mut bytes = self.0.bytes(tile).unwrap();
            bytes.truncate(usize::from(width) * 32);
            Ok(bytes)
        };
        tiles.iter().map(read).collect()
    }

    fn save_tiles(&self, _: &[tlog_tiles::Tile], _: &[Vec<u8>]) {}
}

fn theirs(hash: Hash) -> tlog_tiles::Hash {
    tlog_tiles::Hash(*hash.as_bytes())
}

#[test]
fn tlog_tiles_and_we_agree_on_tiles_and_proofs() {
    let mut random = Random(6);
    let (leaves, tiles) = log(70_000);
    let roots = roots(&leaves);
    for size in SIZES {
        let published = Published(&tiles);
        let reader = TileHashReader::new(number(size), theirs(roots[size]), &published);
        let of = number(size);
        for place in places(size, &mut random) {
            let (index, from) = (number(place - 1), number(place));
            let inclusion: Vec<_> = tiles.inclusion(index, of).unwrap().into_iter().map(theirs).collect();
            assert_eq!(tlog_tiles::prove_record(of, index, &reader).unwrap(), inclusion);
            let (root, leaf) = (theirs(roots[size]), theirs(leaves[place - 1]));
            assert!(tlog_tiles::check_record(&inclusion, of, root, index, leaf).is_ok());
            let consistency: Vec<_> = tiles.consistency(from, of).unwrap().into_iter().map(theirs).collect();
            assert_eq!(tlog_tiles::prove_tree(of, from, &reader).unwrap(), consistency);
            assert!(tlog_tiles::check_tree(&consistency, of, root, from, theirs(roots[place])).is_ok());
            let stored = tlog_tiles::stored_hash_index(0, index);
            assert_eq!(reader.read_hashes(&[stored]).unwrap(), [leaf]);
        }
    }
}

#[test]
fn tlog_tiles_and_we_name_the_same_new_tiles() {
    let (leaves, _) = log(70_000);
    let mut tiles = Tiles::new();
    let mut size = 0;
    for next in SIZES {
        let changed = tiles.append(number(size), &leaves[size..next]).unwrap();
        let named = tlog_tiles::Tile::new_tiles(8, number(size), number(next));
        let named = named.into_iter().map(|tile| TileId { level: tile.level(), index: tile.level_index() });
        assert_eq!(changed, named.collect(), "from {size} to {next}");
        size = next;
    }
}

#[test]
fn tlog_tiles_and_we_read_each_others_checkpoints() {
    for (size, root) in roots(&log(300).0).into_iter().enumerate() {
        let ours = Checkpoint { origin: ORIGIN.into(), size: number(size), root };
        let read = tlog_tiles::Checkpoint::from_bytes(ours.to_string().as_bytes()).unwrap();
        assert_eq!((read.origin(), read.size(), read.hash()), (ORIGIN, number(size), &theirs(root)));
        let written = tlog_tiles::Checkpoint::new(ORIGIN, number(size), theirs(root), "").unwrap();
        assert_eq!(Checkpoint::parse(std::str::from_utf8(&written.to_bytes()).unwrap()), Ok(ours));
    }
}

#[test]
fn signed_note_and_we_verify_each_others_notes() {
    let text = "a text\n\nof several lines: é\n";
    let trusted = verifier(1).to_string();
    let theirs = StandardVerifier::new(&trusted).unwrap();
    let known = VerifierList::new(vec![Box::new(theirs)]);
    let ours = sign(text, ORIGIN, &[&key(1), &key(2)]).unwrap();
    let read = signed_note::Note::from_bytes(ours.as_bytes()).unwrap();
    let (verified, unknown) = read.verify(&known).unwrap();
    assert_eq!((verified.len(), unknown.len()), (1, 1));
    assert_eq!(read.text(), text.as_bytes());
    let changed = ours.replacen("text", "TEXT", 1);
    assert!(signed_note::Note::from_bytes(changed.as_bytes()).unwrap().verify(&known).is_err());

    let secret = signed_note_key();
    let signer = signed_note::StandardSigner::new(&secret).unwrap();
    let mut note = signed_note::Note::new(text.as_bytes(), &[]).unwrap();
    note.add_sigs(&[&signer]).unwrap();
    let note = Note::parse(std::str::from_utf8(&note.to_bytes()).unwrap()).unwrap();
    assert_eq!(note.text(), text);
    assert!(note.is_signed_by(&VerifierKey::parse(&trusted).unwrap()));
}

/// The secret key of seed 1 in the text form of `signed_note`.
fn signed_note_key() -> String {
    use base64::Engine as _;
    use base64::engine::general_purpose::STANDARD;
    let public = verifier(1).to_string();
    let id = public.split('+').nth(1).unwrap();
    format!("PRIVATE+KEY+{ORIGIN}+{id}+{}", STANDARD.encode([1; 33]))
}
