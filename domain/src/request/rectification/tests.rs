use DataCategory::{Accounting, Address, Email, LoginName, Name, Password, Phone, Position};
use jiff::Timestamp;

use super::*;
use crate::actor::ActorId;
use crate::request::identity::IdentityVerificationMethod;

fn identification() -> Identification {
    let method = IdentityVerificationMethod::ElectronicId;
    Identification { method, at: Timestamp::UNIX_EPOCH, by: ActorId::new("clerk") }
}

#[test]
fn each_value_of_the_profile_but_the_password_is_corrected_once() {
    for categories in [
        &[Name][..],
        &[Position][..],
        &[Phone][..],
        &[Address][..],
        &[Email][..],
        &[LoginName][..],
        &[LoginName, Email, Address, Phone, Position, Name][..],
    ] {
        assert_eq!(check(categories), Ok(()), "{categories:?}");
    }
}

#[test]
fn the_first_fault_of_a_list_is_named_by_its_place() {
    for (categories, index, reason) in [
        (&[][..], None, Invalid::Empty),
        (&[Accounting][..], Some(0), Invalid::NotCorrectedHere),
        (&[Password][..], Some(0), Invalid::NotCorrectedHere),
        (&[Name, Email, Accounting][..], Some(2), Invalid::NotCorrectedHere),
        (&[Name, Name][..], Some(1), Invalid::Repeated),
        (&[Name, Email, Name, Email][..], Some(2), Invalid::Repeated),
        (&[Password, Password][..], Some(0), Invalid::NotCorrectedHere),
        (&[Name, Name, Password][..], Some(1), Invalid::Repeated),
        (&[Name, Password, Name][..], Some(1), Invalid::NotCorrectedHere),
    ] {
        assert_eq!(check(categories), Err(InvalidRectification { index, reason }), "{categories:?}");
    }
}

#[test]
fn what_is_corrected_is_answered_category_by_category() {
    let corrected = Categories::from([Email, Name]);
    let expected = [Name, Email].map(|category| Outcome::new(category, OutcomeAction::Rectified));
    assert_eq!(assess(Some(&identification()), &corrected), Ok(expected.to_vec()));
}

#[test]
fn a_stranger_corrects_nothing() {
    let corrected = Categories::from([Name]);
    assert_eq!(assess(None, &corrected), Err(RefusalGround::IdentityNotVerified));
}
