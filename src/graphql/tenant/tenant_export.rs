//! The return of all that a tenant has (Art. 28(3)(g)).

use std::sync::Arc;

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use domain::id::TenantExportId;
use domain::scope::Scope;

use super::user_error::{UserError, told};
use crate::graphql::errors;
use crate::graphql::gate::{any_of, requires_scopes};
use crate::graphql::operation::{Operation, operation};
use crate::graphql::scalars::{DateTime, Sha256, Url};
use crate::graphql::vocabulary::TenantExportStatus;
use crate::service::reading::Reading;
use crate::service::subject::canonical;
use crate::service::tenant_export::StoredTenantExport;

/// An export of all that the tenant has, as one ZIP archive of JSON Lines and CSV with a manifest of digests.
pub struct TenantExport {
    /// The export.
    pub stored: StoredTenantExport,
    /// Where it was read.
    pub reading: Arc<Reading>,
}

/// An export of all that the tenant has, as one ZIP archive of JSON Lines and CSV with a manifest of digests.
#[Object]
impl TenantExport {
    /// Global identifier.
    pub async fn id(&self) -> ID {
        self.stored.id.to_string().into()
    }

    /// Where it is in its life.
    async fn status(&self) -> TenantExportStatus {
        self.stored.status.into()
    }

    /// When it was asked for.
    async fn requested_at(&self) -> DateTime {
        self.stored.requested_at.into()
    }

    /// When it was made; null until then.
    async fn ready_at(&self) -> Option<DateTime> {
        self.stored.ready_at.map(Into::into)
    }

    /// When it is destroyed, or was; null until it is made.
    async fn expires_at(&self) -> Option<DateTime> {
        self.stored.expires_at.map(Into::into)
    }

    /// Its length in bytes, a whole number that may be greater than an Int holds; null until it is made.
    async fn byte_count(&self) -> Option<f64> {
        self.stored.byte_count.map(whole)
    }

    /// Digest of the file; null until it is made.
    async fn sha256(&self) -> Option<Sha256> {
        self.stored.sha256.clone().map(Sha256)
    }

    /// A link that works without a token until it expires, from the beginning a few times at the most; a download that
    /// broke off goes on with `Range`. Null where there is nothing to download.
    #[graphql(directive = requires_scopes::apply(any_of(&[Scope::AgreementsSign])))]
    async fn download_url(&self, ctx: &Context<'_>) -> Result<Option<Url>> {
        operation(ctx)?.gate("TenantExport", ctx)?;
        let url = self.reading.export_url(&self.stored).map_err(|error| errors::internal(&error))?;
        Ok(url.map(Url))
    }

    /// When it was downloaded from its beginning, oldest first.
    async fn downloads(&self) -> Vec<DateTime> {
        self.stored.downloads.iter().map(|at| (*at).into()).collect()
    }
}

/// Exact up to 2^53; no file is longer.
fn whole(bytes: u64) -> f64 {
    let (high, low) = (bytes >> 32, bytes & u64::from(u32::MAX));
    let part = |half: u64| u32::try_from(half).map_or(0.0, f64::from);
    part(high).mul_add(4_294_967_296.0, part(low))
}

/// Asks for an export of everything.
#[derive(InputObject)]
pub struct RequestTenantExportInput {
    /// Same key: same answer, done once.
    idempotency_key: Option<ID>,
}

/// What came of `requestTenantExport`.
#[derive(SimpleObject)]
pub struct RequestTenantExportPayload {
    /// The export that is being made.
    tenant_export: Option<TenantExport>,
    /// Empty on success.
    user_errors: Vec<UserError>,
}

#[derive(Default)]
pub struct TenantExportQuery;

#[Object]
impl TenantExportQuery {
    /// The newest export of all that the tenant has; null where none was asked for.
    #[graphql(directive = requires_scopes::apply(any_of(&[Scope::AgreementsSign])))]
    async fn tenant_export(&self, ctx: &Context<'_>) -> Result<Option<TenantExport>> {
        let reading = operation(ctx)?.look(ctx).await?;
        let stored = reading.newest_tenant_export().await.map_err(|error| errors::internal(&error))?;
        Ok(stored.map(|stored| TenantExport { stored, reading }))
    }
}

#[derive(Default)]
pub struct TenantExportMutation;

#[Object]
impl TenantExportMutation {
    /// Has an export of all that the tenant has made, in the background; one at a time. It takes the place of the one
    /// before. Open while the tenant is served, and after the relationship until the return is over.
    #[graphql(directive = requires_scopes::apply(any_of(&[Scope::AgreementsSign])))]
    async fn request_tenant_export(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "All that the mutation takes.")] input: RequestTenantExportInput,
    ) -> Result<RequestTenantExportPayload> {
        const ACTION: &str = "tenantExport.request";
        let operation = operation(ctx)?;
        operation.change(ctx, ACTION)?;
        let key = input.idempotency_key.map(|key| operation.idempotency(ACTION, key, canonical(&[])));
        let result = operation.gateway.request_tenant_export(&operation.caller, key.as_ref()).await;
        match operation.done(ACTION, result)? {
            Err(errors) => Ok(RequestTenantExportPayload {
                tenant_export: None,
                user_errors: told(&errors, operation.caller.language),
            }),
            Ok(id) => Ok(RequestTenantExportPayload {
                tenant_export: find(operation, id).await?,
                user_errors: Vec::new(),
            }),
        }
    }
}

async fn find(operation: &Operation, id: TenantExportId) -> Result<Option<TenantExport>> {
    let reading = operation.after_change().await?.reading;
    let stored = reading.find_tenant_export(id).await.map_err(|error| errors::internal(&error))?;
    Ok(stored.map(|stored| TenantExport { stored, reading }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_length_is_a_whole_number_however_great() {
        for (bytes, expected) in [
            (0, 0.0),
            (1, 1.0),
            (4_294_967_295, 4_294_967_295.0),
            (4_294_967_297, 4_294_967_297.0),
            (9_007_199_254_740_991, 9_007_199_254_740_991.0),
        ] {
            assert!((whole(bytes) - expected).abs() < 0.5, "{bytes}");
        }
    }
}
