//! The databases behind a running gateway, and the back door to them that a test has and nobody else.

#![expect(clippy::expect_used, reason = "a test fails by panicking")]

use std::path::{Path, PathBuf};
use std::time::Duration;

use sqlx::{AssertSqlSafe, Connection as _, PgConnection, Row as _, SqliteConnection};
use store::Address;
use store::migrate::MigrationTarget;
use uuid::Uuid;

use crate::folder::Folder;
use crate::postgres::{APPLICATION, OPERATOR, TestDatabases};

/// The file of a backup, below the data folder.
const BACKUP: &str = "backup.db";

/// Which of the two databases.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The data's.
    Data,
    /// The key store.
    Keys,
}

impl Kind {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Data, Self::Keys];
}

/// A data folder, and on PostgreSQL two databases beside it.
#[derive(Debug)]
pub struct Databases {
    pub(crate) folder: Folder,
    /// On PostgreSQL: the databases.
    pub postgres: Option<TestDatabases>,
    /// How often the data's database was put back from its backup.
    restored: u32,
}

impl Databases {
    /// Databases that live in a folder of their own, or on the server.
    pub(crate) fn new(postgres: Option<TestDatabases>) -> Self {
        Self { folder: Folder::new(), postgres, restored: 0 }
    }

    /// The address for the gateway's own role.
    pub(crate) fn url(&self, kind: Kind) -> String {
        match (&self.postgres, kind) {
            (Some(databases), Kind::Data) => databases.data.app.clone(),
            (Some(databases), Kind::Keys) => databases.keys.app.clone(),
            (None, kind) => format!("sqlite://{}", self.file(kind).display()),
        }
    }

    /// On PostgreSQL: the address of the data for the operator's role.
    pub(crate) fn operator_url(&self) -> Option<String> {
        self.postgres.as_ref().map(|databases| databases.data.operator.clone())
    }

    /// On SQLite: the file. What a backup is put back into is a new one, since somebody may still hold the old.
    fn file(&self, kind: Kind) -> PathBuf {
        self.folder.path().join(match (kind, self.restored) {
            (Kind::Keys, _) => "keys.db".to_owned(),
            (Kind::Data, 0) => "gateway.db".to_owned(),
            (Kind::Data, times) => format!("gateway-{times}.db"),
        })
    }

    /// The address for migrations.
    fn owner_url(&self, kind: Kind) -> String {
        match (&self.postgres, kind) {
            (Some(databases), Kind::Data) => databases.data.owner.clone(),
            (Some(databases), Kind::Keys) => databases.keys.owner.clone(),
            (None, kind) => self.url(kind),
        }
    }

    /// Both databases as migrations reach them.
    #[must_use]
    pub fn migration_target(&self) -> MigrationTarget {
        let address = |kind| Address { url: self.owner_url(kind), max_connections: 1 };
        let serving_role = self.postgres.as_ref().map(|_| APPLICATION.to_owned());
        let operator_role = self.postgres.as_ref().map(|_| OPERATOR.to_owned());
        MigrationTarget { data: address(Kind::Data), keys: address(Kind::Keys), serving_role, operator_role }
    }

    fn superuser(&self, kind: Kind) -> Option<&str> {
        let databases = self.postgres.as_ref()?;
        Some(match kind {
            Kind::Data => &databases.data.superuser,
            Kind::Keys => &databases.keys.superuser,
        })
    }

    /// The data folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Runs statements past the gateway, with every right.
    ///
    /// # Panics
    /// When the database refuses them.
    pub async fn run(&self, kind: Kind, statements: &str) {
        if let Some(url) = self.superuser(kind) {
            run_statements(url, statements).await;
        } else {
            let mut connection = self.sqlite(kind).await;
            sqlx::raw_sql(AssertSqlSafe(statements))
                .execute(&mut connection)
                .await
                .expect("the statements run");
            connection.close().await.expect("the connection closes");
        }
    }

    /// On PostgreSQL: what the operator's role gets when it runs a statement; the SQLSTATE of a refusal.
    ///
    /// # Panics
    /// When the role cannot log in.
    pub async fn as_operator(&self, statement: &str) -> Option<Result<(), String>> {
        let url = self.operator_url()?;
        let mut connection = PgConnection::connect(&url).await.expect("the operator's role gets in");
        let done = sqlx::raw_sql(AssertSqlSafe(statement)).execute(&mut connection).await;
        Some(done.map(drop).map_err(|error| {
            let code =
                error.as_database_error().and_then(|error| error.code().map(std::borrow::Cow::into_owned));
            code.unwrap_or_else(|| error.to_string())
        }))
    }

    /// Lets `work` happen while nobody can write an entry of the audit log.
    ///
    /// # Panics
    /// When the database refuses.
    pub async fn while_nothing_is_recorded<T>(&self, work: impl Future<Output = T>) -> T {
        if let Some(url) = self.superuser(Kind::Data) {
            let mut connection = PgConnection::connect(url).await.expect("the superuser gets in");
            let hold = sqlx::raw_sql("BEGIN; LOCK TABLE audit_event IN EXCLUSIVE MODE");
            hold.execute(&mut connection).await.expect("the table is held");
            let done = work.await;
            sqlx::raw_sql("COMMIT").execute(&mut connection).await.expect("the table is let go");
            done
        } else {
            let mut connection = self.sqlite(Kind::Data).await;
            sqlx::raw_sql("BEGIN IMMEDIATE").execute(&mut connection).await.expect("the writer is held");
            let done = work.await;
            sqlx::raw_sql("COMMIT").execute(&mut connection).await.expect("the writer is let go");
            done
        }
    }

