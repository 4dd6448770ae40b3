//! The privacy gateway: the one door to personal data that a processor holds for its customers.
//!
//! The rooms and who may enter which are told in `docs/architecture.md`.

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
