//! Introspection where a token sees only what its scopes open.

use async_graphql::EmptySubscription;
use async_graphql::Response;
use domain::scope::Scopes;
use serde_json::Value;

use super::{OperatorApi, TenantApi};
use crate::graphql::answer::{Answered, refused};
use crate::graphql::call::{CallReader, ReadCall};
use crate::graphql::errors::ErrorCode;
use crate::graphql::secrecy::Secrecy;
use crate::graphql::view::{Asked, IntrospectionView, Views};
use crate::graphql::{operator, tenant};

pub type TenantViews = Views<tenant::Query, tenant::Mutation, tenant::Subscription>;
pub type OperatorViews = Views<operator::Query, operator::Mutation, EmptySubscription>;

impl TenantApi {
    /// What these scopes open of the API, in the schema definition language.
    #[must_use]
    pub fn view(&self, scopes: &Scopes) -> String {
        self.views.of(scopes).sdl.clone()
    }

    /// The answer to an operation that asks for the schema, where it is not the whole schema that is shown.
    pub(super) async fn introspect(&self, call: &ReadCall, scopes: &Scopes) -> Option<Answered> {
        let response = match narrowed(&self.reader, call)? {
            Ok(()) => self.views.of(scopes).schema.execute(call.clone().into_request()).await,
            Err(mixed) => return Some(mixed),
        };
        Some(told(response))
    }
}

impl OperatorApi {
    /// What these scopes open of the API, in the schema definition language.
    #[must_use]
    pub fn view(&self, scopes: &Scopes) -> String {
        self.views.of(scopes).sdl.clone()
    }

    /// The answer to an operation that asks for the schema, where it is not the whole schema that is shown.
    pub(super) async fn introspect(&self, call: &ReadCall, scopes: &Scopes) -> Option<Answered> {
        let response = match narrowed(&self.reader, call)? {
            Ok(()) => self.views.of(scopes).schema.execute(call.clone().into_request()).await,
            Err(mixed) => return Some(mixed),
        };
        Some(told(response))
    }
}

/// Nothing of ours is asked for it, so that nothing of ours can fail: its errors are those of the document.
fn told(response: Response) -> Answered {
    Secrecy::Plain.keep(response, "")
}

/// Whether a call is answered from a part of the schema; `None` where it is not.
fn narrowed(reader: &CallReader, call: &ReadCall) -> Option<Result<(), Answered>> {
    match (reader.limits().introspection, call.asked()) {
        (IntrospectionView::Whole, _) | (IntrospectionView::Scopes, Asked::Data) => None,
        (IntrospectionView::Scopes, Asked::Schema) => Some(Ok(())),
        (IntrospectionView::Scopes, Asked::Both) => {
            let message = "the schema is asked for by itself: send __schema and __type without other fields";
            Some(Err(refused(ErrorCode::ValidationFailed, message, Value::Null)))
        }
    }
}
