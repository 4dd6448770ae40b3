#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use domain::language::Language;
use domain::request::kind::RequestKind;
use serde_json::{Value, json};
use zip::ZipArchive;

use super::*;
use crate::package::json::tests::{assert_closed_and_described, validator};
use crate::package::letter::request::sample::{answer, case};
use crate::package::render_portability;
use crate::package::sample::{address, value};

fn full(language: Language) -> PortabilityAnswer {
    PortabilityAnswer {
        request_id: "request_01jc5xcejqtf2nbrexx3vqjhp4".to_owned(),
        schema_url: "https://gateway.example/schema/portability-package.schema.json".to_owned(),
        provided: Provided {
            name: value("Åsa Exempelsson"),
            position: value("Inköpschef"),
            phone: value("+46701234567"),
            address: Some(address()),
            email: value("asa@exempelbygg.example"),
            login_name: None,
        },
        case: case(RequestKind::Portability, language, Stage::Answered(answer(RequestKind::Portability))),
    }
}

fn minimal(language: Language) -> PortabilityAnswer {
    let stage = Stage::Answered(request::Answer::default());
    let mut answer = PortabilityAnswer {
        provided: Provided::default(),
        case: case(RequestKind::Portability, language, stage),
        ..full(language)
    };
    answer.case.addressee = None;
    answer
}

fn document(answer: &PortabilityAnswer) -> Value {
    serde_json::from_slice(&render_portability(answer, ExportFormat::Json).unwrap()).unwrap()
}

fn files(answer: &PortabilityAnswer) -> BTreeMap<String, String> {
    let bytes = render_portability(answer, ExportFormat::CsvZip).unwrap();
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut files = BTreeMap::new();
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).unwrap();
        let name = file.name().unwrap().into_owned();
        let mut text = String::new();
        file.read_to_string(&mut text).unwrap();
        files.insert(name, text);
    }
    files
}

#[test]
fn the_same_answer_gives_the_same_bytes_in_every_format_and_language() {
    for language in Language::ALL {
        for make in [full, minimal] {
            for format in ExportFormat::ALL {
                let first = render_portability(&make(*language), *format).unwrap();
                let second = render_portability(&make(*language), *format).unwrap();
                assert!(first == second && !first.is_empty(), "{format:?} {}", language.code());
            }
        }
    }
}

#[test]
fn a_full_and_a_minimal_package_hold_to_the_published_schema() {
    let schema = validator(json::SCHEMA);
    for language in Language::ALL {
        for make in [full, minimal] {
            let package = document(&make(*language));
            let errors: Vec<String> = schema.iter_errors(&package).map(|e| e.to_string()).collect();
            assert!(errors.is_empty(), "{errors:#?}");
        }
    }
}

#[test]
fn the_schema_is_closed_and_refuses_what_it_does_not_know() {
    assert_closed_and_described(json::SCHEMA);
    let schema = validator(json::SCHEMA);
    let package = document(&full(Language::Sv));
    let changes: [fn(&mut Value); 5] = [
        |p| p["person"]["shoeSize"] = json!(44),
        |p| p["version"] = json!("1"),
        |p| p["consents"] = json!([]),
        |p| p["excluded"][0]["category"] = json!("SHOES"),
        |p| p["person"] = json!({}),
    ];
    for (number, change) in changes.into_iter().enumerate() {
        let mut altered = package.clone();
        change(&mut altered);
        assert!(!schema.is_valid(&altered), "change {number}");
    }
}

#[test]
fn the_package_holds_what_was_provided_and_names_what_was_left_out() {
    let package = document(&full(Language::Sv));
    assert_eq!(package["person"]["name"], "Åsa Exempelsson");
    assert_eq!(package["person"]["address"]["locality"], "Provstad");
    assert_eq!(package["person"]["loginName"], Value::Null);
    assert_eq!(package["excluded"][0], json!({ "category": "PASSWORD", "sentence": "A sentence." }));
    for other in ["consents", "accessLog", "processing"] {
        assert_eq!(package.get(other), None, "{other}");
    }
}

#[test]
fn the_tables_are_named_by_the_readme_and_safe_to_open() {
    for language in Language::ALL {
        for make in [full, minimal] {
            let files = files(&make(*language));
            let names: Vec<&str> = files.keys().map(String::as_str).collect();
            assert_eq!(
                names,
                ["README.txt", "excluded.csv", "letter.md", "person.csv", "returned.csv", "systems.csv"]
            );
            for name in
                ["excluded.csv", "letter.md", "person.csv", "returned.csv", "systems.csv", "'+46701234567"]
            {
                assert!(files["README.txt"].contains(name), "{name}");
            }
        }
        let files = files(&full(*language));
        assert!(files["person.csv"].contains("\"phone\",\"'+46701234567\"\r\n"));
        assert!(files["person.csv"].contains("\"address.line\",\"c/o Provson\"\r\n"));
        assert!(files["excluded.csv"].contains("\"ACCOUNTING\",\"A sentence.\"\r\n"));
    }
}

#[test]
fn the_letter_names_the_formats() {
    let letter = files(&full(Language::Sv)).remove("letter.md").unwrap();
    assert!(letter.contains("JSON") && letter.contains("CSV-tabeller"));
    assert!(render_portability(&full(Language::Sv), ExportFormat::Pdf).unwrap().starts_with(b"%PDF-"));
}
