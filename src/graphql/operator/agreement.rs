//! Templates, and the agreements that are made from them.

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use domain::id::{AgreementId, AgreementTemplateId};
use domain::scope::Scope;

use super::operation::{Operation, change, look};
use super::scalars::{Date, LanguageTag, Sha256};
use super::user_error::UserError;
use super::vocabulary::{AgreementStatus, DataCategory, SubprocessorAuthorisation};
use crate::graphql::errors;
use crate::graphql::gate::{any_of, requires_scopes};
use crate::graphql::items::Items;
use crate::service::agreement::AgreementEntry;
use crate::service::operator::agreement::OfferInput;
use crate::service::operator::template::TemplateInput;
use crate::service::records::StoredTemplate;

/// A processor agreement, as the platform's staff see it.
pub struct Agreement(pub AgreementEntry);

/// A processor agreement, as the platform's staff see it.
#[Object]
impl Agreement {
    /// Global identifier.
    pub async fn id(&self) -> ID {
        self.0.stored.id.to_string().into()
    }

    /// Counting up per tenant.
    async fn version(&self) -> i32 {
        self.0.stored.version.into()
    }

    /// Where it is in its life.
    async fn status(&self) -> AgreementStatus {
        self.0.status.into()
    }

    /// First day in force.
    async fn effective_from(&self) -> Option<Date> {
        Some(self.0.stored.effective_from.into())
    }

    /// Last day in force.
    async fn effective_to(&self) -> Option<Date> {
        self.0.last_day.map(Into::into)
    }

    /// Digest of the document.
    async fn document_sha256(&self) -> Sha256 {
        Sha256(self.0.stored.document_sha256.clone())
    }
}

/// A text that agreements are made from.
pub struct AgreementTemplate(pub StoredTemplate);

/// A text that agreements are made from.
#[Object]
impl AgreementTemplate {
    /// Global identifier.
    pub async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// Name and version (`standard-2026-1`).
    async fn name(&self) -> &str {
        &self.0.published.name
    }

    /// Language of the text.
    async fn language(&self) -> LanguageTag {
        LanguageTag(self.0.published.language.code().to_owned())
    }

    /// Digest of the text.
    async fn text_sha256(&self) -> Sha256 {
        Sha256(self.0.published.text_sha256.clone())
    }
}

/// The agreement, if there is one.
pub async fn find_agreement(operation: &Operation, id: AgreementId) -> Result<Option<Agreement>> {
    let found = operation.gateway.find_agreement(id).await;
    Ok(found.map_err(|error| errors::internal(&error))?.map(Agreement))
}

/// The template, if there is one.
pub async fn find_template(
    operation: &Operation,
    id: AgreementTemplateId,
) -> Result<Option<AgreementTemplate>> {
    let found = operation.gateway.find_template(id).await;
    Ok(found.map_err(|error| errors::internal(&error))?.map(AgreementTemplate))
}

#[derive(Default)]
pub struct TemplateQuery;

#[Object]
impl TemplateQuery {
    /// Templates.
    #[graphql(directive = requires_scopes::apply(any_of(&[Scope::OperatorAgreements])))]
    async fn agreement_templates(&self, ctx: &Context<'_>) -> Result<Items<AgreementTemplate>> {
        let operation = look(ctx)?;
        let found = operation.gateway.templates().await;
        Ok(found.map_err(|error| errors::internal(&error))?.into_iter().map(AgreementTemplate).collect())
    }
}

/// Publishes a template. The text is Markdown with the fields of Art. 28(3) as placeholders.
#[derive(InputObject)]
pub struct PublishAgreementTemplateInput {
    /// Name and version.
    name: String,
    /// Language.
    language: LanguageTag,
    /// Text.
    text: String,
}

/// What came of `publishAgreementTemplate`.
#[derive(SimpleObject)]
pub struct PublishAgreementTemplatePayload {
    /// The template.
    template: Option<AgreementTemplate>,
    /// Empty on success.
    user_errors: Vec<UserError>,
}

