//! The operator's transaction: the platform's own records and, of tenants, what it has to know of them as customers.

use domain::id::{AuditEventId, BreachId, TenantId};
use entity::{
    agreement, agreement_signature, agreement_template, audit_event, breach, breach_notice,
    breach_supplement, closing_certificate, erasure_confirmation, job, notice, operator_idempotency,
    processing_activity, retention_rule, subprocessor, subprocessor_notice, supervisory_authority, tenant,
    tenant_closing, tenant_export, tenant_export_download,
};
use jiff::Timestamp;
use sea_orm::{
    ConnectionTrait as _, DatabaseTransaction, EntityTrait, Insert, Select, Statement, UpdateMany,
};

use super::Operator;
use crate::audit::{AuditEvent, Entry};
use crate::backend::Database;
use crate::change::{Change, Kind, Notes};
use crate::error::StoreError;

/// A table that the operator reads. None of them holds data about a data subject.
pub(super) trait Reads: EntityTrait {}
/// A table that the operator adds rows to.
pub(super) trait Adds: EntityTrait {}
/// A table whose rows the operator changes.
pub(super) trait Changes: EntityTrait {}

macro_rules! reached {
    ($marker:ident: $($table:ident,)*) => {
        $(impl $marker for $table::Entity {})*
    };
}

reached! { Reads:
    agreement, agreement_template, breach, breach_notice, breach_supplement, closing_certificate, erasure_confirmation,
    notice, operator_idempotency, subprocessor, subprocessor_notice, supervisory_authority, tenant, tenant_closing,
    tenant_export, tenant_export_download,
}

reached! { Adds:
    agreement, agreement_signature, agreement_template, audit_event, breach, breach_notice, breach_supplement,
    closing_certificate, erasure_confirmation, job, notice, operator_idempotency, processing_activity, retention_rule, subprocessor,
    subprocessor_notice, supervisory_authority, tenant,
}

reached! { Changes: subprocessor, tenant, }

/// A transaction of the operator at one instant. On PostgreSQL its role has no right to any other table.
pub(super) struct PlatformTx {
    tx: DatabaseTransaction,
    notes: Notes,
    pub(super) now: Timestamp,
}

impl PlatformTx {
    async fn writing(database: &Database, now: Timestamp) -> Result<Self, StoreError> {
        Ok(Self { tx: database.begin_writing().await?, notes: Notes::new(database.hub().clone()), now })
    }

    async fn reading(database: &Database, now: Timestamp) -> Result<Self, StoreError> {
        Ok(Self { tx: database.begin_reading().await?, notes: Notes::new(database.hub().clone()), now })
    }

    #[expect(clippy::unused_self, reason = "a query begins from the transaction that it is run in")]
    pub(super) fn find<E: Reads>(&self) -> Select<E> {
        E::find()
    }

    pub(super) async fn put<E: Adds>(&self, row: E::ActiveModel) -> Result<(), StoreError> {
        Insert::<E::ActiveModel>::one(row).exec_without_returning(&self.tx).await?;
        Ok(())
    }

    pub(super) async fn put_all<E: Adds>(&self, rows: Vec<E::ActiveModel>) -> Result<(), StoreError> {
        if !rows.is_empty() {
            E::insert_many(rows).exec_without_returning(&self.tx).await?;
        }
        Ok(())
    }

    #[expect(clippy::unused_self, reason = "a query begins from the transaction that it is run in")]
    pub(super) fn amend<E: Changes>(&self) -> UpdateMany<E> {
        E::update_many()
    }

    /// What queries of this module run on.
    pub(super) const fn connection(&self) -> &DatabaseTransaction {
        &self.tx
    }

    /// A statement of this module's own.
    pub(super) async fn rows(&self, statement: Statement) -> Result<Vec<sea_orm::QueryResult>, StoreError> {
        Ok(self.tx.query_all_raw(statement).await?)
    }

    /// Tells tenants, in their own logs, what was done that concerns them; gives the entries, in the order of the tenants.
    pub(super) async fn tell(
        &self,
        operator: &Operator<'_>,
        tenants: &[TenantId],
        event: &AuditEvent,
    ) -> Result<Vec<AuditEventId>, StoreError> {
        let ids: Vec<_> = tenants.iter().map(|_| AuditEventId::new(self.now, operator.entropy())).collect();
        let row = |(tenant, id): (&TenantId, &AuditEventId)| {
            Entry { tenant: *tenant, id: *id, at: self.now, event: event.clone() }.row()
        };
        let rows = tenants.iter().zip(&ids).map(row).collect::<Result<Vec<_>, _>>()?;
        self.put_all::<audit_event::Entity>(rows).await?;
        Ok(ids)
    }

    /// Notes that tenants are told of a breach, or more of it; those who follow hear of it with the commit.
    pub(super) fn note_breach(&self, breach: BreachId, tenants: &[TenantId]) {
        for tenant in tenants {
            self.notes.note(Change::new(*tenant, Kind::Breach, breach.uuid()));
        }
    }

    pub(super) async fn commit(self) -> Result<(), StoreError> {
        self.notes.commit(self.tx).await
    }
}

impl Operator<'_> {
    pub(super) async fn writing(&self) -> Result<PlatformTx, StoreError> {
        PlatformTx::writing(&self.store.platform, self.store.clock.now()).await
    }

    pub(super) async fn reading(&self) -> Result<PlatformTx, StoreError> {
        PlatformTx::reading(&self.store.platform, self.store.clock.now()).await
    }
}
