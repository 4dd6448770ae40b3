use DataCategory::{Accounting, Address, Email, LoginName, Name, Password, Phone, Position};
use RetentionGround::{ContractPerformance, LegalClaims, LegitimateInterests, OtherLegalObligation};
use jiff::civil::date;

use super::*;
use crate::outcome::Outcome;
use crate::request::state::Extent;

mod digest;
mod independent;

const TODAY: Date = date(2026, 11, 23);
const PROFILE: &[DataCategory] = &[Name, Position, Phone, Address, Email, LoginName, Password];

/// A hold's ground, categories and expiry.
type Held = (RetentionGround, &'static [DataCategory], Option<Date>);

/// The facts of a case, written short: what is held, the last day of each record, the holds, the objection.
fn facts(held: &[DataCategory], records: &[Option<Date>], holds: &[Held], objection: Objection) -> Facts {
    let record = |(index, through): (u128, &Option<Date>)| RecordFacts {
        id: Uuid::from_u128(index),
        retained_through: *through,
    };
    let placed = |(ground, categories, expires_on): &Held| HoldFacts {
        ground: *ground,
        categories: categories.iter().copied().collect(),
        expires_on: *expires_on,
    };
    Facts {
        subject: SubjectId::from_uuid(Uuid::from_u128(1)),
        held: held.iter().copied().collect(),
        records: (1..).zip(records).map(record).collect(),
        holds: holds.iter().map(placed).collect(),
        objection,
    }
}

fn only(categories: &[DataCategory]) -> Scope {
    Scope::Only(categories.iter().copied().collect())
}

/// An outcome in one line: `ACCOUNTING 1 RETAINED BOOKKEEPING_ACT 2033-12-31`.
fn line(outcome: &Outcome) -> String {
    let mut words = vec![outcome.category.code().to_owned()];
    words.extend(outcome.record.map(|id| id.as_u128().to_string()));
    words.push(outcome.action.code().to_owned());
    words.extend(outcome.retention_ground.map(|ground| ground.code().to_owned()));
    words.extend(outcome.retained_through.map(|day| day.to_string()));
    words.join(" ")
}

#[derive(Clone, Copy)]
struct Expected<'a> {
    outcomes: &'a [&'a str],
    extent: Extent,
    next_due_on: Option<Date>,
    leaves: Left,
}

fn expect(case: &str, facts: &Facts, scope: &Scope, expected: &Expected<'_>) {
    let plan = assess(facts, scope, TODAY);
    let lines: Vec<String> = plan.outcomes().iter().map(line).collect();
    assert_eq!(lines, expected.outcomes, "{case}");
    assert_eq!(plan.extent(), expected.extent, "{case}");
    assert_eq!(plan.next_due_on(), expected.next_due_on, "{case}");
    assert_eq!(plan.leaves(), expected.leaves, "{case}");
}

