//! Reading the audit log.

use std::collections::HashMap;

use domain::actor::AccessLogActors;
use domain::category::Categories;
use domain::id::AuditEventId;
use store::{
    AuditEvent, AuditFilter, AuditPage, IdempotencyKey, RecordedEvent, StoreError, StoredCheckpoint, Unique,
};
use tlog::Resource;

use super::Gateway;
use super::caller::Caller;
use super::reading::Reading;
use super::refusal::Refusal;
use super::subject::replay;

impl Gateway {
    /// Decides how persons are told who acted on their data.
    ///
    /// # Errors
    /// [`Refusal`] says why not.
    pub async fn set_access_log_actors(
        &self,
        caller: &Caller,
        actors: AccessLogActors,
        idempotency: Option<&IdempotencyKey>,
    ) -> Result<(), Refusal> {
        match self.try_to_set_actors(caller, actors, idempotency).await {
            Err(Refusal::Store(StoreError::Taken(Unique::IdempotencyKey))) => {
                self.try_to_set_actors(caller, actors, idempotency).await
            }
            done => done,
        }
    }

    async fn try_to_set_actors(
        &self,
        caller: &Caller,
        actors: AccessLogActors,
        idempotency: Option<&IdempotencyKey>,
    ) -> Result<(), Refusal> {
        let tx = self.processing(caller).await?;
        if replay(&tx, idempotency).await?.is_some() {
            return Ok(());
        }
        tx.set_access_log_actors(actors).await?;
        if let Some(key) = idempotency {
            tx.remember(key, tx.tenant().uuid()).await?;
        }
        let event = AuditEvent {
            by: caller.by(),
            action: "accessLog.setActors",
            purpose: None,
            allowed: true,
            subjects: Vec::new(),
            categories: Categories::new(),
            request_id: caller.request_id.clone(),
            digest: None,
        };
        Ok(tx.commit(event).await?)
    }
}

impl Reading {
    /// An entry by its identifier.
    ///
    /// # Errors
    /// When the database fails or the row is inconsistent.
    pub async fn find_event(&self, id: AuditEventId) -> Result<Option<RecordedEvent>, StoreError> {
        self.tx.find_event(id).await
    }

    /// How persons are told who acted on their data.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn access_log_actors(&self) -> Result<AccessLogActors, StoreError> {
        Ok(self.tx.find_tenant().await?.access_log_actors)
    }

    /// Several entries by their identifiers, in no order; those that do not exist are left out.
    ///
    /// # Errors
    /// When the database fails or a row is inconsistent.
    pub async fn find_events(&self, ids: &[AuditEventId]) -> Result<Vec<RecordedEvent>, StoreError> {
        self.tx.find_events(ids).await
    }

    /// `first` entries older than `after`, newest first.
    ///
    /// # Errors
    /// When the database fails or a row is inconsistent.
    pub async fn list_events(
        &self,
        filter: &AuditFilter,
        after: Option<AuditEventId>,
        first: u32,
    ) -> Result<AuditPage, StoreError> {
        self.tx.list_events(filter, after, first).await
    }

    /// The places of several entries in the log; those that are not sequenced yet are left out.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn log_indexes(&self, ids: &[AuditEventId]) -> Result<HashMap<AuditEventId, u64>, StoreError> {
        self.tx.log_indexes(ids).await
    }

    /// The newest signed head of the log: of the empty one before the first entry is sequenced.
    ///
    /// # Errors
    /// When a database fails or the row is inconsistent.
    pub async fn checkpoint(&self) -> Result<StoredCheckpoint, StoreError> {
        match self.tx.find_checkpoint().await? {
            Some(head) => Ok(head),
            None => self.gateway.store.sign_empty(self.tenant()).await,
        }
    }

    /// The key that verifies a head, in the form of signed notes (C2SP).
    ///
    /// # Errors
    /// When the key store fails, or none of its keys has signed the head.
    pub async fn verifier_key(&self, head: &StoredCheckpoint) -> Result<String, StoreError> {
        let unsigned = StoreError::Inconsistent { table: "audit_checkpoint", column: "note" };
        let keys = self.gateway.store.verifier_keys(&head.origin).await?;
        let Ok(note) = tlog::Note::parse(&head.note) else { return Err(unsigned) };
        keys.iter().find(|key| note.is_signed_by(key)).map(ToString::to_string).ok_or(unsigned)
    }

    /// All keys of the log, those that signed earlier heads included: one a line in the form of signed notes (C2SP), the
    /// newest first.
    ///
    /// # Errors
    /// When a database fails.
    pub async fn verifier_keys(&self) -> Result<String, StoreError> {
        let head = self.checkpoint().await?;
        let keys = self.gateway.store.verifier_keys(&head.origin).await?;
        let lines: Vec<_> = keys.iter().map(|key| format!("{key}\n")).collect();
        Ok(lines.concat())
    }

    /// A tile of the log or a bundle of its entries (C2SP tlog-tiles); `None` where the newest head does not reach as far.
    ///
    /// # Errors
    /// When the database fails or is inconsistent.
    pub async fn published(&self, resource: Resource) -> Result<Option<Vec<u8>>, StoreError> {
        self.tx.find_published(resource).await
    }

    /// Self-contained proofs that entries are in the log (C2SP tlog-proof), by identifier. Entries that are not sequenced
    /// yet have none.
    ///
    /// # Errors
    /// When the database fails or the tree is inconsistent.
    pub async fn prove(
        &self,
        events: &[(AuditEventId, String)],
        places: &HashMap<AuditEventId, u64>,
    ) -> Result<HashMap<AuditEventId, String>, StoreError> {
        let Some(head) = self.tx.find_checkpoint().await? else { return Ok(HashMap::new()) };
        let sequenced: Vec<_> =
            events.iter().filter_map(|(id, bytes)| Some((*id, (*places.get(id)?, bytes.as_str())))).collect();
        let entries: Vec<_> = sequenced.iter().map(|(_, entry)| *entry).collect();
        let proofs = self.tx.prove(&entries, &head).await?;
        Ok(sequenced.into_iter().map(|(id, _)| id).zip(proofs).collect())
    }

    /// The hashes that show that the log of one size is the beginning of that of another, in base 64.
    ///
    /// # Errors
    /// When the database fails or the tree is inconsistent.
    pub async fn prove_consistency(&self, from: u64, to: u64) -> Result<Vec<String>, StoreError> {
        Ok(self.tx.prove_consistency(from, to).await?.into_iter().map(tlog::Hash::to_base64).collect())
    }
}
