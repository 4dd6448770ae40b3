use jiff::Timestamp;

use super::*;
use crate::actor::ActorId;
use crate::request::identity::IdentityVerificationMethod;

fn facts(held: Categories) -> Facts {
    let method = IdentityVerificationMethod::ElectronicId;
    let identified = Identification { method, at: Timestamp::UNIX_EPOCH, by: ActorId::new("clerk") };
    Facts { identified: Some(identified), held }
}

#[test]
fn all_that_is_held_is_restricted_and_the_rest_is_named_too() {
    for held in [
        Categories::new(),
        Categories::from([DataCategory::Email, DataCategory::Accounting]),
        Categories::from(DataCategory::ALL),
    ] {
        let outcomes = assess(&facts(held.clone())).unwrap_or_default();
        let expected = DataCategory::ALL.map(|category| {
            let action =
                if held.contains(&category) { OutcomeAction::Restricted } else { OutcomeAction::NothingHeld };
            Outcome::new(category, action)
        });
        assert_eq!(outcomes, expected, "{held:?}");
    }
}

#[test]
fn a_stranger_restricts_nothing() {
    let facts = Facts { identified: None, held: Categories::from(DataCategory::ALL) };
    assert_eq!(assess(&facts), Err(RefusalGround::IdentityNotVerified));
}
