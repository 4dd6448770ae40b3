//! The rooms of `src` and the edges between them (`docs/architecture.md`), read from the source's own paths: a room that
//! names what it may not use fails here with the line.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::{Path, PathBuf};

/// Room, and what no file of it may name.
const NEVER: &[(&str, &[&str])] = &[
    ("src/service", &["crate::graphql", "crate::http", "actix_web", "async_graphql", "sea_orm", "entity::"]),
    ("src/worker", &["crate::graphql", "crate::http", "actix_web", "async_graphql", "sea_orm", "entity::"]),
    (
        "src/package",
        &["crate::graphql", "crate::http", "crate::service", "actix_web", "async_graphql", "store::"],
    ),
    (
        "src/demand",
        &["crate::graphql", "crate::http", "crate::service", "store::", "actix_web", "async_graphql"],
    ),
    (
        "src/metrics",
        &["crate::graphql", "crate::http", "crate::service", "domain::", "auth::", "store::", "actix_web"],
    ),
    ("src/seed", &["crate::graphql", "crate::http", "crate::worker", "actix_web", "async_graphql"]),
    ("src/graphql", &["store::", "entity::", "sea_orm", "actix_web", "sqlx"]),
    ("src/http", &["store::", "entity::", "sea_orm", "sqlx"]),
    (
        "src/config",
        &[
            "crate::graphql",
            "crate::http",
            "crate::service",
            "store::",
            "auth::",
            "actix_web",
            "async_graphql",
        ],
    ),
    ("src", &["sea_orm", "entity::", "migration::", "sqlx"]),
    ("domain/src", &["async fn", "tokio", "actix", "sea_orm", "async_graphql"]),
    ("auth/src", &["store::", "actix_web", "sea_orm"]),
    ("connector/src", &["auth::", "store::", "gateway::", "actix_web", "async_graphql", "sea_orm"]),
    ("entity/src", &["domain::", "auth::", "store::"]),
    ("migration/src", &["domain::", "auth::", "store::", "entity::"]),
    ("store/src", &["actix_web", "async_graphql", "gateway::"]),
];

fn sources(room: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(room).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// A line names `word` when it does so outside comments, and not as the tail of a longer path or name.
fn names(line: &str, word: &str) -> bool {
    let code = line.split("//").next().unwrap_or_default();
    code.match_indices(word).any(|(at, _)| {
        let before = code.get(..at).and_then(|head| head.chars().next_back());
        !before.is_some_and(|before| before.is_alphanumeric() || before == '_' || before == ':')
    })
}

#[test]
fn no_room_uses_what_it_may_not() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut broken = Vec::new();
    for (room, never) in NEVER {
        let mut files = Vec::new();
        sources(&root.join(room), &mut files);
        assert!(!files.is_empty(), "{room} is empty: has it moved?");
        for file in files {
            let text = fs::read_to_string(&file).unwrap();
            for (number, line) in text.lines().enumerate() {
                for word in never.iter().filter(|word| names(line, word)) {
                    let file = file.strip_prefix(root).unwrap().display();
                    broken.push(format!("{file}:{}: {room} may not use {word}", number + 1));
                }
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn a_forbidden_word_is_seen_in_code_and_not_in_comments_or_longer_names() {
    for (line, word, expected) in [
        ("use store::Store;", "store::", true),
        ("    let x = store::open();", "store::", true),
        ("// store::Store is not ours", "store::", false),
        ("use crate::service::restore::now;", "store::", false),
        ("keystore::find()", "store::", false),
    ] {
        assert_eq!(names(line, word), expected, "{line}");
    }
}
