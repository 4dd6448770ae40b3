//! What every request and every answer get, whatever is between: a request id, headers that keep answers out of
//! caches and other pages, and one line in the log, which tells neither what was asked nor what was answered.

use std::time::Instant;

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::http::header::{AUTHORIZATION, CACHE_CONTROL, HeaderMap, HeaderName, HeaderValue, VARY};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage as _, web};

use super::caller::RequestTenant;
use super::request_id::{REQUEST_ID, RequestId};
use super::surface::Surface;

/// Headers that every answer bears.
const ALWAYS: [(&str, &str); 2] = [("x-content-type-options", "nosniff"), ("referrer-policy", "no-referrer")];

/// What an answer of the API depends on, for a cache that passes `no-store` over.
const DECIDING: &str = "authorization, accept, accept-encoding, accept-language";

/// Wraps a request.
pub async fn seal(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let began = Instant::now();
    let id = request_id(&request);
    request.extensions_mut().insert(id.clone());
    let has_token = request.headers().contains_key(AUTHORIZATION);
    let mut response = next.call(request).await?.map_into_boxed_body();
    let headers = response.headers_mut();
    if let Ok(value) = HeaderValue::from_str(id.as_str()) {
        headers.insert(HeaderName::from_static(REQUEST_ID), value);
    }
    for (name, value) in ALWAYS {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    keep_out_of_caches(headers, has_token);
    log(&response, &id, began);
    Ok(response)
}

/// Nothing is kept but what its handler says may be; and nothing that was asked for with a token is kept by caches that serve
/// several, whatever its handler says.
fn keep_out_of_caches(headers: &mut HeaderMap, has_token: bool) {
    let shared = headers.get(CACHE_CONTROL).is_none_or(|cache| cache.as_bytes().starts_with(b"public"));
    if has_token && shared || !headers.contains_key(CACHE_CONTROL) {
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        headers.append(VARY, HeaderValue::from_static(DECIDING));
    }
}

fn request_id(request: &ServiceRequest) -> RequestId {
    RequestId::of_headers(request.headers()).unwrap_or_else(|| {
        match request.app_data::<web::Data<Surface>>() {
            Some(surface) => RequestId::new(surface.clock.as_ref(), surface.entropy.as_ref()),
            None => RequestId::nil(),
        }
    })
}

/// The pattern of the route and never the path, which can be a ticket.
fn log(response: &ServiceResponse<BoxBody>, id: &RequestId, began: Instant) {
    let request = response.request();
    let tenant = request.extensions().get::<RequestTenant>().map(|tenant| tenant.0.to_string());
    tracing::info!(
        request_id = %id,
        method = method(request.method()),
        route = request.match_pattern().as_deref().unwrap_or("none"),
        status = response.status().as_u16(),
        millis = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX),
        tenant = tenant.as_deref(),
        "request"
    );
}

/// A method's name; callers can make names up.
fn method(method: &Method) -> &'static str {
    const KNOWN: [&str; 9] = ["GET", "POST", "HEAD", "OPTIONS", "PUT", "PATCH", "DELETE", "TRACE", "CONNECT"];
    KNOWN.into_iter().find(|known| method.as_str() == *known).unwrap_or("other")
}
