//! Which document a call means: a text of its own, or one that was published.

use serde_json::Value;

use super::answer::{Answered, refused};
use super::errors::{self, ErrorCode};
use crate::graphql::answer::failed;
use crate::http::protocol::Call;
use crate::service::caller::Caller;
use crate::service::trusted::{Found, TrustedDocuments, Unfound};

/// What clients with automatic persisted queries look for; it is a word of their protocol and in no language.
const NOT_FOUND: &str = "PersistedQueryNotFound";

/// The document that a tenant's caller means.
///
/// # Errors
/// The answer to a call whose document is not executed.
pub async fn find(trusted: &TrustedDocuments, call: &Call, caller: &Caller) -> Result<Found, Answered> {
    let text = call.query.as_deref().map(Into::into);
    let found = trusted.find(text, call.document_id.as_ref(), &caller.authority).await;
    found.map_err(|unfound| match unfound {
        Unfound::Required => {
            let message = "published documents alone are taken: send the identifier of one";
            refused(ErrorCode::PersistedOperationRequired, message, Value::Null)
        }
        Unfound::Unknown => not_found(),
        Unfound::OtherText => {
            let message = "the text is not the one that its identifier names: send either of them alone";
            refused(ErrorCode::BadUserInput, message, Value::Null)
        }
        Unfound::Store(error) => failed(errors::internal(&error), &caller.request_id),
    })
}

/// The document of a call to an API for which none are published.
///
/// # Errors
/// The answer to a call that names one.
pub fn text_alone(call: &Call) -> Result<Found, Answered> {
    let text = call.query.as_deref().ok_or_else(not_found)?;
    Ok(Found { text: text.into(), digest: None, ceiling: None, learn: false })
}

fn not_found() -> Answered {
    refused(ErrorCode::PersistedQueryNotFound, NOT_FOUND, Value::Null)
}