/// Offers an agreement to a tenant, signed for the processor.
#[derive(InputObject)]
pub struct OfferAgreementInput {
    /// To whom.
    tenant_id: ID,
    /// From which template.
    template_id: ID,
    /// Subject matter.
    subject_matter: String,
    /// Nature and purpose.
    nature_and_purpose: String,
    /// Categories of personal data.
    data_categories: Vec<DataCategory>,
    /// Categories of data subjects.
    subject_categories: Vec<String>,
    /// The controller's documented instructions.
    instructions: Vec<String>,
    /// Technical and organisational measures.
    security_measures: Vec<String>,
    /// How sub-processors are authorised.
    subprocessor_authorisation: SubprocessorAuthorisation,
    /// Days to object.
    #[graphql(default = 30)]
    objection_period_days: i32,
    /// Days after the last day of the relationship on which data is returned; then it is erased (Art. 28(3)(g)).
    #[graphql(default = 30)]
    return_period_days: i32,
    /// First day in force, once signed.
    effective_from: Date,
    /// Last day in force; without end when left out.
    effective_to: Option<Date>,
    /// Who signs for the processor.
    signatory_name: String,
    /// The signatory's role.
    signatory_title: String,
}

impl From<OfferAgreementInput> for OfferInput {
    fn from(input: OfferAgreementInput) -> Self {
        Self {
            tenant_id: input.tenant_id.0,
            template_id: input.template_id.0,
            subject_matter: input.subject_matter,
            nature_and_purpose: input.nature_and_purpose,
            data_categories: input.data_categories.into_iter().map(Into::into).collect(),
            subject_categories: input.subject_categories,
            instructions: input.instructions,
            security_measures: input.security_measures,
            authorisation: input.subprocessor_authorisation.into(),
            objection_period_days: input.objection_period_days.into(),
            return_period_days: input.return_period_days.into(),
            effective_from: input.effective_from.0,
            effective_to: input.effective_to.map(|on| on.0),
            signatory_name: input.signatory_name,
            signatory_title: input.signatory_title,
        }
    }
}

/// What came of `offerAgreement`.
#[derive(SimpleObject)]
pub struct OfferAgreementPayload {
    /// The agreement.
    agreement: Option<Agreement>,
    /// Empty on success.
    user_errors: Vec<UserError>,
}

#[derive(Default)]
pub struct AgreementMutation;

#[Object]
impl AgreementMutation {
    /// Publishes a template.
    #[graphql(directive = requires_scopes::apply(any_of(&[Scope::OperatorAgreements])))]
    async fn publish_agreement_template(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "All that the mutation takes.")] input: PublishAgreementTemplateInput,
    ) -> Result<PublishAgreementTemplatePayload> {
        let operation = change(ctx)?;
        let input = TemplateInput { name: input.name, language: input.language.0, text: input.text };
        let result = operation.gateway.publish_template(&input).await;
        let (template, user_errors) = match operation.done(result)? {
            Err(errors) => (None, errors),
            Ok(id) => (find_template(operation, id).await?, Vec::new()),
        };
        Ok(PublishAgreementTemplatePayload { template, user_errors })
    }

    /// Offers an agreement.
    #[graphql(directive = requires_scopes::apply(any_of(&[Scope::OperatorAgreements])))]
    async fn offer_agreement(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "All that the mutation takes.")] input: OfferAgreementInput,
    ) -> Result<OfferAgreementPayload> {
        let operation = change(ctx)?;
        let result = operation.gateway.offer_agreement(&operation.caller, &input.into()).await;
        let (agreement, user_errors) = match operation.done(result)? {
            Err(errors) => (None, errors),
            Ok(id) => (find_agreement(operation, id).await?, Vec::new()),
        };
        Ok(OfferAgreementPayload { agreement, user_errors })
    }
}
