//! Export packages.

use std::sync::Arc;

use async_graphql::{Context, Object, Result};
use domain::scope::Scope;
use domain::wording::Wording;

use crate::graphql::errors;
use crate::graphql::gate::{any_of, requires_scopes};
use crate::graphql::operation::operation;
use crate::graphql::scalars::{DateTime, Sha256, Url};
use crate::graphql::vocabulary::ExportFormat;
use crate::service::reading::Reading;
use crate::service::records::StoredPackage;

const NOT_OFFERED: Wording = Wording::new(
    "Paketet finns inte i det formatet: `formats` anger de format som finns.",
    "the package is not offered in this form: `formats` lists those that are",
);

/// The answer to an access or portability request, as files.
pub struct ExportPackage {
    /// The package.
    pub stored: StoredPackage,
    /// Where it was read.
    pub reading: Arc<Reading>,
}

impl ExportPackage {
    fn digest(&self, format: ExportFormat) -> Result<&str> {
        let format = domain::export::ExportFormat::from(format);
        let file = self.stored.files.iter().find(|(offered, _)| *offered == format);
        file.map(|(_, sha256)| sha256.as_str())
            .ok_or_else(|| errors::ErrorCode::BadUserInput.error(NOT_OFFERED))
    }
}

/// The answer to an access or portability request, as files.
#[Object]
impl ExportPackage {
    /// When it was made.
    async fn created_at(&self) -> DateTime {
        self.stored.created_at.into()
    }

    /// When it is destroyed.
    async fn expires_at(&self) -> DateTime {
        self.stored.expires_at.into()
    }

    /// The forms in which it can be had.
    async fn formats(&self) -> Vec<ExportFormat> {
        self.stored.files.iter().map(|(format, _)| (*format).into()).collect()
    }

    /// A link that works without a token until it expires, and a few times at the most.
    #[graphql(directive = requires_scopes::apply(any_of(&[Scope::RightsRead, Scope::SelfRead])))]
    async fn download_url(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which of the offered forms.")] format: ExportFormat,
    ) -> Result<Url> {
        operation(ctx)?.gate("ExportPackage", ctx)?;
        self.digest(format)?;
        let url = self.reading.download_url(&self.stored, format.into());
        url.map(Url).map_err(|error| errors::internal(&error))
    }

    /// Digest of the file.
    async fn sha256(
        &self,
        #[graphql(desc = "Which of the offered forms.")] format: ExportFormat,
    ) -> Result<Sha256> {
        Ok(Sha256(self.digest(format)?.to_owned()))
    }
}
