//! A server on which databases are made and dropped.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{OnceLock, mpsc};

use sqlx::{AssertSqlSafe, Connection, PgConnection};
use url::Url;

use super::{APPLICATION, DatabaseUrls, Names, OPERATOR, OWNER, cluster};

/// Databases of a run that was killed are dropped by a later run when they are this old, in seconds.
const STALE: i64 = 3_600;

/// The password of both roles: they live on throw-away servers.
const PASSWORD: &str = "gateway";

/// A server, reached as a superuser.
#[derive(Debug)]
pub(super) struct Server {
    superuser: Url,
    /// Seconds since 1970 on the server when it was first asked: part of every name.
    started: i64,
    made: AtomicU32,
    discarded: OnceLock<mpsc::Sender<Names>>,
}

impl Server {
    /// The server that `TEST_POSTGRES_URL` names, or a cluster of our own.
    pub(super) async fn start() -> Option<Self> {
        let superuser = match std::env::var("TEST_POSTGRES_URL") {
            Ok(text) if !text.is_empty() => url(&text),
            _ => cluster::start()?,
        };
        let mut server = Self { superuser, started: 0, made: AtomicU32::new(0), discarded: OnceLock::new() };
        server.started = server.prepare().await;
        Some(server)
    }

    async fn prepare(&self) -> i64 {
        let mut connection = self.connect().await;
        // Another test process may be doing the same.
        run(&mut connection, "SELECT pg_advisory_lock(1182071)").await;
        for role in [OWNER, APPLICATION, OPERATOR] {
            let statement = format!(
                "DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{role}') THEN CREATE ROLE {role}; \
                 END IF; END $$; ALTER ROLE {role} LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE PASSWORD \
                 '{PASSWORD}'"
            );
            run(&mut connection, &statement).await;
        }
        let now: i64 = query(&mut connection, "SELECT extract(epoch FROM now())::bigint").await.remove(0);
        let names = "SELECT datname::text FROM pg_database WHERE datname LIKE 'gateway\\_test\\_%'";
        let names: Vec<String> = query(&mut connection, names).await;
        for name in names {
            let age = name.split('_').nth(2).and_then(|made| made.parse::<i64>().ok()).map(|made| now - made);
            if age.is_some_and(|age| age > STALE) {
                run(&mut connection, &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await;
            }
        }
        close(connection).await;
        now
    }

    /// Makes two databases that belong to the owner's role and let nobody but the two roles in.
    pub(super) async fn create(&self, template: &Names) -> Names {
        let number = self.made.fetch_add(1, Ordering::Relaxed);
        let stem = format!("gateway_test_{}_{}_{number}", self.started, std::process::id());
        let names = Names { data: format!("{stem}_data"), keys: format!("{stem}_keys") };
        let mut connection = self.connect().await;
        for (name, template) in [(&names.data, &template.data), (&names.keys, &template.keys)] {
            create(&mut connection, name, template).await;
        }
        close(connection).await;
        names
    }

    /// Copies a database over another one or a new one. Whoever is connected to either is cut off.
    pub(super) async fn copy(&self, from: &str, to: &str) {
        let mut connection = self.connect().await;
        run(&mut connection, &format!("DROP DATABASE IF EXISTS {to} WITH (FORCE)")).await;
        let alone = format!(
            "ALTER DATABASE {from} ALLOW_CONNECTIONS false; \
             SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '{from}'"
        );
        run(&mut connection, &alone).await;
        create(&mut connection, to, from).await;
        run(&mut connection, &format!("ALTER DATABASE {from} ALLOW_CONNECTIONS true")).await;
        close(connection).await;
    }

    /// Makes two databases templates: nobody can connect to them any more.
    pub(super) async fn close(&self, names: &Names) {
        let mut connection = self.connect().await;
        for name in [&names.data, &names.keys] {
            let statement = format!(
                "ALTER DATABASE {name} ALLOW_CONNECTIONS false; \
                 SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '{name}'"
            );
            run(&mut connection, &statement).await;
        }
        close(connection).await;
    }

    /// Drops two databases, some time soon: a thread does it, since a test that ends waits for nobody.
    pub(super) fn discard(&self, names: Names) {
        let sender = self.discarded.get_or_init(|| {
            let (sender, receiver) = mpsc::channel();
            let superuser = self.superuser.clone();
            std::thread::spawn(move || drop_all(&superuser, &receiver));
            sender
        });
        // A thread that is gone leaves its databases to a later run.
        let _ = sender.send(names);
    }

    pub(super) fn urls(&self, database: &str) -> DatabaseUrls {
        let superuser = at(&self.superuser, database);
        let as_role = |role: &str| {
            let mut url = superuser.clone();
            // Only an address without a host refuses a name, and a server has one.
            let _ = url.set_username(role);
            let _ = url.set_password(Some(PASSWORD));
            url.to_string()
        };
        DatabaseUrls {
            owner: as_role(OWNER),
            app: as_role(APPLICATION),
            operator: as_role(OPERATOR),
            superuser: superuser.to_string(),
        }
    }

    async fn connect(&self) -> PgConnection {
        connect(&self.superuser).await
    }
}

fn drop_all(superuser: &Url, names: &mpsc::Receiver<Names>) {
    let Ok(runtime) = tokio::runtime::Builder::new_current_thread().enable_all().build() else { return };
    for names in names {
        runtime.block_on(async {
            let mut connection = connect(superuser).await;
            for name in [super::backup_of(&names.data), names.data, names.keys] {
                run(&mut connection, &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await;
            }
            close(connection).await;
        });
    }
}

/// Makes a database that belongs to the owner's role and lets nobody but the three roles in.
async fn create(connection: &mut PgConnection, name: &str, template: &str) {
    run(connection, &format!("CREATE DATABASE {name} OWNER {OWNER} TEMPLATE {template}")).await;
    let grants = format!(
        "REVOKE ALL ON DATABASE {name} FROM PUBLIC; GRANT CONNECT ON DATABASE {name} TO {APPLICATION}, {OPERATOR}"
    );
    run(connection, &grants).await;
}

fn at(server: &Url, database: &str) -> Url {
    let mut url = server.clone();
    url.set_path(database);
    url
}

#[expect(clippy::expect_used, reason = "a test fails by panicking")]
fn url(text: &str) -> Url {
    Url::parse(text).expect("TEST_POSTGRES_URL is a postgres:// address")
}

#[expect(clippy::expect_used, reason = "a test fails by panicking")]
async fn connect(url: &Url) -> PgConnection {
    PgConnection::connect(url.as_str()).await.expect("the superuser's address leads to PostgreSQL")
}

#[expect(clippy::expect_used, reason = "a test fails by panicking")]
async fn run(connection: &mut PgConnection, statements: &str) {
    // Every name in them is made here, of digits and letters.
    sqlx::raw_sql(AssertSqlSafe(statements)).execute(connection).await.expect("the superuser may do this");
}

#[expect(clippy::expect_used, reason = "a test fails by panicking")]
async fn query<T>(connection: &mut PgConnection, statement: &'static str) -> Vec<T>
where
    T: for<'r> sqlx::Decode<'r, sqlx::Postgres> + sqlx::Type<sqlx::Postgres> + Send + Unpin,
{
    sqlx::query_scalar(statement).fetch_all(connection).await.expect("the superuser may ask this")
}

async fn close(connection: PgConnection) {
    // A connection that does not close politely is closed by the server.
    let _ = connection.close().await;
}
