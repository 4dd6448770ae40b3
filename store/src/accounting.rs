//! Accounting documents that name a person. What one says about the person is sealed under the person's statutory key:
//! the Bookkeeping Act can keep it when everything else is erased (bokföringslagen 1999:1078, 7 kap. 2 §).

use std::cmp::Reverse;
use std::sync::Arc;

use chrono::NaiveDate;
use domain::accounting::{AccountingRecordKind, Filed};
use domain::clock::Entropy;
use domain::erasure::RecordFacts;
use domain::id::{AccountingRecordId, SubjectId, TenantId};
use domain::personal::Personal;
use entity::accounting_record::{ActiveModel, Column, Entity, Model};
use jiff::Timestamp;
use jiff::civil::Date;
use sea_orm::{ActiveValue::Set, ColumnTrait as _};
use uuid::Uuid;

use crate::error::StoreError;
use crate::scoped::Rows;
use crate::subject::{StoredSubject, open_text, sealed_bytes, sealed_text};
use crate::tenant_tx::{Processing, Sees, TenantTx};
use crate::time;
use crate::vault::{Keys, Place, SealKey};

const TABLE: &str = "accounting_record";
const DESCRIPTION: &str = "description";

/// A record to be filed.
pub struct NewRecord {
    /// The record.
    pub id: AccountingRecordId,
    /// Whom it names.
    pub subject: SubjectId,
    /// What it is, and how long it is kept.
    pub filed: Filed,
    /// Its number, unique within the tenant and the kind.
    pub number: String,
    /// What it says about the person.
    pub description: Personal<String>,
}

/// A record as stored; what it says is opened when asked for.
#[derive(Clone)]
pub struct StoredRecord {
    /// The record.
    pub id: AccountingRecordId,
    /// Whom it names.
    pub subject: SubjectId,
    /// What it is.
    pub kind: AccountingRecordKind,
    /// Its number, unique within the tenant and the kind.
    pub number: String,
    /// The document's own date.
    pub issued_on: Date,
    /// The last day of its fiscal year.
    pub fiscal_year_ends_on: Date,
    /// The last day on which the Bookkeeping Act keeps it; `None` where the act does not apply.
    pub retained_through: Option<Date>,
    /// When filed.
    pub created_at: Timestamp,
    tenant: TenantId,
    sealed: String,
    keys: Option<Arc<Keys>>,
}

impl StoredRecord {
    /// Opens what the record says about the person.
    ///
    /// # Errors
    /// [`StoreError::KeyGone`] after the key was destroyed, [`StoreError::Tampered`] when the bytes do not open.
    pub fn open(&self) -> Result<Personal<String>, StoreError> {
        let keys = self.keys.as_ref().ok_or(StoreError::KeyGone)?;
        open_text(keys, place(self.tenant, self.subject, self.id), &self.sealed)
    }
}

/// Where the description of a record belongs.
pub(crate) const fn place(
    tenant: TenantId,
    subject: SubjectId,
    record: AccountingRecordId,
) -> Place<'static> {
    let (tenant, subject) = (tenant.uuid(), subject.uuid());
    Place { tenant, subject, table: TABLE, column: DESCRIPTION, row: record.uuid() }
}

impl<S: Sees> TenantTx<S> {
    /// A record by identifier.
    ///
    /// # Errors
    /// When a database fails or the row is inconsistent.
    pub async fn find_record(&self, id: AccountingRecordId) -> Result<Option<StoredRecord>, StoreError> {
        let rows = self.bound.find::<Entity>().filter(Column::Id.eq(id.uuid()));
        Ok(self.read_records(rows).await?.pop())
    }

    /// The records of several persons, newest first, in one statement; their keys come in one batch.
    ///
    /// # Errors
    /// When a database fails or a row is inconsistent.
    pub async fn list_records(&self, subjects: &[SubjectId]) -> Result<Vec<StoredRecord>, StoreError> {
        let mut records = self.read_records(self.records_of(subjects)).await?;
        // Sorted here: asked for this order, SQLite reads every row of the tenant instead of the persons' own.
        records.sort_unstable_by_key(|record| Reverse(record.id));
        Ok(records)
    }

