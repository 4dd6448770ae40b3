//! Made-up persons by the thousand, for load tests: sealed as every person is, and written in bulk.
//!
//! The sixth way in. Its proof is the database itself: it holds no tenant that was not made up for it, so that nothing of real
//! customers is ever mixed with what is here ([`Store::open_seeding`]).

mod batch;
mod sealing;

use std::collections::BTreeSet;

use domain::id::{SubjectId, TenantId};
use entity::{data_subject, tenant};
use jiff::Timestamp;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryOrder as _, QuerySelect as _};
use uuid::Uuid;

use crate::accounting::NewRecord;
use crate::backend::Bound;
use crate::consent::NewConsent;
use crate::door::Store;
use crate::error::StoreError;
use crate::request::{StoredRequest, StoredStep};
use crate::subject::NewSubject;
use crate::time;

pub use batch::SealedBatch;
pub use sealing::Sealer;

/// A tenant that was made up, by what tells it from every other.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct MadeUpTenant {
    /// The tenant.
    pub id: TenantId,
    /// The name under which it was taken on.
    pub name: String,
}

/// A made-up person and everything that is recorded about them.
pub struct MadeUpPerson {
    /// The person.
    pub subject: NewSubject,
    /// When registered.
    pub registered_at: Timestamp,
    /// What the person has consented to.
    pub consents: Vec<NewConsent>,
    /// Accounting records that name the person.
    pub records: Vec<NewRecord>,
    /// What the person has asked for.
    pub requests: Vec<MadeUpRequest>,
}

/// A made-up request. It says nothing in words, which would have to be sealed.
pub struct MadeUpRequest {
    /// The request.
    pub request: StoredRequest,
    /// Its life so far, oldest first.
    pub steps: Vec<StoredStep>,
    /// When its deadline is to be looked at; `None` once it is answered or withdrawn.
    pub remind_at: Option<Timestamp>,
}

/// The way in to a database of made-up tenants.
pub struct Seeding {
    store: Store,
    made_up: BTreeSet<TenantId>,
    /// The tenants that are there, each with when it was taken on, by their identifiers.
    pub there: Vec<(TenantId, Timestamp)>,
}

impl Store {
    /// Opens the database to made-up persons, if every tenant in it is one of those that were `made_up`.
    ///
    /// # Errors
    /// [`StoreError::Unfit`] when there is another tenant; others when the database fails.
    pub async fn open_seeding(&self, made_up: &[MadeUpTenant]) -> Result<Seeding, StoreError> {
        let tx = self.platform.begin_reading().await?;
        let columns = [tenant::Column::Id, tenant::Column::Name, tenant::Column::CreatedAt];
        let rows = tenant::Entity::find().order_by_asc(tenant::Column::Id).select_only().columns(columns);
        let rows: Vec<(Uuid, String, chrono::DateTime<chrono::Utc>)> = rows.into_tuple().all(&tx).await?;
        tx.commit().await?;
        let known: BTreeSet<_> =
            made_up.iter().map(|made_up| (made_up.id.uuid(), made_up.name.as_str())).collect();
        let strangers: Vec<_> =
            rows.iter().filter(|(id, name, _)| !known.contains(&(*id, name.as_str()))).collect();
        if let Some((id, ..)) = strangers.first() {
            return Err(StoreError::Unfit(format!(
                "the database holds {} tenants that these arguments do not make, {} among them: give an empty database, \
                 or repeat the --seed and --tenants that filled this one",
                strangers.len(),
                TenantId::from_uuid(*id)
            )));
        }
        Ok(Seeding {
            store: self.clone(),
            made_up: made_up.iter().map(|made_up| made_up.id).collect(),
            there: rows
                .into_iter()
                .map(|(id, _, at)| (TenantId::from_uuid(id), time::from_row(at)))
                .collect(),
        })
    }
}

impl Seeding {
    /// What seals the persons of a tenant, which must have been taken on.
    ///
    /// # Errors
    /// [`StoreError::Unfit`] for a tenant that was not made up, [`StoreError::KeyGone`] for one without keys.
    pub async fn sealer(&self, tenant: TenantId) -> Result<Sealer, StoreError> {
        self.check(tenant)?;
        let keys = self.store.vault.tenant_keys(tenant).await?;
        Ok(Sealer::new(tenant, keys, std::sync::Arc::clone(&self.store.vault)))
    }

    /// The persons of a tenant that are there already, between two identifiers and both included; also those that were
    /// erased since.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn persons_between(
        &self,
        tenant: TenantId,
        (first, last): (SubjectId, SubjectId),
    ) -> Result<BTreeSet<SubjectId>, StoreError> {
        self.check(tenant)?;
        let bound = Bound::reading(&self.store.data, tenant).await?;
        let between = data_subject::Column::Id.between(first.uuid(), last.uuid());
        let rows = bound.find::<data_subject::Entity>().filter(between);
        let ids: Vec<(Uuid,)> = rows.columns([data_subject::Column::Id]).tuples(&bound).await?;
        bound.close().await?;
        Ok(ids.into_iter().map(|(id,)| SubjectId::from_uuid(id)).collect())
    }

    fn check(&self, tenant: TenantId) -> Result<(), StoreError> {
        if self.made_up.contains(&tenant) {
            Ok(())
        } else {
            Err(StoreError::Unfit(format!("{tenant} is no made-up tenant")))
        }
    }
}
