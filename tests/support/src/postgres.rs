//! PostgreSQL for tests: two databases and two roles for each test, thrown away with it.
//!
//! `TEST_POSTGRES_URL` names a server by a superuser's address; without it a private cluster is started from the
//! installed binaries, one for each test process, and ends with that process however it ends.

mod cluster;
mod server;

#[cfg(test)]
mod tests;

use std::ops::AsyncFnOnce;
use std::sync::Arc;

use tokio::sync::OnceCell;

use server::Server;

/// The role that owns the tables and migrates.
pub const OWNER: &str = "gateway_owner";
/// The role that serves: no superuser, no owner, bound by row-level security.
pub const APPLICATION: &str = "gateway_app";
/// The role of the operator API: it reaches nothing about data subjects.
pub const OPERATOR: &str = "gateway_operator";

static SERVER: OnceCell<Option<Arc<Server>>> = OnceCell::const_new();
static TEMPLATE: OnceCell<Names> = OnceCell::const_new();

/// One database, as each role reaches it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DatabaseUrls {
    /// As the role that owns the tables.
    pub owner: String,
    /// As the role that serves.
    pub app: String,
    /// As the role of the operator API.
    pub operator: String,
    /// As a superuser, to see what no role of the gateway may see.
    pub superuser: String,
}

/// The data's database and the key store of one test. They are dropped with this value, connected to or not, so it
/// is to be kept for as long as they are used.
#[derive(Debug)]
pub struct TestDatabases {
    /// The data's database.
    pub data: DatabaseUrls,
    /// The key store.
    pub keys: DatabaseUrls,
    names: Names,
    server: Arc<Server>,
}

/// The names of a pair of databases.
#[derive(Debug, Clone)]
struct Names {
    data: String,
    keys: String,
}

/// Two empty databases of a test's own; `None` without PostgreSQL.
pub async fn databases() -> Option<TestDatabases> {
    let server = server().await?;
    let template = Names { data: "template1".to_owned(), keys: "template1".to_owned() };
    Some(TestDatabases::copy(server, &template).await)
}

impl TestDatabases {
    /// Two databases of a test's own, copied from a pair that `prepare` filled as the owner: the first caller of the
    /// process prepares, all get the same. `None` without PostgreSQL.
    ///
    /// Connections that `prepare` leaves open are ended.
    pub async fn from_template(prepare: impl AsyncFnOnce(&DatabaseUrls, &DatabaseUrls)) -> Option<Self> {
        let server = server().await?;
        let template = TEMPLATE
            .get_or_init(async || {
                let empty = Names { data: "template1".to_owned(), keys: "template1".to_owned() };
                let names = server.create(&empty).await;
                prepare(&server.urls(&names.data), &server.urls(&names.keys)).await;
                server.close(&names).await;
                names
            })
            .await;
        Some(Self::copy(Arc::clone(&server), template).await)
    }

    /// Makes a backup of the data's database, instead of an earlier one. Whoever is connected to it is cut off.
    pub async fn back_up(&self) {
        self.server.copy(&self.names.data, &backup_of(&self.names.data)).await;
    }

    /// Puts the data's database back as it was when the backup was made.
    pub async fn put_back(&self) {
        self.server.copy(&backup_of(&self.names.data), &self.names.data).await;
    }

    async fn copy(server: Arc<Server>, template: &Names) -> Self {
        let names = server.create(template).await;
        Self { data: server.urls(&names.data), keys: server.urls(&names.keys), names, server }
    }
}

fn backup_of(database: &str) -> String {
    format!("{database}_backup")
}

impl Drop for TestDatabases {
    fn drop(&mut self) {
        self.server.discard(self.names.clone());
    }
}

async fn server() -> Option<Arc<Server>> {
    SERVER.get_or_init(async || Server::start().await.map(Arc::new)).await.clone()
}

/// Says that a test was passed over for want of PostgreSQL.
///
/// # Panics
/// With `REQUIRE_POSTGRES=1` in the environment: there, passing over is failing.
#[expect(clippy::print_stderr, reason = "a test speaks to the person who runs it")]
pub fn skipped_loudly(test: &str) {
    assert!(
        std::env::var_os("REQUIRE_POSTGRES").is_none_or(|value| value != "1"),
        "no PostgreSQL for {test}, and REQUIRE_POSTGRES=1"
    );
    eprintln!("SKIPPED (no PostgreSQL): {test}");
}
