//! A log that nobody can change unseen: the formats and the verification of transparency logs.
//!
//! The tree is that of [RFC 6962](https://www.rfc-editor.org/rfc/rfc6962#section-2.1) with SHA-256, the texts and
//! paths are those of C2SP: [signed-note](https://c2sp.org/signed-note),
//! [tlog-checkpoint](https://c2sp.org/tlog-checkpoint), [tlog-tiles](https://c2sp.org/tlog-tiles) and
//! [tlog-proof](https://c2sp.org/tlog-proof). Entries are numbered from 0. Nothing here reads a file, a clock or
//! random bytes, and no input makes it panic.

mod bundle;
mod checkpoint;
mod finding;
mod frontier;
mod hash;
mod heads;
mod key;
mod note;
mod proof;
mod resource;
mod sentence;
mod tile;
mod tree;
mod verify;

pub use bundle::{EntryTooLong, MAX_ENTRY_BYTES, entry_bundle};
pub use checkpoint::{Checkpoint, InvalidCheckpoint};
pub use finding::{Altered, Fault, Finding, Report};
pub use frontier::Frontier;
pub use hash::{Hash, leaf_hash, node_hash};
pub use key::{InvalidKey, SigningKey, VerifierKey};
pub use note::{InvalidNote, Note, sign};
pub use proof::{InvalidProof, LogProof, verify_consistency, verify_inclusion};
pub use resource::Resource;
pub use tile::{
    MalformedTile, MissingTile, TILE_WIDTH, TileId, Tiles, edge, tiles_for_consistency, tiles_for_inclusion,
    tiles_for_root,
};
pub use verify::Verifier;
