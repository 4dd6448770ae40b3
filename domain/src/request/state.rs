//! The life of a request (contract rule 11): a state owns its dates, and a step makes the next state of it.

use jiff::Timestamp;

use crate::actor::ActorId;
use crate::purpose::Purpose;
use crate::request::identity::Identification;
use crate::request::kind::RequestKind;
use crate::request::refusal::RefusalGround;
use crate::request::status::RequestStatus;
use crate::text::Description;

/// The requester is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identified {
    /// When identification was asked for; `None` where it was never in doubt.
    pub asked_at: Option<Timestamp>,
    /// How it came about.
    pub identification: Identification,
}

/// The controller's instruction to carry the request out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Approval {
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: ActorId,
}

/// The controller's refusal (Art. 12(4)).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: ActorId,
    /// Why.
    pub ground: RefusalGround,
    /// The reasons, as the person is told them; `None` only once they were erased with the person.
    pub reasons: Option<Description>,
}

/// How a request came to be carried out in full.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Course {
    /// In the submitting transaction, without proof of identity or approval (Art. 7(3), 21(3)).
    AtOnce(Option<Identification>),
    /// By the controller's decision.
    Approved(Identified, Approval),
}

/// How far the work got.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// All of it.
    InFull,
    /// As far as the law allows.
    InPart,
}

/// Where a request stands, and how it got there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// In, not yet looked at.
    Received,
    /// More information was asked for.
    AwaitingIdentity {
        /// When: the clock pauses from here.
        asked_at: Timestamp,
    },
    /// Waiting for the controller's decision.
    UnderReview(Identified),
    /// Approved; being carried out.
    InProgress(Identified, Approval),
    /// Carried out in full.
    Completed {
        /// How.
        course: Course,
        /// When the work was done.
        at: Timestamp,
    },
    /// Carried out as far as the law allows.
    PartiallyCompleted {
        /// Who asked.
        identified: Identified,
        /// The decision.
        approval: Approval,
        /// When the work was done.
        at: Timestamp,
    },
    /// Refused.
    Refused {
        /// When identification was asked for.
        asked_at: Option<Timestamp>,
        /// How the requester was identified.
        identification: Option<Identification>,
        /// The decision.
        refusal: Refusal,
    },
    /// Taken back.
    Withdrawn {
        /// When identification was asked for.
        asked_at: Option<Timestamp>,
        /// How the requester was identified.
        identification: Option<Identification>,
        /// The decision, where there was one.
        approval: Option<Approval>,
        /// When.
        at: Timestamp,
    },
}

/// The state does not allow the step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Conflict {
    /// The requester's identity must be confirmed first (Art. 12(6)).
    #[error("the requester is not identified")]
    IdentityNotVerified,
    /// The contract's table has no such step from this state.
    #[error("not possible for a request that is {}", .0.code())]
    State(RequestStatus),
}

/// What a request is when it is submitted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Submission {
    /// Which right.
    pub kind: RequestKind,
    /// For an objection or a withdrawal of consent: the purpose.
    pub purpose: Option<Purpose>,
    /// The session that identified a self-service caller.
    pub identification: Option<Identification>,
    /// When it is submitted; not when it was received.
    pub at: Timestamp,
}

impl State {
    /// The first state of a request.
    #[must_use]
    pub fn submitted(submission: Submission) -> Self {
        let Submission { kind, purpose, identification, at } = submission;
        if kind.takes_effect_at_once(purpose) {
            return Self::Completed { course: Course::AtOnce(identification), at };
        }
        match identification {
            Some(identification) => Self::UnderReview(Identified { asked_at: None, identification }),
            None => Self::Received,
        }
    }

    /// Asks the requester to identify, which can be done once.
    ///
    /// # Errors
    /// [`Conflict`] from any state but RECEIVED.
    pub fn ask_identity(self, at: Timestamp) -> Result<Self, Conflict> {
        match self {
            Self::Received => Ok(Self::AwaitingIdentity { asked_at: at }),
            other => Err(other.conflict()),
        }
    }

    /// Confirms who is asking.
    ///
    /// # Errors
    /// [`Conflict`] from any state but RECEIVED and `AWAITING_IDENTITY`.
    pub fn verify_identity(self, identification: Identification) -> Result<Self, Conflict> {
        let asked_at = match self {
            Self::Received => None,
            Self::AwaitingIdentity { asked_at } => Some(asked_at),
            other => return Err(other.conflict()),
        };
        Ok(Self::UnderReview(Identified { asked_at, identification }))
    }

    /// Approves: the work may begin.
    ///
    /// # Errors
    /// [`Conflict::IdentityNotVerified`] before the requester is identified, [`Conflict::State`] from any later state
    /// but `UNDER_REVIEW`.
    pub fn approve(self, approval: Approval) -> Result<Self, Conflict> {
        match self {
            Self::UnderReview(identified) => Ok(Self::InProgress(identified, approval)),
            Self::Received | Self::AwaitingIdentity { .. } => Err(Conflict::IdentityNotVerified),
            other => Err(other.conflict()),
        }
    }

