//! Following what changes.

use super::Gateway;
use super::caller::Caller;

pub use store::{Deaf, Following, Told, Topic};

impl Gateway {
    /// Follows what changes of the caller's tenant from now on.
    ///
    /// # Errors
    /// [`Deaf`] when the database does not tell its changes.
    pub async fn follow(&self, caller: &Caller, topic: Topic) -> Result<Following, Deaf> {
        self.store.follow(&caller.authority, topic).await
    }

    /// Hears what other processes change, until it is dropped.
    pub async fn keep_listening(self) {
        self.store.keep_listening().await;
    }
}
