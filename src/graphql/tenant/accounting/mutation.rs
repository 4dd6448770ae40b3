//! Filing accounting records.

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use domain::accounting::Statute;
use domain::personal::Personal;
use domain::purpose::Purpose;
use domain::scope::Scope;

use super::super::user_error::{UserError, told};
use super::{AccountingRecord, one_record};
use crate::graphql::gate::{any_of, requires_scopes};
use crate::graphql::operation::operation;
use crate::graphql::scalars::Date;
use crate::graphql::vocabulary::AccountingRecordKind;
use crate::service::accounting::RecordInput;
use crate::service::subject::{Command, canonical};

/// Files an accounting document.
#[derive(InputObject)]
pub struct RecordAccountingRecordInput {
    /// Whom it names.
    subject_id: ID,
    /// What it is.
    kind: AccountingRecordKind,
    /// Its number.
    number: String,
    /// Its date.
    issued_on: Date,
    /// Last day of its fiscal year; 31 December of the year of `issuedOn` when left out.
    fiscal_year_ends_on: Option<Date>,
    /// For a quote or contract: whether it is accounting information that the act covers.
    #[graphql(default = true)]
    statutory: bool,
    /// What it says about the person.
    description: String,
    /// Same key, same input: same answer, done once.
    idempotency_key: Option<ID>,
}

impl From<RecordAccountingRecordInput> for RecordInput {
    fn from(input: RecordAccountingRecordInput) -> Self {
        Self {
            subject_id: input.subject_id.0,
            kind: input.kind.into(),
            number: input.number,
            issued_on: input.issued_on.0,
            fiscal_year_ends_on: input.fiscal_year_ends_on.map(|on| on.0),
            statutory: if input.statutory { Statute::Applies } else { Statute::DoesNotApply },
            description: input.description,
        }
    }
}

/// The input as one text, for its idempotency key.
fn as_text(input: &RecordInput) -> Personal<String> {
    let statutory = match input.statutory {
        Statute::Applies => "true",
        Statute::DoesNotApply => "false",
    };
    canonical(&[
        ("subjectId", Some(&input.subject_id)),
        ("kind", Some(input.kind.code())),
        ("number", Some(&input.number)),
        ("issuedOn", Some(&input.issued_on)),
        ("fiscalYearEndsOn", input.fiscal_year_ends_on.as_deref()),
        ("statutory", Some(statutory)),
        ("description", Some(&input.description)),
    ])
}

/// What came of `recordAccountingRecord`.
#[derive(SimpleObject)]
pub struct RecordAccountingRecordPayload {
    /// The record.
    accounting_record: Option<AccountingRecord>,
    /// Empty on success.
    user_errors: Vec<UserError>,
}

#[derive(Default)]
pub struct AccountingMutation;

#[Object]
impl AccountingMutation {
    /// Files an accounting record.
    #[graphql(directive = requires_scopes::apply(any_of(&[Scope::AccountingWrite])))]
    async fn record_accounting_record(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "All that the mutation takes.")] input: RecordAccountingRecordInput,
    ) -> Result<RecordAccountingRecordPayload> {
        const ACTION: &str = "accountingRecord.record";
        let operation = operation(ctx)?;
        let shown = operation.change(ctx, ACTION)?;
        let key = input.idempotency_key.clone();
        let input = RecordInput::from(input);
        let idempotency =
            key.map(|key| operation.idempotency("recordAccountingRecord", key, as_text(&input)));
        let command = Command { input, idempotency, shown };
        let result = operation.gateway.record_accounting(&operation.caller, &command).await;
        Ok(match operation.done(ACTION, result)? {
            Err(errors) => RecordAccountingRecordPayload {
                accounting_record: None,
                user_errors: told(&errors, operation.caller.language),
            },
            Ok(id) => {
                let entered = operation.after_change().await?;
                let accounting_record = one_record(&entered, id, Purpose::ServiceDelivery).await?;
                RecordAccountingRecordPayload { accounting_record, user_errors: Vec::new() }
            }
        })
    }
}
