//! The tables as rows: one file per table, no behaviour. What is personal in them is sealed.

pub mod agreement;
pub mod audit_event;
pub mod consent;
pub mod data_subject;
pub mod download_ticket;
pub mod export_file;
pub mod export_package;
pub mod idempotency;
pub mod job;
pub mod processing_activity;
pub mod request_counter;
pub mod request_event;
pub mod retention_rule;
pub mod rights_request;
pub mod subject_index;
pub mod subject_key;
pub mod subprocessor;
pub mod supervisory_authority;
pub mod tenant;
pub mod tenant_key;
