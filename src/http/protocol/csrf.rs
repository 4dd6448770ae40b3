//! Requests that another site's page could send in a visitor's name.
//!
//! A browser sends some requests across sites without asking the receiver first (no preflight: Fetch standard,
//! "CORS-safelisted request-header"). Such a request could also reach a gateway in an internal network through an
//! employee's browser. So each request, by GET too, must carry something that no browser sends without a preflight:
//! a JSON content type or one of [`PREFLIGHT_HEADERS`]. A token does not count: what one client adds on purpose,
//! another's browser may add by itself.

use thiserror::Error;

use super::media::is_json;

/// Headers whose presence shows that a request was preflighted or does not come from a browser.
pub const PREFLIGHT_HEADERS: [&str; 2] = ["x-apollo-operation-name", "graphql-require-preflight"];

/// The headers that tell where a request can have come from.
#[derive(Clone, Copy)]
pub struct Provenance<'h> {
    /// `Content-Type`.
    pub content_type: Option<&'h str>,
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
    let named = request.preflight.is_some_and(|value| !value.trim().is_empty());
    if named || is_json(request.content_type) { Ok(()) } else { Err(CrossSite) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BARE: Provenance<'_> = Provenance { content_type: None, preflight: None };

    #[test]
    fn what_a_form_or_an_image_could_send_is_refused() {
        let safelisted =
            ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"];
        for content_type in
            safelisted.into_iter().chain(["text/plain; application/json", "application/jsonx", ""])
        {
            let request = Provenance { content_type: Some(content_type), ..BARE };
            assert_eq!(check_provenance(&request), Err(CrossSite), "{content_type}");
        }
        assert_eq!(check_provenance(&BARE), Err(CrossSite));
        assert_eq!(check_provenance(&Provenance { preflight: Some(" "), ..BARE }), Err(CrossSite));
    }

    #[test]
    fn what_needs_a_preflight_is_let_through() {
        let table = [
            Provenance { content_type: Some("application/json"), ..BARE },
            Provenance { content_type: Some("Application/JSON; charset=latin1"), ..BARE },
            Provenance { preflight: Some("1"), ..BARE },
            Provenance { preflight: Some("Viewer"), content_type: Some("text/plain") },
        ];
        for request in table {
            assert_eq!(check_provenance(&request), Ok(()));
        }
    }
}
