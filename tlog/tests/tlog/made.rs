//! Invented logs, made of a seed.

use tlog::{Checkpoint, Frontier, Hash, SigningKey, VerifierKey, leaf_hash, sign};

pub const ORIGIN: &str = "example.com/audit/tenant";

/// `SplitMix64`: the same numbers for the same seed.
pub struct Random(pub u64);

impl Random {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number from `from` up to, but without, `to`.
    pub fn between(&mut self, from: usize, to: usize) -> usize {
        from + usize::try_from(self.next() % u64::try_from(to - from).unwrap()).unwrap()
    }

    pub fn chance(&mut self, of_ten: usize) -> bool {
        self.between(0, 10) < of_ten
    }
}

pub fn key(seed: u8) -> SigningKey {
    SigningKey::from_seed(&[seed; 32]).unwrap()
}

pub fn verifier(seed: u8) -> VerifierKey {
    key(seed).verifier(ORIGIN).unwrap()
}

pub fn leaves(count: usize) -> Vec<Hash> {
    (0..count).map(|number| leaf_hash(format!("entry {number}").as_bytes())).collect()
}

/// An event of 300 to 400 bytes, unlike any other.
pub fn event(number: usize, random: &mut Random) -> Vec<u8> {
    let filling = "x".repeat(random.between(215, 300));
    let chance = random.next();
    format!(r#"{{"action":"request.read","id":"event_{number:026}","requestId":"{chance:020}","text":"{filling}"}}"#)
        .into_bytes()
}

pub fn head(size: usize, root: Hash, keys: &[&SigningKey]) -> String {
    let head = Checkpoint { origin: ORIGIN.into(), size: u64::try_from(size).unwrap(), root };
    sign(&head.to_string(), ORIGIN, keys).unwrap()
}

/// The roots of the trees of 0 up to all leaves.
pub fn roots(leaves: &[Hash]) -> Vec<Hash> {
    let mut frontier = Frontier::new();
    let mut roots = vec![frontier.root()];
    for leaf in leaves {
        frontier.push(*leaf);
        roots.push(frontier.root());
    }
    roots
}
