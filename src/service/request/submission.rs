//! Submitting a request: one way in for every right.

use domain::category::{Categories, DataCategory};
use domain::deadline::DeadlineFacts;
use domain::disclosure::Reader;
use domain::erasure::Scope;
use domain::id::{RequestId, SubjectId};
use domain::invalid::Invalid;
use domain::purpose::Purpose;
use domain::request::channel::RequestChannel;
use domain::request::identity::{Identification, IdentityVerificationMethod};
use domain::request::kind::RequestKind;
use domain::request::receipt::{Receipt, ReceiptClaim};
use domain::request::state::{State, Submission};
use domain::request::{erasure, objection};
use domain::restriction::RestrictionGround;
use domain::subject::SubjectStatus;
use domain::text::Description;
use store::{CarriesOutRights, NewOpenDsrRequest, StoreError, StoredRequest, TenantTx, Unique};

use super::rectification::{self, CorrectionInput, ReadCorrection};
use super::{Handling, at_once, linked};
use crate::service::Gateway;
use crate::service::caller::Caller;
use crate::service::input::{identifier, instant};
use crate::service::refusal::{Refusal, UserError, UserErrorCode};
use crate::service::subject::{Command, replay};
use crate::service::system::task::put_tasks;

/// A request as a client sends it.
pub struct RequestInput {
    /// Whose data; left out by a self-service caller.
    pub subject_id: Option<String>,
    /// How it came in.
    pub channel: RequestChannel,
    /// When it came in; now where left out.
    pub received_at: Option<String>,
    /// What is asked for.
    pub ask: Ask,
    /// For a request that came as OpenDSR: the controller's name for it, kept with the request.
    pub sent_as_opendsr: Option<NewOpenDsrRequest>,
}

/// Whether processing is restricted while a rectification is examined (Art. 18(1)(a)).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meanwhile {
    /// It is.
    Restricted,
    /// It goes on.
    Unrestricted,
}

/// What is asked for.
#[derive(Clone)]
pub enum Ask {
    /// A copy of all data (Art. 15).
    Access,
    /// Corrections (Art. 16).
    Rectification(Vec<CorrectionInput>, Meanwhile),
    /// To be forgotten (Art. 17): in these categories, or in all.
    Erasure(Option<Vec<DataCategory>>),
    /// That data is stored only (Art. 18).
    Restriction(RestrictionGround),
    /// What the person provided, in a machine-readable form (Art. 20).
    Portability,
    /// That a purpose is ended (Art. 21), with the person's grounds.
    Objection(Purpose, Option<String>),
    /// That a consent is withdrawn (Art. 7(3)).
    ConsentWithdrawal(Purpose),
}

impl Ask {
    /// Which right it is.
    #[must_use]
    pub const fn kind(&self) -> RequestKind {
        match self {
            Self::Access => RequestKind::Access,
            Self::Rectification(..) => RequestKind::Rectification,
            Self::Erasure(_) => RequestKind::Erasure,
            Self::Restriction(_) => RequestKind::Restriction,
            Self::Portability => RequestKind::Portability,
            Self::Objection(..) => RequestKind::Objection,
            Self::ConsentWithdrawal(_) => RequestKind::ConsentWithdrawal,
        }
    }
}

/// What is asked for, read.
#[derive(Default)]
struct Asked {
    purpose: Option<Purpose>,
    restriction_ground: Option<RestrictionGround>,
    erasure_categories: Option<Categories>,
    objection_grounds: Option<Description>,
    corrections: Vec<ReadCorrection>,
    /// Why processing is restricted from the submission on.
    restricts: Option<RestrictionGround>,
}

/// What came of a submission.
pub enum Submitted {
    /// The request is in.
    Accepted(RequestId),
    /// One of the kind is open for the person: this one.
    AlreadyOpen(RequestId),
}

impl Gateway {
    /// Submits a request.
    ///
    /// # Errors
    /// [`Refusal`] says why not.
    pub async fn submit(
        &self,
        caller: &Caller,
        command: &Command<RequestInput>,
    ) -> Result<Submitted, Refusal> {
        match self.try_submit(caller, command).await {
            // Another submission was faster: read again what it made.
            Err(Refusal::Store(StoreError::Taken(Unique::OpenRequest | Unique::IdempotencyKey))) => {
                self.try_submit(caller, command).await
            }
            done => done,
        }
    }

