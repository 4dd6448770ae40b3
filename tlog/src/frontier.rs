//! The right edge of a growing tree: all that is needed to append to it and to know its root.

use crate::hash::{Hash, empty_root, node_hash};

/// The roots of the complete subtrees that a tree is made of, from the largest to the smallest: one for each
/// binary digit 1 of its size. At most 64 hashes, however large the tree is.
#[derive(Debug, Clone, Default)]
pub struct Frontier {
    subtrees: Vec<Hash>,
    size: u64,
}

impl Frontier {
    /// The tree without entries.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Appends a leaf: one hashing on average.
    pub fn push(&mut self, leaf: Hash) {
        let mut subtree = leaf;
        // Like a carry: two complete subtrees of one size become one of the double size.
        for _ in 0..self.size.trailing_ones() {
            if let Some(left) = self.subtrees.pop() {
                subtree = node_hash(&left, &subtree);
            }
        }
        self.subtrees.push(subtree);
        self.size += 1;
    }

    /// How many leaves the tree has.
    #[must_use]
    pub const fn size(&self) -> u64 {
        self.size
    }

    /// Its root: MTH of RFC 6962, 2.1.
    #[must_use]
    pub fn root(&self) -> Hash {
        self.subtrees
            .iter()
            .rev()
            .copied()
            .reduce(|right, left| node_hash(&left, &right))
            .unwrap_or_else(empty_root)
    }
}
