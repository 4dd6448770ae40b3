//! Reading headers: several of one name read as one list (RFC 9110 section 5.3), so that a second `Authorization`
//! makes the first invalid and none is passed over.

use std::borrow::Cow;

use actix_web::HttpRequest;

/// The value of a header; what is not UTF-8 in it is replaced and so never valid.
pub fn text<'r>(request: &'r HttpRequest, name: &str) -> Option<Cow<'r, str>> {
    let mut values = request.headers().get_all(name).map(|value| String::from_utf8_lossy(value.as_bytes()));
    let first = values.next()?;
    let rest: Vec<_> = values.collect();
    Some(if rest.is_empty() { first } else { format!("{first}, {}", rest.join(", ")).into() })
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    #[test]
    fn several_values_are_one_list() {
        let request = TestRequest::get()
            .append_header(("accept", "text/html"))
            .append_header(("accept", "application/json"))
            .append_header(("authorization", "Bearer x"))
            .to_http_request();
        assert_eq!(text(&request, "accept").as_deref(), Some("text/html, application/json"));
        assert_eq!(text(&request, "authorization").as_deref(), Some("Bearer x"));
        assert_eq!(text(&request, "content-type"), None);
    }
}
