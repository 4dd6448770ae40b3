//! Where the entries of a page stand in the log, and the proofs that they do: read for all of them at once, when one is
//! asked for.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::Result;
use domain::actor::AccessLogActors;
use domain::id::{AuditEventId, SubjectId};
use tokio::sync::OnceCell;

use crate::graphql::errors;
use crate::service::reading::Reading;
use crate::service::records::RecordedEvent;

/// What is known of entries that were read together.
pub struct Evidence {
    reading: Arc<Reading>,
    events: Vec<(AuditEventId, String)>,
    actors: OnceCell<AccessLogActors>,
    places: OnceCell<HashMap<AuditEventId, u64>>,
    proofs: OnceCell<HashMap<AuditEventId, String>>,
}

impl Evidence {
    /// Of entries.
    pub fn of(reading: &Arc<Reading>, events: &[RecordedEvent]) -> Arc<Self> {
        let events = events.iter().map(|event| (event.id, event.canonical.clone())).collect();
        let (actors, places, proofs) = (OnceCell::new(), OnceCell::new(), OnceCell::new());
        Arc::new(Self { reading: Arc::clone(reading), events, actors, places, proofs })
    }

    /// The person who reads, where it is a person.
    pub fn own_subject(&self) -> Option<SubjectId> {
        self.reading.caller.own_subject()
    }

    /// Who acted, as the reader is told.
    pub async fn actor_of<'e>(&self, event: &'e RecordedEvent) -> Result<&'e str> {
        let Some(own) = self.own_subject() else { return Ok(&event.actor) };
        let read = || async { self.reading.access_log_actors().await };
        let actors = self.actors.get_or_try_init(read).await.map_err(|error| errors::internal(&error))?;
        Ok(actors.told((event.role, &event.actor), own))
    }

    async fn places(&self) -> Result<&HashMap<AuditEventId, u64>> {
        let ids: Vec<_> = self.events.iter().map(|(id, _)| *id).collect();
        let read = || async { self.reading.log_indexes(&ids).await };
        self.places.get_or_try_init(read).await.map_err(|error| errors::internal(&error))
    }

    /// The place of an entry; `None` until it is sequenced.
    pub async fn index_of(&self, id: AuditEventId) -> Result<Option<u64>> {
        Ok(self.places().await?.get(&id).copied())
    }

    /// The proof of an entry; `None` until it is sequenced.
    pub async fn proof_of(&self, id: AuditEventId) -> Result<Option<String>> {
        let places = self.places().await?;
        let prove = || async { self.reading.prove(&self.events, places).await };
        let proofs = self.proofs.get_or_try_init(prove).await.map_err(|error| errors::internal(&error))?;
        Ok(proofs.get(&id).cloned())
    }
}
