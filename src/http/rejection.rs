//! Answers to requests that did not become an operation: one status and one GraphQL error, wherever they were sent.

mod kind;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};
use domain::language::Language;
use domain::scope::Scope;
use domain::wording::Wording;
use serde_json::json;

use super::caller;
use super::protocol::ResponseMedia;
use super::request_id::RequestId;
use crate::demand::{Budget, Exhausted};
use crate::graphql::ErrorCode;
use crate::service::records::Unserved;

pub use kind::Kind;

/// Why a request got no answer of its own.
#[derive(Debug)]
pub struct Rejection {
    kind: Kind,
    message: Wording,
    header: Option<(&'static str, String)>,
    required_scopes: Option<Vec<Vec<&'static str>>>,
    budget: Option<Budget>,
}

impl From<Kind> for Rejection {
    fn from(kind: Kind) -> Self {
        Self::saying(kind, kind.wording())
    }
}

impl Rejection {
    /// A rejection that says something more particular than its kind.
    pub fn saying(kind: Kind, message: impl Into<Wording>) -> Self {
        Self { kind, message: message.into(), header: None, required_scopes: None, budget: None }
    }

    /// With a header of its own.
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.header = Some((name, value.into()));
        self
    }

    /// No token or a bad one; never says which (RFC 6750 section 3).
    pub fn unauthenticated() -> Self {
        Self::from(Kind::Unauthenticated).with("www-authenticate", "Bearer error=\"invalid_token\"")
    }

    /// The token lacks scopes: it needs all of one of these lists.
    pub fn forbidden(required: &[Vec<Scope>]) -> Self {
        let lists = required.iter().map(|all| all.iter().map(|scope| scope.text()).collect());
        Self { required_scopes: Some(lists.collect()), ..Self::from(Kind::Forbidden) }
    }

    /// The tenant is not served.
    pub fn unserved(why: Unserved) -> Self {
        match why {
            Unserved::AgreementRequired => Kind::AgreementRequired.into(),
            Unserved::Closed => Kind::TenantNotServed.into(),
        }
    }

    /// Not a GraphQL request, or one that another site's page could have sent.
    pub fn malformed(why: impl Into<Wording>) -> Self {
        Self::saying(Kind::Malformed, why)
    }

    /// A method that the address does not know; `allow` lists those that it does.
    pub fn method_not_allowed(allow: &'static str) -> Self {
        let message = Wording::each(|language| match language {
            Language::Sv => format!("Adressen tar emot {allow}."),
            Language::En => format!("this address knows {allow}"),
        });
        Self::saying(Kind::MethodNotAllowed, message).with("allow", allow)
    }

    /// No media type in common.
    pub fn not_acceptable(why: impl Into<Wording>) -> Self {
        Self::saying(Kind::NotAcceptable, why)
    }

    /// The body is not JSON, or compressed.
    pub fn unsupported_media(why: impl Into<Wording>) -> Self {
        Self::saying(Kind::UnsupportedMedia, why)
    }

    /// The body is over the limit, in bytes.
    pub fn too_large(limit: usize) -> Self {
        let message = Wording::each(|language| match language {
            Language::Sv => format!("Innehållet är längre än {limit} byte."),
            Language::En => format!("the body is longer than {limit} bytes"),
        });
        Self::saying(Kind::TooLarge, message)
    }

    /// The body did not arrive in time (RFC 9110 section 15.5.9).
    pub fn too_slow() -> Self {
        Kind::TooSlow.into()
    }

    /// There is nothing at the address.
    pub fn not_found() -> Self {
        Kind::NotFound.into()
    }

    /// A budget is used up.
    pub fn rate_limited(exhausted: Exhausted) -> Self {
        let rejection = Self::saying(Kind::RateLimited, exhausted.budget.advice());
        let rejection = rejection.with("retry-after", exhausted.retry_after().to_string());
        Self { budget: Some(exhausted.budget), ..rejection }
    }

    /// More to do than can be done.
    pub fn overloaded() -> Self {
        Self::from(Kind::Overloaded).with("retry-after", "1")
    }

    /// Our fault; the cause is in the log beside the request id.
    pub fn internal() -> Self {
        Kind::Internal.into()
    }

    /// It contradicts what is known already.
    pub fn conflict(why: impl Into<Wording>) -> Self {
        Self::saying(Kind::Conflict, why)
    }

    /// The HTTP status.
    pub const fn status(&self) -> u16 {
        self.kind.status()
    }

