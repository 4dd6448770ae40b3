//! Proofs: that an entry is in a tree, that a tree grew out of another, and both in a file of its own (tlog-proof).

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::checkpoint::{Checkpoint, InvalidCheckpoint, parse_number};
use crate::hash::{Hash, empty_root, leaf_hash, node_hash};
use crate::key::VerifierKey;
use crate::note::{InvalidNote, Note};

/// The first line of a proof.
const HEADING: &str = "c2sp.org/tlog-proof@v1";

/// A proof of a tree that can exist has no more hashes.
const MAX_HASHES: usize = 63;

/// A proof does not prove what it should.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidProof {
    /// A line is missing or of another form.
    #[error("the proof is not of the form c2sp.org/tlog-proof@v1")]
    Malformed,
    /// The checkpoint in it is no note.
    #[error("the checkpoint of the proof is no signed note: {0}")]
    Note(#[from] InvalidNote),
    /// The note in it is no checkpoint.
    #[error("the note in the proof is no checkpoint: {0}")]
    Checkpoint(#[from] InvalidCheckpoint),
    /// No trusted key of the log signed the checkpoint.
    #[error("no trusted key of the log signed the checkpoint of the proof")]
    Untrusted,
    /// The entry is not in the tree at that place.
    #[error("the entry is not in the log at the place that the proof states")]
    NotIncluded,
    /// The later tree does not begin with the earlier one.
    #[error("the later tree is no continuation of the earlier one")]
    NotConsistent,
}

/// Checks that a leaf is the one at `index` in the tree of `size` leaves with that root (RFC 9162, 2.1.3.2).
///
/// # Errors
/// [`InvalidProof::NotIncluded`].
pub fn verify_inclusion(
    leaf: &Hash,
    index: u64,
    size: u64,
    proof: &[Hash],
    root: &Hash,
) -> Result<(), InvalidProof> {
    if index >= size {
        return Err(InvalidProof::NotIncluded);
    }
    let mut climb = Climb { node: index, last: size - 1 };
    let mut hash = *leaf;
    for beside in proof {
        hash = match climb.step().ok_or(InvalidProof::NotIncluded)? {
            Side::Left => node_hash(beside, &hash),
            Side::Right => node_hash(&hash, beside),
        };
    }
    if climb.last == 0 && hash == *root { Ok(()) } else { Err(InvalidProof::NotIncluded) }
}

/// Checks that the tree of `from` leaves is the beginning of that of `to` (RFC 9162, 2.1.4.2). The empty tree is
/// the beginning of each, which needs no hashes.
///
/// # Errors
/// [`InvalidProof::NotConsistent`].
pub fn verify_consistency(
    from: u64,
    to: u64,
    from_root: &Hash,
    to_root: &Hash,
    proof: &[Hash],
) -> Result<(), InvalidProof> {
    let holds = match from {
        0 => proof.is_empty() && *from_root == empty_root() && (to > 0 || to_root == from_root),
        _ if from == to => proof.is_empty() && from_root == to_root,
        _ if from > to => false,
        _ => roots_of_consistency(from, to, from_root, proof) == Some((*from_root, *to_root)),
    };
    if holds { Ok(()) } else { Err(InvalidProof::NotConsistent) }
}

/// The roots of both trees that a proof leads to, where `0 < from < to`; `None` when its length is wrong.
fn roots_of_consistency(from: u64, to: u64, from_root: &Hash, proof: &[Hash]) -> Option<(Hash, Hash)> {
    // A complete earlier tree is itself the subtree from which both are climbed.
    let (first, rest) = if from.is_power_of_two() { (from_root, proof) } else { proof.split_first()? };
    let below = (from - 1).trailing_ones();
    let mut climb = Climb { node: (from - 1) >> below, last: (to - 1) >> below };
    let (mut earlier, mut later) = (*first, *first);
    for beside in rest {
        match climb.step()? {
            Side::Left => {
                earlier = node_hash(beside, &earlier);
                later = node_hash(beside, &later);
            }
            Side::Right => later = node_hash(&later, beside),
        }
    }
    (climb.last == 0).then_some((earlier, later))
}

/// On which side of the node that is climbed from the next hash of a proof lies.
enum Side {
    Left,
    Right,
}

/// The way from a node to the root: its number among those of its height, and that of the last of them.
struct Climb {
    node: u64,
    last: u64,
}

impl Climb {
    /// Goes one hash up; `None` at the root.
    fn step(&mut self) -> Option<Side> {
        if self.last == 0 {
            return None;
        }
        let is_right = self.node % 2 == 1;
        let side = if is_right || self.node == self.last { Side::Left } else { Side::Right };
        if !is_right && matches!(side, Side::Left) {
            // The last node of its height has nothing beside it until it is a right one.
            let alone = self.node.trailing_zeros().min(u64::BITS - 1);
            self.node >>= alone;
            self.last >>= alone;
        }
        self.node >>= 1;
        self.last >>= 1;
        Some(side)
    }
}

/// The proof that one entry is in a log, complete but for the entry and the keys. `Display` writes the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogProof {
    /// What the proof carries along. It is not covered by the proof.
    pub extra: Option<Vec<u8>>,
    /// The number of the entry, from 0.
    pub index: u64,
    /// The hashes beside the way from the entry up to the root.
    pub hashes: Vec<Hash>,
    /// The log's head as it was signed: a whole note.
    pub checkpoint: String,
}

