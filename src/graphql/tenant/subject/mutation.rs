//! Registering and updating persons.

use async_graphql::{Context, Object, Result, SimpleObject};
use domain::id::SubjectId;
use domain::purpose::Purpose;
use domain::scope::Scope;

use super::super::user_error::{UserError, told};
use super::DataSubject;
use super::input::{RegisterDataSubjectInput, UpdateDataSubjectInput, as_text};
use crate::graphql::errors;
use crate::graphql::gate::{any_of, requires_scopes};
use crate::graphql::operation::{Operation, operation};
use crate::service::person::PersonInput;
use crate::service::refusal;
use crate::service::subject::Command;

/// What came of `registerDataSubject`.
#[derive(SimpleObject)]
pub struct RegisterDataSubjectPayload {
    /// The data subject as it is now.
    data_subject: Option<DataSubject>,
    /// Empty on success.
    user_errors: Vec<UserError>,
}

/// What came of `updateDataSubject`.
#[derive(SimpleObject)]
pub struct UpdateDataSubjectPayload {
    /// The data subject as it is now.
    data_subject: Option<DataSubject>,
    /// Empty on success.
    user_errors: Vec<UserError>,
}

#[derive(Default)]
pub struct SubjectMutation;

#[Object]
impl SubjectMutation {
    /// Registers a data subject.
    #[graphql(directive = requires_scopes::apply(any_of(&[Scope::SubjectsWrite])))]
    async fn register_data_subject(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "All that the mutation takes.")] input: RegisterDataSubjectInput,
    ) -> Result<RegisterDataSubjectPayload> {
        const ACTION: &str = "dataSubject.register";
        let operation = operation(ctx)?;
        let shown = operation.change(ctx, ACTION)?;
        let key = input.idempotency_key.clone();
        let input = PersonInput::from(input);
        let idempotency = key.map(|key| operation.idempotency(ACTION, key, as_text(None, &input)));
        let command = Command { input, idempotency, shown };
        let result = operation.gateway.register_subject(&operation.caller, &command).await;
        let (data_subject, user_errors) = payload(operation, operation.done(ACTION, result)?).await?;
        Ok(RegisterDataSubjectPayload { data_subject, user_errors })
    }

    /// Updates a data subject.
    #[graphql(directive = requires_scopes::apply(any_of(&[Scope::SubjectsWrite])))]
    async fn update_data_subject(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "All that the mutation takes.")] input: UpdateDataSubjectInput,
    ) -> Result<UpdateDataSubjectPayload> {
        const ACTION: &str = "dataSubject.update";
        let operation = operation(ctx)?;
        let shown = operation.change(ctx, ACTION)?;
        let (subject, key) = (input.subject_id.clone(), input.idempotency_key.clone());
        let input = PersonInput::from(input);
        let idempotency = key.map(|key| operation.idempotency(ACTION, key, as_text(Some(&subject), &input)));
        let command = Command { input, idempotency, shown };
        let result = operation.gateway.update_subject(&operation.caller, &subject, &command).await;
        let (data_subject, user_errors) = payload(operation, operation.done(ACTION, result)?).await?;
        Ok(UpdateDataSubjectPayload { data_subject, user_errors })
    }
}

async fn payload(
    operation: &Operation,
    result: Result<SubjectId, Vec<refusal::UserError>>,
) -> Result<(Option<DataSubject>, Vec<UserError>)> {
    match result {
        Err(user_errors) => Ok((None, told(&user_errors, operation.caller.language))),
        Ok(id) => {
            let entered = operation.after_change().await?;
            let view = entered.view(Purpose::ServiceDelivery);
            let found = view.find(id).await.map_err(|error| errors::internal(&error))?;
            Ok((found.map(DataSubject::alone), Vec::new()))
        }
    }
}
