//! Which document a call means: a text of its own, or one that was published.

use domain::wording::Wording;
use serde_json::{Value, json};

use super::answer::{Refused, refused};
use super::errors::{self, ErrorCode};
use crate::http::protocol::{Call, Origin, Outcome};
use crate::service::caller::Caller;
use crate::service::trusted::{Found, TrustedDocuments, Unfound};

const OTHER_TEXT: Wording = Wording::new(
    "Texten är inte den som dess identifierare anger: skicka bara den ena av dem.",
    "the text is not the one that its identifier names: send either of them alone",
);

/// The document that a tenant's caller means.
///
/// # Errors
/// Why a call's document is not executed.
pub async fn find(trusted: &TrustedDocuments, call: &Call, caller: &Caller) -> Result<Found, Refused> {
    if call.origin == Origin::BuiltIn {
        return text_alone(call);
    }
    let text = call.query.as_deref().map(Into::into);
    let found = trusted.find(text, call.document_id.as_ref(), &caller.authority).await;
    found.map_err(|unfound| match unfound {
        Unfound::Required => {
            let code = ErrorCode::PersistedOperationRequired;
            refused(code, code.wording(), Value::Null)
        }
        Unfound::Unknown => not_found(),
        Unfound::OtherText => refused(ErrorCode::BadUserInput, OTHER_TEXT, Value::Null),
        Unfound::Store(error) => {
            tracing::error!(%error, "published documents could not be read");
            let figures = json!({ "requestId": caller.request_id });
            refused(ErrorCode::Internal, errors::INTERNAL, figures).with_outcome(Outcome::Failed)
        }
    })
}

/// The document of a call to an API for which none are published.
///
/// # Errors
/// Why one that names a document is not executed.
pub fn text_alone(call: &Call) -> Result<Found, Refused> {
    let text = call.query.as_deref().ok_or_else(not_found)?;
    Ok(Found { text: text.into(), digest: None, ceiling: None, learn: false })
}

fn not_found() -> Refused {
    let code = ErrorCode::PersistedQueryNotFound;
    refused(code, code.wording(), Value::Null)
}
