//! Erasing: values go, what stays is moved to another key where the old one must go too, and then the old key is
//! destroyed. Backups hold sealed bytes alone, so that nothing in them opens from that moment on.

use std::collections::BTreeSet;
use std::sync::Arc;

use domain::category::{Categories, DataCategory};
use domain::id::{AccountingRecordId, RequestId, SubjectId};
use domain::subject::SubjectStatus;
use entity::{
    accounting_record, consent, data_subject, erasure_mark, export_package, job, rights_request,
    subject_index,
};
use jiff::Timestamp;
use sea_orm::sea_query::{Expr, ExprTrait as _, OnConflict};
use sea_orm::{ActiveValue::Set, ColumnTrait as _, Condition, EntityTrait as _};
use uuid::Uuid;

use crate::accounting;
use crate::error::StoreError;
use crate::job::JobKind;
use crate::request::texts;
use crate::subject::{REFERENCE, StoredSubject, open_text, place, sealed_bytes, sealed_text};
use crate::tenant_tx::{CarriesOutRights, TenantTx, Writes};
use crate::time;
use crate::vault::{Destroyed, DestroyedKey, Destruction, IndexKind, KeyClass, Keys, SealKey};

/// What is to go, and what is left of the person then.
pub struct ErasureOrder {
    /// Values by category.
    pub categories: Categories,
    /// Accounting records.
    pub records: BTreeSet<Uuid>,
    /// The person's status from now on. Where it says erased, partly or wholly, all goes that no ground keeps: the
    /// tenant's key for the person, consents, and the words of requests.
    pub status: SubjectStatus,
}

impl ErasureOrder {
    const fn ends_ordinary_use(&self) -> bool {
        matches!(self.status, SubjectStatus::PartiallyErased | SubjectStatus::Erased)
    }
}

/// What is sealed about a person beside the profile.
struct Belongings {
    records: Vec<accounting_record::Model>,
    requests: Vec<rights_request::Model>,
    keys: Option<Arc<Keys>>,
}

/// The keys from now on.
struct NextKeys {
    ordinary: Option<Arc<SealKey>>,
    statutory: Option<Arc<SealKey>>,
}

impl<S: CarriesOutRights> TenantTx<S> {
    /// Removes what the order names from the person's data, whose row this transaction holds. The keys follow in
    /// [`TenantTx::destroy_keys`], once this is committed.
    ///
    /// # Errors
    /// When a database fails or something that stays does not open.
    pub async fn erase(&self, person: &StoredSubject, order: &ErasureOrder) -> Result<(), StoreError> {
        let belongings = self.belongings(person).await?;
        let next = self.next_keys(person, order, &belongings).await?;
        self.erase_profile(person, order, (&belongings, &next)).await?;
        self.erase_records(person, order, (&belongings, &next)).await?;
        self.erase_texts(person, order, (&belongings, &next)).await?;
        self.erase_terms(person, order).await?;
        self.remove_exports_of(person.id).await?;
        self.void_tenant_exports().await?;
        let naming = (!order.ends_ordinary_use()).then_some(&order.categories);
        self.end_tasks_of_person(person.id, naming).await?;
        if order.ends_ordinary_use() {
            let of_person = consent::Column::SubjectId.eq(person.id.uuid());
            self.bound.remove::<consent::Entity>().filter(of_person).run(&self.bound).await?;
        }
        Ok(())
    }

    async fn belongings(&self, person: &StoredSubject) -> Result<Belongings, StoreError> {
        let id = person.id.uuid();
        let records = self.bound.find::<accounting_record::Entity>();
        let records = records.filter(accounting_record::Column::SubjectId.eq(id)).all(&self.bound).await?;
        let requests = self.bound.find::<rights_request::Entity>();
        let requests = requests.filter(rights_request::Column::SubjectId.eq(id)).all(&self.bound).await?;
        let newest = records.last().and_then(|record| sealed_bytes(&record.description));
        let keys = self.keys_of(&[(person.id, newest.as_deref())]).await?.remove(&person.id);
        Ok(Belongings { records, requests, keys })
    }

