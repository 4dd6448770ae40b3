//! How many sockets are open, in this process and of each tenant in it.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use domain::id::TenantId;

/// How sockets are held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SocketTerms {
    /// Sockets at the same time.
    pub most: u32,
    /// Of one tenant.
    pub per_tenant: u32,
    /// Subscriptions on one socket.
    pub subscriptions: u32,
    /// For `connection_init` to arrive.
    pub init: std::time::Duration,
    /// Between two pings of an idle socket.
    pub ping: std::time::Duration,
}

/// The sockets that are open.
#[derive(Clone, Default)]
pub struct Places(Arc<Mutex<Taken>>);

#[derive(Default)]
struct Taken {
    all: u32,
    of_tenant: HashMap<TenantId, u32>,
}

/// A place in the process, or one of a tenant; free again when it is dropped.
pub struct Place {
    places: Places,
    tenant: Option<TenantId>,
}

impl Places {
    /// Numbers that a panicking thread left are still true.
    fn lock(&self) -> MutexGuard<'_, Taken> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A place in the process; `None` where all are taken.
    pub fn take(&self, most: u32) -> Option<Place> {
        let mut taken = self.lock();
        (taken.all < most).then(|| taken.all += 1)?;
        Some(Place { places: self.clone(), tenant: None })
    }

    /// A place of a tenant, beside the one in the process; `None` where all are taken.
    pub fn take_of(&self, tenant: TenantId, most: u32) -> Option<Place> {
        let mut taken = self.lock();
        let of_tenant = taken.of_tenant.entry(tenant).or_default();
        (*of_tenant < most).then(|| *of_tenant += 1)?;
        Some(Place { places: self.clone(), tenant: Some(tenant) })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut taken = self.places.lock();
        match self.tenant {
            None => taken.all = taken.all.saturating_sub(1),
            Some(tenant) => {
                if let Entry::Occupied(mut of_tenant) = taken.of_tenant.entry(tenant) {
                    *of_tenant.get_mut() = of_tenant.get().saturating_sub(1);
                    if *of_tenant.get() == 0 {
                        of_tenant.remove();
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn places_are_counted_by_process_and_tenant_and_freed() {
        let places = Places::default();
        let [one, other] = [1, 2].map(|id| TenantId::from_uuid(Uuid::from_u128(id)));
        let first = places.take(1);
        assert!(first.is_some() && places.take(1).is_none());
        let of_tenant = places.take_of(one, 1);
        assert!(of_tenant.is_some() && places.take_of(one, 1).is_none());
        assert!(places.take_of(other, 1).is_some());
        drop((first, of_tenant));
        assert!(places.take(1).is_some() && places.take_of(one, 1).is_some());
        assert!(places.lock().of_tenant.is_empty());
    }
}
