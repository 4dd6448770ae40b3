//! `documents`: what a front-end team publishes, and what is refused before anything is.

use std::fs;
use std::process::Command;

use serde_json::{Value, json};
use support::{TestGateway, on_both_databases};

use super::{PAGE, VIEWER, hash, is_known, names, of};

on_both_databases! {
    a_manifest_is_published_listed_and_withdrawn,
    nothing_of_a_manifest_with_a_fault_is_published,
    another_text_under_a_known_identifier_needs_a_replacement,
}

fn documents(gateway: &TestGateway, arguments: &[&str]) -> (i32, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_privacy-gateway"));
    command.arg("documents").args(arguments);
    match &gateway.databases.postgres {
        Some(databases) => command.args(["--database-url", &databases.data.operator]),
        None => command.arg("--data-dir").arg(gateway.folder()),
    };
    let output = command.output().unwrap();
    let text = [output.stdout, output.stderr].concat();
    (output.status.code().unwrap(), String::from_utf8(text).unwrap())
}

fn publish(gateway: &TestGateway, owner: &str, manifest: &Value, further: &[&str]) -> (i32, String) {
    let file = gateway.folder().join("manifest.json");
    fs::write(&file, manifest.to_string()).unwrap();
    let mut arguments = vec!["publish", "--manifest", file.to_str().unwrap(), "--owner", owner];
    arguments.extend(further);
    documents(gateway, &arguments)
}

async fn a_manifest_is_published_listed_and_withdrawn(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let digest = hash(VIEWER);
    let relay = json!({ "0cc175b9c0f1b6a831c399e269772661": PAGE, (digest.clone()): VIEWER });
    let said = |counts: &str| (0, format!("{counts}\n"));
    let published = publish(gateway, "client:web", &relay, &[]);
    assert_eq!(published, said("2 added, 0 changed, 0 unchanged, 0 withdrawn"));
    let again = publish(gateway, "client:web", &relay, &[]);
    assert_eq!(again, said("0 added, 0 changed, 2 unchanged, 0 withdrawn"));
    let apollo = json!({ "format": "apollo-persisted-query-manifest", "version": 1, "operations":
        [{ "id": digest, "name": "Viewer", "type": "query", "body": VIEWER }] });
    let terms = ["--mode", "require", "--scope", "subjects:read", "--expires", "2027-12-31"];
    let changed = publish(gateway, "client:web", &apollo, &terms);
    assert_eq!(changed, said("0 added, 1 changed, 0 unchanged, 0 withdrawn"));
    let (code, listed) = documents(gateway, &["list", "--owner", "client:web"]);
    assert_eq!(code, 0, "{listed}");
    assert!(listed.starts_with("client:web  require\n"), "{listed}");
    let viewer = format!("  {digest}  Viewer  sha256:{digest}  expires 2027-12-31  subjects:read");
    assert!(listed.lines().any(|line| line == viewer), "{listed}");
    is_known().await;
    let web = of(&tenant, "web", "subjects:read");
    for id in [&digest, "0cc175b9c0f1b6a831c399e269772661"] {
        names(&web, id).await.flawless();
    }
    let (code, withdrawn) = documents(gateway, &["withdraw", "--owner", "client:web"]);
    assert_eq!((code, withdrawn.as_str()), (0, "2 withdrawn\n"));
    is_known().await;
    assert_eq!(names(&web, &digest).await.code(), "PERSISTED_OPERATION_REQUIRED", "the mode stays");
    assert_eq!(
        documents(gateway, &["mode", "prefer", "--owner", "client:web"]),
        (0, "client:web  prefer\n".to_owned())
    );
    is_known().await;
    assert_eq!(names(&web, &digest).await.code(), "PERSISTED_QUERY_NOT_FOUND");
}

async fn nothing_of_a_manifest_with_a_fault_is_published(gateway: &TestGateway) {
    let unknown = gateway.no_tenant().id;
    let deep = format!("{}{}", "{ viewer ".repeat(70), "}".repeat(70));
    let page = "dataSubjects(first: 100) { edges { node { id name email phone } } }";
    let pages: Vec<_> = (0..30).map(|number| format!("a{number}: {page}")).collect();
    let expensive = format!("query Costly {{ {} }}", pages.join(" "));
    for (owner, manifest, said) in [
        ("client:web", json!({ "good": VIEWER, "bad": "query Bad { nothing }" }), "bad) Unknown field"),
        ("client:web", json!({ "good": VIEWER, "bad": "query Bad {" }), "is not GraphQL"),
        ("client:web", json!({ "good": VIEWER, "bad": deep }), "exceeds the limit on nesting"),
        ("client:web", json!({ "good": VIEWER, "bad": expensive }), "the operation costs"),
        ("client:web", json!({ "good": VIEWER, (hash(PAGE)): VIEWER }), "build the manifest anew"),
        ("client:web", json!([]), "the manifest is no object"),
        (&format!("tenant:{unknown}"), json!({ "good": VIEWER }), "there is no such tenant"),
    ] {
        let (code, text) = publish(gateway, owner, &manifest, &[]);
        assert_eq!(code, 1, "{text}");
        let flat = text.replace("): ", ") ");
        assert!(flat.contains(said), "{said} is not in {flat}");
    }
    assert_eq!(documents(gateway, &["list"]), (0, String::new()));
    let (code, text) = publish(gateway, "client:web", &json!({ "a": VIEWER }), &["--scope", "everything"]);
    assert!(code == 2 && text.contains("there is no scope everything"), "{text}");
    let (code, text) = documents(gateway, &["withdraw", "--owner", "client:web"]);
    assert!(code == 1 && text.contains("has published nothing"), "{text}");
}

async fn another_text_under_a_known_identifier_needs_a_replacement(gateway: &TestGateway) {
    publish(gateway, "client:web", &json!({ "a": VIEWER, "b": VIEWER }), &[]);
    let (code, text) = publish(gateway, "client:web", &json!({ "a": PAGE }), &[]);
    assert!(code == 1 && text.contains("\"a\" is published with another text"), "{text}");
    let (code, text) = publish(gateway, "client:web", &json!({ "a": PAGE }), &["--replace"]);
    assert_eq!((code, text.as_str()), (0, "0 added, 1 changed, 0 unchanged, 1 withdrawn\n"));
}
