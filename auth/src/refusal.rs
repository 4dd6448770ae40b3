//! Why a token is refused.

/// The rule that a token breaks. None of the texts repeats anything of the token, so they may be logged; a client is
/// told no more than that its token is invalid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// No bearer token was sent.
    #[error("no bearer token was sent")]
    Missing,
    /// Not three parts of canonical base64url that hold JSON objects (RFC 7515 section 7.1).
    #[error("the token is not a signed token in compact form")]
    Malformed,
    /// Longer than 8 KiB.
    #[error("the token is longer than 8 KiB")]
    TooLong,
    /// `typ` is not `at+jwt` (RFC 9068 section 2.1).
    #[error("the token's type is not at+jwt")]
    WrongType,
    /// `alg` is none of those configured for the issuer, or not one that the key serves.
    #[error("the algorithm is not allowed for this issuer and key")]
    AlgorithmNotAllowed,
    /// `crit` or `b64` is present; no extension is supported (RFC 7515 section 4.1.11, RFC 7797).
    #[error("the token demands an extension that is not supported")]
    CriticalHeader,
    /// `jwk`, `jku`, `x5u` or `x5c` is present: a token does not choose its own key.
    #[error("the token brings or points to a key of its own")]
    EmbeddedKey,
    /// `kid` is missing or not a text of 1 to 256 characters.
    #[error("the token names no key")]
    MalformedKeyId,
    /// A header parameter occurs twice (RFC 7515 section 4).
    #[error("a header parameter occurs twice")]
    DuplicateHeader,
    /// A claim occurs twice (RFC 7519 section 4).
    #[error("a claim occurs twice")]
    DuplicateClaim,
    /// `iss` is none of the configured issuers.
    #[error("the issuer is not configured")]
    UnknownIssuer,
    /// `aud` does not hold the configured audience.
    #[error("the token is meant for another audience")]
    WrongAudience,
    /// The issuer's keys hold no such `kid`.
    #[error("the issuer has no such key")]
    UnknownKey,
    /// No key of the issuer could be had yet.
    #[error("the issuer's keys could not be fetched yet")]
    KeysUnavailable,
    /// The signature is not that of the key.
    #[error("the signature does not verify")]
    BadSignature,
    /// A required claim is absent; the name is one that the gateway looks for.
    #[error("the claim {0} is missing")]
    MissingClaim(&'static str),
    /// A claim is of the wrong type or form; the name is one that the gateway looks for.
    #[error("the claim {0} is malformed")]
    MalformedClaim(&'static str),
    /// `exp` has passed, leeway included.
    #[error("the token has expired")]
    Expired,
    /// `nbf` lies ahead, leeway included.
    #[error("the token is not valid yet")]
    NotYetValid,
    /// `iat` lies ahead, leeway included.
    #[error("the token was issued in the future")]
    IssuedInFuture,
    /// `exp` is not later than `iat`.
    #[error("the token expires before it was issued")]
    LifetimeNotPositive,
    /// `exp` is more than 24 hours later than `iat`.
    #[error("the token lives longer than 24 hours")]
    LifetimeTooLong,
    /// The tenant API was asked with a token that has no `tenant_id`.
    #[error("the token names no tenant")]
    NoTenant,
    /// The operator API was asked with a token that has a `tenant_id`.
    #[error("a tenant's token does not open the operator API")]
    TenantOnOperatorApi,
}
