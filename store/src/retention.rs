//! What retention looks at: who holds what since when, without a single value being opened.

use domain::category::{Categories, DataCategory};
use domain::disclosure::Processing;
use domain::hold::Objection;
use domain::id::SubjectId;
use domain::subject::SubjectStatus;
use entity::{accounting_record, data_subject};
use jiff::Timestamp;
use jiff::civil::Date;
use sea_orm::ColumnTrait as _;
use sea_orm::sea_query::Order;
use uuid::Uuid;

use crate::error::StoreError;
use crate::tenant_tx::{Sees, TenantTx};
use crate::time;

/// A person as retention sees one.
#[derive(Debug, Clone)]
pub struct RetentionFacts {
    /// The person.
    pub subject: SubjectId,
    /// Where the data stands.
    pub status: SubjectStatus,
    /// When any of the data last changed.
    pub updated_at: Timestamp,
    /// The categories of the profile that hold a value.
    pub held: Categories,
    /// Whether a restriction is in force.
    pub processing: Processing,
    /// Whether an upheld objection of the person stands.
    pub objection: Objection,
    /// The person's accounting records.
    pub records: Vec<RecordDates>,
}

/// An accounting record's dates.
#[derive(Debug, Clone, Copy)]
pub struct RecordDates {
    /// The record.
    pub id: Uuid,
    /// Last day of its fiscal year.
    pub fiscal_year_ends_on: Date,
    /// Last day that the Bookkeeping Act keeps it; `None` where the act does not apply.
    pub retained_through: Option<Date>,
}

impl<S: Sees> TenantTx<S> {
    /// Persons of whom anything is held, in the order of their identifiers, `limit` at most, in two statements.
    ///
    /// # Errors
    /// When the database fails or a row is inconsistent.
    pub async fn list_retention_facts(
        &self,
        after: Option<SubjectId>,
        limit: u32,
    ) -> Result<Vec<RetentionFacts>, StoreError> {
        let mut rows = self.bound.find::<data_subject::Entity>();
        rows = rows.filter(data_subject::Column::Status.ne(SubjectStatus::Erased.code()));
        if let Some(after) = after {
            rows = rows.filter(data_subject::Column::Id.gt(after.uuid()));
        }
        let rows = rows.order_by(data_subject::Column::Id, Order::Asc).limit(limit.into());
        self.with_records(rows.all(&self.bound).await?).await
    }

    /// One person as retention sees them; `None` where there is no such person or nothing is held.
    ///
    /// # Errors
    /// When the database fails or a row is inconsistent.
    pub async fn find_retention_facts(
        &self,
        subject: SubjectId,
    ) -> Result<Option<RetentionFacts>, StoreError> {
        let rows = self.bound.find::<data_subject::Entity>();
        let rows = rows.filter(data_subject::Column::Status.ne(SubjectStatus::Erased.code()));
        let rows = rows.filter(data_subject::Column::Id.eq(subject.uuid())).all(&self.bound).await?;
        Ok(self.with_records(rows).await?.pop())
    }

    async fn with_records(&self, rows: Vec<data_subject::Model>) -> Result<Vec<RetentionFacts>, StoreError> {
        if rows.is_empty() {
            return Ok(Vec::new());
        }
        let of = accounting_record::Column::SubjectId.is_in(rows.iter().map(|row| row.id));
        let records = self.bound.find::<accounting_record::Entity>().filter(of).all(&self.bound).await?;
        let facts = |row: data_subject::Model| {
            let inconsistent = StoreError::Inconsistent { table: "data_subject", column: "status" };
            let codes = row.profile.as_object().into_iter().flat_map(|profile| profile.keys());
            Ok(RetentionFacts {
                subject: SubjectId::from_uuid(row.id),
                status: SubjectStatus::from_code(&row.status).ok_or(inconsistent)?,
                updated_at: time::from_row(row.updated_at),
                held: codes.filter_map(|code| DataCategory::from_code(code)).collect(),
                processing: if row.restricted { Processing::Restricted } else { Processing::Unrestricted },
                objection: match row.ended_purposes.as_array() {
                    Some(ended) if !ended.is_empty() => Objection::Upheld,
                    _ => Objection::None,
                },
                records: records
                    .iter()
                    .filter(|record| record.subject_id == row.id)
                    .map(|record| RecordDates {
                        id: record.id,
                        fiscal_year_ends_on: time::date_from_row(record.fiscal_year_ends_on),
                        retained_through: record.retained_through.map(time::date_from_row),
                    })
                    .collect(),
            })
        };
        rows.into_iter().map(facts).collect()
    }
}
