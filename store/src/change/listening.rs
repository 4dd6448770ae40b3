//! PostgreSQL: one connection for each process that hears what all of them changed.

use std::convert::Infallible;
use std::time::Duration;

use sqlx::Executor as _;
use sqlx::postgres::{PgListener, PgPool, PgPoolOptions};
use tokio::time::{sleep, timeout};

use super::{CHANNEL, Change, Hub};
use crate::door::Store;

/// Silence after which the connection is tried: one that was cut without a word would stay silent for ever.
const SILENCE: Duration = Duration::from_secs(15);
/// How long that trial, and a connection, may take.
const PATIENCE: Duration = Duration::from_secs(5);
/// Pauses before the connection is made again: the first, and the longest.
const PAUSES: [Duration; 2] = [Duration::from_millis(250), Duration::from_secs(10)];

impl Store {
    /// Hears what other processes change, for as long as it is polled. A connection that is cut off is made again; those
    /// who follow are told then that they may have missed something. On `SQLite` there is nothing to hear.
    pub async fn keep_listening(self) {
        let hub = self.data.hub();
        let Some(options) = self.data.postgres_options() else {
            return;
        };
        let mut pause = PAUSES[0];
        loop {
            // A pool of its own each time: a connection that hangs in its closing must not be in the way of the next.
            let pool = PgPoolOptions::new()
                .max_connections(1)
                .max_lifetime(None)
                .idle_timeout(None)
                .acquire_timeout(PATIENCE)
                .connect_lazy_with(options.clone());
            let mut heard = false;
            let Err(error) = hear(&pool, hub, &mut heard).await;
            hub.hears(false);
            tracing::warn!(error = %crate::error::StoreError::from(error), "changes are not heard; listening again");
            pause = if heard { PAUSES[0] } else { (pause * 2).min(PAUSES[1]) };
            sleep(pause).await;
        }
    }
}

async fn hear(pool: &PgPool, hub: &Hub, heard: &mut bool) -> Result<Infallible, sqlx::Error> {
    let lost = || sqlx::Error::PoolTimedOut;
    let mut listener = PgListener::connect_with(pool).await?;
    listener.eager_reconnect(false);
    timeout(PATIENCE, listener.listen(CHANNEL)).await.map_err(|_| lost())??;
    *heard = true;
    hub.hears(true);
    loop {
        match timeout(SILENCE, listener.try_recv()).await {
            Ok(heard) => {
                let text = heard?.ok_or_else(lost)?;
                hub.tell(Change::heard(text.payload()).into_iter().collect());
            }
            Err(_silence) => {
                timeout(PATIENCE, listener.execute("SELECT 1")).await.map_err(|_| lost())??;
            }
        }
    }
}
