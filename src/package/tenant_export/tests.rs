#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use domain::id::{ConsentId, SubjectId, TenantId};
use domain::personal::Personal;
use domain::purpose::Purpose;
use domain::subject::SubjectStatus;
use serde_json::{Value, json};
use uuid::Uuid;
use zip::ZipArchive;

use super::*;
use crate::package::answer::Address;
use crate::package::sample::{at, value};

fn heading() -> Heading {
    Heading {
        tenant: TenantId::from_uuid(Uuid::from_u128(1)),
        name: "Exempelbygg Norr AB".to_owned(),
        processor: "Provbiträdet AB".to_owned(),
        made_at: at("2026-11-22T23:05:00Z"),
    }
}

fn person(number: u128) -> DataSubject {
    DataSubject {
        id: SubjectId::from_uuid(Uuid::from_u128(number)),
        external_reference: value("K-17"),
        status: SubjectStatus::Active,
        name: value("Åsa \"Prov\" Exempelsson"),
        position: value("=HYPERLINK(\"http://evil.example\")"),
        phone: value("+46701740605"),
        address: Some(Personal::new(Address {
            lines: vec!["c/o Prov".to_owned(), "Provgatan 1".to_owned()],
            postal_code: "163 46".to_owned(),
            locality: "Provstad".to_owned(),
            country: "SE".to_owned(),
        })),
        email: value("asa@provstad.example"),
        login_name: None,
        has_password: true,
        ended_purposes: vec![Purpose::LegalClaims, Purpose::DirectMarketing],
        marketing_objected_at: None,
        created_at: at("2026-01-02T03:04:05.678Z"),
        updated_at: at("2026-01-02T03:04:05.678Z"),
        erased_at: None,
    }
}

fn consent(number: u128) -> Consent {
    Consent {
        id: ConsentId::from_uuid(Uuid::from_u128(number)),
        subject: SubjectId::from_uuid(Uuid::from_u128(7)),
        purpose: Purpose::DirectMarketing,
        granted_at: at("2026-01-02T03:04:05Z"),
        withdrawn_at: Some(at("2026-02-02T03:04:05Z")),
        source: "webbformulär".to_owned(),
        text_version: "2".to_owned(),
    }
}

/// An archive of some persons, taken out as it grows.
fn archive(persons: u128) -> Vec<u8> {
    let mut archive = Archive::begin(heading()).unwrap();
    let mut bytes = archive.take();
    for form in Form::ALL {
        let mut table = archive.table::<DataSubject>(form).unwrap();
        for number in 0..persons {
            table.put(&person(number)).unwrap();
            bytes.extend(table.take());
        }
    }
    for form in Form::ALL {
        archive.table::<Consent>(form).unwrap().put(&consent(1)).unwrap();
    }
    archive.table::<Instruction>(Form::Csv).unwrap();
    archive.text("agreements/1.md", "# Avtal\n").unwrap();
    let (rest, files) = archive.finish().unwrap();
    assert_eq!(files.last().unwrap().name, "manifest.json");
    bytes.extend(rest);
    bytes
}

fn files(bytes: Vec<u8>) -> Vec<(String, Vec<u8>)> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut files = Vec::new();
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).unwrap();
        let mut content = Vec::new();
        file.read_to_end(&mut content).unwrap();
        files.push((file.name().unwrap().into_owned(), content));
    }
    files
}

fn text_of(files: &[(String, Vec<u8>)], name: &str) -> String {
    let file = files.iter().find(|(own, _)| own == name).unwrap();
    String::from_utf8(file.1.clone()).unwrap()
}

#[test]
fn every_line_of_json_is_a_record_with_its_columns_in_order() {
    let text = text_of(&files(archive(3)), "data-subjects.jsonl");
    let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 3);
    assert_eq!(lines[2]["id"], SubjectId::from_uuid(Uuid::from_u128(2)).to_string());
    assert_eq!(lines[0]["name"], "Åsa \"Prov\" Exempelsson");
    assert_eq!(lines[0]["phone"], "+46701740605");
    assert_eq!(lines[0]["addressLines"], json!(["c/o Prov", "Provgatan 1"]));
    assert_eq!(lines[0]["loginName"], Value::Null);
    assert_eq!(lines[0]["hasPassword"], true);
    assert_eq!(lines[0]["endedPurposes"], json!(["LEGAL_CLAIMS", "DIRECT_MARKETING"]));
    assert_eq!(lines[0]["createdAt"], "2026-01-02T03:04:05.678Z");
    let mut from = 0;
    for (name, _) in DataSubject::COLUMNS {
        from += text[from..].find(&format!("\"{name}\":")).unwrap();
    }
}

