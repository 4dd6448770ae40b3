//! The privacy gateway: the one door to personal data that a processor holds for its customers.
//!
//! The rooms and who may enter which are told in `docs/architecture.md`.
// The types of the two schemas are deeper than the compiler looks by itself, once it optimises.
#![recursion_limit = "256"]

pub mod app;
pub mod cli;
pub mod config;
pub mod demand;
pub mod demo;
pub mod graphql;
pub mod http;
pub mod metrics;
pub mod package;
pub mod seed;
pub mod service;
pub mod system;
pub mod worker;
