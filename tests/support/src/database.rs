//! The databases behind a running gateway, and the back door to them that a test has and nobody else.

#![expect(clippy::expect_used, reason = "a test fails by panicking")]

use std::path::{Path, PathBuf};

use sqlx::{AssertSqlSafe, Connection as _, PgConnection, Row as _, SqliteConnection};
use store::Address;
use store::migrate::MigrationTarget;

use crate::folder::Folder;
use crate::postgres::{APPLICATION, TestDatabases};

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

    const fn file(self) -> &'static str {
        match self {
            Self::Data => "gateway.db",
            Self::Keys => "keys.db",
        }
    }
}

/// A data folder, and on PostgreSQL two databases beside it.
#[derive(Debug)]
pub struct Databases {
    pub(crate) folder: Folder,
    /// On PostgreSQL: the databases.
    pub postgres: Option<TestDatabases>,
}

impl Databases {
    /// The address for the gateway's own role.
    pub(crate) fn url(&self, kind: Kind) -> String {
        match (&self.postgres, kind) {
            (Some(databases), Kind::Data) => databases.data.app.clone(),
            (Some(databases), Kind::Keys) => databases.keys.app.clone(),
            (None, kind) => format!("sqlite://{}", self.folder.path().join(kind.file()).display()),
        }
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
        MigrationTarget { data: address(Kind::Data), keys: address(Kind::Keys), serving_role }
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
        let url = format!("sqlite://{}", self.folder.path().join(kind.file()).display());
        SqliteConnection::connect(&url).await.expect("the file can be opened")
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
