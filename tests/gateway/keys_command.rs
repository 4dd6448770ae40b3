//! `keys`: what whoever runs the gateway makes, rotates and reads about keys.

mod token;

use std::fs;
use std::path::Path;
use std::process::Command;

use gateway::config::Secret;
use store::MasterKey;
use support::{TestGateway, complete_person, on_both_databases};

use crate::audit_command::Outcome;

on_both_databases! {
    keys_are_rotated_beside_a_running_gateway,
    a_command_with_another_master_key_changes_nothing,
}

/// The command with the databases of the gateway in its environment, and no master key.
fn command(gateway: &TestGateway, arguments: &[&str]) -> Command {
    let config = gateway.config();
    let mut command = Command::new(env!("CARGO_BIN_EXE_privacy-gateway"));
    command.arg("keys").args(arguments);
    command.env("PRIVACY_GATEWAY__DATABASE__URL", config.database.url());
    if let Some(url) = &config.database.operator_url {
        command.env("PRIVACY_GATEWAY__DATABASE__OPERATOR_URL", url.reveal());
    }
    command.env("PRIVACY_GATEWAY__KEYS__URL", config.keys.url());
    command
}

fn runs(gateway: &TestGateway, master_keys: &str, arguments: &[&str]) -> Outcome {
    Outcome::of(command(gateway, arguments).env("PRIVACY_GATEWAY__KEYS__MASTER_KEY", master_keys))
}

fn own_master_key(gateway: &TestGateway) -> String {
    gateway.config().keys.master_key.as_ref().map(Secret::reveal).unwrap().to_owned()
}

fn succeeded(outcome: &Outcome, words: &[&str]) {
    assert_eq!(outcome.code, 0, "{}", outcome.text);
    for word in words {
        assert!(outcome.text.contains(word), "{word:?} is not in {}", outcome.text);
    }
}

fn failed(outcome: &Outcome, word: &str) {
    assert!(outcome.code == 1 && outcome.text.contains(word), "{word:?}: {}", outcome.text);
}

async fn keys_are_rotated_beside_a_running_gateway(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let person = tenant.registers(complete_person("nyckel")).await;
    let former = own_master_key(gateway);
    let newer = MasterKey::generate(gateway.entropy()).to_base64().to_string();
    let both = format!("{former},{newer}");
    let id = |key: &str| MasterKey::parse(key).unwrap().id().to_string();

    let outcome = runs(gateway, &former, &["status"]);
    let days = "kept 1 day at most";
    succeeded(&outcome, &["kept by environment", &id(&former), "tenants: 1", "nothing is left of one", days]);
    let outcome = runs(gateway, &both, &["status"]);
    succeeded(&outcome, &[&id(&newer), "6 keys lie under a former master key"]);
    failed(&runs(gateway, &both, &["rotate", "--finish"]), "6 keys still lie under a former master key");
    succeeded(&runs(gateway, &both, &["rotate", "--master"]), &["6 keys were wrapped anew"]);
    succeeded(&runs(gateway, &both, &["rotate", "--master"]), &["everything lies under the newest"]);
    let outcome = runs(gateway, &both, &["rotate", "--finish"]);
    succeeded(&outcome, &["nothing lies under the master key", &id(&former)]);
    succeeded(&runs(gateway, &newer, &["status"]), &["nothing is left of one"]);

    let all = ["rotate", "--all-tenants", "--batch", "1"];
    succeeded(&runs(gateway, &newer, &all), &["1 tenants rotated; 1 keys", &tenant.id.to_string()]);
    let outcome = runs(gateway, &newer, &["status", "--json"]);
    let census: serde_json::Value = serde_json::from_str(&outcome.text).unwrap();
    assert_eq!(census["tenants"][0]["wrappingKeys"].as_array().unwrap().len(), 2, "{census}");
    assert_eq!(census["backupDays"], 1);
    succeeded(&runs(gateway, &newer, &["status"]), &["1 former keys of tenants can be destroyed"]);
    succeeded(&runs(gateway, &newer, &["rotate", "--finish"]), &["1 former wrapping keys"]);
    let again = ["rotate", "--tenant", &tenant.id.to_string()];
    succeeded(&runs(gateway, &newer, &again), &["a new wrapping key", "1 keys were wrapped anew"]);
    assert_eq!(
        tenant.admin().reads(&person).await.data("/dataSubject/name"),
        "Åsa nyckel Exempelsson",
        "the gateway went on"
    );
}

async fn a_command_with_another_master_key_changes_nothing(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    tenant.registers(complete_person("annan")).await;
    let other = MasterKey::generate(gateway.entropy()).to_base64().to_string();
    for arguments in
        [&["status"][..], &["rotate", "--master"], &["rotate", "--all-tenants"], &["rotate", "--finish"]]
    {
        failed(&runs(gateway, &other, arguments), "the master key is not the one");
    }
    failed(&runs(gateway, "", &["status"]), "no master key");
    failed(&runs(gateway, "short", &["status"]), "32 random bytes");
    let strange = domain::id::TenantId::new(gateway.now(), gateway.entropy()).to_string();
    failed(&runs(gateway, &own_master_key(gateway), &["rotate", "--tenant", &strange]), "has no keys");
}

/// `keys init` and what it says.
fn init(arguments: &[&str]) -> Outcome {
    Outcome::of(Command::new(env!("CARGO_BIN_EXE_privacy-gateway")).args(["keys", "init"]).args(arguments))
}

#[test]
fn a_key_file_is_made_once_and_longer_after_that() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = std::env::temp_dir().join(format!("keys-init-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let file = folder.join("master.key");
    let named = ["--file", file.to_str().unwrap()];
    failed(&init(&[&named[..], &["--add"]].concat()), "cannot be read");
    succeeded(&init(&named), &["made", "Keep a copy offline"]);
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    let first = fs::read_to_string(&file).unwrap();
    failed(&init(&named), "is there already");
    assert_eq!(fs::read_to_string(&file).unwrap(), first, "it stays as it is");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
    succeeded(&init(&[&named[..], &["--add"]].concat()), &["added the master key", "keys rotate --master"]);
    let both = fs::read_to_string(&file).unwrap();
    assert!(both.starts_with(&first) && both.lines().count() == 2, "the newer one comes last");
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o640, "the same readers");
    assert!(!Path::new(&folder).join("master.new").exists());
    fs::write(&file, "no key").unwrap();
    failed(&init(&[&named[..], &["--add"]].concat()), "line 1");
    failed(&init(&[]), "no file is named");
    fs::remove_dir_all(&folder).unwrap();
}