    /// The first column of every row of a query, as text; the query casts it.
    ///
    /// # Panics
    /// When the database refuses the query.
    pub async fn texts(&self, kind: Kind, query: &str) -> Vec<String> {
        let query = sqlx::raw_sql(AssertSqlSafe(query));
        if let Some(url) = self.superuser(kind) {
            let mut connection = PgConnection::connect(url).await.expect("the superuser gets in");
            let rows = query.fetch_all(&mut connection).await.expect("the query runs");
            rows.iter().map(|row| row.get(0)).collect()
        } else {
            let mut connection = self.sqlite(kind).await;
            let rows = query.fetch_all(&mut connection).await.expect("the query runs");
            rows.iter().map(|row| row.get(0)).collect()
        }
    }

    async fn sqlite(&self, kind: Kind) -> SqliteConnection {
        SqliteConnection::connect(&self.url(kind)).await.expect("the file can be opened")
    }

    /// Makes a backup of the data, and not of the keys, instead of an earlier one. Nobody is connected.
    ///
    /// # Panics
    /// When the database does not let itself be copied.
    pub async fn back_up(&self) {
        if let Some(databases) = &self.postgres {
            databases.back_up().await;
        } else {
            let backup = self.folder.path().join(BACKUP);
            let _none = std::fs::remove_file(&backup);
            self.run(Kind::Data, &format!("VACUUM INTO '{}'", backup.display())).await;
        }
    }

    /// Puts the data back as it was when the backup was made; the keys stay. Nobody is connected.
    ///
    /// # Panics
    /// When there is no backup.
    pub async fn put_back(&mut self) {
        if let Some(databases) = &self.postgres {
            databases.put_back().await;
        } else {
            self.restored += 1;
            let backup = self.folder.path().join(BACKUP);
            std::fs::copy(backup, self.file(Kind::Data)).expect("there is a backup");
        }
    }

    /// Waits until nobody is in a transaction that writes: one that was dropped ends a moment later, on the server or in
    /// the thread of its connection.
    ///
    /// # Panics
    /// When one does not end.
    pub async fn come_to_rest(&self) {
        if self.postgres.is_none() {
            for kind in Kind::ALL {
                // Writers take turns.
                self.run(kind, "BEGIN IMMEDIATE; COMMIT").await;
            }
            return;
        }
        let open = "SELECT pid::text FROM pg_stat_activity WHERE datname = current_database() \
                    AND pid <> pg_backend_pid() AND xact_start IS NOT NULL";
        for _ in 0..1_000 {
            let mut busy = false;
            for kind in Kind::ALL {
                busy |= !self.texts(kind, open).await.is_empty();
            }
            if !busy {
                return;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        unreachable!("a transaction does not end");
    }

    /// What the operator does so that a server's files hold nothing of rows that are gone. SQLite needs nothing: there
    /// the gateway does it.
    pub async fn compact(&self) {
        if self.postgres.is_some() {
            self.come_to_rest().await;
            for kind in Kind::ALL {
                self.run(kind, "VACUUM FULL").await;
            }
        }
    }

    /// An identifier as a literal of a statement.
    #[must_use]
    pub fn literal(&self, id: Uuid) -> String {
        if self.postgres.is_some() { format!("'{id}'") } else { format!("x'{}'", id.simple()) }
    }

    /// The names of all tables.
    pub async fn tables(&self, kind: Kind) -> Vec<String> {
        let query = if self.postgres.is_some() {
            "SELECT tablename::text FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
        } else {
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY 1"
        };
        self.texts(kind, query).await
    }

    /// Everything that lies on disk: every file of the data folder, write-ahead logs included, and on PostgreSQL every
    /// row of both databases as text and the files of both.
    pub async fn everything_on_disk(&self) -> Vec<(String, Vec<u8>)> {
        let mut all = files_below(self.folder.path());
        if self.postgres.is_some() {
            for kind in Kind::ALL {
                for table in self.tables(kind).await {
                    let rows = self.texts(kind, &format!("SELECT t::text FROM {table} t")).await;
                    all.push((format!("{kind:?} {table}"), rows.join("\n").into_bytes()));
                }
                for file in self.files_of_server(kind).await {
                    all.push(read(file));
                }
            }
        }
        all
    }

    /// The files of a database, where they lie on this machine, after everything was written to them.
    async fn files_of_server(&self, kind: Kind) -> Vec<PathBuf> {
        self.run(kind, "CHECKPOINT").await;
        let folder = self
            .texts(
                kind,
                "SELECT current_setting('data_directory') || '/base/' || oid FROM pg_database \
                 WHERE datname = current_database()",
            )
            .await;
        let entries = folder.iter().filter_map(|folder| std::fs::read_dir(folder).ok()).flatten().flatten();
        entries.map(|entry| entry.path()).filter(|path| path.is_file()).collect()
    }
}

/// Runs statements on a PostgreSQL database.
///
/// # Panics
/// When the database refuses them.
pub async fn run_statements(url: &str, statements: &str) {
    let mut connection = PgConnection::connect(url).await.expect("the role gets in");
    sqlx::raw_sql(AssertSqlSafe(statements)).execute(&mut connection).await.expect("the statements run");
    connection.close().await.expect("the connection closes");
}

fn files_below(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let (folders, files): (Vec<_>, Vec<_>) =
        entries.map(|entry| entry.path()).partition(|path| path.is_dir());
    let mut all: Vec<_> = files.into_iter().map(read).collect();
    all.extend(folders.iter().flat_map(|folder| files_below(folder)));
    all
}

fn read(path: PathBuf) -> (String, Vec<u8>) {
    // A file that goes while the others are read holds nothing any more.
    (path.display().to_string(), std::fs::read(path).unwrap_or_default())
}
