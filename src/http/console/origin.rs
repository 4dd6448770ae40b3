//! Whether a page of the console sent a request. The cookie does not tell: `SameSite` looks at sites, and other programs on the same
//! machine, or other hosts below the same domain, are the same site.

use actix_web::HttpRequest;
use url::{Host, Url};

use crate::http::headers;
use crate::http::rejection::{Kind, Rejection};
use crate::http::surface::Surface;

/// Lets through what a page of the console's own origin sent. Browsers tell the origin of everything but plain reading.
///
/// # Errors
/// 403 for everything else. The host that was asked for counts for nothing, since a foreign name can be made to lead here.
pub fn check(request: &HttpRequest, surface: &Surface) -> Result<(), Rejection> {
    match headers::text(request, "sec-fetch-site").as_deref() {
        None | Some("same-origin") => check_handshake(request, surface),
        Some(_) => Err(foreign()),
    }
}

/// The same for the handshake of a WebSocket, whose address browsers do not agree to be of the page's site.
///
/// # Errors
/// 403 for everything else.
pub fn check_handshake(request: &HttpRequest, surface: &Surface) -> Result<(), Rejection> {
    let origin = headers::text(request, "origin");
    let own = origin.is_some_and(|origin| is_own(&origin, &surface.gateway.settings.public_url));
    if own { Ok(()) } else { Err(foreign()) }
}

fn foreign() -> Rejection {
    Kind::ForeignPage.into()
}

/// By plain http on this machine a browser may know the gateway by either of the machine's names for itself.
fn is_own(origin: &str, public: &Url) -> bool {
    if origin == public.origin().ascii_serialization() {
        return true;
    }
    let Ok(origin) = Url::parse(origin) else { return false };
    [&origin, public].into_iter().all(|url| url.scheme() == "http" && is_this_machine(url))
        && origin.port_or_known_default() == public.port_or_known_default()
}

fn is_this_machine(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn only_the_gateways_own_address_is_its_origin() {
        let [public, demo] =
            ["https://gateway.example", "http://127.0.0.1:8080"].map(|url| Url::parse(url).unwrap());
        for (origin, of_public, of_demo) in [
            ("https://gateway.example", true, false),
            ("https://gateway.example:443", false, false),
            ("http://gateway.example", false, false),
            ("https://gateway.example.evil.example", false, false),
            ("https://app.gateway.example", false, false),
            ("http://127.0.0.1:8080", false, true),
            ("http://localhost:8080", false, true),
            ("http://[::1]:8080", false, true),
            ("http://localhost:8081", false, false),
            ("http://localhost.evil.example:8080", false, false),
            ("http://evil.example:8080", false, false),
            ("null", false, false),
            ("", false, false),
        ] {
            assert_eq!((is_own(origin, &public), is_own(origin, &demo)), (of_public, of_demo), "{origin}");
        }
    }
}
