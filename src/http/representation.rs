//! What is the same for everybody who may see it: schemas and the files of pages. It has a strong entity tag, is not sent
//! again to whom has it, and is packed once (RFC 9110 sections 8.8.3 and 13.1.2).

use std::sync::OnceLock;

use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse};
use aws_lc_rs::digest::{SHA256, digest};

use super::headers;
use super::protocol::{Coding, Effort};

/// How long clients and caches may keep a schema.
pub const FIVE_MINUTES: &str = "public, max-age=300";

/// Bytes with their media type, and what is made of them once.
pub struct Representation {
    media_type: &'static str,
    plain: Bytes,
    gzip: OnceLock<Option<Bytes>>,
    brotli: OnceLock<Option<Bytes>>,
    digest: String,
}

impl Representation {
    /// Of these bytes.
    pub fn new(media_type: &'static str, bytes: impl Into<Bytes>) -> Self {
        let plain = bytes.into();
        let digest = hex::encode(digest(&SHA256, &plain));
        Self { media_type, plain, gzip: OnceLock::new(), brotli: OnceLock::new(), digest }
    }

    /// SHA-256 of the bytes, in hexadecimal digits.
    pub fn digest(&self) -> &str {
        &self.digest
    }

    /// The answer: the bytes in the coding that the client prefers, or 304 where it has them. `cache` is the value of
    /// `Cache-Control`.
    pub fn answer(&self, request: &HttpRequest, cache: &'static str) -> HttpResponse {
        let asked = Coding::negotiate(headers::text(request, "accept-encoding").as_deref());
        let (coding, bytes) = match self.packed(asked) {
            Some(packed) => (asked, packed),
            None => (Coding::Identity, self.plain.clone()),
        };
        let tag = self.tag(coding);
        let has_it = headers::text(request, "if-none-match").is_some_and(|tags| holds(&tags, &tag));
        let mut answer = if has_it { HttpResponse::NotModified() } else { HttpResponse::Ok() };
        answer.insert_header(("etag", tag));
        answer.insert_header(("cache-control", cache)).insert_header(("vary", "accept-encoding"));
        if has_it {
            return answer.finish();
        }
        if let Some(name) = coding.name() {
            answer.insert_header(("content-encoding", name));
        }
        answer.content_type(self.media_type).body(bytes)
    }

    /// The packed bytes; `None` where packing saves nothing.
    fn packed(&self, coding: Coding) -> Option<Bytes> {
        let place = match coding {
            Coding::Identity => return None,
            Coding::Gzip => &self.gzip,
            Coding::Brotli => &self.brotli,
        };
        let pack = || coding.pack(&self.plain, Effort::Kept).filter(|packed| packed.len() < self.plain.len());
        place.get_or_init(|| pack().map(Bytes::from)).clone()
    }

    /// Differs by coding, as a strong tag must.
    fn tag(&self, coding: Coding) -> String {
        match coding.name() {
            None => format!("\"{}\"", self.digest),
            Some(name) => format!("\"{}-{name}\"", self.digest),
        }
    }
}

/// Whether a list of entity tags holds this one, by weak comparison.
fn holds(tags: &str, tag: &str) -> bool {
    tags.trim() == "*" || tags.split(',').any(|one| one.trim().trim_start_matches("W/") == tag)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    fn answered(representation: &Representation, headers: &[(&'static str, &str)]) -> HttpResponse {
        let request =
            headers.iter().fold(TestRequest::get(), |request, header| request.append_header(*header));
        representation.answer(&request.to_http_request(), FIVE_MINUTES)
    }

    fn header(answer: &HttpResponse, name: &str) -> String {
        answer.headers().get(name).map(|value| value.to_str().unwrap().to_owned()).unwrap_or_default()
    }

    #[test]
    fn each_coding_has_a_tag_of_its_own_that_saves_the_body() {
        let text = "type Query { viewer: Viewer! }\n".repeat(100);
        let representation = Representation::new("text/plain; charset=utf-8", text);
        let mut tags = Vec::new();
        for (accept, coding) in [("", ""), ("gzip", "gzip"), ("gzip, br", "br")] {
            let answer = answered(&representation, &[("accept-encoding", accept)]);
            assert_eq!(
                (answer.status().as_u16(), header(&answer, "content-encoding").as_str()),
                (200, coding)
            );
            assert_eq!(header(&answer, "vary"), "accept-encoding");
            let tag = header(&answer, "etag");
            assert!(tag.contains(representation.digest()) && !tags.contains(&tag), "{tag}");
            let headers = [("accept-encoding", accept), ("if-none-match", tag.as_str())];
            let again = answered(&representation, &headers);
            assert_eq!((again.status().as_u16(), header(&again, "etag")), (304, tag.clone()), "{coding}");
            tags.push(tag);
        }
    }

    #[test]
    fn only_the_tag_that_the_client_has_saves_the_body() {
        for (tags, tag, expected) in [
            ("\"a\"", "\"a\"", true),
            ("W/\"a\"", "\"a\"", true),
            ("\"b\", \"a\"", "\"a\"", true),
            ("*", "\"a\"", true),
            ("\"b\"", "\"a\"", false),
            ("a", "\"a\"", false),
            ("", "\"a\"", false),
        ] {
            assert_eq!(holds(tags, tag), expected, "{tags}");
        }
    }

    #[test]
    fn what_packing_makes_longer_is_sent_as_it_is() {
        let answer = answered(&Representation::new("text/plain", "x"), &[("accept-encoding", "gzip, br")]);
        assert_eq!(header(&answer, "content-encoding"), "");
    }
}
