//! Requests that another site's page could send in a visitor's name.
//!
//! A browser sends some requests across sites without asking the receiver first (no preflight: Fetch standard,
//! "CORS-safelisted request-header"). Such a request could also reach a gateway in an internal network through an
//! employee's browser. So each request must carry something that no browser sends without a preflight: a JSON body,
//! one of [`PREFLIGHT_HEADERS`] or, for a query by GET, a bearer token, which a browser never adds by itself (as it
//! may with `Basic`).

use thiserror::Error;

use super::media::is_json;
use super::method::Method;

/// Headers whose presence shows that a request was preflighted or does not come from a browser.
pub const PREFLIGHT_HEADERS: [&str; 2] = ["x-apollo-operation-name", "graphql-require-preflight"];

/// The headers that tell where a request can have come from.
#[derive(Clone, Copy)]
pub struct Provenance<'h> {
    /// Method of the request.
    pub method: Method,
    /// `Content-Type`.
    pub content_type: Option<&'h str>,
    /// `Authorization`.
    pub authorization: Option<&'h str>,
    /// The first of [`PREFLIGHT_HEADERS`] that is there.
    pub preflight: Option<&'h str>,
}

/// A browser could have sent the request across sites; answered with 400.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error(
    "send operations as application/json, or with the header x-apollo-operation-name or graphql-require-preflight"
)]
pub struct CrossSite;

/// Lets through what cannot have been sent across sites without a preflight.
///
/// # Errors
///
/// [`CrossSite`] for everything else.
pub fn check_provenance(request: &Provenance<'_>) -> Result<(), CrossSite> {
    let token = matches!(request.method, Method::Get) && request.authorization.is_some_and(is_bearer);
    let named = request.preflight.is_some_and(|value| !value.trim().is_empty());
    if token || named || is_json(request.content_type) { Ok(()) } else { Err(CrossSite) }
}

fn is_bearer(authorization: &str) -> bool {
    authorization.split_once(' ').is_some_and(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const BARE: Provenance<'_> =
        Provenance { method: Method::Post, content_type: None, authorization: None, preflight: None };
    const BARE_GET: Provenance<'_> = Provenance { method: Method::Get, ..BARE };

    #[test]
    fn what_a_form_or_an_image_could_send_is_refused() {
        let safelisted =
            ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"];
        for content_type in
            safelisted.into_iter().chain(["text/plain; application/json", "application/jsonx", ""])
        {
            let request = Provenance { content_type: Some(content_type), ..BARE };
            assert_eq!(check_provenance(&request), Err(CrossSite), "{content_type}");
            let with_token = Provenance { authorization: Some("Bearer x"), ..request };
            assert_eq!(check_provenance(&with_token), Err(CrossSite), "{content_type}");
        }
        assert_eq!(check_provenance(&BARE), Err(CrossSite));
        assert_eq!(check_provenance(&BARE_GET), Err(CrossSite));
        assert_eq!(
            check_provenance(&Provenance { authorization: Some("Basic eA=="), ..BARE_GET }),
            Err(CrossSite)
        );
        assert_eq!(check_provenance(&Provenance { preflight: Some(" "), ..BARE_GET }), Err(CrossSite));
    }

    #[test]
    fn what_needs_a_preflight_is_let_through() {
        let table = [
            Provenance { content_type: Some("application/json"), ..BARE },
            Provenance { content_type: Some("Application/JSON; charset=latin1"), ..BARE },
            Provenance { content_type: Some("application/json"), ..BARE_GET },
            Provenance { preflight: Some("1"), ..BARE },
            Provenance { preflight: Some("Viewer"), content_type: Some("text/plain"), ..BARE },
            Provenance { preflight: Some("Viewer"), ..BARE_GET },
            Provenance { authorization: Some("bearer x"), ..BARE_GET },
        ];
        for request in table {
            assert_eq!(check_provenance(&request), Ok(()));
        }
    }
}
