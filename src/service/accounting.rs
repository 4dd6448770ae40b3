//! Accounting records (räkenskapsinformation): filed, never overwritten; a correction is a new record (bokföringslagen
//! 5 kap. 5 §).

use domain::accounting::{AccountingRecordKind, Filing, Statute};
use domain::calendar::civil_date;
use domain::category::DataCategory;
use domain::id::{AccountingRecordId, SubjectId};
use domain::personal::Personal;
use domain::purpose::Purpose;
use domain::subject::SubjectStatus;
use domain::text::{Description, Text};
use jiff::civil::Date;
use store::{NewRecord, StoreError, StoredRecord, Unique};

use super::Gateway;
use super::caller::Caller;
use super::input::{Faults, date, identifier};
use super::reading::Reading;
use super::refusal::{Refusal, UserError, UserErrorCode};
use super::subject::{Command, replay};

/// An accounting record as a client sends it.
pub struct RecordInput {
    /// Whom it names.
    pub subject_id: String,
    /// What it is.
    pub kind: AccountingRecordKind,
    /// Its number.
    pub number: String,
    /// Its date.
    pub issued_on: String,
    /// Last day of its fiscal year; 31 December of its year where left out.
    pub fiscal_year_ends_on: Option<String>,
    /// Whether the Bookkeeping Act covers it.
    pub statutory: Statute,
    /// What it says about the person.
    pub description: String,
}

/// The same, read.
struct ReadRecord {
    number: Text,
    description: Description,
    issued_on: Date,
    fiscal_year_ends_on: Option<Date>,
}

impl RecordInput {
    fn read(&self) -> Result<ReadRecord, Refusal> {
        let mut faults = Faults::default();
        let number = faults.take("number", Text::parse(&self.number));
        let description = faults.take("description", Description::parse(&self.description));
        let issued_on = faults.take("issuedOn", date(&self.issued_on));
        let ends_on = self.fiscal_year_ends_on.as_deref().map(date);
        let fiscal_year_ends_on = faults.take_optional("fiscalYearEndsOn", ends_on);
        match (number, description, issued_on) {
            (Some(number), Some(description), Some(issued_on)) if faults.is_empty() => {
                Ok(ReadRecord { number, description, issued_on, fiscal_year_ends_on })
            }
            _ => {
                faults.finish()?;
                Err(UserError::new(UserErrorCode::Invalid).into())
            }
        }
    }
}

impl Gateway {
    /// Files an accounting record. One whose time is over already is accepted, and erased by the next run.
    ///
    /// # Errors
    /// [`Refusal`] says why not.
    pub async fn record_accounting(
        &self,
        caller: &Caller,
        command: &Command<RecordInput>,
    ) -> Result<AccountingRecordId, Refusal> {
        match self.try_record(caller, command).await {
            // Another filing was faster: read again what it made.
            Err(Refusal::Store(StoreError::Taken(Unique::IdempotencyKey | Unique::RecordNumber))) => {
                self.try_record(caller, command).await
            }
            done => done,
        }
    }

    async fn try_record(
        &self,
        caller: &Caller,
        command: &Command<RecordInput>,
    ) -> Result<AccountingRecordId, Refusal> {
        let tx = self.processing(caller).await?;
        if let Some(done) = replay(&tx, command.idempotency.as_ref()).await? {
            return Ok(AccountingRecordId::from_uuid(done));
        }
        let input = &command.input;
        let read = input.read()?;
        let filing = Filing {
            kind: input.kind,
            issued_on: read.issued_on,
            fiscal_year_ends_on: read.fiscal_year_ends_on,
            statutory: input.statutory,
        };
        let filed = filing.check(civil_date(tx.now()));
        let filed = filed.map_err(|invalid| UserError::invalid(invalid.part, invalid.reason))?;
        if !tx.agreed().contains(&DataCategory::Accounting) {
            return Err(UserError::at(UserErrorCode::OutsideAgreement, "description").into());
        }
        let subject = identifier("subjectId", SubjectId::parse(&input.subject_id))?;
        let missing = || UserError::at(UserErrorCode::NotFound, "subjectId");
        let person = tx.lock_subject(subject).await?.ok_or_else(missing)?;
        if matches!(person.status, SubjectStatus::Erased | SubjectStatus::PartiallyErased) {
            return Err(UserError::at(UserErrorCode::Erased, "subjectId").into());
        }
        if tx.record_number_taken(input.kind, read.number.as_str()).await? {
            return Err(UserError::at(UserErrorCode::AlreadyExists, "number").into());
        }
        let id = AccountingRecordId::new(tx.now(), tx.entropy());
        let description = Personal::new(read.description.as_str().to_owned());
        let number = read.number.as_str().to_owned();
        tx.put_record(&person, NewRecord { id, subject, filed, number, description }).await?;
        if let Some(key) = &command.idempotency {
            tx.remember(key, id.uuid()).await?;
        }
        let mut categories = command.shown.clone();
        categories.insert(DataCategory::Accounting);
        let mut event = caller.event("accountingRecord.record", subject, categories);
        event.purpose = Some(Purpose::Bookkeeping);
        tx.commit(event).await?;
        Ok(id)
    }
}

impl Reading {
    /// A record by identifier, if the caller reaches its person.
    ///
    /// # Errors
    /// When a database fails or the row is inconsistent.
    pub async fn find_record(&self, id: AccountingRecordId) -> Result<Option<StoredRecord>, StoreError> {
        let found = self.tx.find_record(id).await?;
        Ok(found.filter(|record| self.caller.reaches(record.subject)))
    }

    /// The records of several persons, newest first.
    ///
    /// # Errors
    /// When a database fails or a row is inconsistent.
    pub async fn list_records(&self, subjects: &[SubjectId]) -> Result<Vec<StoredRecord>, StoreError> {
        self.tx.list_records(subjects).await
    }
}