    /// The code, for answers in another form than GraphQL's.
    pub const fn code(&self) -> &'static str {
        self.kind.code().text()
    }

    /// What to do, for the same.
    pub fn message(&self, language: Language) -> &str {
        self.message.text(language)
    }

    /// The header of its own.
    pub fn header(&self) -> Option<(&'static str, &str)> {
        self.header.as_ref().map(|(name, value)| (*name, value.as_str()))
    }

    /// The answer to a request, in the language that it wishes.
    pub fn answer(&self, media: ResponseMedia, request: &HttpRequest) -> HttpResponse {
        let status = StatusCode::from_u16(self.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut extensions = json!({ "code": self.code() });
        if self.kind.code() == ErrorCode::Internal {
            extensions["requestId"] = json!(RequestId::of(request).as_str());
        }
        if let Some(required) = &self.required_scopes {
            extensions["requiredScopes"] = json!(required);
        }
        if let (Some(budget), Some((_, wait))) = (self.budget, self.header()) {
            extensions["budget"] = json!(budget.name());
            extensions["retryAfter"] = json!(wait.parse::<u64>().ok());
        }
        let message = self.message(caller::language(request));
        let body = json!({ "errors": [{ "message": message, "extensions": extensions }] });
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

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use std::time::Duration;

    use actix_web::body::MessageBody as _;
    use actix_web::test::TestRequest;
    use serde_json::Value;

    use super::*;
    use crate::http::protocol::{Outcome, status};

    fn request(language: &'static str) -> HttpRequest {
        TestRequest::default().insert_header(("accept-language", language)).to_http_request()
    }

    fn exhausted() -> Exhausted {
        Exhausted { budget: Budget::RequestsPerMinute, wait: Duration::from_millis(1_500) }
    }

    fn body(rejection: &Rejection, language: &'static str) -> Value {
        let answer = rejection.answer(ResponseMedia::Json, &request(language));
        serde_json::from_slice(&answer.into_body().try_into_bytes().unwrap()).unwrap()
    }

    #[test]
    fn every_rejection_has_its_status_and_code_and_speaks_both_languages() {
        for kind in Kind::ALL {
            let rejection = Rejection::from(*kind);
            let answer = rejection.answer(ResponseMedia::Json, &request("en"));
            assert_eq!(answer.status(), kind.status(), "{kind:?}");
            assert_eq!(
                body(&rejection, "en")["errors"][0]["extensions"]["code"],
                kind.code().text(),
                "{kind:?}"
            );
            assert_eq!(body(&rejection, "en"), body(&rejection, "de, en"), "{kind:?}");
            assert_ne!(body(&rejection, "en"), body(&rejection, "sv"), "{kind:?}");
            assert_eq!(body(&rejection, ""), body(&rejection, "sv"), "{kind:?}");
        }
    }

    /// What became of a call, and the table of rejections, agree on the status.
    #[test]
    fn an_outcome_that_is_a_rejection_has_the_status_of_its_kind() {
        for (outcome, kind) in [
            (Outcome::Malformed, Kind::Malformed),
            (Outcome::Unauthenticated, Kind::Unauthenticated),
            (Outcome::MethodNotAllowed, Kind::MethodNotAllowed),
            (Outcome::NotAcceptable, Kind::NotAcceptable),
            (Outcome::TooLarge, Kind::TooLarge),
            (Outcome::UnsupportedMedia, Kind::UnsupportedMedia),
            (Outcome::RateLimited, Kind::RateLimited),
            (Outcome::Failed, Kind::Internal),
            (Outcome::Overloaded, Kind::Overloaded),
        ] {
            assert_eq!(status(outcome, ResponseMedia::Json), kind.status(), "{kind:?}");
        }
    }

    #[test]
    fn only_a_fault_of_ours_repeats_the_request_id() {
        let told =
            |rejection: &Rejection| body(rejection, "en")["errors"][0]["extensions"]["requestId"].clone();
        assert_eq!(told(&Rejection::internal()), RequestId::nil().as_str());
        assert_eq!(told(&Rejection::unauthenticated()), Value::Null);
    }

    #[test]
    fn only_a_missing_scope_is_named() {
        let told = |rejection: &Rejection| {
            body(rejection, "en")["errors"][0]["extensions"]["requiredScopes"].clone()
        };
        let required = [vec![Scope::AuditRead], vec![Scope::RightsRead, Scope::RightsWrite]];
        let expected = json!([["audit:read"], ["rights:read", "rights:write"]]);
        assert_eq!(told(&Rejection::forbidden(&required)), expected);
        assert_eq!(told(&Rejection::unauthenticated()), Value::Null);
    }

    #[test]
    fn a_bad_token_is_answered_with_a_challenge() {
        let answer = Rejection::unauthenticated().answer(ResponseMedia::GraphqlResponse, &request("en"));
        assert_eq!(answer.headers().get("www-authenticate").unwrap(), "Bearer error=\"invalid_token\"");
        let media = answer.headers().get("content-type").unwrap();
        assert_eq!(media, "application/graphql-response+json; charset=utf-8");
    }

    #[test]
    fn whoever_is_to_come_again_is_told_when_and_for_which_budget() {
        let rejection = Rejection::rate_limited(exhausted());
        let extensions = json!({ "code": "RATE_LIMITED", "budget": "requestsPerMinute", "retryAfter": 2 });
        assert_eq!(body(&rejection, "en")["errors"][0]["extensions"], extensions);
        assert_eq!(rejection.header(), Some(("retry-after", "2")));
    }
}