#[test]
fn a_table_has_the_same_columns_and_no_formula() {
    let text = text_of(&files(archive(2)), "data-subjects.csv");
    let text = text.strip_prefix('\u{feff}').unwrap();
    assert_eq!(text.matches('\n').count() - text.matches("\r\n").count(), 2, "line breaks in two addresses");
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let headers: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let columns: Vec<&str> = DataSubject::COLUMNS.iter().map(|(name, _)| *name).collect();
    assert_eq!(headers, columns);
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let cell = |name: &str| rows[1].get(columns.iter().position(|own| *own == name).unwrap()).unwrap();
    assert_eq!(rows.len(), 2);
    assert_eq!(cell("name"), "Åsa \"Prov\" Exempelsson");
    assert_eq!(cell("position"), "'=HYPERLINK(\"http://evil.example\")");
    assert_eq!(cell("phone"), "'+46701740605");
    assert_eq!(cell("addressLines"), "c/o Prov\nProvgatan 1");
    assert_eq!(cell("endedPurposes"), "LEGAL_CLAIMS DIRECT_MARKETING");
    assert_eq!(cell("loginName"), "");
}

#[test]
fn the_manifest_comes_last_and_every_digest_holds() {
    let files = files(archive(5));
    let (last, others) = files.split_last().unwrap();
    assert_eq!(last.0, "manifest.json");
    let manifest: Value = serde_json::from_slice(&last.1).unwrap();
    assert_eq!(manifest["version"], VERSION);
    assert_eq!(manifest["tenantId"], heading().tenant.to_string());
    assert_eq!(manifest["madeAt"], "2026-11-22T23:05:00Z");
    let listed = manifest["files"].as_array().unwrap();
    assert_eq!(listed.len(), others.len());
    let mut rows = BTreeMap::new();
    for (entry, (name, content)) in listed.iter().zip(others) {
        let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, content);
        assert_eq!(entry["name"], name.as_str());
        assert_eq!(entry["bytes"], content.len());
        assert_eq!(entry["sha256"], hex::encode(digest), "{name}");
        rows.insert(name.as_str(), entry["rows"].clone());
    }
    for (name, expected) in [
        ("data-subjects.jsonl", json!(5)),
        ("data-subjects.csv", json!(5)),
        ("consents.csv", json!(1)),
        ("instructions.csv", json!(0)),
        ("agreements/1.md", Value::Null),
        ("README.sv.txt", Value::Null),
    ] {
        assert_eq!(rows[name], expected, "{name}");
    }
}

#[test]
fn the_same_records_give_the_same_bytes() {
    assert!(archive(4) == archive(4));
}

#[test]
fn no_more_is_kept_than_compression_holds_back() {
    let mut archive = Archive::begin(heading()).unwrap();
    let mut table = archive.table::<DataSubject>(Form::JsonLines).unwrap();
    let mut longest = 0;
    for number in 0..20_000 {
        table.put(&person(number)).unwrap();
        longest = longest.max(table.take().len());
    }
    assert!((1..200_000).contains(&longest), "{longest}");
}

#[test]
fn both_readmes_name_every_file_and_what_is_left_out() {
    let files = files(archive(1));
    for (name, words) in [
        ("README.sv.txt", ["Lösenord", "Loggen", "2026-11-23", "Exempelbygg Norr AB", "Provbiträdet AB"]),
        ("README.en.txt", ["Passwords", "The log", "2026-11-23", "Exempelbygg Norr AB", "Provbiträdet AB"]),
    ] {
        let text = text_of(&files, name);
        for kind in Kind::ALL {
            assert!(text.contains(&format!("{}.jsonl, {0}.csv: ", kind.stem())), "{name} {kind:?}");
        }
        for word in words.into_iter().chain(["manifest.json", "agreements/", "28"]) {
            assert!(text.contains(word), "{word} in {name}");
        }
        assert!(text.starts_with('\u{feff}') && text.contains("\r\n"));
    }
}