    /// What an erasure has to know of the records of several persons, oldest first, in one statement: no key is
    /// needed, and none is read.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn list_record_facts(
        &self,
        subjects: &[SubjectId],
    ) -> Result<Vec<(SubjectId, RecordFacts)>, StoreError> {
        let columns = [Column::SubjectId, Column::Id, Column::RetainedThrough];
        let rows = self.records_of(subjects).columns(columns);
        let mut rows: Vec<(Uuid, Uuid, Option<NaiveDate>)> = rows.tuples(&self.bound).await?;
        rows.sort_unstable_by_key(|(_, id, _)| *id);
        let facts = |(subject, id, retained_through): (Uuid, Uuid, Option<NaiveDate>)| {
            let retained_through = retained_through.map(time::date_from_row);
            (SubjectId::from_uuid(subject), RecordFacts { id, retained_through })
        };
        Ok(rows.into_iter().map(facts).collect())
    }

    /// Whether the tenant has a record of the kind with this number, whomever it names.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn record_number_taken(
        &self,
        kind: AccountingRecordKind,
        number: &str,
    ) -> Result<bool, StoreError> {
        let same = self.bound.find::<Entity>().filter(Column::Kind.eq(kind.code()));
        Ok(same.filter(Column::Number.eq(number)).count(&self.bound).await? > 0)
    }

    fn records_of(&self, subjects: &[SubjectId]) -> Rows<Entity> {
        self.bound.find::<Entity>().filter(Column::SubjectId.is_in(subjects.iter().map(|id| id.uuid())))
    }

    async fn read_records(&self, rows: Rows<Entity>) -> Result<Vec<StoredRecord>, StoreError> {
        let rows = rows.all(&self.bound).await?;
        if rows.is_empty() {
            return Ok(Vec::new());
        }
        let sealed = |row: &Model| (SubjectId::from_uuid(row.subject_id), sealed_bytes(&row.description));
        let sealed: Vec<_> = rows.iter().map(sealed).collect();
        let wanted: Vec<_> = sealed.iter().map(|(subject, bytes)| (*subject, bytes.as_deref())).collect();
        let keys = self.keys_of(&wanted).await?;
        let stored = |row: Model| {
            let keys = keys.get(&SubjectId::from_uuid(row.subject_id)).cloned();
            stored(row, self.tenant(), keys)
        };
        rows.into_iter().map(stored).collect()
    }
}

impl TenantTx<Processing> {
    /// Files a record under the statutory key of the person, who is the one that it names.
    ///
    /// # Errors
    /// [`StoreError::Taken`] with [`crate::Unique::Other`] when the number was taken meanwhile,
    /// [`StoreError::Inconsistent`] when the record names another person.
    pub async fn put_record(&self, person: &StoredSubject, record: NewRecord) -> Result<(), StoreError> {
        if record.subject != person.id {
            return Err(StoreError::Inconsistent { table: TABLE, column: "subject_id" });
        }
        let key = self.statutory_key(person).await?;
        let row = record.sealed_row((self.tenant(), &key), (self.now, self.entropy()))?;
        self.bound.put::<Entity>(row).await
    }
}

impl NewRecord {
    /// Its row, sealed under the statutory key of the person whom it names.
    pub(crate) fn sealed_row(
        self,
        (tenant, key): (TenantId, &SealKey),
        (now, entropy): (Timestamp, &dyn Entropy),
    ) -> Result<ActiveModel, StoreError> {
        let place = place(tenant, self.subject, self.id);
        Ok(ActiveModel {
            tenant_id: Set(tenant.uuid()),
            id: Set(self.id.uuid()),
            subject_id: Set(self.subject.uuid()),
            kind: Set(self.filed.kind.code().to_owned()),
            number: Set(self.number),
            issued_on: Set(time::date_to_row(self.filed.issued_on)),
            fiscal_year_ends_on: Set(time::date_to_row(self.filed.fiscal_year_ends_on)),
            retained_through: Set(self.filed.retained_through.map(time::date_to_row)),
            description: Set(sealed_text(key, place, self.description.reveal(), entropy)?),
            created_at: Set(time::to_row(now)),
        })
    }
}

fn stored(row: Model, tenant: TenantId, keys: Option<Arc<Keys>>) -> Result<StoredRecord, StoreError> {
    let kind = AccountingRecordKind::from_code(&row.kind);
    Ok(StoredRecord {
        id: AccountingRecordId::from_uuid(row.id),
        subject: SubjectId::from_uuid(row.subject_id),
        kind: kind.ok_or(StoreError::Inconsistent { table: TABLE, column: "kind" })?,
        number: row.number,
        issued_on: time::date_from_row(row.issued_on),
        fiscal_year_ends_on: time::date_from_row(row.fiscal_year_ends_on),
        retained_through: row.retained_through.map(time::date_from_row),
        created_at: time::from_row(row.created_at),
        tenant,
        sealed: row.description,
        keys,
    })
}
