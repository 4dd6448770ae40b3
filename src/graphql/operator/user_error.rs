//! What a mutation could not do, as data.

use async_graphql::{Enum, SimpleObject};
use domain::language::Language;

use crate::service::refusal;

/// Why a mutation was not carried out.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
pub enum UserErrorCode {
    /// A value has the wrong form.
    Invalid,
    /// No such object.
    NotFound,
    /// The object's state does not allow it.
    Conflict,
    /// The same idempotency key was used with a different input.
    IdempotencyMismatch,
    /// A unique value is taken.
    AlreadyExists,
    /// Processing outside the EU/EEA without a transfer mechanism.
    TransferNotLawful,
    /// The law or an order forbids it until a date.
    RetentionRequired,
}

impl From<refusal::UserErrorCode> for UserErrorCode {
    fn from(code: refusal::UserErrorCode) -> Self {
        use refusal::UserErrorCode as Code;
        match code {
            Code::Invalid => Self::Invalid,
            Code::NotFound => Self::NotFound,
            Code::IdempotencyMismatch => Self::IdempotencyMismatch,
            Code::AlreadyExists => Self::AlreadyExists,
            Code::TransferNotLawful => Self::TransferNotLawful,
            Code::RetentionRequired => Self::RetentionRequired,
            // The rest speak of data subjects, whom no operator reaches; in this vocabulary they are a matter of state.
            Code::Conflict
            | Code::ProcessingRestricted
            | Code::IdentityNotVerified
            | Code::OutsideAgreement
            | Code::AlreadyOpen
            | Code::DeadlinePassed
            | Code::Erased => Self::Conflict,
        }
    }
}

/// What a mutation could not do, as data.
#[derive(SimpleObject)]
pub struct UserError {
    /// A closed vocabulary to branch on.
    code: UserErrorCode,
    /// One sentence for a person.
    message: String,
    /// Path into the mutation's arguments.
    path: Option<Vec<String>>,
}

/// Errors in the caller's language.
pub fn told(errors: &[refusal::UserError], language: Language) -> Vec<UserError> {
    let told = errors.iter().map(|error| UserError {
        code: error.code.into(),
        message: error.message(language),
        path: (!error.path.is_empty()).then(|| error.path.iter().map(ToString::to_string).collect()),
    });
    told.collect()
}
