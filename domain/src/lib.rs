//! What the law and the agreement say about personal data, as values and pure functions.
//!
//! Nothing here reads a clock, a file, a database or the network: instants and random bytes are arguments
//! ([`clock`]), and every rule can be tried on a table of cases.

pub mod category;
pub mod clock;
pub mod id;
pub mod personal;
pub mod purpose;
pub mod scope;
