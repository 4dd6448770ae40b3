#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use domain::language::Language;
use domain::personal::Personal;
use zip::ZipArchive;

use super::archive::BYTE_ORDER_MARK;
use super::*;
use crate::package::sample;

fn files(answer: &AccessAnswer) -> BTreeMap<String, String> {
    let mut archive = ZipArchive::new(Cursor::new(write(answer).unwrap())).unwrap();
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

fn rows(file: &str) -> Vec<Vec<String>> {
    let text = file.strip_prefix(BYTE_ORDER_MARK).unwrap();
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect()
}

#[test]
fn the_archive_has_every_table_and_a_readme_that_names_each() {
    for language in [Language::Sv, Language::En] {
        for answer in [sample::full(language), sample::minimal(language)] {
            let files = files(&answer);
            let names: Vec<&str> = files.keys().map(String::as_str).collect();
            let expected = [
                "README.txt",
                "access-log.csv",
                "accounting-records.csv",
                "consents.csv",
                "letter.md",
                "person.csv",
                "processing.csv",
                "recipients.csv",
                "requests.csv",
                "restrictions.csv",
                "retention.csv",
                "returned.csv",
                "sources.csv",
                "systems.csv",
            ];
            assert_eq!(names, expected);
            for name in names.iter().filter(|name| **name != "README.txt") {
                assert!(files["README.txt"].contains(name), "{name}");
            }
            assert!(files["README.txt"].contains("'+46701234567"));
        }
    }
}

#[test]
fn tables_are_utf_8_with_a_mark_crlf_lines_and_quoted_fields() {
    let files = files(&sample::full(Language::Sv));
    let person = &files["person.csv"];
    assert!(person.starts_with("\u{feff}\"field\",\"value\"\r\n"));
    assert!(person.contains("\"name\",\"Åsa Exempelsson-Testdotter\"\r\n"));
    assert_eq!(person.matches('\n').count(), person.matches("\r\n").count());
}

#[test]
fn a_telephone_number_is_guarded_and_everything_else_reads_back() {
    let files = files(&sample::full(Language::En));
    let person = rows(&files["person.csv"]);
    assert!(person.contains(&vec!["phone".to_owned(), "'+46701234567".to_owned()]));
    assert!(person.contains(&vec!["passwordVerifierHeld".to_owned(), "true".to_owned()]));
    assert_eq!(rows(&files["recipients.csv"])[2][5], "STANDARD_CONTRACTUAL_CLAUSES");
    assert_eq!(rows(&files["access-log.csv"]).len(), 13);
    let record = &rows(&files["accounting-records.csv"])[1];
    assert_eq!(record[1..6], ["INVOICE", "2026-0417", "2026-04-17", "2026-12-31", "2033-12-31"]);
    assert_eq!(rows(&files["restrictions.csv"])[2][2..], ["2026-11-01T08:00:00Z", ""]);
}

#[test]
fn a_value_with_quotes_commas_and_line_breaks_stays_in_its_field() {
    let mut answer = sample::full(Language::Sv);
    let name = "A \"B\", C\r\n=1+1";
    answer.person.name = Some(Personal::new(name.to_owned()));
    let person = rows(&files(&answer)["person.csv"]);
    assert!(person.contains(&vec!["name".to_owned(), "A \"B\", C\r\n'=1+1".to_owned()]));
}
