//! The record of processing, Art. 30(2).

use async_graphql::{Context, Object, Result};
use domain::scope::Scope;

use super::document::{Document, asked};
use super::organisation::Organisation;
use super::subprocessor::Subprocessor;
use super::tenant::Tenant;
use crate::graphql::errors;
use crate::graphql::gate::{any_of, requires_scopes};
use crate::graphql::items::Items;
use crate::graphql::operation::operation;
use crate::graphql::scalars::LanguageTag;
use crate::graphql::vocabulary::{DataCategory, DocumentFormat};
use crate::service::processing_record::Record;

/// The processor's record of processing activities for this controller, Art. 30(2).
pub struct ProcessingRecord(Record);

/// The processor's record of processing activities for this controller, Art. 30(2).
#[Object]
impl ProcessingRecord {
    /// The platform.
    async fn processor(&self, ctx: &Context<'_>) -> Result<Organisation> {
        Ok(Organisation::from(&operation(ctx)?.gateway.settings.processor))
    }

    /// The tenant.
    async fn controller(&self) -> Result<Tenant> {
        Tenant::of(self.0.opened.clone()).await
    }

    /// Categories of processing carried out.
    async fn processing_categories(&self) -> Result<Vec<String>> {
        let categories = self.0.processing_categories(self.0.opened.language()).await;
        categories.map_err(|error| errors::internal(&error))
    }

    /// Categories of personal data.
    async fn data_categories(&self) -> Vec<DataCategory> {
        self.0.categories().into_iter().map(Into::into).collect()
    }

    /// Processors engaged now.
    async fn subprocessors(&self) -> Items<Subprocessor> {
        self.0.engaged.iter().cloned().map(Subprocessor).collect()
    }

    /// Countries outside the EU/EEA to which data goes, with the mechanism; empty when there is none.
    async fn third_country_transfers(&self) -> Result<Items<Subprocessor>> {
        let transfers = self.0.transfers().map_err(|error| errors::internal(&error))?;
        Ok(transfers.into_iter().map(Subprocessor).collect())
    }

    /// Security measures, Art. 32(1).
    async fn security_measures(&self) -> &[String] {
        self.0.security_measures()
    }

    /// The whole record, printable (Markdown).
    async fn document(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Language of the text; the tenant's own when left out.")] language: Option<
            LanguageTag,
        >,
    ) -> Result<String> {
        let language = language.as_ref().map_or_else(|| Ok(self.0.opened.language()), asked)?;
        let text = self.0.markdown(&operation(ctx)?.gateway, language).await;
        text.map_err(|error| errors::internal(&error))
    }

    /// The whole record as a file. As JSON it is JSON-LD in terms of the Data Privacy Vocabulary.
    async fn printed(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Form of the document.")] format: DocumentFormat,
        #[graphql(desc = "Language of the text; the tenant's own when left out.")] language: Option<
            LanguageTag,
        >,
    ) -> Result<Document> {
        let language = language.as_ref().map_or_else(|| Ok(self.0.opened.language()), asked)?;
        let form = (format.into(), language);
        let made = self.0.print(&operation(ctx)?.gateway, form).await;
        made.map(Into::into).map_err(|refusal| errors::refused(&refusal))
    }
}

#[derive(Default)]
pub struct ProcessingRecordQuery;

#[Object]
impl ProcessingRecordQuery {
    /// The record of processing, Art. 30(2).
    #[graphql(directive = requires_scopes::apply(any_of(&[Scope::AgreementsRead])))]
    async fn processing_record(&self, ctx: &Context<'_>) -> Result<ProcessingRecord> {
        let opened = operation(ctx)?.look_over(ctx).await?;
        let record = opened.processing_record().await.map_err(|error| errors::internal(&error))?;
        Ok(ProcessingRecord(record))
    }
}
