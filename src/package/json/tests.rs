#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use domain::language::Language;

use super::*;
use crate::package::sample;

/// What holds documents to a published schema, which must itself be one.
pub(crate) fn validator(schema: &str) -> jsonschema::Validator {
    let schema: Value = serde_json::from_str(schema).unwrap();
    jsonschema::draft202012::meta::validate(&schema).unwrap();
    jsonschema::options().should_validate_formats(true).build(&schema).unwrap()
}

#[test]
fn a_full_and_a_minimal_package_hold_to_the_published_schema() {
    let schema = validator(SCHEMA);
    for language in [Language::Sv, Language::En] {
        for answer in [sample::full(language), sample::minimal(language)] {
            let package: Value = serde_json::from_slice(&write(&answer).unwrap()).unwrap();
            let errors: Vec<String> = schema.iter_errors(&package).map(|e| e.to_string()).collect();
            assert!(errors.is_empty(), "{errors:#?}");
        }
    }
}

#[test]
fn the_schema_refuses_what_it_does_not_know() {
    let schema = validator(SCHEMA);
    let package: Value = serde_json::from_slice(&write(&sample::full(Language::Sv)).unwrap()).unwrap();
    let changes: [fn(&mut Value); 6] = [
        |p| p["person"]["shoeSize"] = json!(44),
        |p| p["version"] = json!("2"),
        |p| p["processing"][0]["purpose"] = json!("CURIOSITY"),
        |p| p["recipients"][0]["country"] = json!("Germany"),
        |p| p["request"]["madeAt"] = json!("22 november 2026"),
        |p| p["person"] = json!({}),
    ];
    for (number, change) in changes.into_iter().enumerate() {
        let mut altered = package.clone();
        change(&mut altered);
        assert!(!schema.is_valid(&altered), "change {number}");
    }
}

/// Fails unless every object of the schema is closed and every property says what it is.
pub(crate) fn assert_closed_and_described(schema: &str) {
    fn walk(at: &str, node: &Value) {
        if let Some(properties) = node.get("properties").and_then(Value::as_object) {
            assert_eq!(node["additionalProperties"], json!(false), "{at}");
            for (name, property) in properties {
                let described = property.get("description").is_some();
                assert!(described, "{at}/{name} says nothing about itself");
            }
        }
        match node {
            Value::Object(members) => members.iter().for_each(|(k, v)| walk(&format!("{at}/{k}"), v)),
            Value::Array(items) => items.iter().for_each(|item| walk(at, item)),
            _ => {}
        }
    }
    walk("", &serde_json::from_str(schema).unwrap());
}

#[test]
fn every_object_of_the_schema_is_closed_and_every_property_described() {
    assert_closed_and_described(SCHEMA);
}

#[test]
fn accounting_records_and_restrictions_are_handed_out() {
    let package: Value = serde_json::from_slice(&write(&sample::full(Language::Sv)).unwrap()).unwrap();
    assert_eq!(package["accountingRecords"][0]["number"], "2026-0417");
    assert_eq!(package["accountingRecords"][0]["description"], "Er referens: Exempelsson");
    assert_eq!(package["accountingRecords"][1]["retainedThrough"], Value::Null);
    assert_eq!(package["restrictions"][0]["liftedAt"], "2025-02-10T08:00:00Z");
    assert_eq!(package["restrictions"][1]["liftedAt"], Value::Null);
}

#[test]
fn the_password_is_told_of_and_never_told() {
    let text = String::from_utf8(write(&sample::full(Language::Sv)).unwrap()).unwrap();
    assert!(text.contains("\"passwordVerifierHeld\": true"));
    assert!(!text.contains("argon2"));
}
