//! Logs of every kind: of former versions, long ones, many, and in places where nothing can be written.

use std::collections::BTreeSet;

use domain::actor::Actor;
use domain::id::{AuditEventId, SubjectId};
use domain::purpose::Purpose;
use serde_json::json;
use store::AuditEvent;
use tlog::{Frontier, Hash, leaf_hash};

use super::*;

on_both_databases! {
    entries_of_the_first_version_verify_among_those_of_the_second,
    an_entry_of_the_first_version_that_was_altered_is_named,
    every_column_is_held_against_the_bytes,
    a_column_cannot_pose_as_its_neighbours,
    a_log_of_several_levels_verifies_and_is_exported_with_all_of_them,
    without_a_tenant_every_log_is_verified,
    an_export_goes_into_an_empty_folder_alone,
}

/// Writes an entry of the first version: neither a role nor a digest, and bytes that know of neither.
async fn records_the_old_way(gateway: &TestGateway, tenant: &Tenant<'_>, actor: &str) {
    gateway.clock.advance(std::time::Duration::from_millis(1));
    let (id, person) = (
        AuditEventId::new(gateway.now(), gateway.entropy()),
        SubjectId::new(gateway.now(), gateway.entropy()),
    );
    let at = gateway.now();
    let canonical = format!(
        r#"{{"action":"dataSubject.read","actor":{},"allowed":true,"at":"{at:.3}","categories":["NAME","EMAIL"],"id":"{id}","purpose":"SERVICE_DELIVERY","requestId":"r-1","subjects":["{person}"],"tenant":"{}","v":1}}"#,
        json!(actor),
        tenant.id,
    );
    let (own, event) = (gateway.databases.literal(tenant.id.uuid()), gateway.databases.literal(id.uuid()));
    let person = person.uuid().simple();
    let persons = if gateway.databases.postgres.is_some() {
        format!("decode('{person}', 'hex')")
    } else {
        format!("x'{person}'")
    };
    let (at, actor, canonical) =
        (format!("{at:.3}").replace('Z', "+00:00"), actor.replace('\'', "''"), canonical.replace('\'', "''"));
    let statement = format!(
        "INSERT INTO audit_event (tenant_id, id, occurred_at, actor_id, action, purpose, allowed, subject_ids, \
             data_categories, request_id, canonical) \
         VALUES ({own}, {event}, '{at}', '{actor}', 'dataSubject.read', 'SERVICE_DELIVERY', true, {persons}, \
             '[\"NAME\",\"EMAIL\"]', 'r-1', '{canonical}')"
    );
    gateway.databases.run(Kind::Data, &statement).await;
}

/// A log that begins with entries of the first version, the last of which is by somebody whose name needs care in JSON.
async fn old_log(gateway: &TestGateway) -> Tenant<'_> {
    let tenant = gateway.tenant().await;
    gateway.service().store.sequence(tenant.id).await.unwrap();
    for actor in ["admin", "gateway", "Åsa \"o'clock\"\u{1}\u{1e}\n\u{7f}\u{1f600}"] {
        records_the_old_way(gateway, &tenant, actor).await;
    }
    uses(gateway, &tenant).await;
    tenant
}

async fn entries_of_the_first_version_verify_among_those_of_the_second(gateway: &TestGateway) {
    let tenant = old_log(gateway).await;
    let outcome = verifies(gateway, &tenant, &[]).await;
    assert!(outcome.code == 0 && outcome.text.contains(": sound"), "{}", outcome.text);
    let export = exports(gateway, &tenant, "old").await;
    let lines = fs::read_to_string(export.join("events.jsonl")).unwrap();
    assert_eq!(lines.lines().filter(|line| line.ends_with("\"v\":1}")).count(), 3);
    let outcome = verifies_export(&export, &[]);
    assert_eq!(outcome.code, 0, "{}", outcome.text);
}

async fn an_entry_of_the_first_version_that_was_altered_is_named(gateway: &TestGateway) {
    for change in ["actor_id = 'someone'", "actor_role = 'STAFF'", "digest = 'ab'"] {
        let tenant = old_log(gateway).await;
        let id = gateway.databases.literal(tenant.id.uuid());
        let first = format!(
            "SELECT min(log_index) || '' FROM audit_leaf l JOIN audit_event e ON e.id = l.event_id \
             WHERE l.tenant_id = {id} AND e.actor_role IS NULL"
        );
        let first = gateway.databases.texts(Kind::Data, &first).await.remove(0);
        let alter = format!("UPDATE audit_event SET {change} WHERE {}", row(&id, first.parse().unwrap()));
        gateway.databases.run(Kind::Data, &alter).await;
        let outcome = verifies(gateway, &tenant, &[]).await;
        let named = format!("first bad entry {first}\n");
        assert!(outcome.code == 1 && outcome.text.contains(&named), "{change}: {}", outcome.text);
    }
}

