//! The statement as it is stored, and the file with its schema.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
use serde_json::Value;

use super::super::sample::{empty, outcome, partial, remainder, whole};
use super::super::*;
use crate::package::certificate::tests::{file_of, proof_of, refusal};
use crate::package::certificate::{read, write};
use crate::package::json::tests::{assert_closed_and_described, validator};

#[test]
fn a_statement_reads_back_as_it_was_written() {
    for written in [whole(), partial(), remainder(), empty()] {
        let text = write(&written).unwrap();
        assert_eq!(write(&read::<Statement>(&text).unwrap()).unwrap(), text);
    }
}

#[test]
fn the_text_of_a_statement_is_canonical_and_stays_what_it_is() {
    let expected = concat!(
        r#"{"completedAt":"2026-11-21T13:05:01.25Z","keys":[],"outcomes":[],"previous":null,"#,
        r#""processor":{"addressLines":["Provvägen 14","123 46 Provstad"],"email":"info@molnbitradet.example","#,
        r#""name":"Molnbiträdet Exempel AB","organisationNumber":"556000-0019"},"#,
        r#""request":{"categories":null,"decidedAt":"2026-11-20T22:59:00Z","id":"request_01jc5xcejqtf2nbrexx3vqjhp5","#,
        r#""receivedAt":"2026-11-01T08:00:00Z","reference":"RR-2026-000123"},"stage":"WHOLE","#,
        r#""storageCompactedAt":null,"subjectId":"subject_01jc5xcejqtf2nbrexx3vqjhp6","systems":[],"#,
        r#""tenant":{"id":"tenant_01jc5xcejqtf2nbrexx3vqjhp4","name":"Exempelbygg Norr AB","organisationNumber":"556000-0001"},"#,
        r#""v":1}"#,
    );
    assert_eq!(write(&empty()).unwrap(), expected);
}

#[test]
fn a_text_that_is_no_statement_of_a_known_version_is_refused() {
    let text = write(&partial()).unwrap();
    let altered = |from: &str, to: &str| {
        assert!(text.contains(from), "{from}");
        text.replacen(from, to, 1)
    };
    for (altered, expected) in [
        (text.clone(), None),
        (altered(r#""v":1"#, r#""v":2"#), Some(CertificateError::Version)),
        (altered(r#","v":1"#, ""), Some(CertificateError::Statement)),
        (altered(r#""v":1"#, r#""v":1,"w":1"#), Some(CertificateError::Statement)),
        (altered(r#""records":1,"#, r#""records":-1,"#), Some(CertificateError::Statement)),
        (altered(r#""ground":null,"#, ""), Some(CertificateError::Statement)),
        (altered(r#""stage":"PARTIAL""#, r#""stage":"partial""#), Some(CertificateError::Statement)),
        (altered(r#"{"completedAt""#, r#"{ "completedAt""#), Some(CertificateError::Statement)),
        (altered(r#""v":1"#, r#""v":1,"v":1"#), Some(CertificateError::Statement)),
        (altered(r#""action":"ERASED""#, r#""action":"DISCLOSED""#), Some(CertificateError::Outcome)),
        ("[]".to_owned(), Some(CertificateError::Statement)),
        (String::new(), Some(CertificateError::Statement)),
    ] {
        assert_eq!(refusal::<Statement>(&altered, &proof_of(&altered)), expected, "{altered}");
    }
}

#[test]
fn what_no_erasure_does_is_not_stated() {
    for action in OutcomeAction::ALL {
        let mut of = whole();
        of.outcomes = vec![outcome(DataCategory::Name, *action)];
        let allowed =
            matches!(action, OutcomeAction::Erased | OutcomeAction::Retained | OutcomeAction::NothingHeld);
        assert_eq!(write(&of).is_ok(), allowed, "{}", action.code());
    }
}

#[test]
fn every_certificate_holds_to_the_published_schema() {
    let schema = validator(SCHEMA);
    for statement in [whole(), partial(), remainder(), empty()] {
        let document = file_of(&statement);
        let errors: Vec<String> = schema.iter_errors(&document).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{errors:#?}");
    }
}

#[test]
fn the_schema_is_closed_and_refuses_what_it_does_not_know() {
    assert_closed_and_described(SCHEMA);
    let schema = validator(SCHEMA);
    let changes: [fn(&mut Value); 10] = [
        |c| c["v"] = 2.into(),
        |c| c["statement"]["v"] = 2.into(),
        |c| c["statement"]["name"] = "x".into(),
        |c| c["statement"]["outcomes"][0]["action"] = "DISCLOSED".into(),
        |c| c["statement"]["outcomes"][0]["records"] = (-1).into(),
        |c| c["statement"]["request"]["categories"] = Value::Array(Vec::new()),
        |c| c["statement"]["systems"][0]["outcome"] = "PENDING".into(),
        |c| c["statement"]["completedAt"] = "21 november 2026".into(),
        |c| c["statementSha256"] = "0123".into(),
        |c| c["proof"] = "proof".into(),
    ];
    for (number, change) in changes.into_iter().enumerate() {
        let mut altered = file_of(&partial());
        change(&mut altered);
        assert!(!schema.is_valid(&altered), "change {number}");
    }
}

#[test]
fn the_schema_knows_every_code_and_no_other() {
    let schema: Value = serde_json::from_str(SCHEMA).unwrap();
    let members = &schema["$defs"]["statement"]["properties"];
    let categories: Vec<&str> = DataCategory::ALL.iter().map(|category| category.code()).collect();
    let stages: Vec<&str> = Stage::ALL.iter().map(|stage| stage.code()).collect();
    let systems: Vec<&str> = SystemOutcome::ALL.iter().map(|outcome| outcome.code()).collect();
    let mut grounds: Vec<Option<&str>> =
        RetentionGround::ALL.iter().map(|ground| Some(ground.code())).collect();
    grounds.push(None);
    assert_eq!(schema["$defs"]["category"]["enum"], Value::from(categories));
    assert_eq!(members["stage"]["enum"], Value::from(stages));
    assert_eq!(members["systems"]["items"]["properties"]["outcome"]["enum"], Value::from(systems));
    assert_eq!(members["outcomes"]["items"]["properties"]["ground"]["enum"], Value::from(grounds));
}
