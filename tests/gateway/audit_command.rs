//! `audit`: whoever has the log, or an export of it, finds what was done to it.

mod kinds;
mod rotation;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use support::{Kind, Tenant, TestGateway, on_both_databases};

on_both_databases! {
    an_honest_log_and_its_export_verify,
    what_was_done_to_the_database_is_found_and_the_first_bad_entry_named,
    what_was_done_to_an_export_is_found_and_the_first_bad_entry_named,
    a_tail_that_was_cut_is_missed_against_an_earlier_checkpoint,
}

/// What the command printed, and its exit code.
pub struct Outcome {
    pub text: String,
    pub code: i32,
}

impl Outcome {
    pub fn of(command: &mut Command) -> Self {
        let output = command.output().unwrap();
        let text = [output.stdout, output.stderr].concat();
        Self { text: String::from_utf8(text).unwrap(), code: output.status.code().unwrap() }
    }
}

pub fn run(action: &str, arguments: &[&str]) -> Outcome {
    let mut command = Command::new(env!("CARGO_BIN_EXE_privacy-gateway"));
    Outcome::of(command.args(["audit", action]).args(arguments))
}

/// Where the log lies, and on a server the key beside it.
async fn source(gateway: &TestGateway, tenant: &Tenant<'_>) -> Vec<String> {
    let Some(databases) = &gateway.databases.postgres else {
        return vec!["--data-dir".to_owned(), gateway.folder().to_str().unwrap().to_owned()];
    };
    let origin = format!("convenio.se/audit/{}", tenant.id);
    let key = gateway.service().store.verifier_keys(&origin).await.unwrap().remove(0).to_string();
    vec!["--database-url".to_owned(), databases.data.app.clone(), "--verifier-key".to_owned(), key]
}

async fn verifies(gateway: &TestGateway, tenant: &Tenant<'_>, further: &[&str]) -> Outcome {
    let (source, id) = (source(gateway, tenant).await, tenant.id.to_string());
    let mut arguments: Vec<&str> = source.iter().map(String::as_str).collect();
    arguments.extend(["--tenant", &id]);
    arguments.extend(further);
    run("verify", &arguments)
}

async fn exports(gateway: &TestGateway, tenant: &Tenant<'_>, name: &str) -> PathBuf {
    let (source, id) = (source(gateway, tenant).await, tenant.id.to_string());
    let out = gateway.folder().join(name);
    let mut arguments: Vec<&str> = source.iter().map(String::as_str).collect();
    arguments.extend(["--tenant", &id, "--out", out.to_str().unwrap()]);
    let outcome = run("export", &arguments);
    assert_eq!(outcome.code, 0, "{}", outcome.text);
    out
}

fn verifies_export(folder: &Path, further: &[&str]) -> Outcome {
    let mut arguments = vec!["--export", folder.to_str().unwrap()];
    arguments.extend(further);
    run("verify", &arguments)
}

/// A tenant whose log has several heads.
async fn tenant_with_a_log(gateway: &TestGateway) -> Tenant<'_> {
    let tenant = gateway.tenant().await;
    uses(gateway, &tenant).await;
    uses(gateway, &tenant).await;
    tenant
}

async fn uses(gateway: &TestGateway, tenant: &Tenant<'_>) {
    for _ in 0..4 {
        gateway.clock.advance(std::time::Duration::from_millis(1));
        let answer = tenant.admin().query("{ dataSubjects { totalCount } }", Value::Null).await;
        assert_eq!(answer.code(), "", "{}", answer.text());
    }
    gateway.service().store.sequence(tenant.id).await.unwrap();
}

async fn an_honest_log_and_its_export_verify(gateway: &TestGateway) {
    let tenant = tenant_with_a_log(gateway).await;
    let outcome = verifies(gateway, &tenant, &[]).await;
    assert!(outcome.code == 0 && outcome.text.contains("2 heads"), "{}", outcome.text);
    assert!(outcome.text.contains(": sound"), "{}", outcome.text);
    let export = exports(gateway, &tenant, "honest").await;
    let outcome = verifies_export(&export, &[]);
    assert!(outcome.code == 0 && outcome.text.contains("the export's own word"), "{}", outcome.text);
    let key = fs::read_to_string(export.join("verifier-keys")).unwrap();
    let head = export.join("checkpoint");
    let outcome =
        verifies_export(&export, &["--verifier-key", key.trim(), "--checkpoint", head.to_str().unwrap()]);
    assert!(outcome.code == 0 && !outcome.text.contains("own word"), "{}", outcome.text);
    let strange = tlog::VerifierKey::new(key.split('+').next().unwrap(), [7; 32]).unwrap().to_string();
    let outcome = verifies_export(&export, &["--verifier-key", &strange]);
    assert_eq!(outcome.code, 1, "{}", outcome.text);
    #[cfg(unix)]
    for file in ["checkpoint", "events.jsonl", "verifier-keys"] {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(fs::metadata(export.join(file)).unwrap().permissions().mode() & 0o777, 0o600, "{file}");
    }
    uses(gateway, &tenant).await;
    let outcome = verifies(gateway, &tenant, &["--checkpoint", head.to_str().unwrap()]).await;
    assert_eq!(outcome.code, 0, "{}", outcome.text);
}

