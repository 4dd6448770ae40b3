//! All that differs between the databases: PostgreSQL keeps tenants apart a second time by row-level security,
//! SQLite has none and relies on scoped queries and composite keys alone.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend, Statement};

/// Policies read the tenant that the transaction was bound to. An unset value is null on a new connection and the
/// empty string on one where it was set before; both must read as "no tenant", never as an error.
const BOUND_TENANT: &str = "NULLIF(current_setting('app.tenant_id', true), '')::uuid";

/// Turns on row-level security for `table`, for its owner too, with the tenant in `column`.
///
/// # Errors
/// When the database refuses.
pub async fn isolate(manager: &SchemaManager<'_>, table: &str, column: &str) -> Result<(), DbErr> {
    on_postgres(
        manager,
        &format!(
            "ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
             ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
             CREATE POLICY tenant_isolation ON {table}
                 USING ({column} = {BOUND_TENANT}) WITH CHECK ({column} = {BOUND_TENANT});"
        ),
    )
    .await
}

/// Runs statements that only PostgreSQL needs.
///
/// # Errors
/// When the database refuses.
pub async fn on_postgres(manager: &SchemaManager<'_>, statements: &str) -> Result<(), DbErr> {
    if manager.get_database_backend() == DbBackend::Postgres {
        manager.get_connection().execute_unprepared(statements).await?;
    }
    Ok(())
}

/// What the application's role may do, table by table; anything else it may not. Entries of the audit log are
/// neither changed nor deleted by it, and it truncates nothing (TRUNCATE passes row-level security by).
const GRANTS: &[(&str, &str)] = &[
    ("accounting_record", "SELECT, INSERT, UPDATE, DELETE"),
    ("agreement", "SELECT, INSERT, UPDATE"),
    ("audit_event", "SELECT, INSERT"),
    ("consent", "SELECT, INSERT, UPDATE, DELETE"),
    ("data_subject", "SELECT, INSERT, UPDATE, DELETE"),
    ("download_ticket", "SELECT, INSERT, UPDATE, DELETE"),
    ("erasure", "SELECT, INSERT"),
    ("erasure_counter", "SELECT, INSERT, UPDATE"),
    ("erasure_mark", "SELECT, INSERT, UPDATE"),
    ("export_file", "SELECT, INSERT, DELETE"),
    ("export_package", "SELECT, INSERT, DELETE"),
    ("idempotency", "SELECT, INSERT, UPDATE, DELETE"),
    ("job", "SELECT, INSERT, UPDATE, DELETE"),
    ("legal_hold", "SELECT, INSERT, UPDATE"),
    ("processing_activity", "SELECT, INSERT, UPDATE"),
    ("request_counter", "SELECT, INSERT, UPDATE"),
    ("request_event", "SELECT, INSERT"),
    ("restriction", "SELECT, INSERT, UPDATE"),
    ("retention_rule", "SELECT, INSERT, UPDATE"),
    ("rights_request", "SELECT, INSERT, UPDATE"),
    ("seaql_migrations", "SELECT"),
    ("subject_index", "SELECT, INSERT, DELETE"),
    ("subject_key", "SELECT, INSERT, UPDATE, DELETE"),
    ("subprocessor", "SELECT, INSERT, UPDATE"),
    ("supervisory_authority", "SELECT, INSERT"),
    ("suppression", "SELECT, INSERT, UPDATE"),
    ("tenant", "SELECT, INSERT, UPDATE"),
    ("tenant_key", "SELECT, INSERT, UPDATE"),
];

/// Gives the application's role its rights on whichever of the tables the database holds. Run by the owner after
/// each migration; on SQLite there are no roles and nothing is done.
///
/// # Errors
/// When the role does not exist or the connection is not the owner's.
pub async fn grant<C: ConnectionTrait>(owner: &C, role: &str) -> Result<(), DbErr> {
    if owner.get_database_backend() != DbBackend::Postgres {
        return Ok(());
    }
    let quoted = role.replace('"', "\"\"");
    let mut statements = vec![format!("GRANT USAGE ON SCHEMA public TO \"{quoted}\"")];
    let tables = owner
        .query_all_raw(Statement::from_string(
            DbBackend::Postgres,
            "SELECT tablename::text FROM pg_tables WHERE schemaname = 'public'",
        ))
        .await?;
    for row in tables {
        let table: String = row.try_get_by_index(0)?;
        statements.push(format!("REVOKE ALL ON {table} FROM \"{quoted}\", PUBLIC"));
        if let Some((_, rights)) = GRANTS.iter().find(|(name, _)| *name == table) {
            statements.push(format!("GRANT {rights} ON {table} TO \"{quoted}\""));
        }
    }
    owner.execute_unprepared(&statements.join(";")).await?;
    Ok(())
}
