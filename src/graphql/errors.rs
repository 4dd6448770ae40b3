//! The one table of public error codes, and how failures become errors. Causes go to the log, never to the caller.

use async_graphql::{Error, ErrorExtensions as _, Value};
use domain::invalid::Invalid;
use domain::scope::Scope;

use crate::service::page::InvalidPage;
use crate::service::records::{OpenError, StoreError, Unserved};
use crate::service::refusal::Refusal;

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $code:literal;)*) => {
        /// Everything that a client may branch on, in `errors[].extensions.code` (`docs/errors.md`).
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum ErrorCode { $($(#[$doc])* $name,)* }

        impl ErrorCode {
            /// The text in the answer.
            #[must_use]
            pub const fn text(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }
        }
    };
}

codes! {
    /// No or a bad token.
    Unauthenticated = "UNAUTHENTICATED";
    /// The token lacks scopes.
    Forbidden = "FORBIDDEN";
    /// No agreement is in force.
    AgreementRequired = "AGREEMENT_REQUIRED";
    /// The tenant is closed or winding down.
    TenantNotServed = "TENANT_NOT_SERVED";
    /// The document does not parse.
    ParseFailed = "GRAPHQL_PARSE_FAILED";
    /// The document does not fit the schema.
    ValidationFailed = "GRAPHQL_VALIDATION_FAILED";
    /// An argument has the wrong form.
    BadUserInput = "BAD_USER_INPUT";
    /// The operation asks for too much.
    TooExpensive = "OPERATION_TOO_EXPENSIVE";
    /// The client runs listed documents alone.
    PersistedOperationRequired = "PERSISTED_OPERATION_REQUIRED";
    /// Too many requests.
    RateLimited = "RATE_LIMITED";
    /// The gateway has more to do than it can.
    Overloaded = "OVERLOADED";
    /// Our fault.
    Internal = "INTERNAL";
}

impl ErrorCode {
    /// An error with this code.
    #[must_use]
    pub fn error(self, message: impl Into<String>) -> Error {
        Error::new(message).extend_with(|_, extensions| extensions.set("code", self.text()))
    }
}

/// The token lacks what the field asks for.
#[must_use]
pub fn forbidden(required: &[Vec<Scope>]) -> Error {
    let lists = required.iter().map(|all| Value::List(all.iter().map(|scope| scope.text().into()).collect()));
    let lists = Value::List(lists.collect());
    ErrorCode::Forbidden
        .error("the token lacks the scopes that this field asks for")
        .extend_with(|_, extensions| extensions.set("requiredScopes", lists.clone()))
}

/// The tenant is not served.
#[must_use]
pub fn unserved(why: Unserved) -> Error {
    match why {
        Unserved::AgreementRequired => ErrorCode::AgreementRequired
            .error("no data processing agreement is in force: sign the one that is offered before personal data is used"),
        Unserved::Closed => ErrorCode::TenantNotServed.error("the customer relationship has ended"),
    }
}

/// A failure of the store: to the log by its kind, to the caller as nothing.
#[must_use]
pub fn internal(error: &StoreError) -> Error {
    tracing::error!(%error, "an operation failed in the store");
    ErrorCode::Internal.error(INTERNAL)
}

/// What a caller hears of a failure of ours; the request id stands beside it.
pub const INTERNAL: &str = "the gateway failed; report the request id";

/// An argument of the wrong form.
#[must_use]
pub fn bad_input(argument: &str, reason: Invalid) -> Error {
    ErrorCode::BadUserInput.error(format!("{argument}: {reason}"))
}

impl From<InvalidPage> for ErrorCode {
    fn from(_: InvalidPage) -> Self {
        Self::BadUserInput
    }
}

/// A page that cannot be given.
#[must_use]
pub fn bad_page(invalid: InvalidPage) -> Error {
    ErrorCode::from(invalid).error(invalid.to_string())
}

/// The tenant could not be opened.
#[must_use]
pub fn not_opened(error: &OpenError) -> Error {
    match error {
        OpenError::UnknownTenant => unauthenticated(),
        OpenError::Store(error) => internal(error),
    }
}

/// The token proves nothing.
#[must_use]
pub fn unauthenticated() -> Error {
    ErrorCode::Unauthenticated.error("the bearer token is missing or not valid")
}

/// A refusal that is no data of the payload; user errors are taken out before.
#[must_use]
pub fn refused(refusal: &Refusal) -> Error {
    match refusal {
        Refusal::AgreementRequired => unserved(Unserved::AgreementRequired),
        Refusal::TenantNotServed => ErrorCode::TenantNotServed
            .error("the tenant is leaving: only requests of data subjects are still handled"),
        Refusal::UnknownTenant => unauthenticated(),
        Refusal::Store(error) => internal(error),
        Refusal::User(_) | Refusal::Package(_) => {
            tracing::error!("an operation failed");
            ErrorCode::Internal.error(INTERNAL)
        }
    }
}
