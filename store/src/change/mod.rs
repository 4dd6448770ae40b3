//! What changed, for whoever follows it: told when the commit has come, by identifiers alone. On PostgreSQL the
//! announcement is part of the transaction and reaches every process that listens; SQLite serves one process.
//!
//! A transaction notes its changes where rows are written ([`crate::scoped`]), so that no way of writing can forget to.

mod hub;
mod listening;

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use domain::id::TenantId;
use sea_orm::{ConnectionTrait as _, DatabaseTransaction, DbBackend, Statement};
use uuid::Uuid;

pub(crate) use hub::Hub;
pub use hub::{Deaf, Following, Told, Topic};

use crate::backend::postgres;
use crate::error::StoreError;

/// Where changes are announced on PostgreSQL.
const CHANNEL: &str = "privacy_gateway_change";

/// What can be followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    /// A rights request, or what hangs on it.
    Request,
    /// A breach that a tenant was told of, or told more of.
    Breach,
}

/// One change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Change {
    pub tenant: Uuid,
    pub kind: Kind,
    pub id: Uuid,
}

impl Change {
    pub(crate) const fn new(tenant: TenantId, kind: Kind, id: Uuid) -> Self {
        Self { tenant: tenant.uuid(), kind, id }
    }

    /// As it is announced: kind, tenant, object.
    fn announced(self) -> String {
        let kind = match self.kind {
            Kind::Request => 'r',
            Kind::Breach => 'b',
        };
        format!("{kind}.{}.{}", self.tenant.simple(), self.id.simple())
    }

    /// `None` for what is no announcement: whoever may log in to the database may send on the channel.
    fn heard(text: &str) -> Option<Self> {
        let mut parts = text.split('.');
        let kind = match parts.next()? {
            "r" => Kind::Request,
            "b" => Kind::Breach,
            _ => return None,
        };
        let [tenant, id] = [parts.next()?, parts.next()?].map(|part| Uuid::try_parse(part).ok());
        let change = Self { tenant: tenant?, kind, id: id? };
        parts.next().is_none().then_some(change)
    }
}

/// The changes of one transaction.
pub(crate) struct Notes {
    hub: Hub,
    changes: Mutex<BTreeSet<Change>>,
}

impl Notes {
    pub(crate) const fn new(hub: Hub) -> Self {
        Self { hub, changes: Mutex::new(BTreeSet::new()) }
    }

    pub(crate) fn note(&self, change: Change) {
        self.changes.lock().unwrap_or_else(PoisonError::into_inner).insert(change);
    }

    /// Commits, and has the changes told.
    pub(crate) async fn commit(self, tx: DatabaseTransaction) -> Result<(), StoreError> {
        let changes = self.changes.into_inner().unwrap_or_else(PoisonError::into_inner);
        if changes.is_empty() {
            return Ok(tx.commit().await?);
        }
        if tx.get_database_backend() == DbBackend::Postgres {
            let announced: Vec<_> = changes.into_iter().map(Change::announced).collect();
            let values = [CHANNEL.into(), serde_json::json!(announced).into()];
            let notify = Statement::from_sql_and_values(DbBackend::Postgres, postgres::NOTIFY, values);
            tx.execute_raw(notify).await?;
            return Ok(tx.commit().await?);
        }
        let committed = tx.commit().await;
        // A commit whose answer is an error may have come all the same, and to look once too often does no harm.
        self.hub.tell(changes);
        Ok(committed?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_announcement_is_heard_as_it_was_made_and_nothing_else_is_one() {
        let (tenant, id) = (Uuid::from_u128(7), Uuid::from_u128(9));
        for kind in [Kind::Request, Kind::Breach] {
            let change = Change { tenant, kind, id };
            assert_eq!(Change::heard(&change.announced()), Some(change));
        }
        let good = Change { tenant, kind: Kind::Request, id }.announced();
        for text in ["", "r", "r.", "r..", "x.7.9", "r.7.9", &good[..40], &format!("{good}.1")] {
            assert_eq!(Change::heard(text), None, "{text}");
        }
    }
}
