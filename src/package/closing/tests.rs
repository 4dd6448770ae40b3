#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use sample::{empty, full};
use serde_json::Value;

use super::*;
use crate::package::json::tests::{assert_closed_and_described, validator};

fn told(certificate: &Certificate, language: Language) -> String {
    markdown(certificate, language).replace('\u{a0}', " ")
}

fn read(certificate: &Certificate) -> Value {
    serde_json::from_slice(&json(certificate).unwrap()).unwrap()
}

/// Fails unless the document says all of it.
fn assert_says(certificate: &Certificate, language: Language, expected: &[&str]) {
    let text = told(certificate, language);
    for said in expected {
        assert!(text.contains(said), "{said}\n{text}");
    }
}

#[test]
fn the_certificate_says_what_was_returned_erased_and_kept() {
    let swedish = [
        "# Intyg om återlämnade och raderade personuppgifter",
        "| Uppdragets sista dag | 30 september 2026 |",
        "| Sista dag för att hämta uppgifterna | 30 oktober 2026 |",
        "| Raderingen började | 31 oktober 2026 kl. 00.00 |",
        "| Nycklarna förstördes | 31 oktober 2026 kl. 01.10 |",
        "| Kundförhållandet avslutades | 4 november 2026 kl. 14.05 |",
        "| 2 oktober 2026 kl. 10.00 | 12 345 678 | 0123456789abcdef",
        "| 3 oktober 2026 kl. 08.15<br>21 oktober 2026 kl. 00.30 |",
        "| 999 | fedcba9876543210fedcba9876543210fedcba9876543210fedcba9876543210 | Hämtades inte |",
        "| Uppgifter om dem | 1 000 |",
        "| Bokföringsposter | 2 000 |",
        "| WRAP | ",
        "| Avtal och underskrifter | För att kunna bemöta rättsliga anspråk tills de preskriberas (2 § preskriptionslagen, 1981:130) | 31 december 2036 |",
        "| Datahall Exempel GmbH | 3 november 2026 |",
        "| Sample Mailing Inc. | Ingen bekräftelse har kommit in |",
        "Utfärdat den 4 november 2026\\\nMolnbiträdet Exempel AB",
    ];
    let english = [
        "# Certificate of return and erasure of personal data",
        "| Last day of the relationship | 30 September 2026 |",
        "| The erasure began | 31 October 2026 at 00:00 |",
        "| 12,345,678 |",
        "| Not fetched |",
        "| Values about them | 1,000 |",
        "| The audit log | To show that the Regulation and the agreement were followed (Articles 5(2) and 28(3)(h)) | 31 December 2036 |",
        "| Sample Mailing Inc. | No confirmation has been received |",
        "Issued on 4 November 2026",
    ];
    assert_says(&full(), Language::Sv, &swedish);
    assert_says(&full(), Language::En, &english);
}

#[test]
fn what_there_is_none_of_is_said() {
    let swedish = [
        "Återlämning begärdes inte.",
        "Det fanns ingenting att radera.",
        "Det fanns inga nycklar att förstöra.",
        "Ingenting är kvar.",
        "Inget underbiträde hade tillgång till uppgifter.",
    ];
    let english = [
        "The return was not asked for.",
        "There was nothing to erase.",
        "There were no keys to destroy.",
        "Nothing is kept.",
        "No sub-processor had access to data.",
    ];
    assert_says(&empty(), Language::Sv, &swedish);
    assert_says(&empty(), Language::En, &english);
}

#[test]
fn the_same_certificate_gives_the_same_bytes() {
    for certificate in [full, empty] {
        for language in Language::ALL {
            let first = pdf(&certificate(), *language).unwrap();
            assert!(first.starts_with(b"%PDF") && first == pdf(&certificate(), *language).unwrap());
        }
        assert_eq!(json(&certificate()).unwrap(), json(&certificate()).unwrap());
    }
}

#[test]
fn a_full_and_an_empty_certificate_hold_to_the_published_schema() {
    let schema = validator(json::SCHEMA);
    for certificate in [full(), empty()] {
        let document = read(&certificate);
        let errors: Vec<String> = schema.iter_errors(&document).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{errors:#?}");
    }
}

#[test]
fn the_schema_is_closed_and_refuses_what_it_does_not_know() {
    assert_closed_and_described(json::SCHEMA);
    let schema = validator(json::SCHEMA);
    let changes: [fn(&mut Value); 7] = [
        |c| c["v"] = 2.into(),
        |c| c["subjects"] = Value::Array(Vec::new()),
        |c| c["erased"][0]["kind"] = "SHOES".into(),
        |c| c["erased"][0]["count"] = (-1).into(),
        |c| c["kept"][0]["why"] = "CURIOSITY".into(),
        |c| c["returned"][0]["sha256"] = "0123".into(),
        |c| c["relationshipEndedOn"] = "30 september 2026".into(),
    ];
    for (number, change) in changes.into_iter().enumerate() {
        let mut altered = read(&full());
        change(&mut altered);
        assert!(!schema.is_valid(&altered), "change {number}");
    }
}

#[test]
fn the_schema_knows_every_code_and_no_other() {
    let schema: Value = serde_json::from_str(json::SCHEMA).unwrap();
    let erased: Vec<&str> = ErasedKind::ALL.iter().map(|kind| kind.code()).collect();
    let kept: Vec<&str> = KeptKind::ALL.iter().map(|kind| kind.code()).collect();
    let grounds: Vec<&str> = KeepingGround::ALL.iter().map(|ground| ground.code()).collect();
    for (list, member, codes) in
        [("erased", "kind", erased), ("kept", "what", kept), ("kept", "why", grounds)]
    {
        let known = &schema["properties"][list]["items"]["properties"][member]["enum"];
        assert_eq!(*known, Value::from(codes), "{list} {member}");
    }
}

#[test]
fn members_stand_in_alphabetical_order() {
    let text = String::from_utf8(json(&full()).unwrap()).unwrap();
    let outermost = text.lines().filter(|line| line.starts_with("  \""));
    let names: Vec<&str> = outermost.filter_map(|line| line.split('"').nth(1)).collect();
    assert_eq!(names.len(), 13);
    assert!(names.is_sorted(), "{names:?}");
}
