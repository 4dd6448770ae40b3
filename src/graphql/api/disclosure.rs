//! Whom an answer of the tenant API discloses: counted and on record before it leaves.

use domain::id::TenantId;

use super::TenantApi;
use crate::demand::{Asker, Exhausted};
use crate::graphql::errors;
use crate::graphql::till::Unanswered;
use crate::service::caller::Caller;
use crate::service::trail::{self, Trail};

/// What an operation discloses, and to whom.
pub(super) struct Disclosure {
    tenant: TenantId,
    /// None for a person who reads their own data, which no budget bounds.
    asker: Option<Asker>,
    /// What is owed to the audit log.
    pub(super) owed: Trail,
    /// What the payloads of mutations show.
    pub(super) shown: Trail,
}

impl Disclosure {
    /// Nothing yet.
    pub(super) fn to(caller: &Caller) -> Self {
        let asker = caller.own_subject().is_none().then(|| Asker::from(&caller.authority));
        let tenant = caller.authority.tenant();
        Self { tenant, asker, owed: Trail::default(), shown: Trail::default() }
    }
}

impl TenantApi {
    /// Counts the persons of an answer and makes its entries durable; after that it may leave. One that shows too many is on
    /// record as refused.
    pub(super) async fn settle(&self, disclosure: Disclosure) -> Result<(), Unanswered> {
        let demand = self.till.demand();
        let mut entries = disclosure.owed.settle();
        let (read, changed) = (trail::persons(&entries), trail::persons_shown(&disclosure.shown.settle()));
        let mut allowed: Result<(), Exhausted> = Ok(());
        if let Some(asker) = &disclosure.asker {
            allowed = demand.disclose(asker, &read);
            demand.disclosed_by_change(asker, &changed);
        }
        let disclosed = if allowed.is_ok() {
            read.union(&changed).count()
        } else {
            trail::refuse(&mut entries);
            changed.len()
        };
        let recorded = self.gateway.store.record(disclosure.tenant, entries).await;
        recorded.map_err(|error| errors::internal(&error))?;
        demand.metrics().disclosed(disclosed);
        Ok(allowed?)
    }
}
