//! A request's state as a row holds it, and the way back: a row that fits no state is an error with a name.

use jiff::Timestamp;

use crate::actor::ActorId;
use crate::coded::coded;
use crate::request::identity::Identification;
use crate::request::refusal::RefusalGround;
use crate::request::state::{Approval, Course, Identified, Refusal, State};
use crate::request::status::RequestStatus;
use crate::text::Description;

coded! {
    /// A decision's direction.
    Verdict {
        /// To be carried out.
        Approved = "APPROVED",
        /// Not to be carried out.
        Refused = "REFUSED",
    }
}

/// A decision of the controller.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// Approved or refused.
    pub verdict: Verdict,
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: ActorId,
    /// For a refusal: the ground.
    pub ground: Option<RefusalGround>,
    /// For a refusal: the reasons, as the person is told them.
    pub reasons: Option<Description>,
}

/// The columns of a request's state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredState {
    /// The state's name.
    pub status: RequestStatus,
    /// When identification was asked for.
    pub identity_asked_at: Option<Timestamp>,
    /// How the requester was identified.
    pub identified: Option<Identification>,
    /// The controller's decision.
    pub decision: Option<Decision>,
    /// When the request was answered or withdrawn.
    pub finished_at: Option<Timestamp>,
}

/// A row's columns contradict each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a request that is {} has {found}", .status.code())]
pub struct InconsistentState {
    /// The status that the row names.
    pub status: RequestStatus,
    /// What does not fit it.
    pub found: &'static str,
}

impl From<&State> for StoredState {
    fn from(state: &State) -> Self {
        Self {
            status: state.status(),
            identity_asked_at: state.identity_asked_at(),
            identified: state.identification().cloned(),
            decision: state.decision(),
            finished_at: state.finished_at(),
        }
    }
}

impl State {
    /// The controller's decision, where there is one.
    #[must_use]
    pub fn decision(&self) -> Option<Decision> {
        let approved = |approval: &Approval| Decision {
            verdict: Verdict::Approved,
            at: approval.at,
            by: approval.by.clone(),
            ground: None,
            reasons: None,
        };
        match self {
            Self::InProgress(_, approval)
            | Self::PartiallyCompleted { approval, .. }
            | Self::Completed { course: Course::Approved(_, approval), .. } => Some(approved(approval)),
            Self::Withdrawn { approval, .. } => approval.as_ref().map(approved),
            Self::Refused { refusal, .. } => Some(Decision {
                verdict: Verdict::Refused,
                at: refusal.at,
                by: refusal.by.clone(),
                ground: Some(refusal.ground),
                reasons: refusal.reasons.clone(),
            }),
            Self::Received
            | Self::AwaitingIdentity { .. }
            | Self::UnderReview(_)
            | Self::Completed { course: Course::AtOnce(_), .. } => None,
        }
    }
}

/// The columns that remain to be fitted, under the name that they must fit.
struct Columns {
    status: RequestStatus,
    asked_at: Option<Timestamp>,
    identification: Option<Identification>,
    approval: Option<Approval>,
    refusal: Option<Refusal>,
    finished_at: Option<Timestamp>,
}

impl TryFrom<StoredState> for State {
    type Error = InconsistentState;

    fn try_from(stored: StoredState) -> Result<Self, InconsistentState> {
        let mut columns = Columns::read(stored)?;
        let state = match columns.status {
            RequestStatus::Received => Self::Received,
            RequestStatus::AwaitingIdentity => Self::AwaitingIdentity {
                asked_at: columns.asked_at.take().ok_or(columns.inconsistent("no time of asking"))?,
            },
            RequestStatus::UnderReview => Self::UnderReview(columns.identified()?),
            RequestStatus::InProgress => Self::InProgress(columns.identified()?, columns.approval()?),
            RequestStatus::Completed => Self::Completed { course: columns.course()?, at: columns.finish()? },
            RequestStatus::PartiallyCompleted => Self::PartiallyCompleted {
                identified: columns.identified()?,
                approval: columns.approval()?,
                at: columns.finish()?,
            },
            RequestStatus::Refused => columns.refused()?,
            RequestStatus::Withdrawn => columns.withdrawn()?,
        };
        columns.nothing_left()?;
        Ok(state)
    }
}

impl Columns {
    fn read(stored: StoredState) -> Result<Self, InconsistentState> {
        let inconsistent = |found| InconsistentState { status: stored.status, found };
        let (approval, refusal) = match stored.decision {
            None => (None, None),
            Some(Decision { verdict: Verdict::Approved, at, by, ground: None, reasons: None }) => {
                (Some(Approval { at, by }), None)
            }
            Some(Decision { verdict: Verdict::Refused, at, by, ground: Some(ground), reasons }) => {
                (None, Some(Refusal { at, by, ground, reasons }))
            }
            Some(Decision { verdict: Verdict::Approved, .. }) => {
                return Err(inconsistent("an approval with a ground of refusal"));
            }
            Some(Decision { verdict: Verdict::Refused, .. }) => {
                return Err(inconsistent("a refusal without a ground"));
            }
        };
        Ok(Self {
            status: stored.status,
            asked_at: stored.identity_asked_at,
            identification: stored.identified,
            approval,
            refusal,
            finished_at: stored.finished_at,
        })
    }

    const fn inconsistent(&self, found: &'static str) -> InconsistentState {
        InconsistentState { status: self.status, found }
    }

    fn identified(&mut self) -> Result<Identified, InconsistentState> {
        let missing = self.inconsistent("no identification");
        let identification = self.identification.take().ok_or(missing)?;
        Ok(Identified { asked_at: self.asked_at.take(), identification })
    }

    fn approval(&mut self) -> Result<Approval, InconsistentState> {
        let missing = self.inconsistent("no approval");
        self.approval.take().ok_or(missing)
    }

    fn finish(&mut self) -> Result<Timestamp, InconsistentState> {
        let missing = self.inconsistent("no end");
        self.finished_at.take().ok_or(missing)
    }

    fn course(&mut self) -> Result<Course, InconsistentState> {
        if self.approval.is_none() {
            return Ok(Course::AtOnce(self.identification.take()));
        }
        Ok(Course::Approved(self.identified()?, self.approval()?))
    }

    fn refused(&mut self) -> Result<State, InconsistentState> {
        let (missing, other_end) = (self.inconsistent("no refusal"), self.inconsistent("another end"));
        let refusal = self.refusal.take().ok_or(missing)?;
        if self.finish()? != refusal.at {
            return Err(other_end);
        }
        let (asked_at, identification) = (self.asked_at.take(), self.identification.take());
        Ok(State::Refused { asked_at, identification, refusal })
    }

    fn withdrawn(&mut self) -> Result<State, InconsistentState> {
        if self.approval.is_some() && self.identification.is_none() {
            return Err(self.inconsistent("an approval without identification"));
        }
        Ok(State::Withdrawn {
            asked_at: self.asked_at.take(),
            identification: self.identification.take(),
            approval: self.approval.take(),
            at: self.finish()?,
        })
    }

    fn nothing_left(&self) -> Result<(), InconsistentState> {
        let found = match self {
            Self { asked_at: Some(_), .. } => "a time of asking for identification",
            Self { identification: Some(_), .. } => "an identification",
            Self { approval: Some(_), .. } => "an approval",
            Self { refusal: Some(_), .. } => "a refusal",
            Self { finished_at: Some(_), .. } => "an end",
            _ => return Ok(()),
        };
        Err(self.inconsistent(found))
    }
}

#[cfg(test)]
mod tests;
