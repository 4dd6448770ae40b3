//! What can be followed. A subscription is executed once when it is opened, which gives its topic, and once more for each
//! change, from the start: every event passes scopes, agreement and audit as if it had been asked for.

use std::sync::OnceLock;

use async_graphql::{Context, ID, Result, Subscription};
use domain::id::{BreachId, RequestId};
use domain::purpose::Purpose;
use domain::scope::Scope;
use futures::stream::{self, Iter};

use super::breach::PersonalDataBreach;
use super::request::{RightsRequest, one_request};
use crate::graphql::errors;
use crate::graphql::gate::{any_of, requires_scopes};
use crate::graphql::operation::operation;
use crate::service::following::{Told, Topic};

/// The name of a followed request in the audit log.
const ACTION: &str = "rightsRequest.follow";

/// What a subscription is executed for.
pub enum Occasion {
    /// It is opened: it tells what it follows; nothing where there is nothing to follow and never will be.
    Opening(OnceLock<Topic>),
    /// Something changed.
    Event(Told),
}

/// What one execution gives.
type Once<T> = Iter<std::option::IntoIter<T>>;

fn once<T>(given: Option<T>) -> Once<T> {
    stream::iter(given)
}

fn occasion<'c>(ctx: &Context<'c>) -> Result<&'c Occasion> {
    ctx.data::<std::sync::Arc<Occasion>>()
        .map(AsRef::as_ref)
        .map_err(|_| errors::ErrorCode::Internal.error(errors::INTERNAL))
}

/// Everything that can be followed, over graphql-transport-ws.
pub struct Subscription;

/// Everything that can be followed, over graphql-transport-ws.
#[Subscription]
impl Subscription {
    /// The tenant's rights requests as they change (one of them, with `id`).
    #[graphql(directive = requires_scopes::apply(any_of(&[Scope::RightsRead])))]
    async fn rights_request_changed(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Global identifier, as the gateway handed it out.")] id: Option<ID>,
    ) -> Result<Once<RightsRequest>> {
        let entered = operation(ctx)?.follow(ctx, ACTION, Some(Purpose::RightsHandling)).await?;
        let asked = match (occasion(ctx)?, id) {
            (Occasion::Opening(topic), None) => {
                topic.get_or_init(|| Topic::Requests);
                return Ok(once(None));
            }
            (Occasion::Opening(_), Some(id)) => RequestId::parse(&id).ok(),
            (Occasion::Event(Told::Request(id)), _) => Some(*id),
            (Occasion::Event(_), _) => None,
        };
        let Some(asked) = asked else { return Ok(once(None)) };
        let found = entered.reading.find_request(asked).await.map_err(|error| errors::internal(&error))?;
        let found = found.map(|request| one_request(entered, request));
        match occasion(ctx)? {
            Occasion::Opening(topic) if found.is_some() => {
                topic.get_or_init(|| Topic::Request(asked));
                Ok(once(None))
            }
            Occasion::Opening(_) => Ok(once(None)),
            Occasion::Event(_) => Ok(once(found)),
        }
    }

    /// Breach notices as they are sent.
    #[graphql(directive = requires_scopes::apply(any_of(&[Scope::BreachesRead])))]
    async fn breach_reported(&self, ctx: &Context<'_>) -> Result<Once<PersonalDataBreach>> {
        let opened = operation(ctx)?.follow_over(ctx).await?;
        let id: BreachId = match occasion(ctx)? {
            Occasion::Opening(topic) => {
                topic.get_or_init(|| Topic::Breaches);
                return Ok(once(None));
            }
            Occasion::Event(Told::Breach(id)) => *id,
            Occasion::Event(_) => return Ok(once(None)),
        };
        let found = opened.find_breach(id).await.map_err(|error| errors::internal(&error))?;
        Ok(once(found.map(PersonalDataBreach)))
    }
}
