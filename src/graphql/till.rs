//! What a call is charged before it is carried out, and what its answer may disclose.

use std::sync::Arc;

use async_graphql::{Error, Response, Value as EngineValue};
use domain::language::Language;
use domain::wording::Wording;
use serde_json::{Value, json};

use super::answer::{Addressee, Answered, Refused, failed, refused};
use super::call::ReadCall;
use super::errors::ErrorCode;
use crate::demand::{Asker, Demand, Exhausted, Remaining};
use crate::http::protocol::{Call, Outcome};

/// Price of a call that cannot be read, so that a flood of bad documents meets the same budgets as good ones.
const UNREAD: u64 = 10;

/// Charges the calls of one API.
pub struct Till {
    demand: Arc<Demand>,
    api: &'static str,
}

/// What a call was charged.
#[derive(Debug, Clone, Copy)]
pub struct Bill {
    requested: u64,
    limit: u64,
    remaining: Remaining,
}

impl Bill {
    /// A response with `extensions.cost`, where the bill is asked for.
    pub fn shown_in(bill: Option<Self>, mut response: Response) -> Response {
        if let Some(bill) = bill {
            bill.show_in(&mut response);
        }
        response
    }

    fn show_in(&self, response: &mut Response) {
        let figures = json!({
            "requested": self.requested,
            "limit": self.limit,
            "remaining": { "token": self.remaining.token, "tenant": self.remaining.tenant },
        });
        if let Ok(figures) = EngineValue::from_json(figures) {
            response.extensions.insert("cost".to_owned(), figures);
        }
    }
}

/// Why there is no response of the engine to tell.
pub enum Unanswered {
    /// The tenant does not exist, or the gateway failed.
    Failed(Error),
    /// A budget is used up.
    Limited(Exhausted),
}

impl Unanswered {
    /// The answer.
    pub fn told(self, to: &Addressee) -> Answered {
        match self {
            Self::Failed(error) => failed(error, to),
            Self::Limited(exhausted) => limited(&exhausted).told(to.language()),
        }
    }
}

impl From<Error> for Unanswered {
    fn from(error: Error) -> Self {
        Self::Failed(error)
    }
}

impl From<Exhausted> for Unanswered {
    fn from(exhausted: Exhausted) -> Self {
        Self::Limited(exhausted)
    }
}

/// Whether a call asks to be told its cost: `"extensions": {"cost": true}`.
pub fn asks_for_cost(call: &Call) -> bool {
    let asked = call.extensions.as_ref().and_then(|extensions| extensions.get("cost"));
    asked.and_then(Value::as_bool) == Some(true)
}

impl Till {
    /// Charges the calls of the API of this name.
    pub const fn new(demand: Arc<Demand>, api: &'static str) -> Self {
        Self { demand, api }
    }

    /// The budgets.
    pub fn demand(&self) -> &Demand {
        &self.demand
    }

    /// Charges a call as it was read.
    ///
    /// # Errors
    /// Why one is not carried out that cannot be read, costs too much, or finds a budget used up.
    pub fn charge(
        &self,
        read: Result<ReadCall, Refused>,
        asker: &Asker,
    ) -> Result<(ReadCall, Bill), Refused> {
        let read = read.and_then(|call| match self.demand.affords(asker, call.cost()) {
            Err(limit) if !call.asks_for_the_schema_alone() => Err(too_expensive(call.cost(), limit)),
            _ => Ok(call),
        });
        let price = read.as_ref().map_or(UNREAD, ReadCall::cost);
        let remaining = self.demand.charge(asker, price).map_err(|exhausted| limited(&exhausted))?;
        read.map(|call| {
            let bill = Bill { requested: call.cost(), limit: self.demand.cost_per_operation(), remaining };
            (call, bill)
        })
    }

    /// Whether operations that are sent together may cost what they do.
    ///
    /// # Errors
    /// Why they may not.
    pub fn afford_together(&self, read: &[Result<ReadCall, Refused>], asker: &Asker) -> Result<(), Refused> {
        let costs = read.iter().filter_map(|call| call.as_ref().ok()).map(ReadCall::cost);
        let cost = costs.fold(0, u64::saturating_add);
        self.demand.affords(asker, cost).map_err(|limit| too_expensive_together(cost, limit))
    }

    /// Charges an operation that is carried out again: an event of a subscription.
    ///
    /// # Errors
    /// [`Exhausted`] when a budget is used up.
    pub fn charge_again(&self, call: &ReadCall, asker: &Asker) -> Result<(), Exhausted> {
        self.demand.charge(asker, call.cost()).map(drop)
    }

    /// Measures a call that was charged.
    pub fn measure(&self, cost: u64, outcome: Outcome) {
        self.demand.metrics().operation(self.api, outcome.name(), cost);
    }
}

/// Why an operation is not carried out where a budget is used up. On a socket there is no header to say when to come again.
pub fn limited(exhausted: &Exhausted) -> Refused {
    let retry_after = exhausted.retry_after();
    let figures = json!({ "budget": exhausted.budget.name(), "retryAfter": retry_after });
    refused(ErrorCode::RateLimited, exhausted.budget.advice(), figures).until(retry_after)
}

/// Why an operation is not carried out that costs more than any may.
pub fn too_expensive(cost: u64, limit: u64) -> Refused {
    let message = Wording::each(|language| match language {
        Language::Sv => {
            format!("Operationen kostar {cost} och gränsen är {limit}: begär färre fält eller kortare sidor.")
        }
        Language::En => format!(
            "the operation costs {cost}, and {limit} is the limit: ask for fewer fields or shorter pages"
        ),
    });
    refused(ErrorCode::TooExpensive, message, json!({ "cost": cost, "limit": limit }))
}

/// Why the operations of a batch are not carried out that together cost more than one may.
fn too_expensive_together(cost: u64, limit: u64) -> Refused {
    let message = Wording::each(|language| match language {
        Language::Sv => format!(
            "Operationerna kostar tillsammans {cost} och gränsen för ett anrop är {limit}: skicka färre åt gången."
        ),
        Language::En => format!(
            "the operations cost {cost} together, and {limit} is the limit of a batch: send fewer of them at once"
        ),
    });
    refused(ErrorCode::TooExpensive, message, json!({ "cost": cost, "limit": limit }))
}
