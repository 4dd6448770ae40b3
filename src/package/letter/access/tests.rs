use domain::language::Language;

use super::*;
use crate::package::letter::markdown;
use crate::package::sample;

fn told(answer: &AccessAnswer) -> String {
    markdown::render(&letter(answer)).replace('\u{a0}', " ")
}

#[test]
fn the_letter_tells_all_that_article_15_asks_for_out_of_the_answer() {
    let swedish = [
        ("15(1)", "Ja, vi behandlar personuppgifter om dig."),
        ("(a)", "Direkt marknadsföring | Skicka nyheter om våra lösningar. | Ditt samtycke (artikel 6.1 a)"),
        ("(b)", "Namn, adress och bokföringsinformation"),
        ("(c)", "| Datahall Exempel GmbH, Tyskland | Drift av servrar |"),
        ("(d)", "| Lösenord | Tas bort när kontot avslutas. |"),
        ("(e)", "- Radering (artikel 17)"),
        ("(f)", "tillsynsmyndigheten, Integritetsskyddsmyndigheten."),
        ("(g)", "| Befattning, roll eller titel | Från din arbetsgivare. |"),
        ("(h)", "- Direkt marknadsföring: utskick väljs efter bransch"),
        ("15(2)", "- Sample Mailing Inc. (USA och Irland): EU-kommissionens standardavtalsklausuler"),
        ("15(3)", "| Namn | Åsa Exempelsson-Testdotter |"),
    ];
    let english = [
        ("15(1)", "Yes, we process personal data about you."),
        ("(a)", "Direct marketing | Sending news about our products. | Your consent (Article 6(1)(a))"),
        ("(b)", "Name, address and accounting information"),
        ("(c)", "| Datahall Exempel GmbH, Germany | Operating servers |"),
        ("(d)", "| Password | Deleted when the account is closed. |"),
        ("(e)", "- Erasure (Article 17)"),
        ("(f)", "supervisory authority, the Swedish Authority for Privacy Protection."),
        ("(g)", "| Position, role or title | From your employer. |"),
        ("(h)", "- Direct marketing: mailings are chosen by trade"),
        (
            "15(2)",
            "- Sample Mailing Inc. (United States and Ireland): the Commission's standard contractual clauses",
        ),
        ("15(3)", "| Name | Åsa Exempelsson-Testdotter |"),
    ];
    for (language, expected) in [(Language::Sv, swedish), (Language::En, english)] {
        let letter = told(&sample::full(language));
        for (point, text) in expected {
            assert!(letter.contains(text), "{point}: {text}\n{letter}");
        }
    }
}

#[test]
fn dates_are_the_readers() {
    assert!(told(&sample::full(Language::Sv)).contains("Datum: 22 november 2026"));
    assert!(told(&sample::full(Language::En)).contains("Date: 22 November 2026"));
    assert!(told(&sample::full(Language::Sv)).contains("| 1 september 2026 kl. 09.15 |"));
}

#[test]
fn the_password_is_told_of_and_never_told() {
    let letter = told(&sample::full(Language::Sv));
    assert!(letter.contains("Själva lösenordet sparas aldrig"));
    assert!(!told(&sample::minimal(Language::Sv)).contains("lösenordet"));
}

#[test]
fn what_is_not_held_is_not_in_the_copy_and_what_is_not_registered_is_said() {
    let letter = told(&sample::minimal(Language::En));
    for absent in ["| E-mail address |", "| Telephone |", "| Address |", "is our processor", "compiled by"] {
        assert!(!letter.contains(absent), "{absent}");
    }
    for said in [
        "We have no consent from you on record.",
        "No purpose is registered",
        "The data is disclosed to no other recipient.",
        "None of the recipients processes the data outside",
        "No storage period is registered.",
        "We have no information about where the data comes from.",
        "We make no decisions about you that are based solely on automated processing",
        "No reading of the data is on record.",
    ] {
        assert!(letter.contains(said), "{said}");
    }
}

#[test]
fn accounting_records_and_restrictions_are_told_of() {
    let swedish = [
        "| Faktura 2026-0417 | 17 april 2026 | 31 december 2026 | 31 december 2033 | Er referens: Exempelsson |",
        "| Offert O-88 | 1 februari 2026 | 31 december 2026 | Enligt vår vanliga regel | – |",
        "| Uppgifternas riktighet är bestridd (artikel 18.1 a) | 3 februari 2025 | 10 februari 2025 |",
        "| 1 november 2026 | Gäller |",
    ];
    let english = [
        "| Invoice 2026-0417 | 17 April 2026 | 31 December 2026 | 31 December 2033 | Your reference: Exempelsson |",
        "| Quote O-88 | 1 February 2026 | 31 December 2026 | By our ordinary rule | – |",
        "| The accuracy is contested (Article 18(1)(a)) | 3 February 2025 | 10 February 2025 |",
        "| 1 November 2026 | In force |",
    ];
    for (language, rows) in [(Language::Sv, swedish), (Language::En, english)] {
        let letter = told(&sample::full(language));
        for row in rows {
            assert!(letter.contains(row), "{row}\n{letter}");
        }
    }
    let nothing = told(&sample::minimal(Language::En));
    assert!(!nothing.contains("Accounting records that name you") && !nothing.contains("Restrictions of"));
}

#[test]
fn lists_end_with_and() {
    let answer = sample::full(Language::Sv);
    let draft = Draft::of(&answer);
    for (items, expected) in
        [(&[][..], ""), (&["a"][..], "a"), (&["a", "b"][..], "a och b"), (&["a", "b", "c"][..], "a, b och c")]
    {
        assert_eq!(draft.head.enumeration(items), expected);
    }
}
