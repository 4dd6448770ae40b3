//! Answers to requests that did not become an operation: one status and one GraphQL error, wherever they were sent.

use std::borrow::Cow;
use std::time::Duration;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use domain::scope::Scope;
use serde_json::json;

use super::protocol::{Outcome, ResponseMedia, status};
use super::request_id::RequestId;
use crate::graphql::ErrorCode;
use crate::service::records::Unserved;

/// Why a request got no answer of its own.
#[derive(Debug)]
pub struct Rejection {
    status: u16,
    code: ErrorCode,
    message: Cow<'static, str>,
    header: Option<(&'static str, String)>,
    required_scopes: Option<Vec<Vec<&'static str>>>,
}

impl Rejection {
    /// A rejection with the status of an outcome; none of those that get here depends on the media type.
    fn of(outcome: Outcome, code: ErrorCode, message: impl Into<Cow<'static, str>>) -> Self {
        Self::with_status(status(outcome, ResponseMedia::Json), code, message)
    }

    /// A rejection with a status of its own, for addresses that are not GraphQL.
    pub fn with_status(status: u16, code: ErrorCode, message: impl Into<Cow<'static, str>>) -> Self {
        Self { status, code, message: message.into(), header: None, required_scopes: None }
    }

    /// With a header of its own.
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.header = Some((name, value.into()));
        self
    }

    /// No token or a bad one; never says which (RFC 6750 section 3).
    pub fn unauthenticated() -> Self {
        let message = "the bearer token is missing or not valid";
        Self::of(Outcome::Unauthenticated, ErrorCode::Unauthenticated, message)
            .with("www-authenticate", "Bearer error=\"invalid_token\"")
    }

    /// The token lacks scopes: it needs all of one of these lists.
    pub fn forbidden(required: &[Vec<Scope>]) -> Self {
        let message = "the token lacks the scopes that this address asks for";
        let lists = required.iter().map(|all| all.iter().map(|scope| scope.text()).collect());
        let required_scopes = Some(lists.collect());
        Self { required_scopes, ..Self::with_status(403, ErrorCode::Forbidden, message) }
    }

    /// The tenant is not served.
    pub fn unserved(why: Unserved) -> Self {
        let (code, message) = match why {
            Unserved::AgreementRequired => {
                (ErrorCode::AgreementRequired, "no data processing agreement is in force")
            }
            Unserved::Closed => (ErrorCode::TenantNotServed, "the tenant is not served"),
        };
        Self::with_status(403, code, message)
    }

    /// Not a GraphQL request, or one that another site's page could have sent.
    pub fn malformed(why: &impl ToString) -> Self {
        Self::of(Outcome::Malformed, ErrorCode::BadUserInput, why.to_string())
    }

    /// A method that the address does not know; `allow` lists those that it does.
    pub fn method_not_allowed(allow: &'static str) -> Self {
        let message = format!("this address knows {allow}");
        Self::of(Outcome::MethodNotAllowed, ErrorCode::BadUserInput, message).with("allow", allow)
    }

    /// No media type in common.
    pub fn not_acceptable(why: &impl ToString) -> Self {
        Self::of(Outcome::NotAcceptable, ErrorCode::BadUserInput, why.to_string())
    }

    /// The body is not JSON, or compressed.
    pub fn unsupported_media(why: &impl ToString) -> Self {
        Self::of(Outcome::UnsupportedMedia, ErrorCode::BadUserInput, why.to_string())
    }

    /// The body is over the limit, in bytes.
    pub fn too_large(limit: usize) -> Self {
        let message = format!("the body is longer than {limit} bytes");
        Self::of(Outcome::TooLarge, ErrorCode::BadUserInput, message)
    }

    /// The body did not arrive in time (RFC 9110 section 15.5.9).
    pub fn too_slow() -> Self {
        Self::with_status(408, ErrorCode::BadUserInput, "the body did not arrive in time")
    }

    /// There is nothing at the address.
    pub fn not_found() -> Self {
        Self::with_status(404, ErrorCode::BadUserInput, "there is nothing at this address")
    }

    /// Too many requests with one token; the next is possible after `wait`.
    pub fn rate_limited(wait: Duration) -> Self {
        let message = "too many requests with this token: wait as Retry-After says";
        Self::of(Outcome::RateLimited, ErrorCode::RateLimited, message).with("retry-after", seconds(wait))
    }

    /// More to do than can be done.
    pub fn overloaded() -> Self {
        let message = "the gateway has too much to do: wait as Retry-After says";
        Self::of(Outcome::Overloaded, ErrorCode::Overloaded, message)
            .with("retry-after", seconds(Duration::from_secs(1)))
    }

    /// Our fault; the cause is in the log beside the request id.
    pub fn internal() -> Self {
        Self::of(Outcome::Failed, ErrorCode::Internal, "the gateway failed: report the request id")
    }

    /// It contradicts what is known already.
    pub fn conflict(why: impl Into<Cow<'static, str>>) -> Self {
        Self::with_status(409, ErrorCode::BadUserInput, why)
    }

    /// The HTTP status.
    pub const fn status(&self) -> u16 {
        self.status
    }

