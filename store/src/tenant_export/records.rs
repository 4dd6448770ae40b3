//! What an export is made from: one snapshot of the tenant, read person by person.

use domain::id::SubjectId;
use entity::data_subject::{Column, Entity};
use sea_orm::ColumnTrait as _;
use sea_orm::sea_query::Order;
use uuid::Uuid;

use crate::door::{OpenError, ReadingDoor, Store};
use crate::error::StoreError;
use crate::job::{self, Lease};
use crate::tenant_tx::{Reading, TenantTx};

impl Store {
    /// Opens the tenant that enqueued the work for reading: one consistent snapshot, for as long as it is held.
    ///
    /// # Errors
    /// [`StoreError::LeaseLost`] when another worker holds the work by now.
    pub async fn open_leased_reading(&self, lease: &Lease) -> Result<ReadingDoor, OpenError> {
        let door = self.reading(lease.tenant()).await?;
        let bound = match &door {
            ReadingDoor::Served(tx) => &tx.bound,
            ReadingDoor::Viewing(tx) => &tx.bound,
        };
        job::hold(bound, lease, self.clock.now()).await?;
        Ok(door)
    }
}

impl TenantTx<Reading> {
    /// A page of persons, oldest first, from behind one of them on.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn list_subject_ids(
        &self,
        after: Option<SubjectId>,
        limit: u64,
    ) -> Result<Vec<SubjectId>, StoreError> {
        let mut rows = self.bound.find::<Entity>();
        if let Some(after) = after {
            rows = rows.filter(Column::Id.gt(after.uuid()));
        }
        let rows = rows.order_by(Column::Id, Order::Asc).limit(limit).columns([Column::Id]);
        let rows: Vec<(Uuid,)> = rows.tuples(&self.bound).await?;
        Ok(rows.into_iter().map(|(id,)| SubjectId::from_uuid(id)).collect())
    }

    /// Lets go of the open keys of persons who were read: whoever goes through all of them leaves none in memory.
    pub fn release_keys(&self, persons: &[SubjectId]) {
        for person in persons {
            self.vault.forget(self.tenant(), *person);
        }
    }
}
