use DataCategory::{Accounting, Address, Email, LoginName, Name, Password, Phone, Position};
use OutcomeAction::{NothingHeld, PurposeEnded};
use Purpose::{Bookkeeping, DirectMarketing, LegalClaims, RightsHandling, ServiceDelivery};
use jiff::Timestamp;

use super::*;
use crate::actor::ActorId;
use crate::request::identity::IdentityVerificationMethod;

fn identification() -> Identification {
    let method = IdentityVerificationMethod::ElectronicId;
    Identification { method, at: Timestamp::UNIX_EPOCH, by: ActorId::new("clerk") }
}

#[test]
fn an_objection_ends_a_purpose_for_what_it_shows() {
    let held = Categories::from([Name, Email, Password, Accounting]);
    let marketing = [
        (Name, PurposeEnded),
        (Position, NothingHeld),
        (Phone, NothingHeld),
        (Address, NothingHeld),
        (Email, PurposeEnded),
    ];
    let service = [&marketing[..], &[(LoginName, NothingHeld), (Password, PurposeEnded)][..]].concat();
    let nothing = marketing.map(|(category, _)| (category, NothingHeld));
    for (purpose, held, expected) in [
        (DirectMarketing, held.clone(), &marketing[..]),
        (ServiceDelivery, held, &service[..]),
        (DirectMarketing, Categories::new(), &nothing[..]),
        (DirectMarketing, Categories::from([LoginName, Password, Accounting]), &nothing[..]),
    ] {
        let facts = Facts { identified: Some(identification()), held, purpose };
        let expected: Vec<Outcome> =
            expected.iter().map(|(category, action)| Outcome::new(*category, *action)).collect();
        assert_eq!(assess(&facts), Ok(expected), "{facts:?}");
    }
}

#[test]
fn only_service_and_marketing_can_be_objected_to_and_only_marketing_by_anybody() {
    use RefusalGround::{ConditionsNotMet, IdentityNotVerified};
    for (purpose, ends, grounds, known, stranger) in [
        (ServiceDelivery, true, true, None, Some(IdentityNotVerified)),
        (DirectMarketing, true, false, None, None),
        (Bookkeeping, false, true, Some(ConditionsNotMet), Some(IdentityNotVerified)),
        (RightsHandling, false, true, Some(ConditionsNotMet), Some(IdentityNotVerified)),
        (LegalClaims, false, true, Some(ConditionsNotMet), Some(IdentityNotVerified)),
    ] {
        assert_eq!((can_end(purpose), needs_grounds(purpose)), (ends, grounds), "{purpose:?}");
        let held = Categories::from(DataCategory::ALL);
        for (identified, refused) in [(Some(identification()), known), (None, stranger)] {
            let facts = Facts { identified, held: held.clone(), purpose };
            assert_eq!(assess(&facts).err(), refused, "{purpose:?}");
        }
    }
}