    /// The code, for answers in another form than GraphQL's.
    pub const fn code(&self) -> &'static str {
        self.code.text()
    }

    /// What to do, for the same.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// The header of its own.
    pub fn header(&self) -> Option<(&'static str, &str)> {
        self.header.as_ref().map(|(name, value)| (*name, value.as_str()))
    }

    /// The answer.
    pub fn answer(&self, media: ResponseMedia, id: &RequestId) -> HttpResponse {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut extensions = json!({ "code": self.code.text() });
        if self.code == ErrorCode::Internal {
            extensions["requestId"] = json!(id.as_str());
        }
        if let Some(required) = &self.required_scopes {
            extensions["requiredScopes"] = json!(required);
        }
        let body = json!({ "errors": [{ "message": self.message, "extensions": extensions }] });
        let mut answer = HttpResponse::build(status);
        if matches!(status, StatusCode::PAYLOAD_TOO_LARGE | StatusCode::REQUEST_TIMEOUT) {
            // What is left of the body is not waited for, and cannot be taken for a request.
            answer.force_close();
        }
        if let Some((name, value)) = &self.header {
            answer.insert_header((*name, value.as_str()));
        }
        answer.content_type(media.content_type()).body(body.to_string())
    }
}

/// `Retry-After` in whole seconds (RFC 9110 section 10.2.3), never 0, which would be an invitation.
fn seconds(wait: Duration) -> String {
    let begun = u64::from(wait.subsec_nanos() > 0);
    wait.as_secs().saturating_add(begun).max(1).to_string()
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use actix_web::body::MessageBody as _;
    use serde_json::Value;

    use super::*;

    fn id() -> RequestId {
        RequestId::parse("018f4e2a-0000-7000-8000-00000000abcd").unwrap()
    }

    fn body(rejection: &Rejection) -> Value {
        let answer = rejection.answer(ResponseMedia::Json, &id());
        serde_json::from_slice(&answer.into_body().try_into_bytes().unwrap()).unwrap()
    }

    #[test]
    fn every_rejection_has_its_status_and_code() {
        for (rejection, status, code) in [
            (Rejection::unauthenticated(), 401, "UNAUTHENTICATED"),
            (Rejection::forbidden(&[]), 403, "FORBIDDEN"),
            (Rejection::unserved(Unserved::AgreementRequired), 403, "AGREEMENT_REQUIRED"),
            (Rejection::unserved(Unserved::Closed), 403, "TENANT_NOT_SERVED"),
            (Rejection::malformed(&"x"), 400, "BAD_USER_INPUT"),
            (Rejection::method_not_allowed("GET"), 405, "BAD_USER_INPUT"),
            (Rejection::not_acceptable(&"x"), 406, "BAD_USER_INPUT"),
            (Rejection::unsupported_media(&"x"), 415, "BAD_USER_INPUT"),
            (Rejection::too_large(1), 413, "BAD_USER_INPUT"),
            (Rejection::too_slow(), 408, "BAD_USER_INPUT"),
            (Rejection::not_found(), 404, "BAD_USER_INPUT"),
            (Rejection::rate_limited(Duration::ZERO), 429, "RATE_LIMITED"),
            (Rejection::overloaded(), 503, "OVERLOADED"),
            (Rejection::internal(), 500, "INTERNAL"),
        ] {
            assert_eq!(rejection.answer(ResponseMedia::Json, &id()).status(), status, "{rejection:?}");
            assert_eq!(body(&rejection)["errors"][0]["extensions"]["code"], code, "{rejection:?}");
        }
    }

    #[test]
    fn only_a_fault_of_ours_repeats_the_request_id() {
        let told = |rejection: &Rejection| body(rejection)["errors"][0]["extensions"]["requestId"].clone();
        assert_eq!(told(&Rejection::internal()), id().as_str());
        assert_eq!(told(&Rejection::unauthenticated()), Value::Null);
    }

    #[test]
    fn only_a_missing_scope_is_named() {
        let told =
            |rejection: &Rejection| body(rejection)["errors"][0]["extensions"]["requiredScopes"].clone();
        let required = [vec![Scope::AuditRead], vec![Scope::RightsRead, Scope::RightsWrite]];
        let expected = json!([["audit:read"], ["rights:read", "rights:write"]]);
        assert_eq!(told(&Rejection::forbidden(&required)), expected);
        assert_eq!(told(&Rejection::unauthenticated()), Value::Null);
    }

    #[test]
    fn a_bad_token_is_answered_with_a_challenge() {
        let answer = Rejection::unauthenticated().answer(ResponseMedia::GraphqlResponse, &id());
        assert_eq!(answer.headers().get("www-authenticate").unwrap(), "Bearer error=\"invalid_token\"");
        let media = answer.headers().get("content-type").unwrap();
        assert_eq!(media, "application/graphql-response+json; charset=utf-8");
    }

    #[test]
    fn retry_after_is_rounded_up_and_never_now() {
        for (millis, expected) in [(0, "1"), (1, "1"), (1_000, "1"), (1_001, "2"), (59_500, "60")] {
            assert_eq!(seconds(Duration::from_millis(millis)), expected, "{millis}");
        }
    }
}
