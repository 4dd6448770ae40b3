//! What the answer to each right says, and that it says nothing of another.

use super::*;

/// A phrase that only the answer to the one right has.
const MARKS: [(RequestKind, &str, &str); 7] = [
    (RequestKind::Access, "(artikel 15.3)", "(Article 15(3))"),
    (RequestKind::Rectification, "ett eget utlåtande", "a statement of your own"),
    (
        RequestKind::Erasure,
        "Nyckeln som uppgifterna var krypterade med",
        "The key with which the data was encrypted",
    ),
    (
        RequestKind::Restriction,
        "innan begränsningen hävs (artikel 18.3)",
        "before the restriction is lifted (Article 18(3))",
    ),
    (RequestKind::Portability, "(artikel 20.1)", "(Article 20(1))"),
    (RequestKind::Objection, "(artikel 21.2 och 21.3)", "(Article 21(2) and 21(3))"),
    (RequestKind::ConsentWithdrawal, "(artikel 7.3)", "(Article 7(3))"),
];

fn answered(kind: RequestKind, language: Language, outcomes: Vec<Line>) -> Case {
    case(kind, language, Stage::Answered(Answer { outcomes, ..answer(kind) }))
}

#[test]
fn no_sentence_of_another_right_leaks_in() {
    for case in every_case() {
        let letter = told(&case);
        let own = matches!(case.stage, Stage::Answered(_));
        let later = matches!(case.stage, Stage::CompletedLater { .. });
        for (kind, swedish, english) in MARKS {
            let expected = (own && kind == case.kind) || (later && kind == RequestKind::Erasure);
            let mark = case.language.choose(swedish, english);
            assert_eq!(letter.contains(mark), expected, "{mark:?}:\n{letter}");
        }
    }
}

#[test]
fn each_right_is_answered_with_what_the_law_asks_for() {
    let cases: [(RequestKind, &[&str], &[&str]); 7] = [
        (
            RequestKind::Access,
            &[
                "- Namn",
                "- E-postadress",
                "slag: telefon.",
                "fram till den 22 december 2026 kl. 14.05",
                "PDF-filen",
            ],
            &[
                "- Name",
                "- E-mail address",
                "kinds: telephone.",
                "until 22 December 2026 at 14:05",
                "The PDF file",
            ],
        ),
        (
            RequestKind::Rectification,
            &["- Adress", "(artikel 16)", "(artikel 19)"],
            &["- Address", "(Article 16)", "(Article 19)"],
        ),
        (
            RequestKind::Erasure,
            &["- E-postadress", "slag: befattning, roll eller titel.", "(artikel 19)", "(artikel 5.2)"],
            &["- E-mail address", "kinds: position, role or title.", "(Article 19)", "(Article 5(2))"],
        ),
        (
            RequestKind::Restriction,
            &["- Namn", "(artikel 18.1)", "(artikel 18.2)", "rättsliga anspråk", "(artikel 19)"],
            &["- Name", "(Article 18(1))", "(Article 18(2))", "legal claims", "(Article 19)"],
        ),
        (
            RequestKind::Portability,
            &["- Namn", "JSON", "CSV", "fram till den", "(artikel 20.2)", "- Lösenord: A sentence."],
            &["- Name", "JSON", "CSV", "until 22 December", "(Article 20(2))", "- Password: A sentence."],
        ),
        (
            RequestKind::Objection,
            &["genast", "ovillkorlig", "Fakturor", "spärrlista", "hemlig nyckel"],
            &["at once", "absolute", "Invoices", "suppression list", "secret key"],
        ),
        (
            RequestKind::ConsentWithdrawal,
            &["genast", "fortfarande lagligt", "spärrlista"],
            &["at once", "stays lawful", "suppression list"],
        ),
    ];
    for (kind, swedish, english) in cases {
        assert_says(&told(&case(kind, Language::Sv, Stage::Answered(answer(kind)))), swedish);
        assert_says(&told(&case(kind, Language::En, Stage::Answered(answer(kind)))), english);
    }
}

#[test]
fn what_is_kept_bears_its_ground_its_source_and_its_last_day() {
    let grounds = [
        (
            RetentionGround::BookkeepingAct,
            "bokföringslagen (1999:1078) 7 kap. 2 § och artikel 17.3 b",
            "17(3)(b)",
        ),
        (RetentionGround::ContractPerformance, "artikel 17.1 a", "17(1)(a)"),
        (RetentionGround::OtherLegalObligation, "artikel 17.3 b", "17(3)(b)"),
        (RetentionGround::CourtOrAuthorityOrder, "artikel 17.3 b och e", "17(3)(b) and (e)"),
        (RetentionGround::LegitimateInterests, "artikel 17.1 c och 21.1", "17(1)(c) and 21(1)"),
        (RetentionGround::LegalClaims, "artikel 17.3 e", "17(3)(e)"),
    ];
    assert_eq!(grounds.map(|(ground, ..)| ground).as_slice(), RetentionGround::ALL);
    for (ground, swedish, english) in grounds {
        let outcomes = || vec![kept(line(DataCategory::Name, OutcomeAction::Retained), ground)];
        let letter = told(&answered(RequestKind::Erasure, Language::Sv, outcomes()));
        assert_says(
            &letter,
            &["| Namn |", swedish, "| 31 december 2033 |", "raderas av sig självt dagen efter"],
        );
        assert_silent(&letter, &["Nyckeln som", "Det som saknar sista dag"]);
        let letter = told(&answered(RequestKind::Erasure, Language::En, outcomes()));
        assert_says(
            &letter,
            &["| Name |", english, "| 31 December 2033 |", "erased by itself on the day after"],
        );
    }
}

