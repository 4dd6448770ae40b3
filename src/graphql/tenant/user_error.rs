//! What a mutation could not do, as data.

use async_graphql::SimpleObject;
use domain::language::Language;

use crate::graphql::vocabulary::UserErrorCode;
use crate::service::refusal;

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
