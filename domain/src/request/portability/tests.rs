use DataCategory::{Accounting, Address, Email, LoginName, Name, Password, Phone, Position};
use LegalBasis::{Consent, Contract, LegalObligation, LegitimateInterests, PublicTask, VitalInterests};
use OutcomeAction::{Disclosed, NothingHeld};
use WhyExcluded::{NeverReadable, NoConsentOrContract, NotProvided};

use super::*;
use crate::actor::ActorId;
use crate::request::identity::IdentityVerificationMethod;

const NOW: Timestamp = Timestamp::UNIX_EPOCH;

fn facts(held: &[DataCategory], processing: &[(LegalBasis, &[DataCategory])]) -> Facts {
    let method = IdentityVerificationMethod::ElectronicId;
    let set = |categories: &[DataCategory]| categories.iter().copied().collect::<Categories>();
    Facts {
        identified: Some(Identification { method, at: NOW, by: ActorId::new("clerk") }),
        held: set(held),
        processing: processing.iter().map(|(basis, categories)| (*basis, set(categories))).collect(),
    }
}

/// Held, the register, the outcomes, what is left out.
type Case<'a> = (
    &'a [DataCategory],
    &'a [(LegalBasis, &'a [DataCategory])],
    &'a [(DataCategory, OutcomeAction)],
    &'a [(DataCategory, WhyExcluded)],
);

const ALL: &[DataCategory] = &DataCategory::ALL;
const PROVIDED: &[(DataCategory, OutcomeAction)] = &[
    (Name, Disclosed),
    (Position, Disclosed),
    (Phone, Disclosed),
    (Address, Disclosed),
    (Email, Disclosed),
    (LoginName, Disclosed),
];
const NEVER: &[(DataCategory, WhyExcluded)] = &[(Password, NeverReadable), (Accounting, NotProvided)];
const NO_BASIS: &[(DataCategory, WhyExcluded)] = &[
    (Name, NoConsentOrContract),
    (Position, NoConsentOrContract),
    (Phone, NoConsentOrContract),
    (Address, NoConsentOrContract),
    (Email, NoConsentOrContract),
    (LoginName, NoConsentOrContract),
    (Password, NeverReadable),
    (Accounting, NotProvided),
];

#[rustfmt::skip]
const CASES: [Case<'_>; 13] = [
    // consent or contract, and no other basis
    (ALL, &[(Contract, ALL)], PROVIDED, NEVER),
    (ALL, &[(Consent, ALL)], PROVIDED, NEVER),
    (ALL, &[(LegalObligation, ALL)], &[], NO_BASIS),
    (ALL, &[(VitalInterests, ALL), (PublicTask, ALL)], &[], NO_BASIS),
    (ALL, &[(LegitimateInterests, ALL)], &[], NO_BASIS),
    // nothing is eligible where the register says nothing
    (ALL, &[], &[], NO_BASIS),
    (&[], &[], &[], &[]),
    (ALL, &[(Contract, &[])], &[], NO_BASIS),
    // one activity on contract is enough, whatever the others rest on
    (&[Name], &[(LegitimateInterests, &[Name]), (Contract, &[Name]), (LegalObligation, &[Name])],
        &[(Name, Disclosed)], &[]),
    (&[Name, Email], &[(Contract, &[Name]), (Consent, &[Email])], &[(Name, Disclosed), (Email, Disclosed)], &[]),
    // an eligible category of which nothing is held is answered; one that is not eligible is passed over
    (&[Name], &[(Contract, &[Name, Phone, Password, Accounting])], &[(Name, Disclosed), (Phone, NothingHeld)], &[]),
    (&[], &[(Contract, ALL)], &[
        (Name, NothingHeld), (Position, NothingHeld), (Phone, NothingHeld), (Address, NothingHeld),
        (Email, NothingHeld), (LoginName, NothingHeld),
    ], &[]),
    (&[Name, Address, Password], &[(Contract, &[Name]), (LegitimateInterests, &[Address])],
        &[(Name, Disclosed)], &[(Address, NoConsentOrContract), (Password, NeverReadable)]),
];

#[test]
fn the_package_holds_what_the_person_provided_on_consent_or_contract() {
    for (held, processing, outcomes, excluded) in CASES {
        let plan = assess(&facts(held, processing), NOW);
        let expected = Plan {
            as_of: NOW,
            outcomes: outcomes.iter().map(|(category, action)| Outcome::new(*category, *action)).collect(),
            included: outcomes.iter().filter(|(_, action)| *action == Disclosed).map(|(c, _)| *c).collect(),
            excluded: excluded.to_vec(),
        };
        assert_eq!(plan, Ok(expected), "{held:?} {processing:?}");
    }
}

#[test]
fn what_is_held_is_either_in_the_package_or_left_out_for_a_reason() {
    for (held, processing, ..) in CASES {
        let plan = assess(&facts(held, processing), NOW);
        let Ok(Plan { included, excluded, .. }) = plan else { unreachable!("the requester is known") };
        let mut named: Vec<DataCategory> = included.into_iter().collect();
        named.extend(excluded.into_iter().map(|(category, _)| category));
        named.sort();
        assert_eq!(named, held, "{processing:?}");
    }
}

#[test]
fn a_stranger_gets_nothing() {
    let facts = Facts { identified: None, ..facts(ALL, &[(Contract, ALL)]) };
    assert_eq!(assess(&facts, NOW), Err(RefusalGround::IdentityNotVerified));
}

#[test]
fn every_reason_is_a_sentence_of_its_own_in_both_languages() {
    for language in Language::ALL.iter().copied() {
        let mut texts: Vec<_> = WhyExcluded::ALL.iter().map(|why| why.text(language)).collect();
        assert!(texts.iter().all(|text| text.ends_with('.')), "{texts:?}");
        texts.sort_unstable();
        texts.dedup();
        assert_eq!(texts.len(), WhyExcluded::ALL.len());
    }
}
