//! Which other origins' pages may read answers (Fetch standard, "HTTP extensions"). None unless configured; then
//! exactly those, never a reflected one, and never with the browser's own credentials.

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE, ACCESS_CONTROL_REQUEST_METHOD, HeaderMap,
    HeaderValue, ORIGIN, VARY,
};
use actix_web::middleware::Next;
use actix_web::{Error, HttpResponse, web};

use super::surface::Surface;

const METHODS: &str = "POST, GET";
const REQUEST_HEADERS: &str = "authorization, content-type, accept-language, x-request-id, \
     x-apollo-operation-name, graphql-require-preflight";
const ANSWER_HEADERS: &str = "x-request-id, retry-after, www-authenticate";
/// How long a browser may remember a preflight, in seconds.
const MAX_AGE: &str = "600";

/// What the headers of a request are answered with.
#[derive(Debug, PartialEq, Eq)]
enum Decision {
    /// No origins are configured: nothing is said.
    Closed,
    /// Not for this origin; caches are told that others may fare otherwise.
    Foreign,
    /// For this origin.
    Allowed(HeaderValue),
    /// The question before the request proper.
    Preflight(HeaderValue),
}

fn decide(origins: &[String], method: &Method, headers: &HeaderMap) -> Decision {
    if origins.is_empty() {
        return Decision::Closed;
    }
    let Some(origin) = headers.get(ORIGIN) else {
        return Decision::Foreign;
    };
    if !origins.iter().any(|allowed| allowed.as_bytes() == origin.as_bytes()) {
        return Decision::Foreign;
    }
    let asks = method == Method::OPTIONS && headers.contains_key(ACCESS_CONTROL_REQUEST_METHOD);
    if asks { Decision::Preflight(origin.clone()) } else { Decision::Allowed(origin.clone()) }
}

/// Answers preflights and marks answers.
pub async fn share(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let origins =
        request.app_data::<web::Data<Surface>>().map(|surface| surface.settings.cors_origins.clone());
    let decision = decide(&origins.unwrap_or_default(), request.method(), request.headers());
    if let Decision::Preflight(origin) = decision {
        return Ok(request.into_response(preflight(origin)));
    }
    let mut response = next.call(request).await?.map_into_boxed_body();
    let headers = response.headers_mut();
    match decision {
        Decision::Closed | Decision::Preflight(_) => {}
        Decision::Foreign => headers.append(VARY, HeaderValue::from_static("origin")),
        Decision::Allowed(origin) => {
            headers.append(VARY, HeaderValue::from_static("origin"));
            headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin);
            headers.insert(ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static(ANSWER_HEADERS));
        }
    }
    Ok(response)
}

fn preflight(origin: HeaderValue) -> HttpResponse {
    HttpResponse::NoContent()
        .insert_header((VARY, "origin"))
        .insert_header((ACCESS_CONTROL_ALLOW_ORIGIN, origin))
        .insert_header((ACCESS_CONTROL_ALLOW_METHODS, METHODS))
        .insert_header((ACCESS_CONTROL_ALLOW_HEADERS, REQUEST_HEADERS))
        .insert_header((ACCESS_CONTROL_MAX_AGE, MAX_AGE))
        .finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    const APP: &str = "https://app.example";

    fn decided(origins: &[&str], method: &Method, origin: Option<&'static str>) -> Decision {
        let origins: Vec<String> = origins.iter().map(|&origin| origin.to_owned()).collect();
        let mut headers = HeaderMap::new();
        if let Some(origin) = origin {
            headers.insert(ORIGIN, HeaderValue::from_static(origin));
        }
        if method == Method::OPTIONS {
            headers.insert(ACCESS_CONTROL_REQUEST_METHOD, HeaderValue::from_static("POST"));
        }
        decide(&origins, method, &headers)
    }

    #[test]
    fn without_origins_nothing_is_said() {
        for method in [Method::OPTIONS, Method::POST] {
            assert_eq!(decided(&[], &method, Some(APP)), Decision::Closed);
        }
    }

    #[test]
    fn an_origin_must_be_named_exactly() {
        let allowed = HeaderValue::from_static(APP);
        assert_eq!(decided(&[APP], &Method::POST, Some(APP)), Decision::Allowed(allowed.clone()));
        assert_eq!(decided(&[APP], &Method::OPTIONS, Some(APP)), Decision::Preflight(allowed));
        for origin in [
            None,
            Some("null"),
            Some("http://app.example"),
            Some("https://app.example:8443"),
            Some("https://app.example.evil.example"),
            Some("https://APP.example"),
        ] {
            for method in [Method::POST, Method::OPTIONS] {
                assert_eq!(decided(&[APP], &method, origin), Decision::Foreign, "{origin:?}");
            }
        }
    }

    #[test]
    fn a_preflight_allows_what_is_needed_and_no_credentials() {
        let answer = preflight(HeaderValue::from_static(APP));
        let header = |name| answer.headers().get(name).and_then(|value| value.to_str().ok());
        assert_eq!(header(ACCESS_CONTROL_ALLOW_ORIGIN), Some(APP));
        assert_eq!(header(ACCESS_CONTROL_ALLOW_METHODS), Some("POST, GET"));
        assert!(header(ACCESS_CONTROL_ALLOW_HEADERS).is_some_and(|names| names.contains("authorization")));
        assert!(!answer.headers().contains_key("access-control-allow-credentials"));
    }
}
