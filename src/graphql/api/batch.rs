//! Several operations of one request: one after the other, in their order, each like a request of its own.

use serde_json::{Value, json};

use super::{OperatorApi, TenantApi};
use crate::graphql::answer::{Answered, refused};
use crate::graphql::call::{CallReader, ReadCall};
use crate::graphql::errors::ErrorCode;
use crate::graphql::secrecy::Secrecy;
use crate::http::protocol::{Call, CallError, Outcome};
use crate::service::caller::Caller;
use crate::service::operator::OperatorCaller;

/// The members of a batch.
pub type Calls = Vec<Result<Call, CallError>>;

impl TenantApi {
    /// Carries out the calls of a tenant that exists. Each has a unit of work and entries in the audit log of its own; what one
    /// is refused for stands in its place.
    pub async fn answer_all(&self, calls: Calls, caller: Caller) -> Answered {
        let read = match read_all(&self.reader, calls) {
            Ok(read) => read,
            Err(refused) => return refused,
        };
        let mut answers = Vec::with_capacity(read.len());
        for call in read {
            answers.push(match call {
                Ok(call) => Box::pin(self.carry_out(call, caller.clone())).await,
                Err(refused) => refused,
            });
        }
        together(answers)
    }
}

impl OperatorApi {
    /// Carries out an operator's calls, as a tenant's are.
    pub async fn answer_all(&self, calls: Calls, caller: OperatorCaller) -> Answered {
        let read = match read_all(&self.reader, calls) {
            Ok(read) => read,
            Err(refused) => return refused,
        };
        let mut answers = Vec::with_capacity(read.len());
        for call in read {
            answers.push(match call {
                Ok(call) => Box::pin(self.carry_out(call, caller.clone())).await,
                Err(refused) => refused,
            });
        }
        together(answers)
    }
}

type Read = Vec<Result<ReadCall, Answered>>;

/// All of them are read before the first is carried out, since what they cost together is held to the limit too.
fn read_all(reader: &CallReader, calls: Calls) -> Result<Read, Answered> {
    let malformed = |why: CallError| refused(ErrorCode::BadUserInput, &why.to_string(), Value::Null);
    let read: Read =
        calls.into_iter().map(|call| call.map_err(malformed).and_then(|call| reader.read(call))).collect();
    let costs = read.iter().filter_map(|call| call.as_ref().ok()).map(ReadCall::cost);
    let (cost, limit) = (costs.fold(0, u64::saturating_add), reader.limits().cost);
    if cost <= limit {
        return Ok(read);
    }
    let message = format!(
        "the operations cost {cost} together, and {limit} is the limit of a batch: send fewer of them at once"
    );
    Err(refused(ErrorCode::TooExpensive, &message, json!({ "cost": cost, "limit": limit })))
}

/// The answers as one. A tenant that ceased to exist meanwhile is nobody's, whatever was answered before.
fn together(answers: Vec<Answered>) -> Answered {
    let mut body = vec![b'['];
    let mut secrecy = Secrecy::Plain;
    for answered in answers {
        if answered.outcome == Outcome::Unauthenticated {
            return answered;
        }
        if body.len() > 1 {
            body.push(b',');
        }
        body.extend(answered.body);
        secrecy = secrecy.and(answered.secrecy);
    }
    body.push(b']');
    Answered { outcome: Outcome::Executed, body, secrecy }
}
