//! What developers read of the tables of codes: `docs/errors.md`, between its marks, and `schema/errors.json`.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

use async_graphql_parser::types::{EnumType, TypeKind, TypeSystemDefinition};
use domain::language::Language;
use domain::wording::Wording;
use serde_json::{Map, Value, json};

use super::ErrorCode;
use crate::graphql::api::{OperatorApi, TenantApi};
use crate::graphql::nullability;
use crate::http::Rejected as Kind;
use crate::service::refusal::UserErrorCode;

/// All files are written by the command that the message names.
#[test]
fn the_tables_of_codes_are_those_of_the_code() {
    let update = std::env::var_os("UPDATE_DOCS").is_some();
    let stale = |path: &Path, written: String| {
        if update {
            std::fs::write(path, &written).unwrap();
        }
        let file = path.display();
        let kept = std::fs::read_to_string(path).unwrap_or_default();
        assert!(kept == written, "{file} is stale: UPDATE_DOCS=1 cargo test --lib the_tables_of_codes");
    };
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = root.join("docs/errors.md");
    let mut text = std::fs::read_to_string(&page).unwrap();
    let tables = [
        ("codes", codes()),
        ("fields", nullability::table()),
        ("rejections", rejections()),
        ("user errors", user_errors()),
    ];
    for (mark, table) in tables {
        text = between(&text, mark, &table);
    }
    stale(&page, text);
    stale(&root.join("schema/errors.json"), data());
}

#[test]
fn each_schema_names_user_errors_of_the_table_and_together_all_of_them() {
    let known: BTreeSet<_> = UserErrorCode::ALL.iter().map(|code| code.text().to_owned()).collect();
    let named: BTreeSet<_> = apis().into_iter().flat_map(|(_, codes)| codes).collect();
    assert_eq!(named, known);
}

#[test]
fn every_code_speaks_both_languages() {
    let own = ErrorCode::ALL.iter().map(|code| (code.text(), code.wording()));
    let users = UserErrorCode::ALL.iter().map(|code| (code.text(), code.wording()));
    for (code, wording) in own.chain(users) {
        // A word of the protocol of automatic persisted queries, and in no language.
        if code == ErrorCode::PersistedQueryNotFound.text() {
            continue;
        }
        let (swedish, english) = (wording.text(Language::Sv), wording.text(Language::En));
        assert_ne!(swedish, english, "{code}");
        assert!(swedish.ends_with('.'), "{code}: {swedish}");
    }
}

/// The text with what stands between the marks replaced.
fn between(text: &str, mark: &str, table: &str) -> String {
    let (begin, end) =
        (format!("<!-- {mark}: written from the code -->\n"), format!("<!-- end of {mark} -->"));
    let (before, rest) = text.split_once(&begin).unwrap();
    let (_, after) = rest.split_once(&end).unwrap();
    format!("{before}{begin}\n{table}\n{end}{after}")
}

fn codes() -> String {
    let mut table = "| code | HTTP | meaning | what to do |\n| --- | --- | --- | --- |\n".to_owned();
    for code in ErrorCode::ALL {
        let status = code.status().map_or_else(|| "–".to_owned(), |status| status.to_string());
        let (text, meaning, remedy) = (code.text(), code.meaning(), code.remedy());
        writeln!(table, "| `{text}` | {status} | {meaning} | {remedy} |").unwrap();
    }
    table
}

fn rejections() -> String {
    let mut table = "| HTTP | code | when |\n| --- | --- | --- |\n".to_owned();
    for kind in Kind::ALL {
        writeln!(table, "| {} | `{}` | {} |", kind.status(), kind.code().text(), kind.when()).unwrap();
    }
    table
}

fn user_errors() -> String {
    let mut table = "| code | meaning | what to do |\n| --- | --- | --- |\n".to_owned();
    for code in UserErrorCode::ALL {
        writeln!(table, "| `{}` | {} | {} |", code.text(), code.meaning(), code.remedy()).unwrap();
    }
    table
}

/// The same for programs: a front end makes its own texts and types from it.
fn data() -> String {
    let apis = apis();
    let errors: Vec<Value> = ErrorCode::ALL
        .iter()
        .map(|code| {
            let members: Map<_, _> =
                code.members().iter().map(|(name, holds)| ((*name).to_owned(), json!(holds))).collect();
            json!({
                "code": code.text(), "httpStatus": code.status(), "meaning": plain(code.meaning()),
                "whatToDo": plain(code.remedy()), "extensions": members, "message": told(&code.wording()),
            })
        })
        .collect();
    let rejections: Vec<Value> = Kind::ALL
        .iter()
        .map(|kind| {
            json!({
                "httpStatus": kind.status(), "code": kind.code().text(), "meaning": plain(kind.when()),
                "message": told(&kind.wording()),
            })
        })
        .collect();
    let user_errors: Vec<Value> = UserErrorCode::ALL
        .iter()
        .map(|code| {
            let sent = apis.iter().filter(|(_, codes)| codes.contains(code.text())).map(|(api, _)| api);
            json!({
                "code": code.text(), "apis": sent.collect::<Vec<_>>(), "meaning": plain(code.meaning()),
                "whatToDo": plain(code.remedy()), "message": told(&code.wording()),
            })
        })
        .collect();
    let all = json!({ "errors": errors, "rejections": rejections, "userErrors": user_errors });
    format!("{}\n", serde_json::to_string_pretty(&all).unwrap())
}

fn told(wording: &Wording) -> Value {
    json!({ "sv": wording.text(Language::Sv), "en": wording.text(Language::En) })
}

/// A text without the links and marks of Markdown.
fn plain(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, link)) = rest.split_once('[') {
        let (words, target) = link.split_once("](").unwrap();
        plain.push_str(before);
        plain.push_str(words);
        rest = target.split_once(')').unwrap().1;
    }
    plain.push_str(rest);
    plain.replace('`', "")
}

/// The vocabularies of user errors of the two schemas, as they are printed.
fn apis() -> [(&'static str, BTreeSet<String>); 2] {
    let values = |sdl: String| {
        let document = async_graphql_parser::parse_schema(&sdl).unwrap();
        let found = document.definitions.into_iter().find_map(|definition| match definition {
            TypeSystemDefinition::Type(ty) if ty.node.name.node == "UserErrorCode" => match ty.node.kind {
                TypeKind::Enum(EnumType { values }) => Some(values),
                _ => None,
            },
            _ => None,
        });
        found.unwrap().into_iter().map(|value| value.node.value.node.to_string()).collect()
    };
    [("gateway", values(TenantApi::sdl().unwrap())), ("operator", values(OperatorApi::sdl().unwrap()))]
}
