//! The master key goes from a former one to a newer.

use std::sync::Arc;

use gateway::app::{App, Parts};
use store::failpoint::stop_at;
use support::{Kind, SeededEntropy, done_by_the_platform, on_both_databases};

use super::*;

on_both_databases! {
    a_running_gateway_learns_of_a_newer_master_key_from_its_file,
    a_rotation_of_the_master_key_that_is_killed_anywhere_is_gone_on_with,
    a_key_store_from_before_the_rotation_needs_the_former_master_key,
    keys_under_another_master_key_are_not_served_from,
}

/// A configuration with these master keys, the newest last.
fn with(keys: &[&str]) -> impl FnOnce(&mut Config) + use<> {
    let list = keys.join(",");
    move |config| config.keys.master_key = Some(Secret::new(list))
}

/// Why a gateway with these master keys does not start.
async fn refusal(gateway: &TestGateway, keys: &[&str]) -> String {
    let mut config = gateway.config().clone();
    with(keys)(&mut config);
    let entropy = Arc::new(SeededEntropy::unique());
    let opened = App::open(Parts { config, clock: gateway.clock.clone(), entropy }).await;
    opened.err().map(|error| error.to_string()).unwrap_or_default()
}

async fn a_running_gateway_learns_of_a_newer_master_key_from_its_file(gateway: &TestGateway) {
    let [former, newer] = master_keys(gateway);
    let persons = Furnished::of(gateway, "fil", 2).await;
    let path = gateway.folder().join("several.key");
    std::fs::write(&path, &former).unwrap();
    let from_file = |config: &mut Config| {
        config.keys.master_key = None;
        config.keys.master_key_file = Some(path.clone());
    };
    let running = Beside::of(gateway, from_file).await;
    std::fs::write(&path, format!("{former}\n# the newer one\n{newer} 2026-03-02T09:00:00Z\n")).unwrap();
    let rotating = gateway.another(from_file).await.gateway.store;
    let moved = rotating.rewrap_under_master(&mut silently()).await.unwrap();
    assert!(moved >= 5, "the platform's two and the tenant's three: {moved}");
    assert!(all_under_newest(&rotating).await);
    persons.are_read_by(&running, "it started with the former key alone").await;
    persons.are_read("what is open in memory needs no master key").await;

    // What it makes from now on lies under the newer one.
    let id = domain::id::TenantId::new(gateway.now(), gateway.entropy());
    let made = support::new_tenant(id, &support::Terms::default());
    running
        .store
        .operator()
        .create_tenant(made, &done_by_the_platform("tenant.onboard"), None)
        .await
        .unwrap();
    assert!(all_under_newest(&rotating).await);

    let finished = rotating.finish_rotations().await.unwrap();
    assert_eq!((finished.left_under_masters, finished.unneeded.len()), (0, 1));
    std::fs::write(&path, &newer).unwrap();
    let after = Beside::of(gateway, from_file).await;
    persons.are_read_by(&after, "the former master key is gone").await;
    assert!(refusal(gateway, &[&former]).await.contains("the master key is not the one"));
    for gateway in [running, after] {
        gateway.running.stop().await;
    }
}

