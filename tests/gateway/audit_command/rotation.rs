//! `audit rotate-key`: a key goes, and vouches for the next one.

use std::process::Command;

use gateway::app::App;
use gateway::config::Secret;
use store::MasterKey;
use support::on_sqlite;

use super::*;

on_both_databases! {
    a_key_is_retired_beside_a_running_gateway_and_vouches_for_the_next,
    a_key_is_not_retired_with_another_master_key,
}

/// Runs the command with the configuration of the gateway in its environment.
fn rotates(gateway: &TestGateway, master_key: &str, arguments: &[&str]) -> Outcome {
    let config = gateway.config();
    let mut command = Command::new(env!("CARGO_BIN_EXE_privacy-gateway"));
    command.args(["audit", "rotate-key"]).args(arguments);
    command.env("PRIVACY_GATEWAY__DATABASE__URL", config.database.url());
    if let Some(url) = &config.database.operator_url {
        command.env("PRIVACY_GATEWAY__DATABASE__OPERATOR_URL", url.reveal());
    }
    command.env("PRIVACY_GATEWAY__KEYS__URL", config.keys.url());
    command.env("PRIVACY_GATEWAY__KEYS__MASTER_KEY", master_key);
    Outcome::of(&mut command)
}

fn own_master_key(gateway: &TestGateway) -> String {
    gateway.config().keys.master_key.as_ref().map(Secret::reveal).unwrap().to_owned()
}

/// The verifier key behind a word of what was printed.
fn told(outcome: &Outcome, word: &str) -> String {
    let line = outcome.text.lines().find_map(|line| line.strip_prefix(word));
    line.unwrap_or_else(|| panic!("{word:?} is not in {}", outcome.text)).trim().to_owned()
}

/// Waits until a worker has sequenced everything, and gives the newest head.
async fn next_head(gateway: &TestGateway, tenant: &Tenant<'_>) -> tlog::Note {
    tenant.admin().query("{ dataSubjects { totalCount } }", Value::Null).await;
    let id = gateway.databases.literal(tenant.id.uuid());
    let waiting = format!("SELECT 'x' FROM audit_pending WHERE tenant_id = {id}");
    for _ in 0..2_000 {
        if gateway.databases.texts(Kind::Data, &waiting).await.is_empty() {
            let newest = format!(
                "SELECT note FROM audit_checkpoint WHERE tenant_id = {id} ORDER BY tree_size DESC LIMIT 1"
            );
            return tlog::Note::parse(&gateway.databases.texts(Kind::Data, &newest).await.remove(0)).unwrap();
        }
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    panic!("nobody sequences");
}

async fn a_key_is_retired_beside_a_running_gateway_and_vouches_for_the_next(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let worker = gateway.another(|config| config.audit.sequence_ms = 10).await;
    let worker = App::work(worker);
    next_head(gateway, &tenant).await;
    let outcome = rotates(gateway, &own_master_key(gateway), &[]);
    assert_eq!(outcome.code, 0, "{}", outcome.text);
    let keys = ["retired:", "signs from now on:"].map(|word| told(&outcome, word));
    let name = format!("convenio.se/audit/{}", tenant.id);
    let verifiers = keys.each_ref().map(|key| {
        let key = tlog::VerifierKey::parse(key).unwrap();
        assert_eq!(key.name(), "convenio.se/audit");
        tlog::VerifierKey::new(&name, key.public()).unwrap()
    });
    for (round, expected) in [[true, true], [false, true]].into_iter().enumerate() {
        let head = next_head(gateway, &tenant).await;
        assert_eq!(verifiers.each_ref().map(|key| head.is_signed_by(key)), expected, "head {round} after it");
    }
    worker.stop().await;
    let source = source(gateway, &tenant).await;
    let place: Vec<&str> = source.iter().take(2).map(String::as_str).collect();
    let both = ["--verifier-key", &keys[0], "--verifier-key", &keys[1]];
    let outcome = run("verify", &[&place[..], &both].concat());
    assert!(outcome.code == 0 && outcome.text.contains(": sound"), "{}", outcome.text);
    let outcome = run("verify", &[&place[..], &both[2..]].concat());
    assert_eq!(
        outcome.code, 1,
        "the new key alone does not vouch for the heads from before: {}",
        outcome.text
    );
}

async fn a_key_is_not_retired_with_another_master_key(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let other = MasterKey::generate(gateway.entropy()).to_base64();
    let outcome = rotates(gateway, &own_master_key(gateway), &[]);
    assert!(outcome.code == 1 && outcome.text.contains("no signing key yet"), "{}", outcome.text);
    uses(gateway, &tenant).await;
    let outcome = rotates(gateway, &other, &[]);
    assert!(outcome.code == 1 && outcome.text.contains("the master key is not the one"), "{}", outcome.text);
    let keys = "SELECT number || '' FROM audit_signing_key";
    assert_eq!(gateway.databases.texts(Kind::Keys, keys).await, ["1"]);
    uses(gateway, &tenant).await;
}

#[test]
fn a_folder_is_enough_unless_a_demo_runs_in_it() {
    on_sqlite(async |gateway| {
        let tenant = gateway.tenant().await;
        uses(gateway, &tenant).await;
        let folder = gateway.folder().to_str().unwrap();
        let outcome = run("rotate-key", &["--data-dir", folder]);
        assert!(outcome.code == 1 && outcome.text.contains("master.key"), "{}", outcome.text);
        fs::write(gateway.folder().join("master.key"), own_master_key(gateway)).unwrap();
        let lock = fs::OpenOptions::new().write(true).open(gateway.folder().join("demo.lock")).unwrap();
        lock.lock().unwrap();
        let outcome = run("rotate-key", &["--data-dir", folder]);
        assert!(outcome.code == 1 && outcome.text.contains("is in use by"), "{}", outcome.text);
        drop(lock);
        let outcome = run("rotate-key", &["--data-dir", folder]);
        assert_eq!(outcome.code, 0, "{}", outcome.text);
        uses(gateway, &tenant).await;
        let outcome = verifies(gateway, &tenant, &[]).await;
        assert!(outcome.code == 0 && outcome.text.contains("2 heads"), "{}", outcome.text);
        let outcome = run("rotate-key", &["--data-dir", gateway.folder().join("none").to_str().unwrap()]);
        assert!(outcome.code == 1 && outcome.text.contains("keys.db is no file"), "{}", outcome.text);
    });
}
