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

/// What a role may do, table by table; anything else it may not.
type Rights = &'static [(&'static str, &'static str)];

/// The role that serves tenants. Entries of the audit log, signatures and instructions are neither changed nor deleted by
/// it, and it truncates nothing (TRUNCATE passes row-level security by). What the platform decides it reads alone.
const SERVING: Rights = &[
    ("accounting_record", "SELECT, INSERT, UPDATE, DELETE"),
    ("agreement", "SELECT, UPDATE"),
    ("agreement_signature", "SELECT, INSERT"),
    ("audit_checkpoint", "SELECT, INSERT"),
    ("audit_delivery", "SELECT, INSERT, UPDATE, DELETE"),
    ("audit_event", "SELECT, INSERT"),
    ("audit_leaf", "SELECT, INSERT"),
    ("audit_pending", "SELECT, INSERT, DELETE"),
    ("audit_signing_key", "SELECT, INSERT, UPDATE (wrapped)"),
    ("audit_subject", "SELECT, INSERT"),
    ("audit_tile", "SELECT, INSERT, UPDATE"),
    ("breach", "SELECT"),
    ("breach_notice", "SELECT, UPDATE"),
    ("breach_supplement", "SELECT"),
    ("closing_certificate", "SELECT, INSERT, UPDATE"),
    ("consent", "SELECT, INSERT, UPDATE, DELETE"),
    ("console_session", "SELECT, INSERT, UPDATE, DELETE"),
    ("data_subject", "SELECT, INSERT, UPDATE, DELETE"),
    ("downstream_secret", "SELECT, INSERT, UPDATE, DELETE"),
    ("downstream_system", "SELECT, INSERT, UPDATE, DELETE"),
    ("downstream_task", "SELECT, INSERT, UPDATE"),
    ("download_ticket", "SELECT, INSERT, UPDATE, DELETE"),
    ("erasure", "SELECT, INSERT"),
    ("erasure_certificate", "SELECT, INSERT, UPDATE"),
    ("erasure_confirmation", "SELECT"),
    ("erasure_counter", "SELECT, INSERT, UPDATE"),
    ("erasure_mark", "SELECT, INSERT, UPDATE"),
    ("export_file", "SELECT, INSERT, DELETE"),
    ("export_package", "SELECT, INSERT, DELETE"),
    ("idempotency", "SELECT, INSERT, UPDATE, DELETE"),
    ("instruction", "SELECT, INSERT"),
    ("job", "SELECT, INSERT, UPDATE, DELETE"),
    ("legal_hold", "SELECT, INSERT, UPDATE"),
    ("notice", "SELECT, INSERT, UPDATE, DELETE"),
    ("opendsr_callback", "SELECT, INSERT, UPDATE"),
    ("opendsr_request", "SELECT, INSERT, UPDATE"),
    ("platform_key", "SELECT, INSERT, UPDATE (wrapped)"),
    ("processing_activity", "SELECT, INSERT, UPDATE"),
    ("request_counter", "SELECT, INSERT, UPDATE"),
    ("request_event", "SELECT, INSERT"),
    ("restriction", "SELECT, INSERT, UPDATE"),
    ("retention_rule", "SELECT, INSERT, UPDATE"),
    ("rights_request", "SELECT, INSERT, UPDATE"),
    ("seaql_migrations", "SELECT"),
    ("subject_index", "SELECT, INSERT, DELETE"),
    ("subject_key", "SELECT, INSERT, UPDATE, DELETE"),
    ("subprocessor", "SELECT"),
    ("subprocessor_notice", "SELECT, UPDATE"),
    ("supervisory_authority", "SELECT"),
    ("suppression", "SELECT, INSERT, UPDATE, DELETE"),
    ("tenant", "SELECT, UPDATE"),
    ("tenant_closing", "SELECT, INSERT, UPDATE"),
    ("tenant_end", "SELECT, INSERT"),
    ("tenant_export", "SELECT, INSERT, UPDATE"),
    ("tenant_export_chunk", "SELECT, INSERT, DELETE"),
    ("tenant_export_download", "SELECT, INSERT"),
    ("tenant_key", "SELECT, INSERT, UPDATE, DELETE"),
    ("trusted_document", "SELECT"),
    ("trusted_owner", "SELECT"),
];