async fn a_rotation_of_the_master_key_that_is_killed_anywhere_is_gone_on_with(gateway: &TestGateway) {
    let persons = Furnished::of(gateway, "dor", 2).await;
    let others = Furnished::of(gateway, "annan", 1).await;
    let mut keys = vec![master_keys(gateway)[0].clone()];
    for place in [
        "rotation.platform_before_commit",
        "rotation.platform_committed",
        "rotation.master_before_commit",
        "rotation.master_committed",
    ] {
        keys.push(MasterKey::generate(gateway.entropy()).to_base64().to_string());
        let given: Vec<&str> = keys.iter().map(String::as_str).collect();
        let both = Beside::of(gateway, with(&given)).await;
        let mut told = silently();
        let died = stop_at(place, both.store.rewrap_under_master(&mut told)).await;
        assert!(died.is_err(), "nothing comes by {place}");
        gateway.databases.come_to_rest().await;
        assert!(!all_under_newest(&both.store).await, "{place}");
        assert!(both.store.finish_rotations().await.unwrap().left_under_masters > 0, "{place}");
        for furnished in [&persons, &others] {
            furnished.are_read_by(&both, place).await;
        }
        assert!(both.store.rewrap_under_master(&mut silently()).await.unwrap() > 0);
        assert_eq!(both.store.rewrap_under_master(&mut silently()).await.unwrap(), 0, "once is enough");
        assert!(all_under_newest(&both.store).await, "{place}");
        let newest = Beside::of(gateway, with(&given[given.len() - 1..])).await;
        for furnished in [&persons, &others] {
            furnished.are_read_by(&newest, place).await;
        }
        both.running.stop().await;
        newest.running.stop().await;
    }
}

const TABLES: [&str; 4] = ["tenant_key", "subject_key", "platform_key", "audit_signing_key"];

/// The key store as it is now, beside itself.
async fn back_up(gateway: &TestGateway) {
    let schema = if gateway.databases.postgres.is_some() { "CREATE SCHEMA kept;" } else { "" };
    let copies =
        TABLES.map(|table| format!("CREATE TABLE {} AS SELECT * FROM {table};", kept(gateway, table)));
    let copy = format!("{schema}{}", copies.concat());
    gateway.databases.run(Kind::Keys, &copy).await;
}

async fn put_back(gateway: &TestGateway) {
    let put = |table: &str| {
        format!("DELETE FROM {table}; INSERT INTO {table} SELECT * FROM {};", kept(gateway, table))
    };
    let back = TABLES.map(put).concat();
    gateway.databases.run(Kind::Keys, &back).await;
}

fn kept(gateway: &TestGateway, table: &str) -> String {
    let before = if gateway.databases.postgres.is_some() { "kept." } else { "kept_" };
    format!("{before}{table}")
}

async fn a_key_store_from_before_the_rotation_needs_the_former_master_key(gateway: &TestGateway) {
    let [former, newer] = master_keys(gateway);
    let persons = Furnished::of(gateway, "aldre", 2).await;
    back_up(gateway).await;
    let rotating = gateway.another(with(&[&former, &newer])).await.gateway.store;
    rotating.rewrap_under_master(&mut silently()).await.unwrap();
    rotating.rotate_tenant_key(persons.tenant.id, batch(1), &mut silently()).await.unwrap();
    rotating.finish_rotations().await.unwrap();
    put_back(gateway).await;

    let told = refusal(gateway, &[&newer]).await;
    let name = MasterKey::parse(&former).unwrap().id().to_string();
    assert!(told.contains("the master key is not the one") && told.contains(&name), "{told}");
    assert!(!told.contains(&former) && !told.contains(&newer), "a key is told");
    let again = Beside::of(gateway, with(&[&former, &newer])).await;
    persons.are_read_by(&again, "with both").await;
    again.store.rewrap_under_master(&mut silently()).await.unwrap();
    assert!(all_under_newest(&again.store).await);
    let newest = Beside::of(gateway, with(&[&newer])).await;
    persons.are_read_by(&newest, "rotated anew").await;
    for gateway in [again, newest] {
        gateway.running.stop().await;
    }
}

async fn keys_under_another_master_key_are_not_served_from(gateway: &TestGateway) {
    let [former, other] = master_keys(gateway);
    assert!(
        refusal(gateway, &[&other]).await.contains("the master key is not the one"),
        "without tenants too"
    );
    let _persons = Furnished::of(gateway, "fel", 1).await;
    assert!(refusal(gateway, &[&other]).await.contains("the master key is not the one"));
    assert!(refusal(gateway, &["c2hvcnQ="]).await.contains("32 random bytes"));
    assert!(refusal(gateway, &[&former, &former]).await.contains("twice"));
    assert_eq!(refusal(gateway, &[&other, &former]).await, "", "the right one among others is enough");
}
