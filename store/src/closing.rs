//! The end of a relationship (Art. 28(3)(g)): when the return is over, everything about data subjects goes, the tenant's
//! keys are destroyed, and what remains is the platform's own evidence. Each part can be done again after a kill.

pub(crate) mod evidence;

use std::collections::BTreeMap;

use aws_lc_rs::digest::{SHA256, digest};
use domain::calendar::civil_date;
use domain::closing::ErasedKind;
use domain::export::TenantExportStatus;
use domain::id::SubjectId;
use entity::{
    accounting_record, consent, data_subject, downstream_system, export_package, idempotency, job,
    legal_hold, notice, restriction, rights_request, suppression, tenant, tenant_closing, tenant_export,
    tenant_export_chunk,
};
use jiff::Timestamp;
use jiff::civil::Date;
use sea_orm::sea_query::{Expr, Order};
use sea_orm::{ActiveValue::Set, ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::backend::Bound;
use crate::door::{OpenError, Store};
use crate::error::StoreError;
use crate::job::{JobKind, Lease};
use crate::scoped::TenantTable;
use crate::tenant::StoredTenant;
use crate::tenant_tx::{Closing, TenantTx};
use crate::time;

pub use evidence::ClosingEvidence;

/// What a tenant at the end of its relationship turns out to be.
pub enum ClosingDoor {
    /// The return is not over; its last day, or none where the relationship has no end.
    NotYet(TenantTx<Closing>, Option<Date>),
    /// Everything is to be erased, or to be erased on.
    Due(TenantTx<Closing>),
    /// All was done before.
    Done(TenantTx<Closing>),
}

/// A key that was destroyed: what it was for, and a digest of its identifier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyFingerprint {
    /// What the key was for.
    pub class: String,
    /// SHA-256 of the key's identifier, in lower-case hexadecimal digits.
    pub sha256: String,
}

impl KeyFingerprint {
    pub(crate) fn of(class: String, key: uuid::Uuid) -> Self {
        Self { class, sha256: hex::encode(digest(&SHA256, key.as_bytes())) }
    }
}

/// How a tenant's data was erased.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredClosing {
    /// When the erasure began.
    pub began_at: Timestamp,
    /// What went, by kind.
    pub erased: BTreeMap<ErasedKind, u64>,
    /// The tenant's own keys that were destroyed.
    pub keys: Vec<KeyFingerprint>,
    /// When the keys were gone.
    pub keys_destroyed_at: Option<Timestamp>,
}

impl Store {
    /// Opens the leased tenant for the end of its relationship.
    ///
    /// # Errors
    /// [`StoreError::LeaseLost`] when another worker holds the work by now, or it is other work.
    pub async fn open_closing(&self, lease: &Lease) -> Result<ClosingDoor, OpenError> {
        if lease.kind != JobKind::CloseTenant {
            return Err(StoreError::LeaseLost.into());
        }
        let tx: TenantTx<Closing> = self.bind_leased(lease).await?;
        let row = tx.find_tenant().await?;
        if row.closed_at.is_some() {
            return Ok(ClosingDoor::Done(tx));
        }
        let over = row.return_ends_on.is_some_and(|last| last < civil_date(tx.now));
        if over || row.erasing_since.is_some() {
            return Ok(ClosingDoor::Due(tx));
        }
        Ok(ClosingDoor::NotYet(tx, row.return_ends_on))
    }
}

impl TenantTx<Closing> {
    /// From the commit on nothing is served any longer. Done a second time it changes nothing.
    ///
    /// # Errors
    /// When a database fails.
    pub async fn begin_erasing(&self) -> Result<(), StoreError> {
        if self.find_closing().await?.is_some() {
            return Ok(());
        }
        let keys = self.vault.tenant_key_fingerprints(self.tenant()).await?;
        let at = Some(time::to_row(self.now));
        self.amend_tenant(tenant::Column::ErasingSince, at).await?;
        let row = tenant_closing::ActiveModel {
            began_at: Set(time::to_row(self.now)),
            erased: Set(json!({})),
            key_fingerprints: Set(json!(keys)),
            keys_destroyed_at: Set(None),
            ..Default::default()
        };
        self.bound.put::<tenant_closing::Entity>(row).await
    }

