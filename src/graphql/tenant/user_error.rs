//! What a mutation could not do, as data.

use async_graphql::{Enum, SimpleObject};
use domain::language::Language;

use crate::service::refusal;

/// Why a mutation was not carried out.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
pub enum UserErrorCode {
    /// A value has the wrong form; `path` says which.
    Invalid,
    /// No such object within this tenant (an object of another tenant reads exactly like this).
    NotFound,
    /// The object's state does not allow it; read the object again.
    Conflict,
    /// The same idempotency key was used with a different input.
    IdempotencyMismatch,
    /// A unique value (external reference, e-mail, login name) is taken within the tenant.
    AlreadyExists,
    /// The subject's processing is restricted (Art. 18) and this purpose is not excepted.
    ProcessingRestricted,
    /// The requester's identity must be confirmed first (Art. 12(6)).
    IdentityNotVerified,
    /// The law or an order forbids it until a date, which the message names.
    RetentionRequired,
    /// The category is not in the agreement in force: it can't be stored or served until one covers it.
    OutsideAgreement,
    /// A request of the same kind for the same person is open; the payload carries it.
    AlreadyOpen,
    /// The legal deadline does not allow it (an extension after the first month, say).
    DeadlinePassed,
    /// The subject was erased.
    Erased,
}

impl From<refusal::UserErrorCode> for UserErrorCode {
    fn from(code: refusal::UserErrorCode) -> Self {
        use refusal::UserErrorCode as Code;
        match code {
            Code::Invalid => Self::Invalid,
            Code::NotFound => Self::NotFound,
            // No tenant chooses where the platform's sub-processors are.
            Code::Conflict | Code::TransferNotLawful => Self::Conflict,
            Code::IdempotencyMismatch => Self::IdempotencyMismatch,
            Code::AlreadyExists => Self::AlreadyExists,
            Code::ProcessingRestricted => Self::ProcessingRestricted,
            Code::IdentityNotVerified => Self::IdentityNotVerified,
            Code::RetentionRequired => Self::RetentionRequired,
            Code::OutsideAgreement => Self::OutsideAgreement,
            Code::AlreadyOpen => Self::AlreadyOpen,
            Code::DeadlinePassed => Self::DeadlinePassed,
            Code::Erased => Self::Erased,
        }
    }
}

/// What a mutation could not do, as data. What the caller may not do at all is a top-level error instead.
#[derive(SimpleObject)]
pub struct UserError {
    /// A closed vocabulary to branch on.
    code: UserErrorCode,
    /// One sentence for a person, in the language of Accept-Language (sv, en). Never echoes personal data.
    message: String,
    /// Path into the mutation's arguments, outermost first; null where no single input is to blame.
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