/// Each in a log of its own, of which that is the first bad entry; what looks alike in text is meant too.
async fn every_column_is_held_against_the_bytes(gateway: &TestGateway) {
    let is_postgres = gateway.databases.postgres.is_some();
    let changes = [
        "occurred_at = '2001-01-01 00:00:00+00:00'",
        "actor_role = 'OPERATOR'",
        "actor_role = ''",
        "action = 'dataSubject.read'",
        "purpose = ''",
        "purpose = '+SERVICE_DELIVERY'",
        "purpose = 'null'",
        "allowed = NOT allowed",
        "data_categories = '[\"NAME\"]'",
        "request_id = request_id || ' '",
        "digest = ''",
        "digest = 'null'",
    ];
    let one_byte_more = if is_postgres {
        [
            "subject_ids = subject_ids || '\\x00'::bytea",
            "occurred_at = occurred_at + interval '1 microsecond'",
        ]
    } else {
        ["subject_ids = x'00'", "actor_id = CAST(actor_id AS BLOB)"]
    };
    for change in changes.into_iter().chain(one_byte_more) {
        let tenant = tenant_with_a_log(gateway).await;
        let third = row(&gateway.databases.literal(tenant.id.uuid()), 3);
        gateway.databases.run(Kind::Data, &format!("UPDATE audit_event SET {change} WHERE {third}")).await;
        let outcome = verifies(gateway, &tenant, &[]).await;
        let named = outcome.text.contains("first bad entry 3\n");
        assert!(outcome.code == 1 && named, "{change}: {}", outcome.text);
    }
}

/// Two entries in the row of one: every column holds both values with the reader's separator between them, and the other
/// row is there, but in nobody's place.
async fn a_column_cannot_pose_as_its_neighbours(gateway: &TestGateway) {
    let tenant = tenant_with_a_log(gateway).await;
    let id = gateway.databases.literal(tenant.id.uuid());
    let (third, fourth) = (row(&id, 3), row(&id, 4));
    let separator = if gateway.databases.postgres.is_some() { "chr(30)" } else { "char(30)" };
    let both = ["actor_id", "action", "request_id", "canonical"].map(|column| {
        format!("{column} = {column} || {separator} || (SELECT {column} FROM audit_event WHERE {fourth})")
    });
    let statements = format!(
        "UPDATE audit_event SET {} WHERE {third};
         DELETE FROM audit_leaf WHERE tenant_id = {id} AND log_index = 4",
        both.join(", ")
    );
    gateway.databases.run(Kind::Data, &statements).await;
    let outcome = verifies(gateway, &tenant, &[]).await;
    assert!(outcome.code == 1 && outcome.text.contains("first bad entry 3\n"), "{}", outcome.text);
}

fn event() -> AuditEvent {
    AuditEvent {
        by: Actor::staff("admin"),
        action: "dataSubject.list",
        purpose: Some(Purpose::ServiceDelivery),
        allowed: true,
        subjects: Vec::new(),
        categories: BTreeSet::new(),
        request_id: "r-1".to_owned(),
        digest: None,
    }
}

fn root(hashes: &[Hash]) -> Hash {
    let mut tree = Frontier::new();
    for hash in hashes {
        tree.push(*hash);
    }
    tree.root()
}

async fn a_log_of_several_levels_verifies_and_is_exported_with_all_of_them(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let store = &gateway.service().store;
    for _ in 0..3 {
        store.record(tenant.id, vec![event(); 200]).await.unwrap();
        store.sequence(tenant.id).await.unwrap();
    }
    let outcome = verifies(gateway, &tenant, &[]).await;
    assert!(outcome.code == 0 && outcome.text.contains("3 heads"), "{}", outcome.text);
    let export = exports(gateway, &tenant, "levels").await;
    let lines = fs::read_to_string(export.join("events.jsonl")).unwrap();
    let leaves: Vec<Hash> = lines.lines().map(|line| leaf_hash(line.as_bytes())).collect();
    let above: Vec<u8> = leaves.chunks_exact(256).flat_map(|tile| *root(tile).as_bytes()).collect();
    assert_eq!(fs::read(export.join("tile/1/000.p/2")).unwrap(), above);
    let outcome = verifies_export(&export, &[]);
    assert_eq!(outcome.code, 0, "{}", outcome.text);
    // Beyond the first tile an entry is named as exactly as within it.
    fs::write(export.join("events.jsonl"), lines.replacen(lines.lines().nth(400).unwrap(), "{}", 1)).unwrap();
    let outcome = verifies_export(&export, &[]);
    assert!(outcome.code == 1 && outcome.text.contains("first bad entry 400\n"), "{}", outcome.text);
}

