//! From the `Authorization` header to a caller.

use actix_web::{HttpMessage as _, HttpRequest};
use auth::{Authority, Refusal};
use domain::id::TenantId;
use domain::language::Language;

use super::headers;
use super::rejection::Rejection;
use super::request_id::RequestId;
use super::surface::Surface;
use crate::service::caller::Caller;

/// The tenant of an authenticated request, for its line in the log.
#[derive(Debug, Clone, Copy)]
pub struct RequestTenant(pub TenantId);

/// The caller that the token proves.
///
/// # Errors
/// 401 whatever is wrong; which rule the token broke is for the log alone.
pub async fn identify(request: &HttpRequest, surface: &Surface, id: &RequestId) -> Result<Caller, Rejection> {
    let authority = authority(request, surface).await.map_err(|refusal| {
        tracing::info!(request_id = %id, %refusal, "a token was refused");
        Rejection::unauthenticated()
    })?;
    request.extensions_mut().insert(RequestTenant(authority.tenant()));
    let wished = headers::text(request, "accept-language");
    let language = wished.map(|wished| Language::from_accept_language(&wished)).unwrap_or_default();
    Ok(Caller { authority, request_id: id.to_string(), language })
}

async fn authority(request: &HttpRequest, surface: &Surface) -> Result<Authority, Refusal> {
    let header = headers::text(request, "authorization");
    let token = auth::bearer(header.as_deref())?;
    surface.authenticator.authenticate(token).await
}
