//! Group commit for the entries of reads: many share one commit, and no answer leaves before its entry is durable.

use std::sync::Arc;

use domain::clock::Clock;
use domain::id::{AuditEventId, TenantId};
use entity::audit_event;
use sea_orm::{ConnectionTrait as _, DbBackend, EntityTrait as _, Statement};
use serde_json::json;
use tokio::sync::{Mutex, mpsc, oneshot};

use super::event::{AuditEvent, Entry};
use crate::backend::Database;
use crate::door::Store;
use crate::error::StoreError;
use crate::tenant_tx::{TenantTx, Writes};
use crate::time;
use crate::vault::Vault;

/// Entries that share one commit at most.
const BATCH: usize = 512;
/// Batches under way at once on PostgreSQL, so that a batch is gathered while another one's commit reaches the disk.
/// SQLite has one writer.
const WRITERS: usize = 3;
/// Entries that wait at most; beyond it callers wait for room.
const WAITING: usize = 4_096;

struct Pending {
    entries: Vec<Entry>,
    done: oneshot::Sender<bool>,
}

/// Hands entries to the tasks that write them.
#[derive(Clone)]
pub(crate) struct AuditWriter {
    queue: mpsc::Sender<Pending>,
    vault: Arc<Vault>,
    clock: Arc<dyn Clock>,
}

impl AuditWriter {
    pub(crate) fn start(database: &Database, vault: Arc<Vault>, clock: Arc<dyn Clock>) -> Self {
        let (queue, waiting) = mpsc::channel(WAITING);
        let waiting = Arc::new(Mutex::new(waiting));
        let writers = if database.is_postgres() { WRITERS } else { 1 };
        for _ in 0..writers {
            tokio::spawn(write_batches(database.clone(), Arc::clone(&waiting)));
        }
        Self { queue, vault, clock }
    }

    async fn append(&self, tenant: TenantId, events: Vec<AuditEvent>) -> Result<(), StoreError> {
        let at = self.clock.now();
        let entries = events.into_iter().map(|event| {
            let id = AuditEventId::new(at, self.vault.entropy());
            Entry { tenant, id, at, event }
        });
        let (done, written) = oneshot::channel();
        let pending = Pending { entries: entries.collect(), done };
        self.queue.send(pending).await.map_err(|_| StoreError::AuditUnavailable)?;
        match written.await {
            Ok(true) => Ok(()),
            Ok(false) | Err(_) => Err(StoreError::AuditUnavailable),
        }
    }
}

async fn write_batches(database: Database, waiting: Arc<Mutex<mpsc::Receiver<Pending>>>) {
    let mut batch = Vec::with_capacity(BATCH);
    loop {
        if waiting.lock().await.recv_many(&mut batch, BATCH).await == 0 {
            return;
        }
        let entries: Vec<&Entry> = batch.iter().flat_map(|pending| &pending.entries).collect();
        let written = write(&database, &entries).await;
        if let Err(error) = &written {
            tracing::error!(entries = entries.len(), %error, "audit entries could not be written; their answers are withheld");
        }
        for pending in batch.drain(..) {
            // A caller that has gone needs no answer.
            let _gone = pending.done.send(written.is_ok());
        }
    }
}

async fn write(database: &Database, entries: &[&Entry]) -> Result<(), StoreError> {
    if database.is_postgres() {
        let rows = entries.iter().map(|entry| record(entry)).collect::<Result<Vec<_>, _>>()?;
        let rows = serde_json::Value::Array(rows);
        let append =
            Statement::from_sql_and_values(DbBackend::Postgres, "SELECT append_audit($1)", [rows.into()]);
        database.platform().execute_raw(append).await?;
    } else {
        let rows = entries.iter().map(|entry| entry.row()).collect::<Result<Vec<_>, _>>()?;
        audit_event::Entity::insert_many(rows).exec_without_returning(database.platform()).await?;
    }
    Ok(())
}

/// An entry as `append_audit` takes it (migration m0010).
fn record(entry: &Entry) -> Result<serde_json::Value, StoreError> {
    Ok(json!({
        "tenant_id": entry.tenant.uuid(),
        "id": entry.id.uuid(),
        "occurred_at": time::to_row(entry.at),
        "actor_id": entry.event.by.id(),
        "actor_role": entry.event.by.role().code(),
        "action": entry.event.action,
        "purpose": entry.event.purpose.map(domain::purpose::Purpose::code),
        "allowed": entry.event.allowed,
        "subject_ids": hex::encode(entry.subject_bytes()),
        "data_categories": entry.categories(),
        "request_id": entry.event.request_id,
        "digest": entry.event.digest,
        "canonical": entry.canonical()?,
    }))
}

impl Store {
    /// Records reads and refusals; returns when the entries are durable. Until then nothing may be disclosed.
    ///
    /// # Errors
    /// [`StoreError::AuditUnavailable`] when they could not be written.
    pub async fn record(&self, tenant: TenantId, events: Vec<AuditEvent>) -> Result<(), StoreError> {
        if events.is_empty() {
            return Ok(());
        }
        self.audit.append(tenant, events).await
    }
}

impl<S: Writes> TenantTx<S> {
    /// Puts a write's entry into its own transaction.
    pub(crate) async fn put_event(&self, event: AuditEvent) -> Result<AuditEventId, StoreError> {
        let id = AuditEventId::new(self.now, self.entropy());
        let entry = Entry { tenant: self.tenant(), id, at: self.now, event };
        self.bound.put::<audit_event::Entity>(entry.row()?).await?;
        Ok(id)
    }
}