    /// A key goes when something sealed under it goes; what else was under it moves to a new one.
    async fn next_keys(
        &self,
        person: &StoredSubject,
        order: &ErasureOrder,
        belongings: &Belongings,
    ) -> Result<NextKeys, StoreError> {
        let create = |class| self.vault.create_subject_key(self.tenant(), person.id, class, self.now);
        let current = |class| person.to_seal(class).cloned();
        let goes = |category: &DataCategory| order.categories.contains(category);
        let ordinary = if order.ends_ordinary_use() {
            None
        } else if person.held().any(|category| goes(&category)) {
            Some(create(KeyClass::Ordinary).await?)
        } else {
            current(KeyClass::Ordinary)
        };
        let stays_of_profile = person.held().any(|category| !goes(&category));
        let (going, staying): (Vec<_>, Vec<_>) =
            belongings.records.iter().partition(|record| order.records.contains(&record.id));
        let statutory = if staying.is_empty() && !(order.ends_ordinary_use() && stays_of_profile) {
            None
        } else if going.is_empty() && person.status != SubjectStatus::PartiallyErased {
            match current(KeyClass::Statutory) {
                Some(key) => Some(key),
                None => Some(create(KeyClass::Statutory).await?),
            }
        } else {
            Some(create(KeyClass::Statutory).await?)
        };
        Ok(NextKeys { ordinary, statutory })
    }

    async fn erase_profile(
        &self,
        person: &StoredSubject,
        order: &ErasureOrder,
        (belongings, next): (&Belongings, &NextKeys),
    ) -> Result<(), StoreError> {
        let key = if order.ends_ordinary_use() { &next.statutory } else { &next.ordinary };
        let mut profile = serde_json::Map::new();
        for category in person.held().filter(|category| !order.categories.contains(category)) {
            let sealed = person.profile.get(category.code()).and_then(serde_json::Value::as_str);
            let sealed = self.moved(person.id, category.code(), sealed, (belongings, key.as_ref()))?;
            profile.insert(category.code().to_owned(), sealed.into());
        }
        let reference = person.reference.as_deref().filter(|_| !order.ends_ordinary_use());
        let reference = match reference {
            None => None,
            sealed => Some(self.moved(person.id, REFERENCE, sealed, (belongings, key.as_ref()))?),
        };
        let id = |key: &Option<Arc<SealKey>>| key.as_ref().map(|key| key.id());
        let erased_at = (order.status == SubjectStatus::Erased).then_some(self.now).or(person.erased_at);
        let row = self.bound.amend::<data_subject::Entity>();
        row.filter(data_subject::Column::Id.eq(person.id.uuid()))
            .set(data_subject::Column::Profile, Expr::value(serde_json::Value::Object(profile)))
            .set(data_subject::Column::ExternalReference, Expr::value(reference))
            .set(data_subject::Column::Status, Expr::value(order.status.code()))
            .set(data_subject::Column::OrdinaryKey, Expr::value(id(&next.ordinary)))
            .set(data_subject::Column::StatutoryKey, Expr::value(id(&next.statutory)))
            .set(data_subject::Column::ErasedAt, Expr::value(erased_at.map(time::to_row)))
            .run(&self.bound)
            .await?;
        Ok(())
    }

    /// A value of the profile under the key that it belongs under from now on.
    fn moved(
        &self,
        person: SubjectId,
        column: &str,
        sealed: Option<&str>,
        (belongings, key): (&Belongings, Option<&Arc<SealKey>>),
    ) -> Result<String, StoreError> {
        let (sealed, key) = (sealed.ok_or(StoreError::KeyGone)?, key.ok_or(StoreError::KeyGone)?);
        let place = place(self.tenant(), person, column);
        if sealed_bytes(sealed).as_deref().and_then(SealKey::id_of) == Some(key.id()) {
            return Ok(sealed.to_owned());
        }
        let keys = belongings.keys.as_ref().ok_or(StoreError::KeyGone)?;
        sealed_text(key, place, open_text(keys, place, sealed)?.reveal(), self.entropy())
    }

