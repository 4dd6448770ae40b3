//! Who is let in, and who is not.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod accepted;
mod claims;
mod development;
mod door;
mod forge;
mod form;
mod outage;
mod published;
mod rotation;
mod signature;
mod unknown_keys;
