use DataCategory::{Accounting, Address, Email, LoginName, Name, Password, Phone, Position};
use Purpose::{Bookkeeping, DirectMarketing, LegalClaims, RightsHandling, ServiceDelivery};

use super::*;

/// Everything is agreed, nothing is restricted or ended, and staff reads for the purpose.
fn plain<'a>(purpose: Purpose, agreed: &'a Categories, ended: &'a BTreeSet<Purpose>) -> Disclosure<'a> {
    Disclosure {
        purpose,
        agreed,
        processing: Processing::Unrestricted,
        ended,
        status: SubjectStatus::Active,
        reader: Reader::Staff,
    }
}

/// What the contract's rule 3 says of each purpose, word for word.
const PURPOSES: [(Purpose, &[DataCategory]); 5] = [
    (ServiceDelivery, &[Name, Position, Phone, Address, Email, LoginName, Password]),
    (DirectMarketing, &[Name, Position, Phone, Address, Email]),
    (Bookkeeping, &[Name, Address, Accounting]),
    (RightsHandling, &DataCategory::ALL),
    (LegalClaims, &DataCategory::ALL),
];

#[test]
fn each_purpose_shows_its_own_categories() {
    let (agreed, ended) = (Categories::from(DataCategory::ALL), BTreeSet::new());
    for (purpose, shown) in PURPOSES {
        let disclosure = plain(purpose, &agreed, &ended);
        assert_eq!(disclosure.categories(), shown.iter().copied().collect(), "{purpose:?}");
    }
}

#[test]
fn a_restriction_leaves_rights_handling_and_legal_claims_and_the_person() {
    let (agreed, ended) = (Categories::from(DataCategory::ALL), BTreeSet::new());
    for (purpose, shown) in PURPOSES {
        for (processing, status) in [
            (Processing::Restricted, SubjectStatus::Active),
            (Processing::Unrestricted, SubjectStatus::Restricted),
            (Processing::Restricted, SubjectStatus::Restricted),
            (Processing::Restricted, SubjectStatus::PartiallyErased),
        ] {
            let staff = Disclosure { processing, status, ..plain(purpose, &agreed, &ended) };
            let open = matches!(purpose, RightsHandling | LegalClaims);
            let expected = if open { shown } else { &[] };
            assert_eq!(staff.categories(), expected.iter().copied().collect(), "{purpose:?} {status:?}");
            let person = Disclosure { reader: Reader::DataSubject, ..staff };
            assert_eq!(person.categories(), agreed, "{purpose:?} {status:?}");
        }
    }
}

#[test]
fn what_an_erasure_left_is_for_bookkeeping_claims_and_rights() {
    let (agreed, ended) = (Categories::from(DataCategory::ALL), BTreeSet::new());
    for (purpose, shown) in PURPOSES {
        let status = SubjectStatus::PartiallyErased;
        let disclosure = Disclosure { status, ..plain(purpose, &agreed, &ended) };
        let open = matches!(purpose, Bookkeeping | RightsHandling | LegalClaims);
        let expected = if open { shown } else { &[] };
        assert_eq!(disclosure.categories(), expected.iter().copied().collect(), "{purpose:?}");
    }
}

#[test]
fn outside_the_agreement_a_category_is_for_rights_handling_alone() {
    let ended = BTreeSet::new();
    for outside in DataCategory::ALL {
        let agreed = DataCategory::ALL.into_iter().filter(|category| *category != outside).collect();
        for (purpose, shown) in PURPOSES {
            for reader in [Reader::Staff, Reader::DataSubject] {
                let disclosure = Disclosure { reader, ..plain(purpose, &agreed, &ended) };
                let expected = match (purpose, reader) {
                    (RightsHandling, _) => Shown::Yes,
                    _ => Shown::No(Withheld::OutsideAgreement),
                };
                assert_eq!(disclosure.shows(outside), expected, "{purpose:?} {reader:?} {outside:?}");
                if reader == Reader::Staff {
                    let others = shown.iter().copied().filter(|category| *category != outside);
                    assert!(others.into_iter().all(|category| disclosure.shows(category) == Shown::Yes));
                }
            }
        }
    }
}

#[test]
fn a_purpose_that_was_ended_shows_nothing_and_leaves_the_others_alone() {
    let agreed = Categories::from(DataCategory::ALL);
    for (ended_purpose, _) in PURPOSES {
        let ended = BTreeSet::from([ended_purpose]);
        for (purpose, shown) in PURPOSES {
            let disclosure = plain(purpose, &agreed, &ended);
            let expected = if purpose == ended_purpose { &[] } else { shown };
            assert_eq!(disclosure.categories(), expected.iter().copied().collect(), "{purpose:?}");
        }
    }
}

/// Every combination of the facts: 5 purposes, 8 categories, 4 states, 2 × 2 × 2 × 2 further facts.
#[test]
fn every_combination_agrees_with_the_rules_read_one_by_one() {
    let mut cases = 0;
    for_every_combination(|disclosure, category| {
        let Disclosure { purpose, agreed, processing, ended, status, reader } = *disclosure;
        let person = reader == Reader::DataSubject;
        let rule_2 = agreed.contains(&category) || purpose == RightsHandling;
        let rule_3 = person
            || (PURPOSES.iter().any(|(p, shown)| *p == purpose && shown.contains(&category))
                && !ended.contains(&purpose));
        let restricted = processing == Processing::Restricted || status == SubjectStatus::Restricted;
        let rule_4 = person || !restricted || matches!(purpose, RightsHandling | LegalClaims);
        let after_erasure = match status {
            SubjectStatus::Erased => false,
            SubjectStatus::PartiallyErased => {
                person || matches!(purpose, Bookkeeping | RightsHandling | LegalClaims)
            }
            SubjectStatus::Active | SubjectStatus::Restricted => true,
        };
        let shown = disclosure.shows(category) == Shown::Yes;
        assert_eq!(shown, rule_2 && rule_3 && rule_4 && after_erasure, "{disclosure:?} {category:?}");
        cases += 1;
    });
    assert_eq!(cases, 5 * 8 * 4 * 16);
}

fn for_every_combination(mut check: impl FnMut(&Disclosure<'_>, DataCategory)) {
    for (purpose, category) in
        Purpose::ALL.into_iter().flat_map(|purpose| DataCategory::ALL.map(|category| (purpose, category)))
    {
        for agreed in [Categories::from([category]), Categories::new()] {
            for ended in [BTreeSet::new(), BTreeSet::from([purpose])] {
                for processing in [Processing::Unrestricted, Processing::Restricted] {
                    for reader in [Reader::Staff, Reader::DataSubject] {
                        for status in SubjectStatus::ALL.iter().copied() {
                            let (agreed, ended) = (&agreed, &ended);
                            check(
                                &Disclosure { purpose, agreed, processing, ended, status, reader },
                                category,
                            );
                        }
                    }
                }
            }
        }
    }
}
