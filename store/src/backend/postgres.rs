//! PostgreSQL: row-level security behind the scoped queries, and roles that cannot get round it.

use std::str::FromStr as _;
use std::time::Duration;

use sea_orm::{ConnectionTrait, DbBackend, SqlxPostgresConnector, Statement};
use sqlx::ConnectOptions as _;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

use super::{Address, Connection};
use crate::error::StoreError;

/// Reads run in one snapshot and can write nothing; both are the connection's defaults, so that opening a read
/// transaction stays one round trip.
const READING: [(&str, &str); 2] =
    [("default_transaction_isolation", "repeatable read"), ("default_transaction_read_only", "on")];

fn pool(address: &Address) -> PgPoolOptions {
    PgPoolOptions::new()
        .max_connections(address.max_connections)
        .acquire_timeout(Duration::from_secs(5))
        .test_before_acquire(false)
}

pub(super) async fn connect(address: &Address) -> Result<(Connection, Connection), StoreError> {
    let options = PgConnectOptions::from_str(&address.url)?
        .disable_statement_logging()
        .application_name("privacy-gateway")
        .options([("statement_timeout", "15000"), ("idle_in_transaction_session_timeout", "30000")]);
    let writes = pool(address).connect_with(options.clone()).await?;
    let reads = pool(address).connect_with(options.options(READING)).await?;
    Ok((
        SqlxPostgresConnector::from_sqlx_postgres_pool(reads),
        SqlxPostgresConnector::from_sqlx_postgres_pool(writes),
    ))
}

/// Binds the transaction and reads the tenant's standing in one statement (migration m0009).
pub(super) const STANDING: &str = "SELECT * FROM bind_tenant($1, $2)";

/// Binds the transaction alone.
pub(super) const BIND: &str = "SELECT set_config('app.tenant_id', $1, true)";

/// Announces changes on a channel; those who listen hear them with the commit, each once.
pub(crate) const NOTIFY: &str = "SELECT pg_notify($1, changed) FROM jsonb_array_elements_text($2) AS changed";

/// Lets the transaction see due work of every tenant (migration m0006).
pub(crate) const LEASING: &str = "SELECT set_config('app.leasing', 'on', true)";

/// Whether this transaction, and no other one, sequences the audit log of a tenant. The number keeps the lock apart from
/// those of other programs.
pub(crate) const SEQUENCING: &str = "SELECT pg_try_advisory_xact_lock(6962, hashtext($1)) AS mine";

/// The next piece of due work other than deliveries and notices, that no other worker is taking at this moment.
pub(crate) const DUE_JOB: &str = "
    SELECT tenant_id, id, false AS failing FROM job
    WHERE dead_at IS NULL AND run_at <= $1 AND (leased_until IS NULL OR leased_until <= $1)
      AND kind NOT IN ('DELIVER_CHECKPOINT', 'DELIVER_TASK', 'DELIVER_CALLBACK', 'POLL_TASK', 'SEND_NOTICE')
    ORDER BY run_at LIMIT 1 FOR UPDATE SKIP LOCKED";

/// The next delivery, that no other worker is taking at this moment: one at a time for a system, whatever it is told. `$2` says
/// whether systems that have failed lately have a place.
pub(crate) const DUE_DELIVERY: &str = "
    SELECT j.tenant_id, j.id, coalesce(s.failures, 0) > 0 AS failing FROM job j
    LEFT JOIN downstream_system s ON s.tenant_id = j.tenant_id AND s.id = j.object_id
    WHERE j.dead_at IS NULL AND j.run_at <= $1 AND (j.leased_until IS NULL OR j.leased_until <= $1)
      AND j.kind IN ('DELIVER_CHECKPOINT', 'DELIVER_TASK', 'DELIVER_CALLBACK', 'POLL_TASK')
      AND (coalesce(s.failures, 0) = 0 OR $2)
      AND NOT EXISTS (SELECT 1 FROM job o WHERE o.tenant_id = j.tenant_id AND o.object_id = j.object_id
                      AND o.kind IN ('DELIVER_CHECKPOINT', 'DELIVER_TASK') AND o.id <> j.id AND o.leased_until > $1)
    ORDER BY j.run_at LIMIT 1 FOR UPDATE OF j SKIP LOCKED";

/// The next notice by e-mail, that no other worker is taking at this moment.
pub(crate) const DUE_NOTICE: &str = "
    SELECT tenant_id, id, false AS failing FROM job
    WHERE dead_at IS NULL AND run_at <= $1 AND (leased_until IS NULL OR leased_until <= $1) AND kind = 'SEND_NOTICE'
    ORDER BY run_at LIMIT 1 FOR UPDATE SKIP LOCKED";

/// What is open of the tenants' requests, as numbers (migration m0009).
pub(crate) const REQUEST_FIGURES: &str = "SELECT * FROM request_figures($1::text::uuid[], $2, $3)";