    async fn try_submit(
        &self,
        caller: &Caller,
        command: &Command<RequestInput>,
    ) -> Result<Submitted, Refusal> {
        match self.handling(caller).await? {
            Handling::Processing(tx) => self.submit_in(tx, caller, command).await,
            Handling::WindingDown(tx) => self.submit_in(tx, caller, command).await,
        }
    }

    pub(in crate::service) async fn submit_in<S: CarriesOutRights>(
        &self,
        tx: TenantTx<S>,
        caller: &Caller,
        command: &Command<RequestInput>,
    ) -> Result<Submitted, Refusal> {
        if let Some(done) = replay(&tx, command.idempotency.as_ref()).await? {
            return Ok(Submitted::Accepted(RequestId::from_uuid(done)));
        }
        let input = &command.input;
        let receipt = read_receipt(caller, input, tx.now())?;
        let asked = input.ask.read(tx.agreed()).map_err(Refusal::User)?;
        let subject = whose(caller, input.subject_id.as_deref())?;
        let missing = || UserError::at(UserErrorCode::NotFound, "subjectId");
        let person = tx.lock_subject(subject).await?.ok_or_else(missing)?;
        if person.status == SubjectStatus::Erased {
            return Err(UserError::at(UserErrorCode::Erased, "subjectId").into());
        }
        // What takes effect at once waits for nothing that is being weighed (Art. 7(3), 21(3)).
        if !input.ask.kind().takes_effect_at_once(asked.purpose)
            && let Some(open) = tx.find_open_request(subject, input.ask.kind()).await?
        {
            return Ok(Submitted::AlreadyOpen(open.id));
        }
        let beyond = rectification::beyond_what_is_kept(&person, &asked.corrections);
        refuse_each(&beyond, UserErrorCode::Erased, "category")?;
        // A person is not told what others are found by.
        if caller.reader() == Reader::Staff {
            let taken = rectification::taken(&tx, &person, &asked.corrections).await?;
            refuse_each(&taken, UserErrorCode::AlreadyExists, "newValue")?;
        }
        let restricts = asked.restricts;
        let mut request = self.new_request(&tx, caller, (input.ask.kind(), subject, receipt), asked).await?;
        if request.kind.takes_effect_at_once(request.purpose) {
            request.outcomes = at_once::take_effect(&tx, &person, &request).await?;
        }
        tx.put_request(&person, &request).await?;
        if let Some(sent) = &input.sent_as_opendsr {
            tx.put_opendsr_request(sent, request.id).await?;
        }
        tx.put_step(request.id, request.state.status(), &caller.actor(), "SUBMITTED").await?;
        if request.kind.takes_effect_at_once(request.purpose) {
            put_tasks(&tx, (&person, &request), None).await?;
            tx.start_tasks(request.id).await?;
        }
        if let Some(ground) = restricts {
            linked::restrict(&tx, &request, ground).await?;
        }
        self.watch_deadline(&tx, &request).await?;
        if let Some(key) = &command.idempotency {
            tx.remember(key, request.id.uuid()).await?;
        }
        let event = caller.rights_event("rightsRequest.submit", subject, command.shown.clone());
        tx.commit(event).await?;
        Ok(Submitted::Accepted(request.id))
    }

    async fn new_request<S: CarriesOutRights>(
        &self,
        tx: &TenantTx<S>,
        caller: &Caller,
        (kind, subject, receipt): (RequestKind, SubjectId, Receipt),
        asked: Asked,
    ) -> Result<StoredRequest, StoreError> {
        let now = tx.now();
        let (purpose, identification) = (asked.purpose, session(caller, now));
        let state = State::submitted(Submission { kind, purpose, identification, at: now });
        let facts = DeadlineFacts {
            received_at: receipt.received_at,
            ..super::facts(receipt.received_at, &state, None)
        };
        let deadline = self.settings.deadlines.deadline(&facts, now);
        Ok(StoredRequest {
            id: RequestId::new(now, tx.entropy()),
            reference: tx.next_reference().await?,
            subject,
            kind,
            channel: receipt.channel,
            received_at: receipt.received_at,
            submitted_at: now,
            due_at: deadline.due_at,
            unpaused_due_at: deadline.unpaused_due_at,
            state,
            outcomes: Vec::new(),
            purpose,
            restriction_ground: asked.restriction_ground,
            erasure_categories: asked.erasure_categories,
            plan_sha256: None,
            carried_out_at: None,
            extension: None,
            identity_reason: None,
            objection_grounds: asked.objection_grounds,
            rectifications: asked.corrections.into_iter().map(|read| read.correction).collect(),
        })
    }
}

