//! From the `Authorization` header to a caller of one of the APIs.

use actix_web::{HttpMessage as _, HttpRequest};
use auth::Refusal;
use domain::id::TenantId;
use domain::language::Language;

use super::rejection::Rejection;
use super::request_id::RequestId;
use super::surface::Surface;
use super::{console, headers};
use crate::demand::Asker;
use crate::service::caller::Caller;
use crate::service::operator::OperatorCaller;

/// The tenant of an authenticated request, for its line in the log.
#[derive(Debug, Clone, Copy)]
pub struct RequestTenant(pub TenantId);

/// Which API an address serves. A token opens one of them at most: a tenant's has a `tenant_id`, an operator's none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Api {
    /// The tenants'.
    Tenant,
    /// The platform's own.
    Operator,
    /// The tenants', to pages of the console.
    Console,
}

impl Api {
    /// The name in metrics.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Tenant => "tenant",
            Self::Operator => "operator",
            Self::Console => "console",
        }
    }
}

/// Who is asking, and thereby which API.
pub enum AnyCaller {
    /// Somebody of a tenant.
    Tenant(Caller),
    /// Somebody of the platform.
    Operator(OperatorCaller),
}

impl AnyCaller {
    /// Where the caller's requests are counted.
    pub fn asker(&self) -> Asker {
        match self {
            Self::Tenant(caller) => Asker::from(&caller.authority),
            Self::Operator(caller) => Asker::from(&caller.authority),
        }
    }
}

/// The caller, if it is one and has not asked too often. Until this is known nothing that it sent is kept.
///
/// # Errors
/// 401 without a good token, 429 to whom asks too often.
pub async fn admit(api: Api, request: &HttpRequest, surface: &Surface) -> Result<AnyCaller, Rejection> {
    let caller = identify(api, request, surface).await?;
    surface.demand.count_request(&caller.asker()).map_err(Rejection::rate_limited)?;
    Ok(caller)
}

/// The caller that the token proves: 401 whatever is wrong; which rule the token broke is for the log alone.
async fn identify(api: Api, request: &HttpRequest, surface: &Surface) -> Result<AnyCaller, Rejection> {
    let id = RequestId::of(request);
    let caller = match api {
        Api::Tenant => tenant_caller(request, surface, &id).await.map(AnyCaller::Tenant),
        Api::Operator => operator_caller(request, surface, &id).await.map(AnyCaller::Operator),
        Api::Console => return console::caller(request, surface).await.map(AnyCaller::Tenant),
    };
    caller.map_err(|refusal| {
        tracing::info!(request_id = %id, %refusal, "a token was refused");
        Rejection::unauthenticated()
    })
}

async fn tenant_caller(request: &HttpRequest, surface: &Surface, id: &RequestId) -> Result<Caller, Refusal> {
    let header = headers::text(request, "authorization");
    let authority = surface.authenticator.authenticate(auth::bearer(header.as_deref())?).await?;
    request.extensions_mut().insert(RequestTenant(authority.tenant()));
    Ok(Caller { authority, request_id: id.to_string(), language: language(request) })
}

async fn operator_caller(
    request: &HttpRequest,
    surface: &Surface,
    id: &RequestId,
) -> Result<OperatorCaller, Refusal> {
    let header = headers::text(request, "authorization");
    let authority = surface.authenticator.authenticate_operator(auth::bearer(header.as_deref())?).await?;
    Ok(OperatorCaller { authority, request_id: id.to_string(), language: language(request) })
}

/// The language that the caller wishes.
pub fn language(request: &HttpRequest) -> Language {
    let wished = headers::text(request, "accept-language");
    wished.map(|wished| Language::from_accept_language(&wished)).unwrap_or_default()
}
