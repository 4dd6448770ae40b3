//! Submitting: the identities find one person, and from there on it is a request like any other.

use domain::category::Categories;
use domain::id::RequestId;
use domain::language::Language;
use domain::purpose::Purpose;
use domain::request::channel::RequestChannel;
use serde_json::Value;
use store::{CarriesOutRights, Replay, StoreError, TenantTx, Unique};

use super::body::{Asked, read};
use super::fault::Fault;
use super::{OpenDsr, OpenDsrError, SUBMITS, answer, entry};
use crate::service::Gateway;
use crate::service::caller::Caller;
use crate::service::refusal::{Refusal, UserError, UserErrorCode};
use crate::service::request::Handling;
use crate::service::request::submission::{RequestInput, Submitted};
use crate::service::subject::Command;

/// The action in the audit log: the same as by every other way in.
const ACTION: &str = "rightsRequest.submit";

/// How often a submission is tried anew when another one with the same name was faster.
const TRIES: usize = 3;

/// What came of one try.
enum Tried {
    In(RequestId),
    /// Another request of the kind is open for the person.
    AlreadyOpen,
    NotOnePerson,
}

impl Gateway {
    /// Submits a request that a controller sent; the same body under the same name is the same request, at any time.
    ///
    /// # Errors
    /// [`OpenDsrError`] says why not; nothing is stored then.
    pub async fn submit_opendsr(
        &self,
        dialect: &OpenDsr,
        caller: &Caller,
        body: &[u8],
    ) -> Result<Value, OpenDsrError> {
        self.admit_opendsr(caller, (ACTION, &SUBMITS)).await?;
        let done = match self.submit_as_sent(dialect, caller, body).await {
            Err(error) => Err(self.enter_refusal(caller, (ACTION, error)).await),
            done => done,
        };
        let (id, asked) = done?;
        let request = self.request_of(caller, id).await?;
        Ok(answer::accepted(dialect, caller, (&request, asked.sent.id), body))
    }

    async fn submit_as_sent(
        &self,
        dialect: &OpenDsr,
        caller: &Caller,
        body: &[u8],
    ) -> Result<(RequestId, Asked), OpenDsrError> {
        let domain = dialect.processor.domain();
        let asked = match read(self, domain, body) {
            Ok(asked) => asked,
            Err(faults) => {
                // Whether the tenant is served comes before what is wrong with the input.
                drop(self.handling(caller).await?);
                return Err(OpenDsrError::Malformed(faults));
            }
        };
        let mut command = command(&asked);
        let mut tried = 0;
        loop {
            tried += 1;
            match self.try_opendsr(caller, &asked, &mut command).await {
                Ok(Tried::In(id)) => return Ok((id, asked)),
                // A twin of this very request may have been faster: what the name stands for tells.
                Ok(Tried::AlreadyOpen)
                | Err(OpenDsrError::Refused(Refusal::Store(StoreError::Taken(
                    Unique::OpenRequest | Unique::SubjectRequest,
                )))) if tried < TRIES => {}
                Ok(Tried::AlreadyOpen) => return Err(already_open()),
                Ok(Tried::NotOnePerson) => {
                    self.record_opendsr(entry(caller, ACTION), caller).await?;
                    return Err(OpenDsrError::NotOnePerson);
                }
                Err(OpenDsrError::Refused(Refusal::User(errors))) => {
                    let faults = errors.iter().map(|error| Fault::of(error, &asked.extension)).collect();
                    return Err(OpenDsrError::Malformed(faults));
                }
                Err(error) => return Err(error),
            }
        }
    }

    async fn try_opendsr(
        &self,
        caller: &Caller,
        asked: &Asked,
        command: &mut Command<RequestInput>,
    ) -> Result<Tried, OpenDsrError> {
        match self.handling(caller).await? {
            Handling::Processing(tx) => self.opendsr_in(tx, caller, (asked, command)).await,
            Handling::WindingDown(tx) => self.opendsr_in(tx, caller, (asked, command)).await,
        }
    }

    async fn opendsr_in<S: CarriesOutRights>(
        &self,
        tx: TenantTx<S>,
        caller: &Caller,
        (asked, command): (&Asked, &mut Command<RequestInput>),
    ) -> Result<Tried, OpenDsrError> {
        match tx.replayed_opendsr(&asked.sent).await? {
            Replay::Done(id) => return Ok(Tried::In(RequestId::from_uuid(id))),
            Replay::Mismatch => {
                let say = "the same subject_request_id came with another body: make a new one";
                return Err(OpenDsrError::Conflict(Fault::at(
                    "subject_request_id",
                    "IDEMPOTENCY_MISMATCH",
                    say,
                )));
            }
            Replay::New => {}
        }
        let found = asked.identities.search.read(Purpose::RightsHandling, tx.agreed());
        let found = found.map_err(|invalid| {
            let place = asked.identities.place_of(invalid.argument);
            OpenDsrError::Malformed(vec![Fault::at(place, "INVALID", invalid.reason.message(Language::En))])
        })?;
        let person = if asked.identities.contradictory { None } else { found.the_one(&tx).await? };
        let Some(person) = person else { return Ok(Tried::NotOnePerson) };
        command.input.subject_id = Some(person.to_string());
        Ok(match self.submit_in(tx, caller, command).await? {
            Submitted::Accepted(id) => Tried::In(id),
            Submitted::AlreadyOpen(_) => Tried::AlreadyOpen,
        })
    }
}

/// The submission as every other way in makes it; whom it is about is filled in when it is known.
fn command(asked: &Asked) -> Command<RequestInput> {
    Command {
        input: RequestInput {
            subject_id: None,
            channel: RequestChannel::Api,
            received_at: Some(asked.submitted_time.clone()),
            ask: asked.ask.clone(),
            sent_as_opendsr: Some(asked.sent.clone()),
        },
        idempotency: None,
        shown: Categories::new(),
    }
}

fn already_open() -> OpenDsrError {
    let error = UserError::new(UserErrorCode::AlreadyOpen);
    let say = error.message(Language::En);
    OpenDsrError::Conflict(Fault::at("subject_request_type", "ALREADY_OPEN", say))
}
