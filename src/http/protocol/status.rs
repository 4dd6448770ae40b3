//! The status of an answer.

use super::media::ResponseMedia;

/// What became of a request, as far as its status tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The operation was executed: the answer has `data`, which may be null and may come with errors.
    Executed,
    /// The document was read and not executed: it does not parse or validate, exceeds a limit or costs too much, names
    /// no operation, or its variables do not fit. The answer has no `data`.
    Refused,
    /// No GraphQL request, or one that another site's page could have sent.
    Malformed,
    /// No token or a bad one; with `WWW-Authenticate`.
    Unauthenticated,
    /// A mutation by GET, or a method that is neither GET nor POST; with `Allow`.
    MethodNotAllowed,
    /// No media type in common.
    NotAcceptable,
    /// The body is too large.
    TooLarge,
    /// The body is not JSON.
    UnsupportedMedia,
    /// Too many requests; with `Retry-After`.
    RateLimited,
    /// The gateway failed before the operation was executed.
    Failed,
    /// The gateway has more to do than it can; with `Retry-After`.
    Overloaded,
}

impl Outcome {
    /// The name in metrics.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Executed => "executed",
            Self::Refused => "refused",
            Self::Malformed => "malformed",
            Self::Unauthenticated => "unauthenticated",
            Self::MethodNotAllowed => "method_not_allowed",
            Self::NotAcceptable => "not_acceptable",
            Self::TooLarge => "too_large",
            Self::UnsupportedMedia => "unsupported_media",
            Self::RateLimited => "rate_limited",
            Self::Failed => "failed",
            Self::Overloaded => "overloaded",
        }
    }
}

/// The HTTP status: in `application/json` a well-formed request is answered with 200 whatever became of its document
/// (GraphQL over HTTP, "Status Codes"), in `application/graphql-response+json` a refused one with 400.
#[must_use]
pub const fn status(outcome: Outcome, media: ResponseMedia) -> u16 {
    match (outcome, media) {
        (Outcome::Executed, _) | (Outcome::Refused, ResponseMedia::Json) => 200,
        (Outcome::Refused, ResponseMedia::GraphqlResponse) | (Outcome::Malformed, _) => 400,
        (Outcome::Unauthenticated, _) => 401,
        (Outcome::MethodNotAllowed, _) => 405,
        (Outcome::NotAcceptable, _) => 406,
        (Outcome::TooLarge, _) => 413,
        (Outcome::UnsupportedMedia, _) => 415,
        (Outcome::RateLimited, _) => 429,
        (Outcome::Failed, _) => 500,
        (Outcome::Overloaded, _) => 503,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_refused_document_depends_on_the_media_type() {
        let table = [
            (Outcome::Executed, 200, 200),
            (Outcome::Refused, 400, 200),
            (Outcome::Malformed, 400, 400),
            (Outcome::Unauthenticated, 401, 401),
            (Outcome::MethodNotAllowed, 405, 405),
            (Outcome::NotAcceptable, 406, 406),
            (Outcome::TooLarge, 413, 413),
            (Outcome::UnsupportedMedia, 415, 415),
            (Outcome::RateLimited, 429, 429),
            (Outcome::Failed, 500, 500),
            (Outcome::Overloaded, 503, 503),
        ];
        for (outcome, graphql_response, json) in table {
            assert_eq!(status(outcome, ResponseMedia::GraphqlResponse), graphql_response, "{outcome:?}");
            assert_eq!(status(outcome, ResponseMedia::Json), json, "{outcome:?}");
        }
    }
}