/// A plan under which everything goes.
const fn in_full<'a>(outcomes: &'a [&'a str]) -> Expected<'a> {
    Expected { outcomes, extent: Extent::InFull, next_due_on: None, leaves: Left::Nothing }
}

/// A plan under which something is kept, until the day before one on which it may go.
const fn in_part<'a>(outcomes: &'a [&'a str], next_due_on: Option<Date>) -> Expected<'a> {
    Expected { outcomes, extent: Extent::InPart, next_due_on, leaves: Left::RetainedOnly }
}

const fn leaving_other_data(expected: Expected<'_>) -> Expected<'_> {
    Expected { leaves: Left::OtherData, ..expected }
}

const LAW: &str = "NAME RETAINED BOOKKEEPING_ACT 2033-12-31";
const RECORD: &str = "ACCOUNTING 1 RETAINED BOOKKEEPING_ACT 2033-12-31";
const NOTHING: &[&str] = &[
    "NAME NOTHING_HELD",
    "POSITION NOTHING_HELD",
    "PHONE NOTHING_HELD",
    "ADDRESS NOTHING_HELD",
    "EMAIL NOTHING_HELD",
    "LOGIN_NAME NOTHING_HELD",
    "PASSWORD NOTHING_HELD",
    "ACCOUNTING NOTHING_HELD",
];

#[test]
fn everything_goes_that_nothing_keeps() {
    let all = in_full(&[
        "NAME ERASED",
        "POSITION ERASED",
        "PHONE ERASED",
        "ADDRESS ERASED",
        "EMAIL ERASED",
        "LOGIN_NAME ERASED",
        "PASSWORD ERASED",
        "ACCOUNTING NOTHING_HELD",
    ]);
    let none = Objection::None;
    expect("nobody", &facts(&[], &[], &[], none), &Scope::Everything, &in_full(NOTHING));
    expect("a whole profile", &facts(PROFILE, &[], &[], none), &Scope::Everything, &all);
    expect(
        "the profile by name",
        &facts(&[Email], &[], &[], none),
        &only(&[Email]),
        &in_full(&["EMAIL ERASED"]),
    );
    expect("no category", &facts(&[], &[], &[], none), &only(&[]), &in_full(&[]));
}

/// The act's last day of each record, and what becomes of name, address, e-mail and the records.
#[test]
fn the_act_keeps_its_records_and_name_and_address_beside_them() {
    let (y2030, y2033) = (Some(date(2030, 12, 31)), Some(date(2033, 12, 31)));
    let (today, yesterday) = (Some(TODAY), Some(date(2026, 11, 22)));
    for (records, expected) in [
        (
            &[y2033][..],
            in_part(
                &[
                    "NAME RETAINED BOOKKEEPING_ACT 2033-12-31",
                    "ADDRESS RETAINED BOOKKEEPING_ACT 2033-12-31",
                    "EMAIL ERASED",
                    "ACCOUNTING 1 RETAINED BOOKKEEPING_ACT 2033-12-31",
                ],
                Some(date(2034, 1, 1)),
            ),
        ),
        (
            &[y2033, y2030, yesterday, None],
            in_part(
                &[
                    "NAME RETAINED BOOKKEEPING_ACT 2033-12-31",
                    "ADDRESS RETAINED BOOKKEEPING_ACT 2033-12-31",
                    "EMAIL ERASED",
                    "ACCOUNTING 1 RETAINED BOOKKEEPING_ACT 2033-12-31",
                    "ACCOUNTING 2 RETAINED BOOKKEEPING_ACT 2030-12-31",
                    "ACCOUNTING 3 ERASED",
                    "ACCOUNTING 4 ERASED",
                ],
                Some(date(2031, 1, 1)),
            ),
        ),
        (
            &[today],
            in_part(
                &[
                    "NAME RETAINED BOOKKEEPING_ACT 2026-11-23",
                    "ADDRESS RETAINED BOOKKEEPING_ACT 2026-11-23",
                    "EMAIL ERASED",
                    "ACCOUNTING 1 RETAINED BOOKKEEPING_ACT 2026-11-23",
                ],
                Some(date(2026, 11, 24)),
            ),
        ),
        (&[yesterday], in_full(&["NAME ERASED", "ADDRESS ERASED", "EMAIL ERASED", "ACCOUNTING 1 ERASED"])),
        (&[None], in_full(&["NAME ERASED", "ADDRESS ERASED", "EMAIL ERASED", "ACCOUNTING 1 ERASED"])),
    ] {
        let facts = facts(&[Name, Address, Email], records, &[], Objection::None);
        expect(&format!("{records:?}"), &facts, &only(&[Name, Address, Email, Accounting]), &expected);
    }
}

#[test]
fn what_is_not_held_is_not_kept_beside_a_record() {
    let facts = facts(&[Address], &[Some(date(2033, 12, 31))], &[], Objection::None);
    let outcomes =
        &["NAME NOTHING_HELD", "ADDRESS RETAINED BOOKKEEPING_ACT 2033-12-31", "PHONE NOTHING_HELD"];
    let lines: Vec<String> = assess(&facts, &Scope::Everything, TODAY).outcomes().iter().map(line).collect();
    for expected in outcomes {
        assert!(lines.iter().any(|line| line == expected), "{expected} in {lines:?}");
    }
}

/// Holds over name, e-mail and records, of which the act keeps the first and not the second.
#[test]
fn a_binding_hold_keeps_its_categories_and_the_longest_ground_is_named() {
    let (claims, contract) = (LegalClaims, ContractPerformance);
    let tomorrow = Some(date(2026, 11, 24));
    for (case, holds, expected) in [
        ("none", &[][..], [LAW, "EMAIL ERASED", RECORD, "ACCOUNTING 2 ERASED"]),
        (
            "open-ended",
            &[(claims, &[Email][..], None)],
            [LAW, "EMAIL RETAINED LEGAL_CLAIMS", RECORD, "ACCOUNTING 2 ERASED"],
        ),
        (
            "its last day",
            &[(claims, &[Email], tomorrow)],
            [LAW, "EMAIL RETAINED LEGAL_CLAIMS 2026-11-23", RECORD, "ACCOUNTING 2 ERASED"],
        ),
        ("expired", &[(claims, &[Email], Some(TODAY))], [LAW, "EMAIL ERASED", RECORD, "ACCOUNTING 2 ERASED"]),
        (
            "every record, and neither name nor address with them",
            &[(claims, &[Accounting], Some(date(2030, 1, 1)))],
            [LAW, "EMAIL ERASED", RECORD, "ACCOUNTING 2 RETAINED LEGAL_CLAIMS 2029-12-31"],
        ),
        (
            "longer than the act",
            &[(claims, &[Name, Accounting], Some(date(2034, 1, 2)))],
            [
                "NAME RETAINED LEGAL_CLAIMS 2034-01-01",
                "EMAIL ERASED",
                "ACCOUNTING 1 RETAINED LEGAL_CLAIMS 2034-01-01",
                "ACCOUNTING 2 RETAINED LEGAL_CLAIMS 2034-01-01",
            ],
        ),
        (
            "as long as the act",
            &[(claims, &[Name, Accounting], Some(date(2034, 1, 1)))],
            [LAW, "EMAIL ERASED", RECORD, "ACCOUNTING 2 RETAINED LEGAL_CLAIMS 2033-12-31"],
        ),
        (
            "an end outlasted by none",
            &[(contract, &[Name, Email], Some(Date::MAX)), (claims, &[Email, Name], None)],
            ["NAME RETAINED LEGAL_CLAIMS", "EMAIL RETAINED LEGAL_CLAIMS", RECORD, "ACCOUNTING 2 ERASED"],
        ),
        (
            "two that end together",
            &[(claims, &[Email], Some(date(2027, 1, 1))), (contract, &[Email], Some(date(2027, 1, 1)))],
            [LAW, "EMAIL RETAINED CONTRACT_PERFORMANCE 2026-12-31", RECORD, "ACCOUNTING 2 ERASED"],
        ),
        (
            "two without an end",
            &[(claims, &[Email], None), (OtherLegalObligation, &[Email], None)],
            [LAW, "EMAIL RETAINED OTHER_LEGAL_OBLIGATION", RECORD, "ACCOUNTING 2 ERASED"],
        ),
        (
            "the later of one ground's",
            &[(claims, &[Email], Some(date(2027, 1, 1))), (claims, &[Email], Some(date(2027, 3, 1)))],
            [LAW, "EMAIL RETAINED LEGAL_CLAIMS 2027-02-28", RECORD, "ACCOUNTING 2 ERASED"],
        ),
    ] {
        let facts = facts(&[Name, Email], &[Some(date(2033, 12, 31)), None], holds, Objection::None);
        let plan = assess(&facts, &only(&[Name, Email, Accounting]), TODAY);
        assert_eq!(plan.outcomes().iter().map(line).collect::<Vec<_>>(), expected, "{case}");
    }
}

#[test]
fn every_ground_of_a_hold_keeps_and_legitimate_interests_only_without_an_objection() {
    for ground in RetentionGround::ALL.iter().copied() {
        for objection in [Objection::None, Objection::Upheld] {
            let facts = facts(PROFILE, &[None], &[(ground, &DataCategory::ALL, None)], objection);
            let plan = assess(&facts, &Scope::Everything, TODAY);
            let passed_over = ground == LegitimateInterests && objection == Objection::Upheld;
            let left = if passed_over { Left::Nothing } else { Left::RetainedOnly };
            assert_eq!(plan.leaves(), left, "{ground:?} {objection:?}");
            let found: Vec<_> = plan.outcomes().iter().map(|outcome| outcome.retention_ground).collect();
            assert_eq!(found, [(!passed_over).then_some(ground); 8], "{ground:?} {objection:?}");
            assert_eq!(plan.next_due_on(), None, "{ground:?} {objection:?}");
        }
    }
}

#[test]
fn an_erasure_of_some_categories_leaves_the_rest_alone() {
    let (kept, act) = (Some(date(2033, 12, 31)), Some(date(2034, 1, 1)));
    for (held, records, scope, expected) in [
        (&[Name, Email][..], &[][..], &[Email][..], leaving_other_data(in_full(&["EMAIL ERASED"]))),
        (&[Name], &[], &[Email], leaving_other_data(in_full(&["EMAIL NOTHING_HELD"]))),
        (&[Name], &[], &[Name, Phone], in_full(&["NAME ERASED", "PHONE NOTHING_HELD"])),
        (&[Name], &[], &[], leaving_other_data(in_full(&[]))),
        (&[], &[kept], &[Email], leaving_other_data(in_full(&["EMAIL NOTHING_HELD"]))),
        (&[], &[None], &[Accounting], in_full(&["ACCOUNTING 1 ERASED"])),
        (&[Email], &[None], &[Accounting], leaving_other_data(in_full(&["ACCOUNTING 1 ERASED"]))),
        (&[Email], &[], &[Accounting], leaving_other_data(in_full(&["ACCOUNTING NOTHING_HELD"]))),
        // the act keeps name and address whether or not the records are asked for
        (&[Name], &[kept], &[Name], leaving_other_data(in_part(&[LAW], act))),
        (&[Name], &[kept], &[Name, Accounting], in_part(&[LAW, RECORD], act)),
    ] {
        let facts = facts(held, records, &[], Objection::None);
        expect(&format!("{held:?} {records:?} {scope:?}"), &facts, &only(scope), &expected);
    }
}

#[test]
fn a_plan_tells_apart_values_and_records_that_go_and_stay() {
    let holds: &[Held] = &[(LegalClaims, &[Phone], None)];
    let facts = facts(&[Name, Phone, Email], &[Some(date(2033, 12, 31)), None], holds, Objection::None);
    let plan = assess(&facts, &Scope::Everything, TODAY);
    assert_eq!(plan.erases(), Categories::from([Email]));
    assert_eq!(plan.retains(), Categories::from([Name, Phone]));
    assert_eq!(plan.erases_records(), [Uuid::from_u128(2)].into());
    assert_eq!(plan.retains_records(), [Uuid::from_u128(1)].into());
}

#[test]
fn accounting_is_held_in_records_and_in_nothing_else() {
    let facts = facts(&[Email, Accounting], &[], &[], Objection::None);
    let nothing = in_full(&["EMAIL ERASED"]);
    expect("outside the scope", &facts, &only(&[Email]), &nothing);
    let nothing = in_full(&["EMAIL ERASED", "ACCOUNTING NOTHING_HELD"]);
    expect("inside the scope", &facts, &only(&[Email, Accounting]), &nothing);
}
