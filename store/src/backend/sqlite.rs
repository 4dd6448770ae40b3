//! SQLite: one writer, several readers, every acknowledged commit on disk, deleted bytes overwritten.

use std::path::{Path, PathBuf};
use std::str::FromStr as _;
use std::time::Duration;

use sea_orm::{ConnectionTrait as _, DbBackend, SqlxSqliteConnector, Statement};
use sqlx::ConnectOptions as _;
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};

use super::{Address, Connection};
use crate::error::StoreError;

/// Every connection states every pragma that the promises lean on (pitfall P15).
fn options(url: &str) -> Result<SqliteConnectOptions, StoreError> {
    Ok(SqliteConnectOptions::from_str(url)?
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(Duration::from_secs(10))
        .pragma("secure_delete", "ON")
        .pragma("temp_store", "MEMORY")
        .pragma("trusted_schema", "OFF")
        .disable_statement_logging())
}

pub(super) async fn connect(address: &Address) -> Result<(Connection, Connection), StoreError> {
    let writer = SqlitePoolOptions::new()
        .max_connections(1)
        .idle_timeout(None)
        .max_lifetime(None)
        .connect_with(options(&address.url)?)
        .await?;
    let readers = SqlitePoolOptions::new()
        .max_connections(address.max_connections)
        .connect_with(options(&address.url)?.pragma("query_only", "ON"))
        .await?;
    Ok((
        SqlxSqliteConnector::from_sqlx_sqlite_pool(readers),
        SqlxSqliteConnector::from_sqlx_sqlite_pool(writer),
    ))
}

/// Rows that a connection for reading alone reads ahead: whoever walks through a log asks for pages of such a size, and two
/// threads that hand them over by the default's fifty spend most of their time on waking each other.
const ROWS_AHEAD: usize = 4_096;

/// For reading alone: nothing is made or changed, and the folder need not be writable.
pub(super) async fn connect_for_reading(address: &Address) -> Result<Connection, StoreError> {
    let options = SqliteConnectOptions::from_str(&address.url)?
        .read_only(true)
        .row_buffer_size(ROWS_AHEAD)
        .busy_timeout(Duration::from_secs(10))
        .pragma("query_only", "ON")
        .pragma("trusted_schema", "OFF")
        .disable_statement_logging();
    let log = with_suffix(options.get_filename(), "-wal");
    let pool = match readable(address, options.clone()).await {
        Ok(pool) => pool,
        // Where the files that readers share can neither be made nor found, nobody writes: the file stands still.
        Err(_) if !std::fs::metadata(&log).is_ok_and(|log| log.len() > 0) => {
            readable(address, options.immutable(true)).await?
        }
        Err(_) => {
            return Err(StoreError::Unfit(
                "the database has a write-ahead log and cannot be read from a folder that is not writable: copy its \
                 files to one that is"
                    .to_owned(),
            ));
        }
    };
    Ok(SqlxSqliteConnector::from_sqlx_sqlite_pool(pool))
}

/// Connections that were found to read the file; to open it alone does not look into it.
async fn readable(address: &Address, options: SqliteConnectOptions) -> Result<SqlitePool, StoreError> {
    let pool =
        SqlitePoolOptions::new().max_connections(address.max_connections).connect_with(options).await?;
    sqlx::query("SELECT count(*) FROM sqlite_master").execute(&pool).await?;
    Ok(pool)
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut path = path.as_os_str().to_owned();
    path.push(suffix);
    path.into()
}

/// How often the log is tried to be emptied while readers hold on to it, and the pause between two tries.
const TRIES: u32 = 100;
const PAUSE: Duration = Duration::from_millis(50);

/// Rewrites the file without its free pages and empties the write-ahead log: only both together leave no removed byte
/// (pitfalls P13, P14).
pub(super) async fn compact(writer: &Connection) -> Result<(), StoreError> {
    writer.execute_unprepared("VACUUM").await?;
    for _ in 0..TRIES {
        let checkpoint = Statement::from_string(DbBackend::Sqlite, "PRAGMA wal_checkpoint(TRUNCATE)");
        let row = writer.query_one_raw(checkpoint).await?;
        let busy: i64 = row.map_or(Ok(0), |row| row.try_get_by_index(0))?;
        if busy == 0 {
            return Ok(());
        }
        tokio::time::sleep(PAUSE).await;
    }
    Err(StoreError::Database { code: "a reader holds the write-ahead log".to_owned() })
}

/// Where in its life a tenant is, and its newest begun agreement; the other database does this in a function that also binds.
pub(super) const STANDING: &str = "
    SELECT t.language, t.relationship_ends_on, t.erasing_since, t.closed_at,
           a.id AS agreement_id, a.data_categories, a.effective_from, a.effective_to
    FROM tenant t
    LEFT JOIN agreement a ON a.tenant_id = t.id
        AND a.controller_signed_at IS NOT NULL AND a.processor_signed_at IS NOT NULL
        AND a.effective_from <= $2
    WHERE t.id = $1
    ORDER BY a.version DESC NULLS LAST
    LIMIT 1";

