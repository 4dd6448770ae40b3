//! The gateway from outside, over HTTP, on both databases: one module for each thing that it promises.

#![expect(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

mod audit;
mod demo;
mod downloads;
mod http;
mod idempotency;
mod marketing;
mod migrations;
mod pages;
mod purposes;
mod requests;
mod schema;
mod scopes;
mod sealed;
mod story;
mod subjects;
mod tenant_boundary;
mod tokens;
mod worker;