    async fn erase_records(
        &self,
        person: &StoredSubject,
        order: &ErasureOrder,
        (belongings, next): (&Belongings, &NextKeys),
    ) -> Result<(), StoreError> {
        if !order.records.is_empty() {
            let going = accounting_record::Column::Id.is_in(order.records.iter().copied());
            self.bound.remove::<accounting_record::Entity>().filter(going).run(&self.bound).await?;
        }
        let staying = belongings.records.iter().filter(|record| !order.records.contains(&record.id));
        for record in staying {
            let key = next.statutory.as_ref().ok_or(StoreError::KeyGone)?;
            if sealed_bytes(&record.description).as_deref().and_then(SealKey::id_of) == Some(key.id()) {
                continue;
            }
            let keys = belongings.keys.as_ref().ok_or(StoreError::KeyGone)?;
            let place = accounting::place(self.tenant(), person.id, AccountingRecordId::from_uuid(record.id));
            let text = open_text(keys, place, &record.description)?;
            let sealed = sealed_text(key, place, text.reveal(), self.entropy())?;
            let row = self.bound.amend::<accounting_record::Entity>();
            row.filter(accounting_record::Column::Id.eq(record.id))
                .set(accounting_record::Column::Description, Expr::value(sealed))
                .run(&self.bound)
                .await?;
        }
        Ok(())
    }

    /// The words of requests go with ordinary use; until then they follow the ordinary key.
    async fn erase_texts(
        &self,
        person: &StoredSubject,
        order: &ErasureOrder,
        (belongings, next): (&Belongings, &NextKeys),
    ) -> Result<(), StoreError> {
        for request in &belongings.requests {
            let held = texts::sealed(request);
            if held.iter().all(Option::is_none) {
                continue;
            }
            let row = self.bound.amend::<rights_request::Entity>();
            let mut row = row.filter(rights_request::Column::Id.eq(request.id));
            for ((column, name), sealed) in texts::SEALED.into_iter().zip(held) {
                let sealed = match (sealed, &next.ordinary) {
                    (Some(sealed), Some(key)) if !order.ends_ordinary_use() => {
                        let request = RequestId::from_uuid(request.id);
                        Some(self.moved_text((person.id, request, name), sealed, (belongings, key))?)
                    }
                    _ => None,
                };
                row = row.set(column, Expr::value(sealed));
            }
            row.run(&self.bound).await?;
        }
        Ok(())
    }

