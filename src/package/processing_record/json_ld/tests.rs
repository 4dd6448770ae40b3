#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;

use serde_json::Map;

use super::super::sample::{empty, full};
use super::*;

fn read(record: &ProcessingRecord) -> Value {
    serde_json::from_str(&json_ld(record).unwrap()).unwrap()
}

/// What a document uses: its terms, and the prefixes of its compact IRIs.
#[derive(Default)]
struct Used {
    terms: BTreeSet<String>,
    prefixes: BTreeSet<String>,
}

impl Used {
    fn node(&mut self, context: &Map<String, Value>, node: &Value) {
        match node {
            Value::Array(items) => items.iter().for_each(|item| self.node(context, item)),
            Value::Object(members) => {
                for (name, value) in members.iter().filter(|(name, _)| *name != "@context") {
                    self.member(context, name, value);
                }
            }
            _ => {}
        }
    }

    fn member(&mut self, context: &Map<String, Value>, name: &str, value: &Value) {
        let meaning = context.get(name);
        let by_language = meaning.is_some_and(|meaning| meaning["@container"] == "@language");
        let iri = name == "@type" || meaning.is_some_and(|meaning| meaning["@type"] == "@id");
        if name != "@type" {
            self.terms.insert(name.to_owned());
        }
        if iri {
            let values = value.as_array().cloned().unwrap_or_else(|| vec![value.clone()]);
            self.prefixes.extend(values.iter().filter_map(Value::as_str).filter_map(prefix));
        }
        if !by_language {
            self.node(context, value);
        }
    }
}

fn prefix(iri: &str) -> Option<String> {
    iri.split_once(':').map(|(prefix, _)| prefix.to_owned())
}

#[test]
fn the_context_covers_every_term_and_holds_no_other() {
    for record in [full(), empty()] {
        let document = read(&record);
        let context = document["@context"].as_object().unwrap();
        let mut used = Used::default();
        used.node(context, &document);
        for (name, meaning) in context.iter().filter(|(name, _)| used.terms.contains(*name)) {
            let iri = meaning["@id"].as_str().or(meaning.as_str()).unwrap();
            used.prefixes.extend(prefix(iri));
            used.prefixes.extend(meaning["@type"].as_str().and_then(prefix).filter(|_| name != "@type"));
        }
        let known: BTreeSet<String> = context.keys().filter(|name| !name.starts_with('@')).cloned().collect();
        let needed: BTreeSet<String> = used.terms.union(&used.prefixes).cloned().collect();
        assert!(needed.is_subset(&known), "{:?}", needed.difference(&known));
        if document["process"]["process"].as_array().is_some_and(|processes| !processes.is_empty()) {
            assert_eq!(needed, known);
        }
    }
}

#[test]
fn every_iri_is_made_of_a_prefix_that_ends_where_a_name_can_begin() {
    let document = read(&full());
    for (name, meaning) in document["@context"].as_object().unwrap() {
        let iri = meaning["@id"].as_str().or(meaning.as_str()).unwrap_or_default();
        if iri.contains("//") {
            assert!(iri.ends_with('#') || iri.ends_with('/'), "{name}");
        }
    }
}

#[test]
fn the_record_is_told_in_terms_of_the_vocabulary() {
    let document = read(&full());
    let process = &document["process"];
    let subprocesses = &process["process"];
    for (found, expected) in [
        (&document["@type"], json!("dpv:DataProcessingRecord")),
        (&document["asOf"], json!("2026-11-22")),
        (&document["controller"]["@type"], json!("dpv:DataController")),
        (&document["controller"]["country"], json!("loc:SE")),
        (&document["controller"]["dataProtectionOfficer"]["@type"], json!("dpv:DataProtectionOfficer")),
        (&document["processor"]["@type"], json!("dpv:DataProcessor")),
        (&document["processor"]["identifier"], json!("556000-0019")),
        (&process["agreement"]["@type"], json!("dpv:ControllerProcessorAgreement")),
        (&process["agreement"]["validThrough"], json!("2027-01-31")),
        (&process["storageCondition"]["duration"]["@type"], json!("dpv:UntilEventDuration")),
        (&process["dataSubject"][0]["description"], json!("Kunders kontaktpersoner")),
        (&process["technicalOrganisationalMeasure"][0], json!("Kryptering i vila och under överföring")),
        (&subprocesses[0]["processor"]["@type"], json!("dpv:DataSubProcessor")),
        (&subprocesses[0]["location"], json!(["loc:DE", "loc:AX"])),
        (&subprocesses[0]["personalData"], json!(["pd:Name", "pd:Financial"])),
        (&subprocesses[0]["comment"], Value::Null),
        (&subprocesses[2]["thirdCountry"], json!(["loc:US"])),
    ] {
        assert_eq!(*found, expected);
    }
    let personal = process["personalData"].as_array().unwrap();
    assert_eq!(personal.len(), 8);
}

#[test]
fn a_transfer_names_the_article_that_makes_it_lawful() {
    let document = read(&full());
    let bases: Vec<&Value> =
        (0..5).map(|index| &document["process"]["process"][index]["legalBasis"]).collect();
    let expected = [
        Value::Null,
        Value::Null,
        json!("eu-gdpr:A45-3"),
        json!("eu-gdpr:A46-2-c"),
        json!("eu-gdpr:A46-2-b"),
    ];
    assert_eq!(bases, expected.iter().collect::<Vec<_>>());
}

#[test]
fn sentences_of_the_record_itself_are_told_in_both_languages() {
    let document = read(&full());
    let check = &document["process"]["process"][1]["comment"];
    let end = &document["process"]["storageCondition"]["duration"]["comment"];
    for (sentences, swedish, english) in
        [(check, "bokföringslagen", "Bookkeeping Act"), (end, "30\u{a0}dagar", "30\u{a0}days")]
    {
        assert!(sentences["sv"].as_str().unwrap().contains(swedish));
        assert!(sentences["en"].as_str().unwrap().contains(english));
    }
}

#[test]
fn an_empty_record_has_the_same_members() {
    let (full, empty) = (read(&full()), read(&empty()));
    for at in ["", "/controller", "/processor", "/process"] {
        let members = |document: &Value| -> Vec<String> {
            document.pointer(at).unwrap().as_object().unwrap().keys().cloned().collect()
        };
        assert_eq!(members(&full), members(&empty), "{at}");
    }
    assert_eq!(empty["process"]["process"], json!([]));
    assert_eq!(empty["process"]["agreement"], Value::Null);
}