impl Ask {
    fn read(&self, agreed: &Categories) -> Result<Asked, Vec<UserError>> {
        let none = Asked::default();
        Ok(match self {
            Self::Access | Self::Portability => none,
            Self::Rectification(corrections, meanwhile) => Asked {
                corrections: rectification::read(corrections, agreed)?,
                restricts: (*meanwhile == Meanwhile::Restricted)
                    .then_some(RestrictionGround::AccuracyContested),
                ..none
            },
            Self::Erasure(categories) => {
                let scope = erasure::scope(categories.as_deref());
                let scope = scope.map_err(|reason| vec![UserError::invalid("categories", reason)])?;
                let erasure_categories = match scope {
                    Scope::Everything => None,
                    Scope::Only(categories) => Some(categories),
                };
                Asked { erasure_categories, ..none }
            }
            Self::Restriction(ground) => Asked { restriction_ground: Some(*ground), ..none },
            Self::Objection(purpose, grounds) => {
                let weighed = objection::needs_grounds(*purpose);
                Asked {
                    purpose: Some(*purpose),
                    objection_grounds: read_grounds(*purpose, grounds.as_deref())?,
                    restricts: weighed.then_some(RestrictionGround::ObjectionPending),
                    ..none
                }
            }
            Self::ConsentWithdrawal(purpose) => Asked { purpose: Some(*purpose), ..none },
        })
    }
}

fn read_grounds(purpose: Purpose, grounds: Option<&str>) -> Result<Option<Description>, Vec<UserError>> {
    let invalid = |reason| vec![UserError::invalid("grounds", reason)];
    match grounds {
        Some(grounds) => Description::parse(grounds).map(Some).map_err(invalid),
        None if objection::needs_grounds(purpose) => Err(invalid(Invalid::Empty)),
        None => Ok(None),
    }
}

/// Refuses corrections by their places in the list.
fn refuse_each(places: &[usize], code: UserErrorCode, member: &str) -> Result<(), Refusal> {
    let errors = places
        .iter()
        .map(|place| UserError::at(code, "rectifications").within(&[&place.to_string(), member]));
    let errors: Vec<_> = errors.collect();
    if errors.is_empty() { Ok(()) } else { Err(Refusal::User(errors)) }
}

fn read_receipt(caller: &Caller, input: &RequestInput, now: jiff::Timestamp) -> Result<Receipt, Refusal> {
    let received_at = input.received_at.as_deref().map(instant).transpose();
    let received_at = received_at.map_err(|reason| UserError::invalid("receivedAt", reason))?;
    let claim = ReceiptClaim { submitter: caller.reader(), channel: input.channel, received_at };
    Ok(Receipt::parse(claim, now).map_err(|invalid| UserError::invalid(invalid.part, invalid.reason))?)
}

/// Staff names the person; a self-service token is the person.
fn whose(caller: &Caller, named: Option<&str>) -> Result<SubjectId, UserError> {
    let named = named.map(|id| identifier("subjectId", SubjectId::parse(id))).transpose()?;
    match (caller.own_subject(), named) {
        (Some(own), None) => Ok(own),
        (None, Some(named)) => Ok(named),
        (Some(own), Some(named)) if own == named => Ok(own),
        (Some(_), Some(_)) => Err(UserError::at(UserErrorCode::NotFound, "subjectId")),
        (None, None) => Err(UserError::invalid("subjectId", Invalid::Empty)),
    }
}

/// A self-service caller is identified by its session.
fn session(caller: &Caller, now: jiff::Timestamp) -> Option<Identification> {
    let method = IdentityVerificationMethod::AuthenticatedSession;
    (caller.reader() == Reader::DataSubject).then(|| Identification { method, at: now, by: caller.actor() })
}