impl LogProof {
    /// Reads a proof. Nothing is verified yet.
    ///
    /// # Errors
    /// [`InvalidProof::Malformed`], [`InvalidProof::Note`] or [`InvalidProof::Checkpoint`].
    pub fn parse(text: &str) -> Result<Self, InvalidProof> {
        let (head, checkpoint) = text.split_once("\n\n").ok_or(InvalidProof::Malformed)?;
        let (extra, index, hashes) = parse_head(head).ok_or(InvalidProof::Malformed)?;
        let proof = Self { extra, index, hashes, checkpoint: checkpoint.to_owned() };
        proof.stated_checkpoint()?;
        Ok(proof)
    }

    /// The head that the proof refers to, which nobody has verified: to show it, not to rely on it.
    ///
    /// # Errors
    /// [`InvalidProof::Note`] or [`InvalidProof::Checkpoint`].
    pub fn stated_checkpoint(&self) -> Result<Checkpoint, InvalidProof> {
        Ok(Checkpoint::parse(Note::parse(&self.checkpoint)?.text())?)
    }

    /// Verifies that the entry is in the log that the checkpoint names, under the signature of one of the keys
    /// whose name is that of the log. Whether it is the log that was meant is for the caller to compare.
    ///
    /// # Errors
    /// [`InvalidProof`] says what is wrong.
    pub fn verify(&self, entry: &[u8], keys: &[VerifierKey]) -> Result<Checkpoint, InvalidProof> {
        let note = Note::parse(&self.checkpoint)?;
        let checkpoint = Checkpoint::parse(note.text())?;
        let of_log: Vec<_> = keys.iter().filter(|key| key.name() == checkpoint.origin).cloned().collect();
        if !note.is_signed_by_any(&of_log) {
            return Err(InvalidProof::Untrusted);
        }
        let leaf = leaf_hash(entry);
        verify_inclusion(&leaf, self.index, checkpoint.size, &self.hashes, &checkpoint.root)?;
        Ok(checkpoint)
    }
}

type Head = (Option<Vec<u8>>, u64, Vec<Hash>);

fn parse_head(head: &str) -> Option<Head> {
    let mut lines = head.split('\n').peekable();
    if lines.next() != Some(HEADING) {
        return None;
    }
    let extra = lines.next_if(|line| line.starts_with("extra "));
    let extra = extra.map(|line| STANDARD.decode(&line["extra ".len()..])).transpose().ok()?;
    let index = parse_number(lines.next()?.strip_prefix("index ")?)?;
    let hashes: Vec<_> = lines.map(Hash::parse_base64).collect::<Option<_>>()?;
    (hashes.len() <= MAX_HASHES).then_some((extra, index, hashes))
}

impl fmt::Display for LogProof {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{HEADING}")?;
        if let Some(extra) = &self.extra {
            writeln!(f, "extra {}", STANDARD.encode(extra))?;
        }
        writeln!(f, "index {}", self.index)?;
        self.hashes.iter().try_for_each(|hash| writeln!(f, "{}", hash.to_base64()))?;
        write!(f, "\n{}", self.checkpoint)
    }
}
