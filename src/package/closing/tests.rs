#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use sample::{empty, full};
use serde_json::Value;

use super::*;
use crate::package::certificate::tests::{
    assert_says, assert_stays_the_same, file_of, proof_of, refusal, told,
};
use crate::package::certificate::{CertificateError, sha256_of, write};
use crate::package::json::tests::{assert_closed_and_described, validator};

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
    assert_stays_the_same(&full());
    assert_stays_the_same(&empty());
}

#[test]
fn a_full_and_an_empty_certificate_hold_to_the_published_schema() {
    let schema = validator(SCHEMA);
    for certificate in [full(), empty()] {
        let document = file_of(&certificate);
        let errors: Vec<String> = schema.iter_errors(&document).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{errors:#?}");
    }
}

#[test]
fn the_schema_is_closed_and_refuses_what_it_does_not_know() {
    assert_closed_and_described(SCHEMA);
    let schema = validator(SCHEMA);
    let changes: [fn(&mut Value); 9] = [
        |c| c["v"] = 1.into(),
        |c| c["statement"]["v"] = 1.into(),
        |c| c["proof"] = "proof".into(),
        |c| c["statement"]["subjects"] = Value::Array(Vec::new()),
        |c| c["statement"]["erased"][0]["kind"] = "SHOES".into(),
        |c| c["statement"]["erased"][0]["count"] = (-1).into(),
        |c| c["statement"]["kept"][0]["why"] = "CURIOSITY".into(),
        |c| c["statement"]["returned"][0]["sha256"] = "0123".into(),
        |c| c["statement"]["relationshipEndedOn"] = "30 september 2026".into(),
    ];
    for (number, change) in changes.into_iter().enumerate() {
        let mut altered = file_of(&full());
        change(&mut altered);
        assert!(!schema.is_valid(&altered), "change {number}");
    }
}

#[test]
fn the_schema_knows_every_code_and_no_other() {
    let schema: Value = serde_json::from_str(SCHEMA).unwrap();
    let erased: Vec<&str> = ErasedKind::ALL.iter().map(|kind| kind.code()).collect();
    let kept: Vec<&str> = KeptKind::ALL.iter().map(|kind| kind.code()).collect();
    let grounds: Vec<&str> = KeepingGround::ALL.iter().map(|ground| ground.code()).collect();
    for (list, member, codes) in
        [("erased", "kind", erased), ("kept", "what", kept), ("kept", "why", grounds)]
    {
        let known = &schema["$defs"]["statement"]["properties"][list]["items"]["properties"][member]["enum"];
        assert_eq!(*known, Value::from(codes), "{list} {member}");
    }
}

#[test]
fn the_statement_is_canonical_and_stands_in_the_file_with_its_digest_and_proof() {
    let text = write(&full()).unwrap();
    assert!(text.starts_with(r#"{"closedAt":"2026-11-04T13:05:00Z","confirmations":["#), "{text}");
    assert!(text.ends_with(r#","v":2}"#), "{text}");
    let file = file_of(&full());
    assert_eq!(file["statement"], serde_json::from_str::<Value>(&text).unwrap());
    assert_eq!(file["statementSha256"], Value::from(sha256_of(&text)));
    assert_eq!(file["proof"], Value::from(proof_of(&text)));
}

#[test]
fn a_text_that_is_no_statement_of_a_known_version_is_refused() {
    let text = write(&full()).unwrap();
    let altered = |from: &str, to: &str| {
        assert!(text.contains(from), "{from}");
        text.replacen(from, to, 1)
    };
    for (altered, expected) in [
        (text.clone(), None),
        (altered(r#""v":2"#, r#""v":1"#), Some(CertificateError::Version)),
        (
            altered(r#""organisationNumber":"556000-0001""#, r#""orgnr":"1""#),
            Some(CertificateError::Statement),
        ),
        (altered(r#""count":1000"#, r#""count":1000.0"#), Some(CertificateError::Statement)),
        (altered(r#""what":"AGREEMENT""#, r#""what":"SHOES""#), Some(CertificateError::Statement)),
    ] {
        assert_eq!(refusal::<Statement>(&altered, &proof_of(&altered)), expected, "{altered}");
    }
}

#[test]
fn facts_of_another_statement_are_not_certified() {
    let (text, another) = (write(&full()).unwrap(), write(&empty()).unwrap());
    assert_eq!(refusal::<Statement>(&text, &proof_of(&another)), Some(CertificateError::Digest));
}

#[test]
fn the_document_says_how_to_check_it() {
    let swedish = [
        "## Så kan intyget kontrolleras",
        "| Loggens namn | audit.example/tenant\\_1 |",
        "| Postens nummer (den första är 0) | 73894 |",
        "| Antal poster i loggen när beviset gjordes | 109482 |",
        "privacy-gateway audit verify --certificate FILE --verifier-key KEY",
        "## Beviset",
    ];
    let english =
        ["## How to check this certificate", "| Entries in the log when the proof was made | 109482 |"];
    assert_says(&full(), Language::Sv, &swedish);
    assert_says(&full(), Language::En, &english);
    let text = write(&full()).unwrap();
    assert_says(&full(), Language::En, &[&sha256_of(&text)]);
    assert!(told(&full(), Language::En).ends_with(&format!("\n```text\n{}```\n", proof_of(&text))));
}
