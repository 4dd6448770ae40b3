//! Texts that agreements are made from: those that come with the gateway, and those that the operator publishes.

use aws_lc_rs::digest::{SHA256, digest};
use domain::agreement::placeholders;
use domain::id::AgreementTemplateId;
use domain::invalid::Invalid;
use domain::text::Text;
use store::{NewTemplate, StoreError, StoredTemplate};

use crate::package::agreement::SHIPPED;
use crate::service::Gateway;
use crate::service::input::{Faults, language};
use crate::service::refusal::{Refusal, UserError, UserErrorCode};

/// The longest text of a template, in characters.
const LONGEST_TEMPLATE: usize = 200_000;

/// A template as a client sends it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateInput {
    /// Name and version.
    pub name: String,
    /// Language.
    pub language: String,
    /// Markdown with placeholders.
    pub text: String,
}

impl Gateway {
    /// Publishes a template.
    ///
    /// # Errors
    /// [`Refusal`] says why not.
    pub async fn publish_template(&self, input: &TemplateInput) -> Result<AgreementTemplateId, Refusal> {
        let mut faults = Faults::default();
        let name = faults.take("name", Text::parse(&input.name));
        let tongue = faults.take("language", language(&input.language));
        if input.text.trim().is_empty() {
            faults.add(UserError::invalid("text", Invalid::Empty));
        } else if input.text.chars().count() > LONGEST_TEMPLATE {
            faults.add(UserError::invalid("text", Invalid::TooLong { max: LONGEST_TEMPLATE }));
        } else if let Err(wrong) = placeholders::check(&input.text) {
            for fault in wrong {
                faults.add(UserError::template("text", fault));
            }
        }
        faults.finish()?;
        let (Some(name), Some(tongue)) = (name, tongue) else {
            return Err(UserError::new(UserErrorCode::Invalid).into());
        };
        let new = NewTemplate {
            name: name.as_str().to_owned(),
            language: tongue,
            text_sha256: sha256(&input.text),
            text: input.text.clone(),
        };
        match self.store.operator().put_template(&new).await {
            Err(StoreError::Taken(_)) => Err(UserError::at(UserErrorCode::AlreadyExists, "name").into()),
            published => Ok(published?),
        }
    }

    /// Publishes the templates that come with the gateway, where they are not there yet.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn publish_shipped_templates(&self) -> Result<(), StoreError> {
        let published = self.store.operator().list_templates().await?;
        for shipped in SHIPPED {
            let is_there = published.iter().any(|template| {
                template.published.name == shipped.name && template.published.language == shipped.language
            });
            if is_there {
                continue;
            }
            let new = NewTemplate {
                name: shipped.name.to_owned(),
                language: shipped.language,
                text: shipped.text.to_owned(),
                text_sha256: sha256(shipped.text),
            };
            match self.store.operator().put_template(&new).await {
                // Another gateway that starts at the same time was faster.
                Err(StoreError::Taken(_)) => {}
                published => drop(published?),
            }
        }
        Ok(())
    }

    /// All templates, oldest first.
    ///
    /// # Errors
    /// When the database fails or a row is inconsistent.
    pub async fn templates(&self) -> Result<Vec<StoredTemplate>, StoreError> {
        self.store.operator().list_templates().await
    }

    /// A template by identifier.
    ///
    /// # Errors
    /// When the database fails or the row is inconsistent.
    pub async fn find_template(&self, id: AgreementTemplateId) -> Result<Option<StoredTemplate>, StoreError> {
        self.store.operator().find_template(id).await
    }
}

/// The digest of a text, in lower-case hexadecimal digits.
pub(super) fn sha256(text: &str) -> String {
    hex::encode(digest(&SHA256, text.as_bytes()))
}