async fn without_a_tenant_every_log_is_verified(gateway: &TestGateway) {
    let tenants = [tenant_with_a_log(gateway).await, tenant_with_a_log(gateway).await];
    let source = source(gateway, &tenants[0]).await;
    let source: Vec<&str> = source.iter().map(String::as_str).collect();
    let outcome = run("verify", &source);
    assert_eq!(outcome.code, 0, "{}", outcome.text);
    for tenant in &tenants {
        assert!(outcome.text.contains(&format!("convenio.se/audit/{}: ", tenant.id)), "{}", outcome.text);
    }
    let id = gateway.databases.literal(tenants[1].id.uuid());
    let alter = format!("UPDATE audit_event SET actor_id = 'someone' WHERE {}", row(&id, 3));
    gateway.databases.run(Kind::Data, &alter).await;
    let outcome = run("verify", &source);
    assert!(outcome.code == 1 && outcome.text.contains("1 of 2 logs are not sound"), "{}", outcome.text);
    assert_eq!(outcome.text.matches(": sound").count(), 1, "{}", outcome.text);
}

async fn an_export_goes_into_an_empty_folder_alone(gateway: &TestGateway) {
    let tenant = tenant_with_a_log(gateway).await;
    let (source, id) = (source(gateway, &tenant).await, tenant.id.to_string());
    let out = gateway.folder().join("taken");
    fs::create_dir(&out).unwrap();
    fs::write(out.join("checkpoint"), "somebody's own").unwrap();
    let mut arguments: Vec<&str> = source.iter().map(String::as_str).collect();
    arguments.extend(["--tenant", &id, "--out", out.to_str().unwrap()]);
    let outcome = run("export", &arguments);
    assert!(outcome.code == 1 && outcome.text.contains("taken is not empty"), "{}", outcome.text);
    assert_eq!(fs::read_dir(&out).unwrap().count(), 1);
    assert_eq!(fs::read_to_string(out.join("checkpoint")).unwrap(), "somebody's own");
}

/// Where nothing can be written there is a database whose gateway ended as it should, or one whose last entries are in a
/// write-ahead log still.
#[cfg(unix)]
#[test]
fn a_folder_in_which_nothing_can_be_written_is_verified_too() {
    support::on_sqlite(async |gateway| {
        tenant_with_a_log(gateway).await;
        let at_work =
            only_readable(gateway.folder(), |folder| run_unprivileged(&["verify", "--data-dir", folder]));
        assert!(at_work.code == 0 && at_work.text.contains("2 heads"), "beside a gateway: {}", at_work.text);
        gateway.stop().await;
        let left = copied(gateway, &["gateway.db", "gateway.db-wal", "keys.db", "keys.db-wal"]);
        let left = only_readable(&left, |folder| run_unprivileged(&["verify", "--data-dir", folder]));
        assert!(left.code == 1 && left.text.contains("copy its files to one that is"), "{}", left.text);
        for kind in Kind::ALL {
            gateway.databases.run(kind, "PRAGMA wal_checkpoint(TRUNCATE)").await;
        }
        let rest = copied(gateway, &["gateway.db", "keys.db"]);
        let rest = only_readable(&rest, |folder| run_unprivileged(&["verify", "--data-dir", folder]));
        assert!(rest.code == 0 && rest.text.contains("2 heads"), "{}", rest.text);
    });
}

/// The files in a folder of their own.
#[cfg(unix)]
fn copied(gateway: &TestGateway, files: &[&str]) -> PathBuf {
    let folder = gateway.folder().join(format!("copy-{}", files.len()));
    fs::create_dir(&folder).unwrap();
    for file in files {
        fs::copy(gateway.folder().join(file), folder.join(file)).unwrap();
    }
    folder
}

/// Lets something be done while nobody can write into a folder.
#[cfg(unix)]
fn only_readable(folder: &Path, work: impl Fn(&str) -> Outcome) -> Outcome {
    use std::os::unix::fs::PermissionsExt as _;

    let permit = |mode| fs::set_permissions(folder, fs::Permissions::from_mode(mode)).unwrap();
    permit(0o555);
    let done = work(folder.to_str().unwrap());
    permit(0o755);
    done
}

/// Runs the command as somebody whom permissions hold, which they do not hold root.
#[cfg(unix)]
fn run_unprivileged(arguments: &[&str]) -> Outcome {
    use std::os::unix::process::CommandExt as _;

    let mut command = Command::new(env!("CARGO_BIN_EXE_privacy-gateway"));
    command.arg("audit").args(arguments);
    let am_root = fs::read_to_string("/proc/self/status").is_ok_and(|status| status.contains("Uid:\t0\t"));
    if am_root {
        command.uid(65_534).gid(65_534);
    }
    Outcome::of(&mut command)
}
