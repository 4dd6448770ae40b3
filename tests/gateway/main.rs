//! The gateway from outside, over HTTP, on both databases: one module for each thing that it promises.

#![expect(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

mod accounting;
mod audit;
mod consent_withdrawal;
mod costs;
mod deadlines;
mod decisions;
mod demo;
mod downloads;
mod erased_bytes;
mod erasure;
mod erasure_plan;
mod erasure_races;
mod erasure_remainder;
mod holds;
mod http;
mod idempotency;
mod kills;
mod letters;
mod marketing;
mod migrations;
mod objection;
mod pages;
mod portability;
mod purposes;
mod rectification;
mod request_kinds;
mod request_submission;
mod requests;
mod restore;
mod restriction;
mod retention;
mod rights_audit;
mod schema;
mod scopes;
mod sealed;
mod story;
mod subjects;
mod tenant_boundary;
mod tokens;
mod worker;