    /// Erases some persons with everything that hangs on them, and adds them to what went; gives who they were, nobody when
    /// none is left.
    ///
    /// # Errors
    /// When a database fails or a row is inconsistent.
    pub async fn erase_some(&self, limit: u64) -> Result<Vec<SubjectId>, StoreError> {
        let rows = self.bound.find::<data_subject::Entity>().order_by(data_subject::Column::Id, Order::Asc);
        let rows = rows.limit(limit).locked().all(&self.bound).await?;
        if rows.is_empty() {
            return Ok(Vec::new());
        }
        let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
        let mut went = self.held_of(&ids).await?;
        let values =
            rows.iter().filter_map(|row| row.profile.as_object()).map(serde_json::Map::len).sum::<usize>();
        went.insert(ErasedKind::Persons, count(rows.len()));
        went.insert(ErasedKind::Values, count(values));
        self.note_requests_of(&ids).await?;
        let persons = data_subject::Column::Id.is_in(ids.iter().copied());
        self.bound.remove::<data_subject::Entity>().filter(persons).run(&self.bound).await?;
        self.add_erased(went).await?;
        Ok(ids.into_iter().map(SubjectId::from_uuid).collect())
    }

    /// Their requests go with persons, and nothing but this tells those who follow one.
    async fn note_requests_of(&self, ids: &[uuid::Uuid]) -> Result<(), StoreError> {
        let requests = rights_request::Column::SubjectId.is_in(ids.iter().copied());
        let requests = self.bound.find::<rights_request::Entity>().filter(requests);
        let requests: Vec<(uuid::Uuid,)> =
            requests.columns([rights_request::Column::Id]).tuples(&self.bound).await?;
        for (request,) in requests {
            self.bound.note_request(request);
        }
        Ok(())
    }

    async fn held_of(&self, ids: &[uuid::Uuid]) -> Result<BTreeMap<ErasedKind, u64>, StoreError> {
        let mut held = BTreeMap::new();
        held.insert(
            ErasedKind::Consents,
            self.count_of::<consent::Entity>(consent::Column::SubjectId, ids).await?,
        );
        let records =
            self.count_of::<accounting_record::Entity>(accounting_record::Column::SubjectId, ids).await?;
        held.insert(ErasedKind::AccountingRecords, records);
        let requests =
            self.count_of::<rights_request::Entity>(rights_request::Column::SubjectId, ids).await?;
        held.insert(ErasedKind::RightsRequests, requests);
        let restrictions = self.count_of::<restriction::Entity>(restriction::Column::SubjectId, ids).await?;
        held.insert(ErasedKind::Restrictions, restrictions);
        held.insert(
            ErasedKind::LegalHolds,
            self.count_of::<legal_hold::Entity>(legal_hold::Column::SubjectId, ids).await?,
        );
        let packages =
            self.count_of::<export_package::Entity>(export_package::Column::SubjectId, ids).await?;
        held.insert(ErasedKind::ExportPackages, packages);
        Ok(held)
    }

    async fn count_of<E: TenantTable>(&self, column: E::Column, ids: &[uuid::Uuid]) -> Result<u64, StoreError>
    where
        E::Model: Send + Sync,
    {
        self.bound.find::<E>().filter(column.is_in(ids.iter().copied())).count(&self.bound).await
    }

    async fn add_erased(&self, went: BTreeMap<ErasedKind, u64>) -> Result<(), StoreError> {
        let closing = self.bound.find::<tenant_closing::Entity>().locked().one(&self.bound).await?;
        let closing = closing.map(StoredClosing::try_from).transpose()?;
        let mut erased = closing.map(|closing| closing.erased).unwrap_or_default();
        for (kind, number) in went {
            *erased.entry(kind).or_default() += number;
        }
        let change = self.bound.amend::<tenant_closing::Entity>();
        change.set(tenant_closing::Column::Erased, Expr::value(json!(erased))).run(&self.bound).await?;
        Ok(())
    }

