//! The formats and the trees against their specifications, against other implementations, and against tampering.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod faults;
mod growth;
mod heads;
mod made;
mod naive;
mod notes;
mod paths;
mod peers;
mod proof_files;
mod tampering;
mod trees;
mod vectors;