/// Condition on the persons of an audit event.
pub(crate) const EVENT_NAMES_SUBJECT: &str = "position($1 in subject_ids) > 0";

/// The entries of a log from a place to another in one row: each column's values with U+001E between them (`audit::page`).
/// An entry that is gone has the empty text in each. The second is constant, since a column holds values of one type.
pub(crate) const LOG_ENTRIES: &str = r#"
    SELECT count(*), 1::bigint,
           convert_to(string_agg(l.log_index::text, chr(30)), 'UTF8'),
           convert_to(string_agg(coalesce(e.canonical, ''), chr(30)), 'UTF8'),
           convert_to(string_agg(coalesce(encode(uuid_send(e.id), 'hex'), ''), chr(30)), 'UTF8'),
           convert_to(string_agg(coalesce(e.occurred_at::text, ''), chr(30)), 'UTF8'),
           convert_to(string_agg(coalesce(e.actor_id, ''), chr(30)), 'UTF8'),
           convert_to(string_agg(coalesce('+' || e.actor_role, ''), chr(30)), 'UTF8'),
           convert_to(string_agg(coalesce(e.action, ''), chr(30)), 'UTF8'),
           convert_to(string_agg(coalesce('+' || e.purpose, ''), chr(30)), 'UTF8'),
           convert_to(string_agg(coalesce(e.allowed::int::text, ''), chr(30)), 'UTF8'),
           convert_to(string_agg(coalesce(encode(e.subject_ids, 'hex'), ''), chr(30)), 'UTF8'),
           convert_to(string_agg(coalesce(replace(e.data_categories::text, '", "', '","'), ''), chr(30)), 'UTF8'),
           convert_to(string_agg(coalesce(e.request_id, ''), chr(30)), 'UTF8'),
           convert_to(string_agg(coalesce('+' || e.digest, ''), chr(30)), 'UTF8')
    FROM audit_leaf l
    LEFT JOIN audit_event e ON e.tenant_id = l.tenant_id AND e.id = l.event_id
    WHERE l.tenant_id = $1 AND l.log_index >= $2 AND l.log_index < $3"#;

/// Refuses a role that row-level security would not hold: superuser, BYPASSRLS or owner of a table (threat T5).
pub(crate) async fn check_role<C: ConnectionTrait>(connection: &C) -> Result<(), StoreError> {
    let row = connection
        .query_one_raw(Statement::from_string(
            DbBackend::Postgres,
            "SELECT r.rolsuper OR r.rolbypassrls AS privileged,
                    EXISTS (SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                            WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p')
                              AND pg_has_role(r.oid, c.relowner, 'USAGE')) AS owner
             FROM pg_roles r WHERE r.rolname = current_user",
        ))
        .await?
        .ok_or_else(|| {
            StoreError::Unfit("the database does not know the role of this connection".to_owned())
        })?;
    let (privileged, owner): (bool, bool) = (row.try_get("", "privileged")?, row.try_get("", "owner")?);
    if privileged || owner {
        return Err(StoreError::Unfit(
            "the gateway's database role is a superuser, has BYPASSRLS or owns the tables, so that row-level security \
             would not hold it: serve with a plain role and let the owner migrate (docs/operations.md)"
                .to_owned(),
        ));
    }
    Ok(())
}

/// Refuses a role of the operator that could read a table about data subjects.
pub(crate) async fn check_operator<C: ConnectionTrait>(connection: &C) -> Result<(), StoreError> {
    let reads = connection
        .query_one_raw(Statement::from_string(
            DbBackend::Postgres,
            "SELECT bool_or(has_any_column_privilege(current_user, c.oid, 'SELECT')) AS reads
             FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
             WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p')
               AND EXISTS (SELECT 1 FROM pg_attribute a WHERE a.attrelid = c.oid
                           AND a.attname IN ('subject_id', 'subject_ids', 'profile'))",
        ))
        .await?;
    let reads: Option<bool> = reads.map(|row| row.try_get("", "reads")).transpose()?.flatten();
    if reads == Some(true) {
        return Err(StoreError::Unfit(
            "the operator's database role can read tables about data subjects: give `database.operator_url` a role of \
             its own and migrate again (docs/operations.md)"
                .to_owned(),
        ));
    }
    Ok(())
}

/// Refuses a database in which a table of the tenants is not isolated.
pub(crate) async fn check_isolation<C: ConnectionTrait>(connection: &C) -> Result<(), StoreError> {
    let open = connection
        .query_all_raw(Statement::from_string(
            DbBackend::Postgres,
            "SELECT c.relname::text AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
             WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p')
               AND EXISTS (SELECT 1 FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'tenant_id')
               AND NOT (c.relrowsecurity AND c.relforcerowsecurity
                        AND EXISTS (SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid))",
        ))
        .await?;
    match open.first() {
        None => Ok(()),
        Some(row) => {
            let name: String = row.try_get("", "name")?;
            Err(StoreError::Unfit(format!(
                "table {name} lacks forced row-level security: migrate the database"
            )))
        }
    }
}
