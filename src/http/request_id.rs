//! The name of a request, in its answer, its log line and its audit events.

use std::fmt;

use actix_web::http::header::HeaderMap;
use actix_web::{HttpMessage as _, HttpRequest};
use domain::clock::{Clock, Entropy};
use domain::id::new_uuid;
use uuid::Uuid;

/// The header that carries it, both ways.
pub const REQUEST_ID: &str = "x-request-id";

/// A UUID in its hyphenated form, as the caller wrote it or newly made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestId(String);

impl RequestId {
    /// Reads a caller's; `None` when it is no UUID, so that nothing else gets into logs.
    pub fn parse(text: &str) -> Option<Self> {
        let hyphenated = text.len() == 36;
        (hyphenated && Uuid::try_parse(text).is_ok()).then(|| Self(text.to_owned()))
    }

    /// A new one (`UUIDv7`).
    pub fn new(clock: &dyn Clock, entropy: &dyn Entropy) -> Self {
        Self(new_uuid(clock.now(), entropy).to_string())
    }

    /// The one that a request's headers carry; `None` for several too.
    pub fn of_headers(headers: &HeaderMap) -> Option<Self> {
        let mut sent = headers.get_all(REQUEST_ID);
        match (sent.next(), sent.next()) {
            (Some(one), None) => Self::parse(one.to_str().ok()?),
            _ => None,
        }
    }

    /// The one that [`super::envelope`] gave the request.
    pub fn of(request: &HttpRequest) -> Self {
        request.extensions().get::<Self>().cloned().unwrap_or_else(Self::nil)
    }

    /// The one of a request that never passed the envelope.
    pub fn nil() -> Self {
        Self(Uuid::nil().to_string())
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use actix_web::http::header::{HeaderName, HeaderValue};

    use super::*;

    const SENT: &str = "018F4E2A-0000-7000-8000-00000000ABCD";

    #[test]
    fn a_callers_uuid_is_kept_as_it_was_written() {
        assert_eq!(RequestId::parse(SENT).map(|id| id.to_string()), Some(SENT.to_owned()));
    }

    #[test]
    fn what_is_no_uuid_is_not_taken_up() {
        for text in [
            "",
            "x",
            "anna@example.com",
            "018f4e2a000070008000000000000000",
            "{018f4e2a-0000-7000-8000-00000000abcd}",
            "urn:uuid:018f4e2a-0000-7000-8000-00000000abcd",
            "018f4e2a-0000-7000-8000-00000000abcg",
            "018f4e2a-0000-7000-8000-00000000abcd ",
        ] {
            assert_eq!(RequestId::parse(text), None, "{text:?}");
        }
    }

    #[test]
    fn two_headers_name_no_request() {
        let mut headers = HeaderMap::new();
        let name = HeaderName::from_static(REQUEST_ID);
        headers.append(name.clone(), HeaderValue::from_static(SENT));
        assert!(RequestId::of_headers(&headers).is_some());
        headers.append(name, HeaderValue::from_static(SENT));
        assert!(RequestId::of_headers(&headers).is_none());
    }
}
