//! The end of a tenant.

use std::sync::Arc;

use async_graphql::{Context, Object, Result};

use super::super::document::Document;
use super::super::operation::operation;
use super::super::scalars::{DateTime, LanguageTag};
use super::super::vocabulary::DocumentFormat;
use crate::graphql::errors;
use crate::service::input;
use crate::service::records::{OperatorTenant, StoredClosing};

/// How the erasure of a tenant's data stands, Art. 28(3)(g).
pub struct TenantClosing {
    /// Whose.
    pub tenant: Arc<OperatorTenant>,
    /// The row.
    pub closing: StoredClosing,
}

/// How the erasure of a tenant's data stands, Art. 28(3)(g).
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

    /// What was returned, erased and kept, as a certificate that proves itself; null until the tenant is CLOSED and, seconds later,
    /// its audit log vouches for it.
    async fn certificate(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Form of the document.")] format: DocumentFormat,
        #[graphql(desc = "Language of the text; the tenant's own when left out.")] language: Option<
            LanguageTag,
        >,
    ) -> Option<Result<Document>> {
        self.write(ctx, (format, language)).await.transpose()
    }
}

impl TenantClosing {
    async fn write(
        &self,
        ctx: &Context<'_>,
        (format, language): (DocumentFormat, Option<LanguageTag>),
    ) -> Result<Option<Document>> {
        let tenant = &self.tenant.stored;
        let language = match language {
            None => tenant.language,
            Some(tag) => input::language(&tag.0).map_err(|reason| errors::bad_input("language", reason))?,
        };
        let form = (format.into(), language);
        let made = operation(ctx)?.gateway.closing_certificate(tenant.id, form).await;
        Ok(made.map_err(|refusal| errors::refused(&refusal))?.map(Into::into))
    }
}