#[test]
fn a_partial_erasure_says_what_can_still_be_expected() {
    let letter = told(&answered(RequestKind::Erasure, Language::Sv, partial_erasure()));
    assert_says(
        &letter,
        &[
            "| Telefon |",
            "| Tills skälet upphör |",
            "Det som saknar sista dag",
            "Till dess får uppgifterna bara användas",
        ],
    );
    let whole = vec![line(DataCategory::Name, OutcomeAction::Erased)];
    let letter = told(&answered(RequestKind::Erasure, Language::Sv, whole));
    assert_says(&letter, &["- Namn", "Nyckeln som"]);
    assert_silent(&letter, &["sparar vi tills vidare", "Till dess", "av sig självt"]);
}

#[test]
fn records_whose_names_are_gone_are_counted() {
    let gone = |number| Line { record: None, ..invoice(number, OutcomeAction::Erased) };
    for (count, expected) in [(1, "- En bokföringshandling"), (2, "- 2 bokföringshandlingar")] {
        let outcomes = (0..count).map(gone).collect();
        assert_says(&told(&answered(RequestKind::Erasure, Language::Sv, outcomes)), &[expected]);
    }
}

#[test]
fn what_was_erased_later_is_kept_no_more() {
    let erased_now =
        vec![line(DataCategory::Phone, OutcomeAction::Erased), invoice(17, OutcomeAction::Erased)];
    let mut outcomes = partial_erasure();
    outcomes.extend(erased_now.clone());
    let letter = told(&case(
        RequestKind::Erasure,
        Language::Sv,
        Stage::CompletedLater { outcomes: outcomes.clone(), erased_now: erased_now.clone() },
    ));
    assert_says(&letter, &["- Telefon", "- Faktura 2026-17", "| Namn |"]);
    assert_silent(&letter, &["| Telefon |", "| Faktura 2026-17 |", "inget kvar av det som vi hade sparat"]);
    outcomes.push(line(DataCategory::Name, OutcomeAction::Erased));
    let letter =
        told(&case(RequestKind::Erasure, Language::Sv, Stage::CompletedLater { outcomes, erased_now }));
    assert_says(&letter, &["inget kvar av det som vi hade sparat"]);
    assert_silent(&letter, &["sparar vi tills vidare"]);
}

#[test]
fn a_consent_never_given_cannot_be_withdrawn_and_yet_no_marketing_comes() {
    let nothing = || vec![line(DataCategory::Email, OutcomeAction::NothingHeld)];
    let letter = told(&answered(RequestKind::ConsentWithdrawal, Language::Sv, nothing()));
    assert_says(&letter, &["inget att återkalla", "Vi ser ändå till", "spärrlista"]);
    assert_silent(&letter, &["(artikel 7.3)", "fanns inga uppgifter om dig"]);
    let other = answered(RequestKind::ConsentWithdrawal, Language::En, nothing());
    let letter = told(&Case { purpose: Some(Purpose::ServiceDelivery), ..other });
    assert_says(&letter, &["nothing to withdraw", "consent to the use of data for providing"]);
    assert_silent(&letter, &["marketing", "suppression list"]);
}

#[test]
fn an_objection_to_another_purpose_ends_that_purpose_and_suppresses_nothing() {
    let ended = vec![line(DataCategory::Name, OutcomeAction::PurposeEnded)];
    for (outcomes, expected) in
        [(ended, "(artikel 21.1):"), (Vec::new(), "inte att använda några (artikel 21.1)")]
    {
        let case = answered(RequestKind::Objection, Language::Sv, outcomes);
        let letter = told(&Case { purpose: Some(Purpose::ServiceDelivery), ..case });
        assert_says(&letter, &["tillhandahålla och underhålla tjänsten", expected]);
        assert_silent(&letter, &["spärrlista", "ovillkorlig", "marknadsföring"]);
    }
}

#[test]
fn files_that_are_gone_are_not_offered() {
    for until in [None, Some(at("2026-11-22T13:05:00Z"))] {
        for kind in [RequestKind::Access, RequestKind::Portability] {
            let stage = Stage::Answered(Answer { package_until: until, ..answer(kind) });
            let letter = told(&case(kind, Language::Sv, stage));
            assert_says(&letter, &["Filerna går inte längre att hämta."]);
            assert_silent(&letter, &["Du kan hämta filerna"]);
        }
    }
}

#[test]
fn a_request_for_restriction_says_since_when_and_whether_it_still_stands() {
    let stage = || Stage::Answered(answer(RequestKind::Restriction));
    let restricted =
        |restriction| told(&Case { restriction, ..case(RequestKind::Restriction, Language::Sv, stage()) });
    let letter = restricted(Some(span(None)));
    assert_says(&letter, &["Från och med den 2 november 2026 har vi begränsat", "Vi meddelar dig innan"]);
    assert_silent(&letter, &["Medan vi prövar saken"]);
    let letter = restricted(Some(span(Some("2026-11-22T13:05:00Z"))));
    assert_says(&letter, &["hävs den 22 november 2026"]);
    assert_silent(&letter, &["Vi meddelar dig innan"]);
}
