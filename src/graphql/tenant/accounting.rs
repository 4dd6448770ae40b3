//! Accounting records.

mod list;
mod mutation;

use std::sync::Arc;

use async_graphql::{Context, ID, Object, Result};
use domain::category::DataCategory;
use domain::id::AccountingRecordId;
use domain::purpose::Purpose;
use domain::scope::Scope;

use crate::graphql::errors;
use crate::graphql::gate::{any_of, personal_data, requires_scopes};
use crate::graphql::operation::{Entered, operation};
use crate::graphql::scalars::Date;
use crate::graphql::vocabulary::AccountingRecordKind;
use crate::service::disclosure::Person;
use crate::service::records::StoredRecord;

pub use list::{AccountingRecordConnection, OwnRecords, records_of};
pub use mutation::AccountingMutation;

/// An accounting document (räkenskapsinformation) that names a data subject.
pub struct AccountingRecord {
    stored: StoredRecord,
    person: Arc<Person>,
}

impl AccountingRecord {
    /// A record with the person whom it names, as they are seen.
    pub const fn new(stored: StoredRecord, person: Arc<Person>) -> Self {
        Self { stored, person }
    }

    fn gate(&self, ctx: &Context<'_>) -> Result<()> {
        let gate = operation(ctx).and_then(|operation| operation.gate("AccountingRecord", ctx));
        gate.inspect_err(|_| self.person.view().entry().denied())
    }
}

/// A record by identifier, read for a purpose, if the caller reaches its person.
pub async fn one_record(
    entered: &Entered,
    id: AccountingRecordId,
    purpose: Purpose,
) -> Result<Option<AccountingRecord>> {
    let found = entered.reading.find_record(id).await.map_err(|error| errors::internal(&error))?;
    let Some(stored) = found else {
        return Ok(None);
    };
    let person =
        entered.view(purpose).find(stored.subject).await.map_err(|error| errors::internal(&error))?;
    Ok(person.map(|person| AccountingRecord::new(stored, Arc::new(person))))
}

/// An accounting document (räkenskapsinformation) that names a data subject.
#[Object]
impl AccountingRecord {
    /// Global identifier.
    pub async fn id(&self) -> ID {
        self.stored.id.to_string().into()
    }

    /// Invoice, quote or contract.
    async fn kind(&self) -> AccountingRecordKind {
        self.stored.kind.into()
    }

    /// The document's number, unique per tenant and kind.
    async fn number(&self) -> &str {
        &self.stored.number
    }

    /// Date of the document.
    async fn issued_on(&self) -> Date {
        self.stored.issued_on.into()
    }

    /// Last day of the fiscal year that it belongs to.
    async fn fiscal_year_ends_on(&self) -> Date {
        self.stored.fiscal_year_ends_on.into()
    }

    /// What it says about the person.
    #[graphql(directive = requires_scopes::apply(any_of(&[Scope::AccountingRead, Scope::SelfRead])), directive = personal_data::apply(Some(DataCategory::Accounting.into())))]
    async fn description(&self, ctx: &Context<'_>) -> Option<Result<String>> {
        let shown = self
            .gate(ctx)
            .and_then(|()| self.person.show_record(&self.stored).map_err(|error| errors::internal(&error)));
        shown.transpose()
    }

    /// Last day that the Bookkeeping Act requires it kept (7 kap. 2 §); null where the act does not apply, as for a quote that led to nothing.
    async fn retained_through(&self) -> Option<Date> {
        self.stored.retained_through.map(Into::into)
    }
}
