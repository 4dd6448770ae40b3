use domain::category::DataCategory;
use domain::deadline::IdentityPause;
use domain::language::Language;
use domain::outcome::{OutcomeAction, RetentionGround};
use domain::purpose::Purpose;
use domain::request::refusal::RefusalGround;
use jiff::civil::date;

use super::sample::{answer, case, invoice, kept, line, partial_erasure, span, stages};
use super::*;
use crate::package::letter::{markdown, pdf};
use crate::package::sample::at;

mod each_right;
mod each_stage;

fn told(case: &Case) -> String {
    markdown::render(&letter(case)).replace('\u{a0}', " ")
}

/// Fails unless the letter says each of the phrases.
fn assert_says(letter: &str, phrases: &[&str]) {
    for phrase in phrases {
        assert!(letter.contains(phrase), "{phrase:?} is missing:\n{letter}");
    }
}

/// Fails if the letter says any of the phrases.
fn assert_silent(letter: &str, phrases: &[&str]) {
    for phrase in phrases {
        assert!(!letter.contains(phrase), "{phrase:?} does not belong here:\n{letter}");
    }
}

fn every_case() -> impl Iterator<Item = Case> {
    Language::ALL.iter().flat_map(|language| {
        RequestKind::ALL
            .iter()
            .flat_map(move |kind| stages(*kind).into_iter().map(move |stage| case(*kind, *language, stage)))
    })
}

#[test]
fn every_kind_at_every_stage_can_be_read_in_both_languages() {
    for case in every_case() {
        let letter = told(&case);
        let ends = case.language.choose("Om du har frågor", "If you have questions");
        assert_says(&letter, &["RR-2026-000123", "Åsa Exempelsson", "Exempelgatan 1 B", ends]);
        assert_says(&letter, &[(texts::of(case.language).requests.request)(case.kind, case.purpose)]);
    }
}

#[test]
fn every_kind_at_every_stage_can_be_printed() -> Result<(), pdf::PdfError> {
    for case in every_case() {
        assert!(pdf::render(&letter(&case))?.starts_with(b"%PDF-"));
    }
    Ok(())
}

#[test]
fn a_letter_to_nobody_can_be_made_once_the_person_is_erased() -> Result<(), pdf::PdfError> {
    for mut case in every_case() {
        case.addressee = None;
        assert_silent(&told(&case), &["Åsa Exempelsson", "Exempelgatan"]);
        assert!(letter(&case).addressee.is_empty());
    }
    let mut nameless =
        case(RequestKind::Access, Language::Sv, Stage::Withdrawn { at: at("2026-11-10T09:30:00Z") });
    nameless.addressee = Some(Addressee { name: None, address: None });
    assert!(pdf::render(&letter(&nameless))?.starts_with(b"%PDF-"));
    Ok(())
}

#[test]
fn refusals_and_answers_name_the_remedies_and_nothing_else_does() {
    for case in every_case() {
        let remedies = case.language.choose("Om du vill klaga", "If you want to complain");
        let letter = told(&case);
        let contested =
            matches!(case.stage, Stage::Refused { .. } | Stage::Answered(_) | Stage::CompletedLater { .. });
        assert_eq!(letter.contains(remedies), contested, "{letter}");
        assert_eq!(letter.contains("https://www.imy.se"), contested, "{letter}");
    }
}

#[test]
fn no_value_becomes_markup() {
    let evil = "<b>x</b> [y](javascript:z) | # *";
    let mut answered =
        case(RequestKind::Erasure, Language::Sv, Stage::Answered(answer(RequestKind::Erasure)));
    if let Stage::Answered(Answer { outcomes, .. }) = &mut answered.stage {
        let number = evil.to_owned();
        let name = RecordName { kind: domain::accounting::AccountingRecordKind::Quote, number };
        outcomes.push(Line { record: Some(name), ..invoice(18, OutcomeAction::Retained) });
    }
    let reasons = || Some(domain::personal::Personal::new(evil.to_owned()));
    let refused =
        Stage::Refused { ground: RefusalGround::Exempt, reasons: reasons(), cause: RefusalCause::Decision };
    let mut refused = case(RequestKind::Erasure, Language::En, refused);
    refused.addressee = Some(Addressee { name: reasons(), address: None });
    refused.controller.name = evil.to_owned();
    for case in [answered, refused] {
        let letter = told(&case);
        assert_says(&letter, &[r"\<b\>x\</b\> \[y\](javascript:z) \|"]);
        assert_silent(&letter, &["<b>", "[y](", "z) | #"]);
    }
}