/// The next piece of due work other than deliveries and notices; the transaction is IMMEDIATE, so that no second worker reads it meanwhile.
pub(crate) const DUE_JOB: &str = "
    SELECT tenant_id, id, false AS failing FROM job
    WHERE dead_at IS NULL AND run_at <= $1 AND (leased_until IS NULL OR leased_until <= $1)
      AND kind NOT IN ('DELIVER_CHECKPOINT', 'DELIVER_TASK', 'DELIVER_CALLBACK', 'POLL_TASK', 'SEND_NOTICE')
    ORDER BY run_at LIMIT 1";

/// The next delivery: one at a time for a system, whatever it is told. `$2` says
/// whether systems that have failed lately have a place.
pub(crate) const DUE_DELIVERY: &str = "
    SELECT j.tenant_id, j.id, coalesce(s.failures, 0) > 0 AS failing FROM job j
    LEFT JOIN downstream_system s ON s.tenant_id = j.tenant_id AND s.id = j.object_id
    WHERE j.dead_at IS NULL AND j.run_at <= $1 AND (j.leased_until IS NULL OR j.leased_until <= $1)
      AND j.kind IN ('DELIVER_CHECKPOINT', 'DELIVER_TASK', 'DELIVER_CALLBACK', 'POLL_TASK')
      AND (coalesce(s.failures, 0) = 0 OR $2)
      AND NOT EXISTS (SELECT 1 FROM job o WHERE o.tenant_id = j.tenant_id AND o.object_id = j.object_id
                      AND o.kind IN ('DELIVER_CHECKPOINT', 'DELIVER_TASK') AND o.id <> j.id AND o.leased_until > $1)
    ORDER BY j.run_at LIMIT 1";

/// The next notice by e-mail.
pub(crate) const DUE_NOTICE: &str = "
    SELECT tenant_id, id, false AS failing FROM job
    WHERE dead_at IS NULL AND run_at <= $1 AND (leased_until IS NULL OR leased_until <= $1) AND kind = 'SEND_NOTICE'
    ORDER BY run_at LIMIT 1";

/// What is open of a tenant's requests, as numbers.
pub(crate) const REQUEST_FIGURES: &str = "
    SELECT count(*) AS open,
           count(*) FILTER (WHERE due_at >= $2 AND due_at < $3) AS due_soon,
           count(*) FILTER (WHERE due_at < $2) AS overdue,
           (SELECT count(*) FROM downstream_task t
            JOIN downstream_system s ON s.tenant_id = t.tenant_id AND s.id = t.system_id
            WHERE t.tenant_id = $1 AND t.ended_by IS NULL AND (t.status = 'FAILED' OR s.connector = 'MANUAL')) AS failed_tasks,
           (SELECT count(*) FROM downstream_task t
            JOIN rights_request q ON q.tenant_id = t.tenant_id AND q.id = t.request_id
            WHERE t.tenant_id = $1 AND t.ended_by IS NULL AND q.due_at < $2) AS overdue_tasks
    FROM rights_request
    WHERE tenant_id = $1 AND status IN ('RECEIVED', 'AWAITING_IDENTITY', 'UNDER_REVIEW', 'IN_PROGRESS')";

/// Condition on the persons of an audit event.
pub(crate) const EVENT_NAMES_SUBJECT: &str = "instr(subject_ids, ?) > 0";

/// The entries of a log from a place to another in one row: each column's values with U+001E between them (`audit::page`).
/// An entry that is gone has the empty text in each. SQLite holds a value of any type in any column, and joined they are all
/// texts; the second says whether they were of the types that are written: numbers sort before texts, texts before bytes, and a
/// column of texts turns numbers into texts.
pub(crate) const LOG_ENTRIES: &str = "
    SELECT count(*),
           ifnull(max(e.canonical) < x'' AND min(e.id) >= x'' AND max(e.occurred_at) < x''
               AND max(e.actor_id) < x'' AND max(e.actor_role) < x'' AND max(e.action) < x''
               AND max(e.purpose) < x'' AND max(e.allowed) < '' AND min(e.subject_ids) >= x''
               AND max(e.data_categories) < x'' AND max(e.request_id) < x'' AND max(e.digest) < x'', 1),
           group_concat(l.log_index, char(30)),
           group_concat(ifnull(e.canonical, ''), char(30)),
           group_concat(hex(e.id), char(30)),
           group_concat(ifnull(e.occurred_at, ''), char(30)),
           group_concat(ifnull(e.actor_id, ''), char(30)),
           group_concat(ifnull('+' || e.actor_role, ''), char(30)),
           group_concat(ifnull(e.action, ''), char(30)),
           group_concat(ifnull('+' || e.purpose, ''), char(30)),
           group_concat(ifnull(e.allowed, ''), char(30)),
           group_concat(hex(e.subject_ids), char(30)),
           group_concat(ifnull(e.data_categories, ''), char(30)),
           group_concat(ifnull(e.request_id, ''), char(30)),
           group_concat(ifnull('+' || e.digest, ''), char(30))
    FROM audit_leaf l
    LEFT JOIN audit_event e ON e.tenant_id = l.tenant_id AND e.id = l.event_id
    WHERE l.tenant_id = $1 AND l.log_index >= $2 AND l.log_index < $3";
