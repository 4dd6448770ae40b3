//! What the people of the demonstration asked for: every kind of request, in every state in which one can rest.

pub(super) mod carrier;
pub(super) mod leaving;
pub(super) mod shop;
pub(super) mod vendor;

use domain::category::DataCategory;
use domain::purpose::Purpose;
use domain::request::channel::RequestChannel;
use domain::request::extension::ExtensionGround;
use domain::request::identity::IdentityVerificationMethod;
use domain::request::kind::RequestKind;
use domain::request::rectification::RectificationFault;
use domain::request::refusal::RefusalGround;
use domain::request::status::RequestStatus;
use domain::restriction::RestrictionGround;
use store::StoredRequest;

use crate::service::request::Step;
use crate::service::request::rectification::CorrectionInput;
use crate::service::request::submission::{Ask, Meanwhile};

/// What is asked for, as the tables write it.
#[derive(Clone, Copy)]
enum Asked {
    Access,
    Rectification(&'static [Correction], Meanwhile),
    /// In these categories, or in all.
    Erasure(Option<&'static [DataCategory]>),
    Restriction(RestrictionGround),
    Portability,
    /// With the person's grounds.
    Objection(Purpose, Option<&'static str>),
    ConsentWithdrawal(Purpose),
}

/// A correction: which value, what is wrong with it, and what it should say.
struct Correction(DataCategory, RectificationFault, &'static str);

/// Who submits a request, and how long ago it came in.
#[derive(Clone, Copy)]
pub(super) enum Submission {
    /// The person, just now.
    Person,
    /// Staff, by this channel, so many days ago.
    Staff(RequestChannel, i64),
}

/// How far a request is to come. Texts are told to the person, in the tenant's language.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Received,
    /// The requester was asked to identify, with this doubt.
    AwaitingIdentity(&'static str),
    UnderReview,
    /// Under review, with two months more on these grounds and for this reason.
    Extended(&'static [ExtensionGround], &'static str),
    /// Carried out: at once, or approved and left to the worker, which does as much as the law allows.
    CarriedOut,
    /// A restriction that was carried out and lifted again.
    Lifted,
    Refused(RefusalGround, &'static str),
    /// Asked with this doubt, nobody answered; refused for these reasons.
    Unidentified(&'static str, &'static str),
    Withdrawn,
}

/// A request: whose, what for, how it comes in, and how far it comes.
pub(super) struct Request {
    pub(super) reference: &'static str,
    asked: Asked,
    pub(super) submission: Submission,
    outcome: Outcome,
}

const fn request(reference: &'static str, asked: Asked, submission: Submission, outcome: Outcome) -> Request {
    Request { reference, asked, submission, outcome }
}

impl Request {
    /// What is asked for.
    pub(super) fn ask(&self) -> Ask {
        match self.asked {
            Asked::Access => Ask::Access,
            Asked::Rectification(corrections, meanwhile) => {
                Ask::Rectification(corrections.iter().map(Correction::input).collect(), meanwhile)
            }
            Asked::Erasure(categories) => Ask::Erasure(categories.map(<[_]>::to_vec)),
            Asked::Restriction(ground) => Ask::Restriction(ground),
            Asked::Portability => Ask::Portability,
            Asked::Objection(purpose, grounds) => Ask::Objection(purpose, grounds.map(str::to_owned)),
            Asked::ConsentWithdrawal(purpose) => Ask::ConsentWithdrawal(purpose),
        }
    }

    /// Which right it is.
    pub(super) fn kind(&self) -> RequestKind {
        self.ask().kind()
    }

    /// Whether it is to erase something. A person who was erased is not found by the reference any more, so that
    /// everything else about the person comes first.
    pub(super) fn erases(&self) -> bool {
        self.kind() == RequestKind::Erasure && self.outcome == Outcome::CarriedOut
    }

    /// Whether the restriction that it led to is over.
    pub(super) fn is_lifted(&self) -> bool {
        self.outcome == Outcome::Lifted
    }

    /// The step that brings the request nearer to where it is to come; `None` when it is there, or somewhere else.
    pub(super) fn next_step(&self, found: &StoredRequest) -> Option<Step> {
        use Outcome::{
            AwaitingIdentity, CarriedOut, Extended, Lifted, Refused, UnderReview, Unidentified, Withdrawn,
        };
        match (found.state.status(), self.outcome) {
            (RequestStatus::Received | RequestStatus::UnderReview, Withdrawn) => Some(Step::Withdraw),
            (RequestStatus::Received, AwaitingIdentity(doubt) | Unidentified(doubt, _)) => {
                Some(Step::AskIdentity { reason: doubt.to_owned() })
            }
            (RequestStatus::Received, UnderReview | Extended(..) | CarriedOut | Lifted | Refused(..)) => {
                Some(Step::VerifyIdentity(self.identified_by()))
            }
            (RequestStatus::AwaitingIdentity, Unidentified(_, reasons)) => {
                Some(refuse(RefusalGround::IdentityNotVerified, reasons))
            }
            (RequestStatus::UnderReview, Extended(grounds, reason)) if found.extension.is_none() => {
                Some(Step::Extend { grounds: grounds.to_vec(), reason: reason.to_owned() })
            }
            (RequestStatus::UnderReview, CarriedOut | Lifted) => Some(Step::Approve { plan: None }),
            (RequestStatus::UnderReview, Refused(ground, reasons)) => Some(refuse(ground, reasons)),
            _ => None,
        }
    }

    const fn identified_by(&self) -> IdentityVerificationMethod {
        match self.submission {
            Submission::Staff(RequestChannel::Email, _) => IdentityVerificationMethod::ContactConfirmation,
            Submission::Staff(RequestChannel::Letter, _) => IdentityVerificationMethod::DocumentShown,
            Submission::Person | Submission::Staff(..) => IdentityVerificationMethod::ElectronicId,
        }
    }
}

impl Correction {
    fn input(&self) -> CorrectionInput {
        let Self(category, fault, new_value) = *self;
        CorrectionInput { category, fault, new_value: new_value.to_owned() }
    }
}

fn refuse(ground: RefusalGround, reasons: &str) -> Step {
    Step::Refuse { ground, reasons: reasons.to_owned() }
}
