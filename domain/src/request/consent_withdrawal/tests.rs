use DataCategory::{Accounting, Address, Email, Name, Phone, Position};
use OutcomeAction::{NothingHeld, PurposeEnded};

use super::*;
use crate::category::DataCategory;
use crate::outcome::OutcomeAction;

#[test]
fn a_withdrawal_ends_the_purpose_only_where_a_consent_was_given() {
    let held = Categories::from([Name, Email, Accounting]);
    let given = [
        (Name, PurposeEnded),
        (Position, NothingHeld),
        (Phone, NothingHeld),
        (Address, NothingHeld),
        (Email, PurposeEnded),
    ];
    let never = given.map(|(category, _)| (category, NothingHeld));
    let nothing = Categories::new();
    for (was_given, held, expected) in [
        (Given::Yes, &held, given),
        (Given::Never, &held, never),
        (Given::Yes, &nothing, never),
        (Given::Never, &nothing, never),
    ] {
        let expected = expected.map(|(category, action)| Outcome::new(category, action));
        assert_eq!(assess(was_given, held, Purpose::DirectMarketing), expected, "{was_given:?} {held:?}");
    }
}

#[test]
fn every_purpose_answers_for_the_categories_that_it_shows() {
    let held = Categories::from(DataCategory::ALL);
    for purpose in Purpose::ALL {
        for (given, action) in [(Given::Yes, PurposeEnded), (Given::Never, NothingHeld)] {
            let shown = DataCategory::ALL.into_iter().filter(|category| purpose.shows(*category));
            let expected: Vec<Outcome> = shown.map(|category| Outcome::new(category, action)).collect();
            assert_eq!(assess(given, &held, purpose), expected, "{purpose:?} {given:?}");
        }
    }
}