    /// Removes what hangs on no person: suppressed addresses, digests of keys, exports, systems outside with their secrets,
    /// notices, and all other due work.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn erase_rest(&self) -> Result<(), StoreError> {
        let addresses = self.bound.remove::<suppression::Entity>().run(&self.bound).await?;
        self.bound.remove::<idempotency::Entity>().run(&self.bound).await?;
        self.bound.remove::<downstream_system::Entity>().run(&self.bound).await?;
        self.bound.remove::<notice::Entity>().run(&self.bound).await?;
        let chunks = self.bound.remove::<tenant_export_chunk::Entity>().run(&self.bound).await?;
        let none: Option<uuid::Uuid> = None;
        let exports = self.bound.amend::<tenant_export::Entity>();
        let over = Expr::value(TenantExportStatus::Expired.code());
        let exports = exports.set(tenant_export::Column::KeyId, Expr::value(none));
        exports.set(tenant_export::Column::Status, over).run(&self.bound).await?;
        let others = self.bound.remove::<job::Entity>();
        others.filter(job::Column::Kind.ne(JobKind::CloseTenant.code())).run(&self.bound).await?;
        let exports = u64::from(chunks > 0);
        let went = [(ErasedKind::SuppressedAddresses, addresses), (ErasedKind::TenantExports, exports)];
        self.add_erased(went.into()).await
    }

    /// Destroys every key of the tenant and of its persons. What is left anywhere under them, in backups too, opens no more.
    ///
    /// # Errors
    /// When the key store fails; done again it gives the same.
    pub async fn destroy_all_keys(&self) -> Result<(), StoreError> {
        let destroyed_at = self.vault.destroy_tenant(self.tenant(), self.now).await?;
        let unset = tenant_closing::Column::KeysDestroyedAt.is_null();
        let change = self.bound.amend::<tenant_closing::Entity>().filter(unset);
        let at = Expr::value(time::to_row(destroyed_at));
        change.set(tenant_closing::Column::KeysDestroyedAt, at).run(&self.bound).await?;
        Ok(())
    }

    /// Ends the relationship for good.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn close(&self) -> Result<(), StoreError> {
        self.amend_tenant(tenant::Column::ClosedAt, Some(time::to_row(self.now))).await
    }

    async fn amend_tenant(
        &self,
        column: tenant::Column,
        value: Option<chrono::DateTime<chrono::Utc>>,
    ) -> Result<(), StoreError> {
        tenant::Entity::update_many()
            .filter(tenant::Column::Id.eq(self.tenant().uuid()))
            .col_expr(column, Expr::value(value))
            .exec(self.bound.connection())
            .await?;
        Ok(())
    }
}

impl<S> TenantTx<S> {
    /// How the tenant's data was erased; `None` where it was not.
    ///
    /// # Errors
    /// When the database fails or the row is inconsistent.
    pub async fn find_closing(&self) -> Result<Option<StoredClosing>, StoreError> {
        let row = self.bound.find::<tenant_closing::Entity>().one(&self.bound).await?;
        row.map(StoredClosing::try_from).transpose()
    }
}

/// Marks a tenant whose keys are gone as being erased, in a database that was restored from before; gives whether it was.
pub(crate) async fn resume(
    bound: Bound,
    (at, job): (Timestamp, job::ActiveModel),
) -> Result<bool, StoreError> {
    let of = tenant::Column::Id.eq(bound.tenant().uuid());
    let found = tenant::Entity::find().filter(of.clone()).one(bound.connection()).await?;
    let Some(row) = found.map(StoredTenant::from).filter(|row| row.closed_at.is_none()) else {
        return Ok(false);
    };
    if row.erasing_since.is_none() {
        let change = tenant::Entity::update_many().filter(of);
        let change = change.col_expr(tenant::Column::ErasingSince, Expr::value(Some(time::to_row(at))));
        change.exec(bound.connection()).await?;
        bound.put::<job::Entity>(job).await?;
    }
    bound.commit().await?;
    Ok(true)
}

fn count(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}

impl TryFrom<tenant_closing::Model> for StoredClosing {
    type Error = StoreError;

    fn try_from(row: tenant_closing::Model) -> Result<Self, StoreError> {
        let inconsistent = |column| StoreError::Inconsistent { table: "tenant_closing", column };
        Ok(Self {
            began_at: time::from_row(row.began_at),
            erased: serde_json::from_value(row.erased).map_err(|_| inconsistent("erased"))?,
            keys: serde_json::from_value(row.key_fingerprints)
                .map_err(|_| inconsistent("key_fingerprints"))?,
            keys_destroyed_at: row.keys_destroyed_at.map(time::from_row),
        })
    }
}
