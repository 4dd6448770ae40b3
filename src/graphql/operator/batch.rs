//! What hangs on objects that stand together is loaded for all of them at once, by whichever asks first, so that no
//! field costs a statement per object.

use std::collections::HashMap;
use std::hash::Hash;

use async_graphql::Result;
use tokio::sync::OnceCell;

use crate::graphql::errors;
use crate::service::records::StoreError;

/// What hangs on each of the objects.
pub struct Batch<K, T>(OnceCell<HashMap<K, Vec<T>>>);

impl<K, T> Default for Batch<K, T> {
    fn default() -> Self {
        Self(OnceCell::new())
    }
}

impl<K: Eq + Hash, T> Batch<K, T> {
    /// What hangs on one of them, in the order in which it was loaded; `load` is only run the first time.
    pub async fn of<A>(&self, one: K, load: impl Future<Output = Result<A, StoreError>>) -> Result<&[T]>
    where
        A: IntoIterator<Item = (K, T)>,
    {
        let loaded = self.0.get_or_try_init(|| async {
            let all = load.await.map_err(|error| errors::internal(&error))?;
            let mut grouped: HashMap<K, Vec<T>> = HashMap::new();
            for (key, item) in all {
                grouped.entry(key).or_default().push(item);
            }
            Ok::<_, async_graphql::Error>(grouped)
        });
        Ok(loaded.await?.get(&one).map_or(&[], Vec::as_slice))
    }
}
