//! Cases for tests: every kind at every stage.

use domain::accounting::AccountingRecordKind;
use domain::category::DataCategory;
use domain::deadline::IdentityPause;
use domain::language::Language;
use domain::outcome::{OutcomeAction, RetentionGround};
use domain::purpose::Purpose;
use domain::request::extension::ExtensionGround;
use domain::request::kind::RequestKind;
use domain::request::refusal::RefusalGround;
use jiff::civil::date;
use uuid::Uuid;

use super::{Addressee, Answer, Case, Identified, Line, RecordName, RefusalCause, RestrictionSpan, Stage};
use crate::package::sample::{address, at, authority, controller, processor, value, zone};

pub(crate) fn case(kind: RequestKind, language: Language, stage: Stage) -> Case {
    let of_purpose = matches!(kind, RequestKind::Objection | RequestKind::ConsentWithdrawal);
    Case {
        reference: "RR-2026-000123".to_owned(),
        kind,
        purpose: of_purpose.then_some(Purpose::DirectMarketing),
        received_at: at("2026-11-02T09:30:00Z"),
        made_at: at("2026-11-22T13:05:00Z"),
        zone: zone(),
        language,
        controller: controller(),
        processor: processor(),
        authority: authority(language),
        addressee: Some(Addressee { name: value("Åsa Exempelsson"), address: Some(address()) }),
        restriction: None,
        stage,
    }
}

pub(crate) fn span(lifted: Option<&str>) -> RestrictionSpan {
    RestrictionSpan { started_at: at("2026-11-02T09:30:00Z"), lifted_at: lifted.map(at) }
}

pub(crate) fn line(category: DataCategory, action: OutcomeAction) -> Line {
    Line { category, record_id: None, record: None, action, ground: None, retained_through: None }
}

/// The outcome for the invoice with the number.
pub(crate) fn invoice(number: u128, action: OutcomeAction) -> Line {
    let name = RecordName { kind: AccountingRecordKind::Invoice, number: format!("2026-{number}") };
    Line {
        record_id: Some(Uuid::from_u128(number)),
        record: Some(name),
        ..line(DataCategory::Accounting, action)
    }
}

pub(crate) fn kept(line: Line, ground: RetentionGround) -> Line {
    Line { ground: Some(ground), retained_through: Some(date(2033, 12, 31)), ..line }
}

/// The answer that each kind gets when all goes as it should.
pub(crate) fn answer(kind: RequestKind) -> Answer {
    use DataCategory::{Accounting, Address, Email, Name, Password, Phone};
    let both =
        |action| vec![line(Name, action), line(Email, action), line(Phone, OutcomeAction::NothingHeld)];
    let package_until = Some(at("2026-12-22T13:05:00Z"));
    match kind {
        RequestKind::Access => {
            Answer { outcomes: both(OutcomeAction::Disclosed), package_until, ..Answer::default() }
        }
        RequestKind::Rectification => Answer {
            outcomes: vec![line(Address, OutcomeAction::Rectified)],
            corrections: vec![Address],
            ..Answer::default()
        },
        RequestKind::Erasure => Answer { outcomes: partial_erasure(), ..Answer::default() },
        RequestKind::Restriction => Answer { outcomes: both(OutcomeAction::Restricted), ..Answer::default() },
        RequestKind::Portability => Answer {
            outcomes: both(OutcomeAction::Disclosed),
            excluded: [Password, Accounting].map(|category| (category, "A sentence.".to_owned())).into(),
            asked: crate::package::sample::asked(),
            package_until,
            ..Answer::default()
        },
        RequestKind::Objection | RequestKind::ConsentWithdrawal => {
            Answer { outcomes: both(OutcomeAction::PurposeEnded), ..Answer::default() }
        }
    }
}

/// E-mail and login name gone; name and an invoice kept by the Bookkeeping Act, telephone by an open-ended claim.
pub(crate) fn partial_erasure() -> Vec<Line> {
    use DataCategory::{Email, LoginName, Name, Phone, Position};
    vec![
        kept(line(Name, OutcomeAction::Retained), RetentionGround::BookkeepingAct),
        line(Position, OutcomeAction::NothingHeld),
        Line { ground: Some(RetentionGround::LegalClaims), ..line(Phone, OutcomeAction::Retained) },
        line(Email, OutcomeAction::Erased),
        line(LoginName, OutcomeAction::Erased),
        kept(invoice(17, OutcomeAction::Retained), RetentionGround::BookkeepingAct),
    ]
}

/// Every stage with all that it can tell.
pub(crate) fn stages(kind: RequestKind) -> Vec<Stage> {
    let reason = || value("Begäran kom från en okänd adress.");
    vec![
        Stage::Received { due_on: date(2026, 12, 2), identified: Identified::No },
        Stage::IdentityAsked {
            asked_at: at("2026-11-03T09:30:00Z"),
            reason: reason(),
            pause: IdentityPause::Pauses,
            unpaused_due_on: date(2026, 12, 2),
        },
        Stage::Extended {
            grounds: ExtensionGround::ALL.to_vec(),
            reason: reason(),
            due_on: date(2027, 2, 2),
        },
        Stage::InProgress { due_on: date(2026, 12, 2) },
        Stage::Refused {
            ground: RefusalGround::ManifestlyUnfounded,
            reasons: reason(),
            cause: RefusalCause::Decision,
        },
        Stage::Refused {
            ground: RefusalGround::ConditionsNotMet,
            reasons: None,
            cause: RefusalCause::DataErased,
        },
        Stage::Answered(answer(kind)),
        Stage::CompletedLater {
            outcomes: partial_erasure(),
            erased_now: vec![line(DataCategory::Email, OutcomeAction::Erased)],
        },
        Stage::Withdrawn { at: at("2026-11-10T09:30:00Z") },
    ]
}