    /// Refuses.
    ///
    /// # Errors
    /// [`Conflict`] once the request is decided or withdrawn.
    pub fn refuse(self, refusal: Refusal) -> Result<Self, Conflict> {
        let (asked_at, identification) = match self {
            Self::Received => (None, None),
            Self::AwaitingIdentity { asked_at } => (Some(asked_at), None),
            Self::UnderReview(identified) => (identified.asked_at, Some(identified.identification)),
            other => return Err(other.conflict()),
        };
        Ok(Self::Refused { asked_at, identification, refusal })
    }

    /// Closes the request because the person's data was erased meanwhile: there is nothing left to carry out, even
    /// where it was approved.
    ///
    /// # Errors
    /// [`Conflict`] once the request is answered or withdrawn.
    pub fn supersede(self, refusal: Refusal) -> Result<Self, Conflict> {
        match self {
            Self::InProgress(identified, _) => Self::UnderReview(identified).refuse(refusal),
            other => other.refuse(refusal),
        }
    }

    /// Takes the request back at the person's wish.
    ///
    /// # Errors
    /// [`Conflict`] once the work is done, or the request refused or withdrawn.
    pub fn withdraw(self, at: Timestamp) -> Result<Self, Conflict> {
        let (asked_at, identification, approval) = match self {
            Self::Received => (None, None, None),
            Self::AwaitingIdentity { asked_at } => (Some(asked_at), None, None),
            Self::UnderReview(identified) => (identified.asked_at, Some(identified.identification), None),
            Self::InProgress(identified, approval) => {
                (identified.asked_at, Some(identified.identification), Some(approval))
            }
            other => return Err(other.conflict()),
        };
        Ok(Self::Withdrawn { asked_at, identification, approval, at })
    }

    /// The work is done.
    ///
    /// # Errors
    /// [`Conflict`] from any state but `IN_PROGRESS`.
    pub fn complete(self, extent: Extent, at: Timestamp) -> Result<Self, Conflict> {
        match (self, extent) {
            (Self::InProgress(identified, approval), Extent::InFull) => {
                Ok(Self::Completed { course: Course::Approved(identified, approval), at })
            }
            (Self::InProgress(identified, approval), Extent::InPart) => {
                Ok(Self::PartiallyCompleted { identified, approval, at })
            }
            (other, _) => Err(other.conflict()),
        }
    }

    /// What the law had kept is gone too. The request keeps the instant at which it was answered.
    ///
    /// # Errors
    /// [`Conflict`] from any state but `PARTIALLY_COMPLETED`.
    pub fn complete_remainder(self) -> Result<Self, Conflict> {
        match self {
            Self::PartiallyCompleted { identified, approval, at } => {
                Ok(Self::Completed { course: Course::Approved(identified, approval), at })
            }
            other => Err(other.conflict()),
        }
    }

    const fn conflict(&self) -> Conflict {
        Conflict::State(self.status())
    }
}

impl State {
    /// The state's name.
    #[must_use]
    pub const fn status(&self) -> RequestStatus {
        match self {
            Self::Received => RequestStatus::Received,
            Self::AwaitingIdentity { .. } => RequestStatus::AwaitingIdentity,
            Self::UnderReview(_) => RequestStatus::UnderReview,
            Self::InProgress(..) => RequestStatus::InProgress,
            Self::Completed { .. } => RequestStatus::Completed,
            Self::PartiallyCompleted { .. } => RequestStatus::PartiallyCompleted,
            Self::Refused { .. } => RequestStatus::Refused,
            Self::Withdrawn { .. } => RequestStatus::Withdrawn,
        }
    }

    /// When the requester was asked to identify.
    #[must_use]
    pub const fn identity_asked_at(&self) -> Option<Timestamp> {
        match self {
            Self::Received | Self::Completed { course: Course::AtOnce(_), .. } => None,
            Self::AwaitingIdentity { asked_at } => Some(*asked_at),
            Self::UnderReview(identified)
            | Self::InProgress(identified, _)
            | Self::PartiallyCompleted { identified, .. }
            | Self::Completed { course: Course::Approved(identified, _), .. } => identified.asked_at,
            Self::Refused { asked_at, .. } | Self::Withdrawn { asked_at, .. } => *asked_at,
        }
    }

    /// How the requester was identified.
    #[must_use]
    pub const fn identification(&self) -> Option<&Identification> {
        match self {
            Self::Received | Self::AwaitingIdentity { .. } => None,
            Self::UnderReview(identified)
            | Self::InProgress(identified, _)
            | Self::PartiallyCompleted { identified, .. }
            | Self::Completed { course: Course::Approved(identified, _), .. } => {
                Some(&identified.identification)
            }
            Self::Completed { course: Course::AtOnce(identification), .. }
            | Self::Refused { identification, .. }
            | Self::Withdrawn { identification, .. } => identification.as_ref(),
        }
    }

    /// When the request was answered or withdrawn; `None` while it is open.
    #[must_use]
    pub const fn finished_at(&self) -> Option<Timestamp> {
        match self {
            Self::Received | Self::AwaitingIdentity { .. } | Self::UnderReview(_) | Self::InProgress(..) => {
                None
            }
            Self::Completed { at, .. } | Self::PartiallyCompleted { at, .. } | Self::Withdrawn { at, .. } => {
                Some(*at)
            }
            Self::Refused { refusal, .. } => Some(refusal.at),
        }
    }
}

#[cfg(test)]
pub(crate) mod tests;
