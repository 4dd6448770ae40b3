//! The schemas of the two databases, step by step. A step that has been released is frozen text.
//!
//! [`DataMigrator`] makes the database of sealed data, [`KeyMigrator`] the key store, which lives apart so that
//! backups of the one never hold the other. What differs between SQLite and PostgreSQL is in [`backend`].

pub mod backend;
mod keys_m0001_keys;
mod keys_m0002_erasures;
mod keys_m0003_tenant_end;
mod keys_m0004_audit;
mod keys_m0005_platform_keys;
mod m0001_tenants;
mod m0002_subjects;
mod m0003_requests;
mod m0004_exports;
mod m0005_audit;
mod m0006_jobs;
mod m0007_register;
mod m0008_erasure;
mod m0009_agreements;
mod m0010_audit_log;
mod m0011_certificates;
mod m0012_access_log_actors;
mod m0013_downstream;
mod m0014_tasks;
mod m0015_connectors;
mod m0017_notices;
mod m0018_opendsr;
mod m0019_trusted_documents;
mod m0020_console;
mod table;

use sea_orm_migration::prelude::*;

/// The steps of the database of sealed data.
#[derive(Debug)]
pub struct DataMigrator;

#[async_trait::async_trait]
impl MigratorTrait for DataMigrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m0001_tenants::Migration),
            Box::new(m0002_subjects::Migration),
            Box::new(m0003_requests::Migration),
            Box::new(m0004_exports::Migration),
            Box::new(m0005_audit::Migration),
            Box::new(m0006_jobs::Migration),
            Box::new(m0007_register::Migration),
            Box::new(m0008_erasure::Migration),
            Box::new(m0009_agreements::Migration),
            Box::new(m0010_audit_log::Migration),
            Box::new(m0011_certificates::Migration),
            Box::new(m0012_access_log_actors::Migration),
            Box::new(m0013_downstream::Migration),
            Box::new(m0014_tasks::Migration),
            Box::new(m0015_connectors::Migration),
            Box::new(m0017_notices::Migration),
            Box::new(m0018_opendsr::Migration),
            Box::new(m0019_trusted_documents::Migration),
            Box::new(m0020_console::Migration),
        ]
    }
}

/// The steps of the key store.
#[derive(Debug)]
pub struct KeyMigrator;

#[async_trait::async_trait]
impl MigratorTrait for KeyMigrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(keys_m0001_keys::Migration),
            Box::new(keys_m0002_erasures::Migration),
            Box::new(keys_m0003_tenant_end::Migration),
            Box::new(keys_m0004_audit::Migration),
            Box::new(keys_m0005_platform_keys::Migration),
        ]
    }
}