/// The row of the entry in a place.
fn row(tenant: &str, place: u64) -> String {
    format!("id = (SELECT event_id FROM audit_leaf WHERE tenant_id = {tenant} AND log_index = {place})")
}

async fn what_was_done_to_the_database_is_found_and_the_first_bad_entry_named(gateway: &TestGateway) {
    for case in ["column", "role", "canonical", "delete", "swap", "place"] {
        let tenant = tenant_with_a_log(gateway).await;
        let id = gateway.databases.literal(tenant.id.uuid());
        let (third, fifth) = (row(&id, 3), row(&id, 5));
        let statements = match case {
            "column" => format!("UPDATE audit_event SET actor_id = 'someone' WHERE {third}"),
            "role" => format!("UPDATE audit_event SET actor_role = NULL WHERE {third}"),
            "canonical" => format!("UPDATE audit_event SET canonical = canonical || ' ' WHERE {third}"),
            "delete" => format!("DELETE FROM audit_event WHERE {third}"),
            "place" => format!("DELETE FROM audit_leaf WHERE tenant_id = {id} AND log_index = 3"),
            _ => format!(
                "CREATE TABLE swapped AS SELECT id, canonical FROM audit_event WHERE {third} OR {fifth};
                 UPDATE audit_event SET canonical =
                     (SELECT s.canonical FROM swapped s WHERE s.id <> audit_event.id)
                     WHERE {third} OR {fifth};
                 DROP TABLE swapped"
            ),
        };
        gateway.databases.run(Kind::Data, &statements).await;
        let outcome = verifies(gateway, &tenant, &[]).await;
        assert!(
            outcome.code == 1 && outcome.text.contains("first bad entry 3\n"),
            "{case}: {}",
            outcome.text
        );
    }
}

async fn what_was_done_to_an_export_is_found_and_the_first_bad_entry_named(gateway: &TestGateway) {
    let tenant = tenant_with_a_log(gateway).await;
    for case in ["edit", "delete", "swap", "cut"] {
        let export = exports(gateway, &tenant, case).await;
        let file = export.join("events.jsonl");
        let text = fs::read_to_string(&file).unwrap();
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        let bad = match case {
            "edit" => {
                lines[3] = lines[3].replace("true", "false");
                3
            }
            "delete" => {
                lines.remove(3);
                3
            }
            "swap" => {
                lines.swap(3, 5);
                3
            }
            _ => {
                lines.pop();
                lines.len()
            }
        };
        fs::write(&file, lines.join("\n") + "\n").unwrap();
        let outcome = verifies_export(&export, &[]);
        let named = format!("first bad entry {bad}\n");
        assert!(outcome.code == 1 && outcome.text.contains(&named), "{case}: {}", outcome.text);
    }
}

async fn a_tail_that_was_cut_is_missed_against_an_earlier_checkpoint(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    uses(gateway, &tenant).await;
    let id = gateway.databases.literal(tenant.id.uuid());
    let tables = ["audit_checkpoint", "audit_leaf", "audit_tile", "audit_event"];
    let kept: Vec<String> =
        tables.iter().map(|table| format!("CREATE TABLE kept_{table} AS SELECT * FROM {table};")).collect();
    gateway.databases.run(Kind::Data, &kept.concat()).await;
    let earlier = exports(gateway, &tenant, "before").await;
    let size = fs::read_to_string(earlier.join("checkpoint")).unwrap();
    let size: u64 = size.lines().nth(1).unwrap().parse().unwrap();
    uses(gateway, &tenant).await;
    let export = exports(gateway, &tenant, "after").await;
    for table in tables {
        let put_back = format!(
            "DELETE FROM {table} WHERE tenant_id = {id};
             INSERT INTO {table} SELECT * FROM kept_{table} WHERE tenant_id = {id};
             DROP TABLE kept_{table};"
        );
        gateway.databases.run(Kind::Data, &put_back).await;
    }
    gateway.databases.run(Kind::Data, &format!("DELETE FROM audit_pending WHERE tenant_id = {id}")).await;
    let outcome = verifies(gateway, &tenant, &[]).await;
    assert_eq!(outcome.code, 0, "by itself the rest is a log: {}", outcome.text);
    let head = export.join("checkpoint");
    let outcome = verifies(gateway, &tenant, &["--checkpoint", head.to_str().unwrap()]).await;
    let named = format!("first bad entry {size}\n");
    assert!(outcome.code == 1 && outcome.text.contains(&named), "{}", outcome.text);
}
