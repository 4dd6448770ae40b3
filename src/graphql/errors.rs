//! How failures become errors. Causes go to the log, never to the caller.

mod code;
#[cfg(test)]
mod tables;

use std::sync::Arc;

use async_graphql::{Error, ErrorExtensions as _, Value};
use domain::invalid::Invalid;
use domain::language::Language;
use domain::scope::Scope;
use domain::wording::Wording;

use crate::service::page::InvalidPage;
use crate::service::records::{OpenError, StoreError, Unserved};
use crate::service::refusal::Refusal;

pub use code::ErrorCode;

/// What a caller hears of a failure of ours; the request id stands beside it.
pub const INTERNAL: Wording = ErrorCode::Internal.wording();

impl ErrorCode {
    /// An error with this code. The engine carries its English text; whoever tells the error finds the other beside it
    /// ([`wording_of`]).
    #[must_use]
    pub fn error(self, message: Wording) -> Error {
        let english = message.text(Language::En).to_owned();
        let error = Error { message: english, source: Some(Arc::new(message)), extensions: None };
        error.extend_with(|_, extensions| extensions.set("code", self.text()))
    }
}

/// What an error of ours says; `None` for one of the engine's own.
#[must_use]
pub fn wording_of(error: &async_graphql::ServerError) -> Option<&Wording> {
    error.source::<Wording>()
}

/// The token lacks what the field asks for.
#[must_use]
pub fn forbidden(required: &[Vec<Scope>]) -> Error {
    let lists = required.iter().map(|all| Value::List(all.iter().map(|scope| scope.text().into()).collect()));
    let lists = Value::List(lists.collect());
    ErrorCode::Forbidden
        .error(ErrorCode::Forbidden.wording())
        .extend_with(|_, extensions| extensions.set("requiredScopes", lists.clone()))
}

/// The tenant is not served.
#[must_use]
pub fn unserved(why: Unserved) -> Error {
    let code = match why {
        Unserved::AgreementRequired => ErrorCode::AgreementRequired,
        Unserved::Closed => ErrorCode::TenantNotServed,
    };
    code.error(code.wording())
}

/// A failure of the store: to the log by its kind, to the caller as nothing.
#[must_use]
pub fn internal(error: &StoreError) -> Error {
    tracing::error!(%error, "an operation failed in the store");
    ErrorCode::Internal.error(INTERNAL)
}

/// An argument of the wrong form.
#[must_use]
pub fn bad_input(argument: &str, reason: Invalid) -> Error {
    let say = |language| format!("{argument}: {}", reason.message(language));
    ErrorCode::BadUserInput.error(Wording::each(say))
}

/// A page that cannot be given.
#[must_use]
pub fn bad_page(invalid: InvalidPage) -> Error {
    ErrorCode::BadUserInput.error(Wording::each(|language| invalid.message(language)))
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
    ErrorCode::Unauthenticated.error(ErrorCode::Unauthenticated.wording())
}

/// A refusal that is no data of the payload; user errors are taken out before.
#[must_use]
pub fn refused(refusal: &Refusal) -> Error {
    match refusal {
        Refusal::AgreementRequired => unserved(Unserved::AgreementRequired),
        Refusal::TenantNotServed => ErrorCode::TenantNotServed.error(LEAVING),
        Refusal::UnknownTenant => unauthenticated(),
        Refusal::Store(error) => internal(error),
        Refusal::User(_) | Refusal::Package(_) => {
            tracing::error!("an operation failed");
            ErrorCode::Internal.error(INTERNAL)
        }
    }
}

const LEAVING: Wording = Wording::new(
    "Kundförhållandet är på väg att upphöra: bara de registrerades begäranden handläggs.",
    "the tenant is leaving: only requests of data subjects are still handled",
);
