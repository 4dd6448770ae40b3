//! Several operations of one request: one after the other, in their order, each like a request of its own.

use serde_json::Value;

use super::{OperatorApi, TenantApi};
use crate::demand::Asker;
use crate::graphql::answer::{Answered, Refused, refused};
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
        let mut read = Vec::with_capacity(calls.len());
        for call in calls {
            read.push(match call {
                Ok(call) => self.read(call, &caller).await,
                Err(why) => Err(malformed(why)),
            });
        }
        // All are read before the first is carried out, since what they cost together is held to the limit too.
        if let Err(refused) = self.till.afford_together(&read, &Asker::from(&caller.authority)) {
            return refused.told(caller.language);
        }
        let mut answers = Vec::with_capacity(read.len());
        for call in read {
            answers.push(Box::pin(self.carry_out(call, caller.clone())).await);
        }
        together(answers)
    }
}

impl OperatorApi {
    /// Carries out an operator's calls, as a tenant's are.
    pub async fn answer_all(&self, calls: Calls, caller: OperatorCaller) -> Answered {
        let read = calls.into_iter().map(|call| call.map_err(malformed).and_then(|call| self.read(call)));
        let read: Vec<_> = read.collect();
        if let Err(refused) = self.till.afford_together(&read, &Asker::from(&caller.authority)) {
            return refused.told(caller.language);
        }
        let mut answers = Vec::with_capacity(read.len());
        for call in read {
            answers.push(Box::pin(self.carry_out(call, caller.clone())).await);
        }
        together(answers)
    }
}

fn malformed(why: CallError) -> Refused {
    refused(ErrorCode::BadUserInput, why.into(), Value::Null)
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
    Answered { outcome: Outcome::Executed, body, code: None, retry_after: None, secrecy }
}
