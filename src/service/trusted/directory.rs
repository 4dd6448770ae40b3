//! Who has published documents, as far as this process knows.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use domain::trusted::DocumentOwner;
use store::{Store, StoreError, TrustedOwner};
use tokio::sync::Mutex;
use tokio::time::Instant;

/// How old what is known may be: within this time a publication or withdrawal is known to every process.
pub const FRESH: Duration = Duration::from_secs(1);

/// Owners of documents.
pub type Owners = Arc<HashMap<DocumentOwner, TrustedOwner>>;

/// What is known of the owners. It is looked at when it is needed and too old, once for all who need it, so that a process that
/// nobody asks anything asks nothing either.
#[derive(Default)]
pub struct Directory {
    known: RwLock<Option<Known>>,
    looking: Mutex<()>,
}

#[derive(Clone)]
struct Known {
    at: Instant,
    revision: i64,
    owners: Owners,
}

impl Directory {
    /// Who has published documents.
    ///
    /// # Errors
    /// When the database fails: whether a document was withdrawn is not known then.
    pub async fn owners(&self, store: &Store) -> Result<Owners, StoreError> {
        if let Some(known) = self.known().filter(Known::is_fresh) {
            return Ok(known.owners);
        }
        let _turn = self.looking.lock().await;
        let before = self.known();
        if let Some(known) = before.as_ref().filter(|known| known.is_fresh()) {
            return Ok(Arc::clone(&known.owners));
        }
        // What changes after this is known by the next look.
        let at = Instant::now();
        let revision = store.trusted_revision().await?;
        let owners = match before {
            Some(before) if before.revision == revision => before.owners,
            _ => {
                let owners = store.trusted_owners().await?.into_iter();
                Arc::new(owners.map(|one| (one.owner.clone(), one)).collect())
            }
        };
        let known = Known { at, revision, owners: Arc::clone(&owners) };
        *self.known.write().unwrap_or_else(PoisonError::into_inner) = Some(known);
        Ok(owners)
    }

    fn known(&self) -> Option<Known> {
        self.known.read().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Known {
    fn is_fresh(&self) -> bool {
        self.at.elapsed() < FRESH
    }
}
