//! Subscriptions: opened like any operation, and executed anew for each event, in a snapshot of its own.

use std::sync::{Arc, OnceLock};

use async_graphql::{Response, Value};
use futures::StreamExt as _;

use super::TenantApi;
use super::disclosure::Disclosure;
use crate::demand::Asker;
use crate::graphql::answer::{Addressee, Answered, told};
use crate::graphql::call::ReadCall;
use crate::graphql::errors;
use crate::graphql::tenant::Occasion;
use crate::graphql::till::{Unanswered, limited};
use crate::http::protocol::Call;
use crate::service::caller::Caller;
use crate::service::following::{Told, Topic};

/// A subscription that was opened.
#[derive(Clone)]
pub struct Subscribed {
    call: ReadCall,
    /// What it follows; `None` where there is nothing to follow and never will be.
    pub topic: Option<Topic>,
}

/// What an event is to whoever follows.
pub enum Event {
    /// A result, as JSON.
    Next(Vec<u8>),
    /// There is nothing to tell: what changed is gone.
    Nothing,
    /// The subscription ends, with an answer that holds errors alone.
    Refused(Answered),
}

impl TenantApi {
    /// Opens a subscription of a tenant that exists: reads the call like any other, and executes it once without a result, so
    /// that it is refused now for whatever an event would be refused for.
    ///
    /// # Errors
    /// The answer that holds the errors.
    pub async fn subscribe(&self, call: Call, caller: Caller) -> Result<Subscribed, Answered> {
        let to = Addressee::new(&caller.request_id, caller.language);
        let read = self.read(call, &caller).await;
        let (call, _bill, caller) = self.ready(read, caller, &to).await?;
        let topic = Arc::new(Occasion::Opening(OnceLock::new()));
        match self.occur(&call, caller, Arc::clone(&topic)).await {
            Err(unanswered) => return Err(unanswered.told(&to)),
            Ok(Some(response)) if response.is_err() => return Err(told(response, &to)),
            Ok(_) => {}
        }
        let topic = match topic.as_ref() {
            Occasion::Opening(topic) => topic.get().copied(),
            Occasion::Event(_) => None,
        };
        Ok(Subscribed { call, topic })
    }

    /// Executes a subscription for something that changed. When this returns, everything that the event discloses stands in the
    /// audit log.
    pub async fn event(&self, subscribed: &Subscribed, changed: Told, caller: Caller) -> Event {
        let to = Addressee::new(&caller.request_id, caller.language);
        let occasion = Arc::new(Occasion::Event(changed));
        if let Err(exhausted) = self.till.charge_again(&subscribed.call, &Asker::from(&caller.authority)) {
            return Event::Refused(limited(&exhausted).told(caller.language));
        }
        let caller = subscribed.call.narrow(caller);
        match self.occur(&subscribed.call, caller, occasion).await {
            Err(unanswered) => Event::Refused(unanswered.told(&to)),
            Ok(None) => Event::Nothing,
            Ok(Some(response)) if response.is_err() && response.data == Value::Null => {
                Event::Refused(told(response, &to))
            }
            Ok(Some(response)) => Event::Next(told(response, &to).body),
        }
    }

    async fn occur(
        &self,
        call: &ReadCall,
        caller: Caller,
        occasion: Arc<Occasion>,
    ) -> Result<Option<Response>, Unanswered> {
        let opened = self.gateway.open(&caller).await.map_err(|error| errors::not_opened(&error))?;
        let disclosure = Disclosure::to(&caller);
        let operation = self.operation(caller, Some(opened), &disclosure);
        let request = call.clone().into_request().data(operation).data(occasion);
        // Read to its end, so that nothing holds the snapshot any more when the entries are written.
        let responses: Vec<Response> = self.schema.execute_stream(request).collect().await;
        self.settle(disclosure).await?;
        Ok(responses.into_iter().next())
    }
}
