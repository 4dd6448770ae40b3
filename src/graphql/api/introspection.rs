//! Introspection where a token sees only what its scopes open.

use async_graphql::EmptySubscription;
use domain::scope::Scopes;
use domain::wording::Wording;
use serde_json::Value;

use super::{OperatorApi, TenantApi};
use crate::graphql::answer::{Addressee, Answered, Refused, refused};
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
    pub(super) async fn introspect(
        &self,
        call: &ReadCall,
        scopes: &Scopes,
        to: &Addressee,
    ) -> Option<Answered> {
        let response = match narrowed(&self.reader, call)? {
            Ok(()) => self.views.of(scopes).schema.execute(call.clone().into_request()).await,
            Err(mixed) => return Some(mixed.told(to.language())),
        };
        Some(Secrecy::Plain.keep(response, to))
    }
}

impl OperatorApi {
    /// What these scopes open of the API, in the schema definition language.
    #[must_use]
    pub fn view(&self, scopes: &Scopes) -> String {
        self.views.of(scopes).sdl.clone()
    }

    /// The answer to an operation that asks for the schema, where it is not the whole schema that is shown.
    pub(super) async fn introspect(
        &self,
        call: &ReadCall,
        scopes: &Scopes,
        to: &Addressee,
    ) -> Option<Answered> {
        let response = match narrowed(&self.reader, call)? {
            Ok(()) => self.views.of(scopes).schema.execute(call.clone().into_request()).await,
            Err(mixed) => return Some(mixed.told(to.language())),
        };
        Some(Secrecy::Plain.keep(response, to))
    }
}

const BY_ITSELF: Wording = Wording::new(
    "Schemat efterfrågas för sig: skicka __schema och __type utan andra fält.",
    "the schema is asked for by itself: send __schema and __type without other fields",
);

/// Whether a call is answered from a part of the schema; `None` where it is not.
fn narrowed(reader: &CallReader, call: &ReadCall) -> Option<Result<(), Refused>> {
    match (reader.introspection(), call.asked()) {
        (IntrospectionView::Whole, _) | (IntrospectionView::Scopes, Asked::Data) => None,
        (IntrospectionView::Scopes, Asked::Schema) => Some(Ok(())),
        (IntrospectionView::Scopes, Asked::Both) => {
            Some(Err(refused(ErrorCode::ValidationFailed, BY_ITSELF, Value::Null)))
        }
    }
}
