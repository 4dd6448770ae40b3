//! The end of the relationship.

use async_graphql::{Object, Result};

use super::document::{Document, asked};
use crate::graphql::errors;
use crate::graphql::scalars::{DateTime, LanguageTag};
use crate::graphql::vocabulary::DocumentFormat;
use crate::service::reading::Opened;
use crate::service::records::{StoredClosing, StoredTenant};

/// How the erasure of the tenant's data stands, Art. 28(3)(g).
pub struct TenantClosing {
    closing: StoredClosing,
    tenant: StoredTenant,
    opened: Opened,
}

/// The closing of a tenant; `None` until its erasure has begun.
pub async fn closing_of(tenant: &StoredTenant, opened: &Opened) -> Result<Option<TenantClosing>> {
    let found = opened.find_closing().await.map_err(|error| errors::internal(&error))?;
    Ok(found.map(|closing| TenantClosing { closing, tenant: tenant.clone(), opened: opened.clone() }))
}

/// How the erasure of the tenant's data stands, Art. 28(3)(g).
#[Object]
impl TenantClosing {
    /// When the erasure began.
    async fn erasure_began_at(&self) -> DateTime {
        self.closing.began_at.into()
    }

    /// When the tenant's keys were destroyed, so that no copy of its data can be read any more.
    async fn keys_destroyed_at(&self) -> Option<DateTime> {
        self.closing.keys_destroyed_at.map(Into::into)
    }

    /// When nothing but what the law requires was left.
    async fn closed_at(&self) -> Option<DateTime> {
        self.tenant.closed_at.map(Into::into)
    }

    /// What was returned, erased and kept, as a certificate that proves itself; null until the tenant is CLOSED and, seconds later,
    /// its audit log vouches for it.
    async fn certificate(
        &self,
        #[graphql(desc = "Form of the document.")] format: DocumentFormat,
        #[graphql(desc = "Language of the text; the tenant's own when left out.")] language: Option<
            LanguageTag,
        >,
    ) -> Option<Result<Document>> {
        self.write((format, language)).await.transpose()
    }
}

impl TenantClosing {
    async fn write(
        &self,
        (format, language): (DocumentFormat, Option<LanguageTag>),
    ) -> Result<Option<Document>> {
        let language = language.as_ref().map_or_else(|| Ok(self.opened.language()), asked)?;
        let made = self.opened.certificate((format.into(), language)).await;
        Ok(made.map_err(|refusal| errors::refused(&refusal))?.map(Into::into))
    }
}
