//! Where messages go, where they do not, and what they are signed with.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod addresses;
mod delivery;
mod endpoints;
mod receiver;
mod refusals;
mod secrets;
mod signatures;
