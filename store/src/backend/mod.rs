//! Connections. Nobody outside this crate holds one, and within it only [`Bound`] transactions reach tenant tables.
//! What differs between the databases is in [`postgres`] and [`sqlite`].

mod bound;
pub(crate) mod bulk;
pub(crate) mod postgres;
pub(crate) mod sqlite;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use sea_orm::{
    ConnectionTrait as _, DatabaseTransaction, DbBackend, SqliteTransactionMode, TransactionOptions,
    TransactionTrait as _,
};

pub(crate) use bound::{Bound, Standing, categories_of};

use crate::change::Hub;
use crate::error::StoreError;

/// The type behind every connection; named once.
#[expect(clippy::disallowed_types, reason = "this module is the one that holds connections")]
pub(crate) type Connection = sea_orm::DatabaseConnection;

/// One database with its two pools: reads see one consistent snapshot and can write nothing.
#[derive(Clone)]
pub(crate) struct Database {
    read: Connection,
    write: Connection,
    unmetered: Connection,
    statements: Arc<AtomicU64>,
    hub: Hub,
}

/// How to reach a database.
#[derive(Clone)]
pub struct Address {
    /// `sqlite:PATH` or `postgres://…`.
    pub url: String,
    /// Connections at most, for reads and for writes each.
    pub max_connections: u32,
}

impl Database {
    pub(crate) async fn connect(address: &Address) -> Result<Self, StoreError> {
        let (read, write) = if address.url.starts_with("sqlite:") {
            sqlite::connect(address).await?
        } else if address.url.starts_with("postgres://") || address.url.starts_with("postgresql://") {
            postgres::connect(address).await?
        } else {
            return Err(StoreError::Unfit(
                "a database address begins with sqlite: or postgres://".to_owned(),
            ));
        };
        Ok(Self::counted(read, write))
    }

    /// For reading alone: of an embedded one nothing is made or changed, and its folder need not be writable.
    pub(crate) async fn connect_for_reading(address: &Address) -> Result<Self, StoreError> {
        if address.url.starts_with("sqlite:") {
            let read = sqlite::connect_for_reading(address).await?;
            return Ok(Self::counted(read.clone(), read));
        }
        Self::connect(address).await
    }

    fn counted(mut read: Connection, mut write: Connection) -> Self {
        let unmetered = read.clone();
        let statements = Arc::new(AtomicU64::new(0));
        for connection in [&mut read, &mut write] {
            let statements = Arc::clone(&statements);
            connection.set_metric_callback(move |_| {
                statements.fetch_add(1, Ordering::Relaxed);
            });
        }
        let hub = Hub::new(write.get_database_backend() != DbBackend::Postgres);
        Self { read, write, unmetered, statements, hub }
    }

    /// Statements sent so far, without BEGIN and COMMIT.
    pub(crate) fn statements(&self) -> u64 {
        self.statements.load(Ordering::Relaxed)
    }

    pub(crate) fn is_postgres(&self) -> bool {
        self.write.get_database_backend() == DbBackend::Postgres
    }

    /// Whom this process tells of changes.
    pub(crate) const fn hub(&self) -> &Hub {
        &self.hub
    }

    /// How the database is reached to be written; `None` on `SQLite`.
    pub(crate) fn postgres_options(&self) -> Option<sqlx::postgres::PgConnectOptions> {
        let pool = self.is_postgres().then(|| self.write.get_postgres_connection_pool());
        pool.map(|pool| pool.connect_options().as_ref().clone())
    }

    pub(crate) const fn reads(&self) -> &Connection {
        &self.read
    }

    /// For what is read by the clock and for no request, which [`Self::statements`] leaves out.
    pub(crate) const fn unmetered(&self) -> &Connection {
        &self.unmetered
    }

    /// Outside any tenant: for the audit writer's own statement, leases, platform tables and health.
    pub(crate) const fn platform(&self) -> &Connection {
        &self.write
    }

    /// Begins a transaction that reads.
    pub(crate) async fn begin_reading(&self) -> Result<DatabaseTransaction, StoreError> {
        begin(&self.read, TransactionOptions::default()).await
    }

    /// Begins a transaction that writes; SQLite has one writer, which says so at once.
    pub(crate) async fn begin_writing(&self) -> Result<DatabaseTransaction, StoreError> {
        let sqlite_transaction_mode = (!self.is_postgres()).then_some(SqliteTransactionMode::Immediate);
        begin(&self.write, TransactionOptions { sqlite_transaction_mode, ..Default::default() }).await
    }

    /// Lets a transaction see, of every tenant, the rows that lie open to a worker which does not know yet whose work it
    /// is (migration m0006). SQLite has no policies.
    pub(crate) async fn see_all_work(&self, tx: &DatabaseTransaction) -> Result<(), StoreError> {
        if self.is_postgres() {
            tx.execute_unprepared(postgres::LEASING).await?;
        }
        Ok(())
    }

    /// Leaves no removed byte in the files of an embedded database.
    pub(crate) async fn compact(&self) -> Result<(), StoreError> {
        if self.is_postgres() { Ok(()) } else { sqlite::compact(&self.write).await }
    }

    /// Whether both pools answer.
    pub(crate) async fn ping(&self) -> Result<(), StoreError> {
        self.read.ping().await?;
        self.write.ping().await?;
        Ok(())
    }
}

/// Begins in a task of its own: a caller that is dropped between BEGIN and its answer would return a connection inside an
/// open transaction to the pool (pitfall 6), and a task cannot be dropped by its waiter.
async fn begin(
    connection: &Connection,
    options: TransactionOptions,
) -> Result<DatabaseTransaction, StoreError> {
    let connection = connection.clone();
    let begun = tokio::spawn(async move { connection.begin_with_options(options).await });
    Ok(begun.await.map_err(|_| StoreError::Database { code: "task".to_owned() })??)
}
