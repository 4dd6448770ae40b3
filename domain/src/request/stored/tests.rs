use super::*;
use crate::request::state::tests::every_state;

#[test]
fn a_state_is_the_same_after_it_was_stored() {
    for state in every_state() {
        assert_eq!(State::try_from(StoredState::from(&state)), Ok(state));
    }
}

/// Whatever is read from a row gives the same row again: no column is overlooked. Every status meets every
/// combination of columns.
#[test]
fn a_row_either_fits_a_state_in_all_its_columns_or_is_refused() {
    let rows: Vec<StoredState> = every_state().iter().map(StoredState::from).collect();
    let (mut fitting, mut refused) = (0, 0);
    for status in RequestStatus::ALL.iter().copied() {
        for asked in &rows {
            for identified in &rows {
                for decision in &rows {
                    for finished in &rows {
                        let row = StoredState {
                            status,
                            identity_asked_at: asked.identity_asked_at,
                            identified: identified.identified.clone(),
                            decision: decision.decision.clone(),
                            finished_at: finished.finished_at,
                        };
                        match State::try_from(row.clone()) {
                            Ok(state) => {
                                assert_eq!(StoredState::from(&state), row);
                                fitting += 1;
                            }
                            Err(error) => {
                                assert_eq!(error.status, status);
                                refused += 1;
                            }
                        }
                    }
                }
            }
        }
    }
    assert!(fitting > 0 && refused > fitting);
}

#[test]
fn what_does_not_fit_is_named() {
    let rows: Vec<StoredState> = every_state().iter().map(StoredState::from).collect();
    let like = |status| rows.iter().find(|row| row.status == status).cloned();
    let (Some(review), Some(refused), Some(progress), Some(awaiting)) = (
        like(RequestStatus::UnderReview),
        like(RequestStatus::Refused),
        like(RequestStatus::InProgress),
        like(RequestStatus::AwaitingIdentity),
    ) else {
        unreachable!("there is a row of every status");
    };
    let groundless = refused.decision.clone().map(|decision| Decision { ground: None, ..decision });
    let grounded = progress
        .decision
        .clone()
        .map(|decision| Decision { ground: Some(RefusalGround::Excessive), ..decision });
    for (row, found) in [
        (StoredState { identified: None, ..review.clone() }, "no identification"),
        (StoredState { decision: progress.decision.clone(), ..review.clone() }, "an approval"),
        (StoredState { decision: refused.decision.clone(), ..review.clone() }, "a refusal"),
        (StoredState { finished_at: Some(Timestamp::MAX), ..review }, "an end"),
        (StoredState { decision: None, ..progress.clone() }, "no approval"),
        (StoredState { decision: grounded, ..progress }, "an approval with a ground of refusal"),
        (StoredState { identity_asked_at: None, ..awaiting }, "no time of asking"),
        (StoredState { decision: groundless, ..refused.clone() }, "a refusal without a ground"),
        (StoredState { decision: None, ..refused.clone() }, "no refusal"),
        (StoredState { finished_at: None, ..refused.clone() }, "no end"),
        (StoredState { finished_at: Some(Timestamp::MAX), ..refused }, "another end"),
    ] {
        let status = row.status;
        assert_eq!(State::try_from(row), Err(InconsistentState { status, found }));
    }
}
