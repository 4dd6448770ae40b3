//! Migrations of both databases, run by the owner's role, and the application's rights on what they made.

use migration::{DataMigrator, KeyMigrator};
use sea_orm::{ConnectionTrait, Statement};
use sea_orm_migration::MigratorTrait;

use crate::backend::{Address, Database};
use crate::error::StoreError;

/// Where to migrate, and for whom.
pub struct MigrationTarget {
    /// The data database, as its owner reaches it.
    pub data: Address,
    /// The key store, as its owner reaches it.
    pub keys: Address,
    /// The role that serves, to be given its rights; `None` on `SQLite`, where there are no roles.
    pub serving_role: Option<String>,
    /// The role of the operator API, likewise.
    pub operator_role: Option<String>,
}

/// Whether a migration is applied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MigrationStatus {
    /// `data` or `keys`.
    pub database: &'static str,
    /// The step.
    pub name: String,
    /// Whether it is applied.
    pub applied: bool,
}

/// Applies what is missing and renews the rights of both roles.
///
/// # Errors
/// When a database does not answer or refuses a step.
pub async fn up(target: &MigrationTarget) -> Result<(), StoreError> {
    let data = Database::connect(&target.data).await?;
    let keys = Database::connect(&target.keys).await?;
    DataMigrator::up(data.platform(), None).await?;
    KeyMigrator::up(keys.platform(), None).await?;
    if let Some(role) = &target.serving_role {
        migration::backend::grant(data.platform(), role).await?;
        migration::backend::grant(keys.platform(), role).await?;
    }
    if let Some(role) = &target.operator_role {
        migration::backend::grant_operator(data.platform(), role).await?;
    }
    Ok(())
}

/// Takes every step back, the newest first.
///
/// # Errors
/// When a database does not answer or refuses a step.
pub async fn down(target: &MigrationTarget) -> Result<(), StoreError> {
    let data = Database::connect(&target.data).await?;
    let keys = Database::connect(&target.keys).await?;
    DataMigrator::down(data.platform(), None).await?;
    KeyMigrator::down(keys.platform(), None).await?;
    Ok(())
}

/// Every step of both databases and whether it is applied.
///
/// # Errors
/// When a database does not answer.
pub async fn status(target: &MigrationTarget) -> Result<Vec<MigrationStatus>, StoreError> {
    let data = Database::connect(&target.data).await?;
    let keys = Database::connect(&target.keys).await?;
    let mut all = steps::<DataMigrator, _>(data.platform(), "data").await?;
    all.extend(steps::<KeyMigrator, _>(keys.platform(), "keys").await?);
    Ok(all)
}

pub(crate) async fn check<C: ConnectionTrait>(data: &C, keys: &C) -> Result<(), StoreError> {
    let mut all = steps::<DataMigrator, _>(data, "data").await?;
    all.extend(steps::<KeyMigrator, _>(keys, "keys").await?);
    match all.iter().find(|step| !step.applied) {
        None => Ok(()),
        Some(step) => Err(StoreError::Unfit(format!(
            "migration {} of the {} database is missing: run `privacy-gateway migrate up`",
            step.name, step.database
        ))),
    }
}

/// Compares names, so that it needs no more than the right to read the table of applied steps.
async fn steps<M: MigratorTrait, C: ConnectionTrait>(
    connection: &C,
    database: &'static str,
) -> Result<Vec<MigrationStatus>, StoreError> {
    let query =
        Statement::from_string(connection.get_database_backend(), "SELECT version FROM seaql_migrations");
    let applied: Vec<String> = match connection.query_all_raw(query).await {
        Ok(rows) => rows.iter().map(|row| row.try_get("", "version")).collect::<Result<_, _>>()?,
        // A database that was never migrated has no such table.
        Err(_) => Vec::new(),
    };
    let steps = M::migrations().into_iter().map(|step| {
        let name = step.name().to_owned();
        MigrationStatus { database, applied: applied.contains(&name), name }
    });
    Ok(steps.collect())
}
