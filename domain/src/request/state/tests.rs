use RequestStatus::{
    AwaitingIdentity, Completed, InProgress, PartiallyCompleted, Received, Refused, UnderReview, Withdrawn,
};

use super::*;
use crate::request::identity::IdentityVerificationMethod;

const AT: Timestamp = Timestamp::UNIX_EPOCH;

fn identification() -> Identification {
    let method = IdentityVerificationMethod::ElectronicId;
    Identification { method, at: AT, by: ActorId::new("clerk") }
}

fn approval() -> Approval {
    Approval { at: AT, by: ActorId::new("officer") }
}

fn refusal() -> Refusal {
    let ground = RefusalGround::Excessive;
    Refusal { at: AT, by: ActorId::new("officer"), ground, reasons: Description::parse("Again.").ok() }
}

/// One state of every status, and of every way to it.
pub(crate) fn every_state() -> Vec<State> {
    let (asked_at, session) = (Some(AT), Some(identification()));
    let identified = Identified { asked_at, identification: identification() };
    let unasked = Identified { asked_at: None, identification: identification() };
    let approved = |identified: &Identified| Course::Approved(identified.clone(), approval());
    let withdrawn =
        |asked_at, identification, approval| State::Withdrawn { asked_at, identification, approval, at: AT };
    vec![
        State::Received,
        State::AwaitingIdentity { asked_at: AT },
        State::UnderReview(identified.clone()),
        State::UnderReview(unasked.clone()),
        State::InProgress(identified.clone(), approval()),
        State::InProgress(unasked.clone(), approval()),
        State::Completed { course: approved(&identified), at: AT },
        State::Completed { course: approved(&unasked), at: AT },
        State::Completed { course: Course::AtOnce(None), at: AT },
        State::Completed { course: Course::AtOnce(session.clone()), at: AT },
        State::PartiallyCompleted { identified, approval: approval(), at: AT },
        State::Refused { asked_at: None, identification: None, refusal: refusal() },
        State::Refused { asked_at, identification: None, refusal: refusal() },
        State::Refused { asked_at, identification: session.clone(), refusal: refusal() },
        withdrawn(None, None, None),
        withdrawn(asked_at, None, None),
        withdrawn(asked_at, session.clone(), None),
        withdrawn(None, session, Some(approval())),
    ]
}

type Step = (&'static str, fn(State) -> Result<State, Conflict>);

const STEPS: [Step; 9] = [
    ("ask for identity", |state| state.ask_identity(AT)),
    ("verify identity", |state| state.verify_identity(identification())),
    ("approve", |state| state.approve(approval())),
    ("refuse", |state| state.refuse(refusal())),
    ("withdraw", |state| state.withdraw(AT)),
    ("complete in full", |state| state.complete(Extent::InFull, AT)),
    ("complete in part", |state| state.complete(Extent::InPart, AT)),
    ("complete the remainder", State::complete_remainder),
    ("supersede", |state| state.supersede(refusal())),
];

/// Where each step leads from each status; `None` is a conflict. Columns as in [`STEPS`].
#[rustfmt::skip]
const TABLE: [(RequestStatus, [Option<RequestStatus>; 9]); 8] = [
    (Received,           [Some(AwaitingIdentity), Some(UnderReview), None, Some(Refused), Some(Withdrawn), None, None, None, Some(Refused)]),
    (AwaitingIdentity,   [None, Some(UnderReview), None, Some(Refused), Some(Withdrawn), None, None, None, Some(Refused)]),
    (UnderReview,        [None, None, Some(InProgress), Some(Refused), Some(Withdrawn), None, None, None, Some(Refused)]),
    (InProgress,         [None, None, None, None, Some(Withdrawn), Some(Completed), Some(PartiallyCompleted), None, Some(Refused)]),
    (Completed,          [None, None, None, None, None, None, None, None, None]),
    (PartiallyCompleted, [None, None, None, None, None, None, None, Some(Completed), None]),
    (Refused,            [None, None, None, None, None, None, None, None, None]),
    (Withdrawn,          [None, None, None, None, None, None, None, None, None]),
];

#[test]
fn every_step_from_every_state_leads_where_the_contract_says() {
    for state in every_state() {
        let from = state.status();
        let row = TABLE.iter().find(|(status, _)| *status == from).map(|(_, row)| row);
        for ((name, step), expected) in STEPS.iter().zip(row.into_iter().flatten()) {
            let reached = step(state.clone());
            let unidentified = *name == "approve" && matches!(from, Received | AwaitingIdentity);
            let conflict = if unidentified { Conflict::IdentityNotVerified } else { Conflict::State(from) };
            let status = reached.as_ref().map(State::status);
            assert_eq!(status, expected.as_ref().copied().ok_or(&conflict), "{name} from {from:?}");
            if let Ok(reached) = reached {
                assert_eq!(reached.status().is_open(), reached.finished_at().is_none());
                if state.identity_asked_at().is_some() {
                    assert_eq!(reached.identity_asked_at(), state.identity_asked_at(), "{name}");
                }
                if state.identification().is_some() {
                    assert_eq!(reached.identification(), state.identification(), "{name}");
                }
            }
        }
    }
}

/// Whatever was decided before, what is stored of a request that an erasure closed reads as a refusal.
#[test]
fn a_request_closed_by_an_erasure_keeps_who_asked_and_says_why_it_ended() {
    for state in every_state().into_iter().filter(|state| state.status().is_open()) {
        let (asked_at, identification) = (state.identity_asked_at(), state.identification().cloned());
        let expected = State::Refused { asked_at, identification, refusal: refusal() };
        assert_eq!(state.supersede(refusal()), Ok(expected));
    }
}

/// The table knows every status, and every state stands in it.
#[test]
fn every_status_has_a_row_and_a_state() {
    assert_eq!(TABLE.map(|(status, _)| status).as_slice(), RequestStatus::ALL);
    for status in RequestStatus::ALL {
        assert!(every_state().iter().any(|state| state.status() == *status), "{status:?}");
    }
}

#[test]
fn every_kind_begins_where_its_article_says() {
    for kind in RequestKind::ALL.iter().copied() {
        for purpose in [None, Some(Purpose::DirectMarketing), Some(Purpose::ServiceDelivery)] {
            for session in [None, Some(identification())] {
                let at_once = kind == RequestKind::ConsentWithdrawal
                    || (kind == RequestKind::Objection && purpose == Some(Purpose::DirectMarketing));
                let expected = match (at_once, &session) {
                    (true, _) => Completed,
                    (false, Some(_)) => UnderReview,
                    (false, None) => Received,
                };
                let submission = Submission { kind, purpose, identification: session.clone(), at: AT };
                let state = State::submitted(submission);
                assert_eq!(state.status(), expected, "{kind:?} {purpose:?}");
                assert_eq!(state.identification(), session.as_ref());
            }
        }
    }
}

#[test]
fn what_was_left_is_completed_without_a_new_end() -> Result<(), Conflict> {
    let end = Timestamp::MAX;
    let state = State::submitted(Submission {
        kind: RequestKind::Erasure,
        purpose: None,
        identification: Some(identification()),
        at: AT,
    });
    let state = state.approve(approval())?.complete(Extent::InPart, end)?.complete_remainder()?;
    assert_eq!(state.finished_at(), Some(end));
    Ok(())
}