/// The role of the operator API. It reaches no table with data about a data subject: what it writes for a tenant beside the
/// platform's own records (the first rules of its register, due work, entries of its log) it cannot read again.
const OPERATING: Rights = &[
    ("agreement", "SELECT, INSERT"),
    ("agreement_signature", "INSERT"),
    ("agreement_template", "SELECT, INSERT"),
    ("audit_event", "INSERT"),
    ("audit_pending", "INSERT"),
    ("breach", "SELECT, INSERT"),
    ("breach_notice", "SELECT, INSERT"),
    ("breach_supplement", "SELECT, INSERT"),
    ("closing_certificate", "SELECT, INSERT"),
    ("erasure_confirmation", "SELECT, INSERT"),
    ("job", "INSERT"),
    ("notice", "INSERT, SELECT (tenant_id, status)"),
    ("operator_idempotency", "SELECT, INSERT, DELETE"),
    ("processing_activity", "INSERT"),
    ("retention_rule", "INSERT"),
    ("seaql_migrations", "SELECT"),
    ("subprocessor", "SELECT, INSERT, UPDATE"),
    ("subprocessor_notice", "SELECT, INSERT"),
    ("supervisory_authority", "SELECT, INSERT"),
    ("tenant", "SELECT, INSERT, UPDATE"),
    ("tenant_closing", "SELECT"),
    ("tenant_export", "SELECT"),
    ("tenant_export_download", "SELECT"),
    ("trusted_document", "SELECT, INSERT, UPDATE, DELETE"),
    ("trusted_owner", "SELECT, INSERT, UPDATE"),
];

/// The operator's own function, by its signature.
const FIGURES: &str = "request_figures(uuid[], timestamptz, timestamptz)";

/// Gives the role that serves tenants its rights on whichever of the tables the database holds. Run by the owner after
/// each migration; on SQLite there are no roles and nothing is done.
///
/// # Errors
/// When the role does not exist or the connection is not the owner's.
pub async fn grant<C: ConnectionTrait>(owner: &C, role: &str) -> Result<(), DbErr> {
    give(owner, role, SERVING, |_| String::new()).await
}

/// The same for the operator's role, which sees the rows of every tenant in the tables that it reaches.
///
/// # Errors
/// When the role does not exist or the connection is not the owner's.
pub async fn grant_operator<C: ConnectionTrait>(owner: &C, role: &str) -> Result<(), DbErr> {
    let quoted = quoted(role);
    let sees_all = |table: &str| {
        format!(
            ";DROP POLICY IF EXISTS operator ON {table};
             CREATE POLICY operator ON {table} TO {quoted} USING (true) WITH CHECK (true)"
        )
    };
    give(owner, role, OPERATING, sees_all).await?;
    if owner.get_database_backend() == DbBackend::Postgres {
        owner.execute_unprepared(&format!("GRANT EXECUTE ON FUNCTION {FIGURES} TO {quoted}")).await?;
    }
    Ok(())
}

fn quoted(role: &str) -> String {
    format!("\"{}\"", role.replace('"', "\"\""))
}

async fn give<C: ConnectionTrait>(
    owner: &C,
    role: &str,
    rights: Rights,
    and: impl Fn(&str) -> String,
) -> Result<(), DbErr> {
    if owner.get_database_backend() != DbBackend::Postgres {
        return Ok(());
    }
    let quoted = quoted(role);
    let mut statements = vec![format!("GRANT USAGE ON SCHEMA public TO {quoted}")];
    let tables = owner
        .query_all_raw(Statement::from_string(
            DbBackend::Postgres,
            "SELECT tablename::text FROM pg_tables WHERE schemaname = 'public'",
        ))
        .await?;
    for row in tables {
        let table: String = row.try_get_by_index(0)?;
        statements.push(format!("REVOKE ALL ON {table} FROM {quoted}, PUBLIC"));
        if let Some((_, rights)) = rights.iter().find(|(name, _)| *name == table) {
            statements.push(format!("GRANT {rights} ON {table} TO {quoted}{}", and(&table)));
        }
    }
    owner.execute_unprepared(&statements.join(";")).await?;
    Ok(())
}