    fn moved_text(
        &self,
        (person, request, column): (SubjectId, RequestId, &'static str),
        sealed: &str,
        (belongings, key): (&Belongings, &SealKey),
    ) -> Result<String, StoreError> {
        let place = texts::place(self.tenant(), person, request, column);
        let keys = belongings.keys.as_ref().ok_or(StoreError::KeyGone)?;
        let bytes = hex::decode(sealed).map_err(|_| StoreError::Tampered { table: place.table })?;
        let clear = keys.open(place, &bytes)?;
        Ok(hex::encode(key.seal(place, &clear, self.entropy())?))
    }

    async fn erase_terms(&self, person: &StoredSubject, order: &ErasureOrder) -> Result<(), StoreError> {
        let mut going = Condition::all().add(subject_index::Column::SubjectId.eq(person.id.uuid()));
        if !order.ends_ordinary_use() {
            let kinds = order.categories.iter().filter_map(|category| index_of(*category));
            going = going.add(subject_index::Column::Kind.is_in(kinds.map(IndexKind::code)));
        }
        self.bound.remove::<subject_index::Entity>().filter(going).run(&self.bound).await?;
        Ok(())
    }

    /// Destroys every key of the person that nothing is sealed under any longer, and enters the erasure in the record
    /// that lies with the keys. The person's row is this transaction's; what it says is committed. `None` when there
    /// is nothing to destroy; done a second time it gives the same.
    ///
    /// # Errors
    /// When the key store fails; done again it goes on where it stopped.
    pub async fn destroy_keys(&self, person: &StoredSubject) -> Result<Option<Destroyed>, StoreError> {
        self.destroy_ended_export_keys().await?;
        let in_use = !matches!(person.status, SubjectStatus::PartiallyErased | SubjectStatus::Erased);
        if in_use && person.ordinary_key.is_none() {
            // Nothing was erased since the person's keys were made.
            return Ok(None);
        }
        let destruction = Destruction {
            subject: person.id,
            kept: [person.ordinary_key, person.statutory_key].into_iter().flatten().collect(),
            status: person.status,
            at: self.now,
        };
        self.vault.destroy_keys(self.tenant(), &destruction).await
    }

    /// The keys of a person that were destroyed at an instant or later, oldest first, as the record beside the keys names
    /// them.
    ///
    /// # Errors
    /// When the key store fails or the record is inconsistent.
    pub async fn list_destroyed_keys(
        &self,
        subject: SubjectId,
        since: Timestamp,
    ) -> Result<Vec<DestroyedKey>, StoreError> {
        self.vault.destroyed_since(self.tenant(), subject, since).await
    }
}

impl<S: Writes> TenantTx<S> {
    pub(crate) async fn remove_exports_of(&self, person: SubjectId) -> Result<(), StoreError> {
        let of_person = export_package::Column::SubjectId.eq(person.uuid());
        let packages =
            self.bound.find::<export_package::Entity>().filter(of_person.clone()).all(&self.bound).await?;
        if packages.is_empty() {
            return Ok(());
        }
        self.bound.remove::<export_package::Entity>().filter(of_person).run(&self.bound).await?;
        let expiries = self.bound.remove::<job::Entity>();
        expiries
            .filter(job::Column::Kind.eq(JobKind::ExpireExport.code()))
            .filter(job::Column::ObjectId.is_in(packages.iter().map(|package| package.id)))
            .run(&self.bound)
            .await?;
        Ok(())
    }

    /// Whether this database has seen the erasure record up to a number.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn is_marked(&self, number: i64) -> Result<bool, StoreError> {
        let mark = self.bound.find::<erasure_mark::Entity>().one(&self.bound).await?;
        Ok(mark.is_some_and(|mark| mark.number >= number))
    }

    /// Notes that this database has seen the erasure record up to a number: a backup restored later has seen less.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn put_mark(&self, number: i64) -> Result<(), StoreError> {
        let row = erasure_mark::ActiveModel { tenant_id: Set(self.tenant().uuid()), number: Set(number) };
        let greater = Expr::col((erasure_mark::Entity, erasure_mark::Column::Number)).lt(number);
        let mark = OnConflict::column(erasure_mark::Column::TenantId)
            .update_column(erasure_mark::Column::Number)
            .action_and_where(greater)
            .to_owned();
        let insert = erasure_mark::Entity::insert(row).on_conflict(mark);
        insert.exec_without_returning(self.bound.connection()).await?;
        Ok(())
    }
}

pub(crate) const fn index_of(category: DataCategory) -> Option<IndexKind> {
    match category {
        DataCategory::Name => Some(IndexKind::NameWord),
        DataCategory::Phone => Some(IndexKind::Phone),
        DataCategory::Email => Some(IndexKind::Email),
        DataCategory::LoginName => Some(IndexKind::LoginName),
        DataCategory::Position
        | DataCategory::Address
        | DataCategory::Password
        | DataCategory::Accounting => None,
    }
}
