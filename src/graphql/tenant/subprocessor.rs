//! Sub-processors of the platform, as they stand with the tenant.

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use domain::id::SubprocessorId;
use domain::scope::Scope;
use domain::subprocessor::Answer;

use super::user_error::{UserError, told};
use crate::graphql::errors;
use crate::graphql::gate::{any_of, requires_scopes};
use crate::graphql::items::Items;
use crate::graphql::operation::{Operation, operation};
use crate::graphql::scalars::{CountryCode, Date, DateTime};
use crate::graphql::vocabulary::{DataCategory, SubprocessorStanding, TransferMechanism};
use crate::service::refusal;
use crate::service::subprocessor::{Listed, ObjectionInput, SubprocessorEntry};

/// A processor engaged by the platform (underbiträde), Art. 28(4).
pub struct Subprocessor(pub SubprocessorEntry);

/// A processor engaged by the platform (underbiträde), Art. 28(4).
#[Object]
impl Subprocessor {
    /// Global identifier.
    pub async fn id(&self) -> ID {
        self.0.known.stored.id.to_string().into()
    }

    /// Registered name.
    async fn name(&self) -> &str {
        &self.0.known.stored.name
    }

    /// Where it is established.
    async fn country(&self) -> CountryCode {
        CountryCode(self.0.known.stored.country.clone())
    }

    /// Where it stores or reads personal data.
    async fn processing_countries(&self) -> Vec<CountryCode> {
        self.0.known.stored.processing_countries.iter().cloned().map(CountryCode).collect()
    }

    /// What it does for the platform.
    async fn purpose(&self) -> &str {
        &self.0.known.stored.purpose
    }

    /// Categories that it may see.
    async fn data_categories(&self) -> Vec<DataCategory> {
        self.0.known.stored.categories.iter().map(|category| (*category).into()).collect()
    }

    /// What makes the location lawful (Art. 44–46).
    async fn transfer_mechanism(&self) -> TransferMechanism {
        self.0.known.stored.transfer_mechanism.into()
    }

    /// When the agreement with it was signed.
    async fn agreement_signed_on(&self) -> Date {
        self.0.known.stored.agreement_signed_on.into()
    }

    /// First day that it may process the tenant's data; before it, the tenant can object.
    async fn effective_on(&self) -> Date {
        self.0.known.stored.effective_on.into()
    }

    /// Last day, once ended.
    async fn ended_on(&self) -> Option<Date> {
        self.0.known.stored.ended_on.map(Into::into)
    }

    /// The tenant's own objection, if it made one.
    async fn objection(&self) -> Option<SubprocessorObjection> {
        let notice = self.0.known.notice.as_ref()?;
        if notice.facts.answer != Answer::Objected {
            return None;
        }
        let reason = notice.reason.clone()?;
        Some(SubprocessorObjection { objected_at: notice.answered_at?.into(), reason })
    }

    /// Where it stands with the tenant.
    async fn standing(&self) -> SubprocessorStanding {
        self.0.standing.into()
    }

    /// Last day on which the tenant can object; null where it was given no notice.
    async fn objection_deadline(&self) -> Option<Date> {
        self.0.known.notice.as_ref().map(|notice| notice.facts.last_day_to_object.into())
    }
}

/// A tenant's objection to a sub-processor.
#[derive(SimpleObject)]
pub struct SubprocessorObjection {
    /// When it was made.
    objected_at: DateTime,
    /// Why.
    reason: String,
}

/// Objects to an announced sub-processor within the agreement's period.
#[derive(InputObject)]
pub struct ObjectToSubprocessorInput {
    /// Which.
    subprocessor_id: ID,
    /// Why.
    reason: String,
}

/// Authorises a sub-processor that the agreement wants a specific authorisation of; also takes an objection back.
#[derive(InputObject)]
pub struct AuthoriseSubprocessorInput {
    /// Which.
    subprocessor_id: ID,
}

/// What came of `objectToSubprocessor`.
#[derive(SimpleObject)]
pub struct ObjectToSubprocessorPayload {
    /// The sub-processor.
    subprocessor: Option<Subprocessor>,
    /// Empty on success.
    user_errors: Vec<UserError>,
}

/// What came of `authoriseSubprocessor`.
#[derive(SimpleObject)]
pub struct AuthoriseSubprocessorPayload {
    /// The sub-processor.
    subprocessor: Option<Subprocessor>,
    /// Empty on success.
    user_errors: Vec<UserError>,
}

#[derive(Default)]
pub struct SubprocessorQuery;

#[Object]
impl SubprocessorQuery {
    /// Sub-processors, current and announced.
    #[graphql(directive = requires_scopes::apply(any_of(&[Scope::AgreementsRead])))]
    async fn subprocessors(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Also those that have ended.", default)] include_ended: bool,
    ) -> Result<Items<Subprocessor>> {
        let opened = operation(ctx)?.look_over(ctx).await?;
        let listed = if include_ended { Listed::EndedToo } else { Listed::Current };
        let found = opened.list_subprocessors(listed).await;
        Ok(found.map_err(|error| errors::internal(&error))?.into_iter().map(Subprocessor).collect())
    }
}

#[derive(Default)]
pub struct SubprocessorMutation;

#[Object]
impl SubprocessorMutation {
    /// Objects to an announced sub-processor.
    #[graphql(directive = requires_scopes::apply(any_of(&[Scope::AgreementsSign])))]
    async fn object_to_subprocessor(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "All that the mutation takes.")] input: ObjectToSubprocessorInput,
    ) -> Result<ObjectToSubprocessorPayload> {
        const ACTION: &str = "subprocessor.object";
        let operation = operation(ctx)?;
        operation.change(ctx, ACTION)?;
        let input = ObjectionInput { subprocessor_id: input.subprocessor_id.0, reason: input.reason };
        let result = operation.gateway.object_to_subprocessor(&operation.caller, &input).await;
        let (subprocessor, user_errors) = payload(operation, operation.done(ACTION, result)?).await?;
        Ok(ObjectToSubprocessorPayload { subprocessor, user_errors })
    }

    /// Authorises a sub-processor.
    #[graphql(directive = requires_scopes::apply(any_of(&[Scope::AgreementsSign])))]
    async fn authorise_subprocessor(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "All that the mutation takes.")] input: AuthoriseSubprocessorInput,
    ) -> Result<AuthoriseSubprocessorPayload> {
        const ACTION: &str = "subprocessor.authorise";
        let operation = operation(ctx)?;
        operation.change(ctx, ACTION)?;
        let result =
            operation.gateway.authorise_subprocessor(&operation.caller, &input.subprocessor_id).await;
        let (subprocessor, user_errors) = payload(operation, operation.done(ACTION, result)?).await?;
        Ok(AuthoriseSubprocessorPayload { subprocessor, user_errors })
    }
}

async fn payload(
    operation: &Operation,
    result: Result<SubprocessorId, Vec<refusal::UserError>>,
) -> Result<(Option<Subprocessor>, Vec<UserError>)> {
    match result {
        Err(errors) => Ok((None, told(&errors, operation.caller.language))),
        Ok(id) => {
            let found = operation.overview().await?.find_subprocessor(id).await;
            Ok((found.map_err(|error| errors::internal(&error))?.map(Subprocessor), Vec::new()))
        }
    }
}
