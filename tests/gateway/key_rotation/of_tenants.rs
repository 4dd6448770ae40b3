//! A tenant's wrapping key goes from a former one to a new.

use serde_json::json;
use store::failpoint::{pause_at, stop_at};
use support::{Kind, complete_person, on_both_databases};

use super::*;

on_both_databases! {
    a_rotation_of_a_tenants_key_that_is_killed_anywhere_is_gone_on_with,
    what_a_gateway_with_the_former_key_in_memory_makes_lies_under_the_new_one,
    an_erasure_during_a_rotation_brings_no_key_back,
    a_rotation_among_readers_writers_and_erasures_loses_nothing,
    what_was_sealed_under_a_key_of_an_earlier_version_goes_on_to_open,
    exports_and_tasks_are_moved_too,
    a_tenant_whose_keys_go_during_a_rotation_keeps_none,
}

const PLACES: [&str; 8] = [
    "rotation.begin_before_commit",
    "rotation.begun",
    "rotation.batch_read",
    "rotation.batch_before_commit",
    "rotation.batch_committed",
    "rotation.finish_before_commit",
    "rotation.finished",
    "rotation.compacted",
];

async fn a_rotation_of_a_tenants_key_that_is_killed_anywhere_is_gone_on_with(gateway: &TestGateway) {
    let store = &gateway.service().store;
    for (round, place) in PLACES.into_iter().enumerate() {
        let furnished = Furnished::of(gateway, &format!("steg{round}"), 3).await;
        let id = furnished.tenant.id;
        let rotation = async {
            store.rotate_tenant_key(id, batch(2), &mut silently()).await.unwrap();
            store.finish_rotations().await.unwrap();
        };
        assert!(stop_at(place, rotation).await.is_err(), "nothing comes by {place}");
        gateway.databases.come_to_rest().await;
        furnished.are_read(place).await;
        let beside = Beside::of(gateway, |_| {}).await;
        furnished.are_read_by(&beside, place).await;
        store.rotate_tenant_key(id, batch(2), &mut silently()).await.unwrap();
        assert_eq!(under(store, &furnished.tenant).await.1, 0, "{place}");
        assert_eq!(store.finish_rotations().await.unwrap().left_of_tenants, 0);
        assert_eq!(under(store, &furnished.tenant).await, (3, 0, 0), "{place}");
        furnished.are_read(place).await;
        furnished.are_read_by(&beside, place).await;
        beside.running.stop().await;
    }
}

async fn what_a_gateway_with_the_former_key_in_memory_makes_lies_under_the_new_one(gateway: &TestGateway) {
    let mut furnished = Furnished::of(gateway, "minne", 2).await;
    let rotating = gateway.another(|_| {}).await.gateway.store;
    let begun = async { rotating.rotate_tenant_key(furnished.tenant.id, batch(1), &mut silently()).await };
    assert!(stop_at("rotation.begun", begun).await.is_err());
    gateway.databases.come_to_rest().await;
    furnished.persons.push(furnished.tenant.registers(complete_person("minne2")).await);
    assert_eq!(under(&rotating, &furnished.tenant).await, (1, 2, 1), "the new person's alone");
    let early = rotating.finish_rotations().await.unwrap();
    assert_eq!((early.destroyed, early.left_of_tenants), (0, 1), "not while anything lies under it");
    rotating.rotate_tenant_key(furnished.tenant.id, batch(1), &mut silently()).await.unwrap();
    assert_eq!(rotating.finish_rotations().await.unwrap().destroyed, 1);
    furnished.persons.push(furnished.tenant.registers(complete_person("minne3")).await);
    assert_eq!(under(&rotating, &furnished.tenant).await, (4, 0, 0));
    furnished.are_read("in memory").await;
    let request = furnished.tenant.answers_access(&furnished.persons[0]).await;
    assert_eq!(gateway.get(&furnished.tenant.link(&request, "JSON").await).await.status, 200);
}

/// How many keys of a person there are.
async fn keys_of(gateway: &TestGateway, person: &str) -> usize {
    let id = gateway.databases.literal(domain::id::SubjectId::parse(person).unwrap().uuid());
    let keys = format!("SELECT class FROM subject_key WHERE subject_id = {id}");
    gateway.databases.texts(Kind::Keys, &keys).await.len()
}

async fn an_erasure_during_a_rotation_brings_no_key_back(gateway: &TestGateway) {
    let furnished = Furnished::of(gateway, "borta", 4).await;
    let (tenant, persons) = (&furnished.tenant, &furnished.persons);
    let store = &gateway.service().store;
    let rotation = async { store.rotate_tenant_key(tenant.id, batch(1), &mut silently()).await.unwrap() };
    let erasures = async {
        // One whose key was moved, and one whose key is still to be.
        for person in [&persons[0], &persons[3]] {
            tenant.carries_out("ERASURE", person, json!({})).await;
        }
    };
    Box::pin(pause_at("rotation.batch_committed", rotation, erasures)).await;
    for person in [&persons[0], &persons[3]] {
        assert_eq!(keys_of(gateway, person).await, 0);
        assert_eq!(tenant.state_of(person).await, "ERASED");
    }
    assert_eq!(under(store, tenant).await, (2, 0, 1));
    assert_eq!(store.finish_rotations().await.unwrap().left_of_tenants, 0);
    for number in [1, 2] {
        let answer = tenant.admin().reads(&persons[number]).await;
        assert_eq!(answer.data("/dataSubject/name"), furnished.name(number));
    }
}

async fn a_rotation_among_readers_writers_and_erasures_loses_nothing(gateway: &TestGateway) {
    let mut furnished = Furnished::of(gateway, "samtidigt", 12).await;
    let rotating = gateway.another(|_| {}).await.gateway.store;
    for round in 0..3 {
        let (tenant, erased) = (&furnished.tenant, furnished.persons.last().cloned().unwrap());
        tenant.approved("ERASURE", &erased, json!({})).await;
        let rotation = async {
            rotating.rotate_tenant_key(tenant.id, batch(1), &mut silently()).await.unwrap();
            rotating.finish_rotations().await.unwrap();
        };
        let number = furnished.persons.len() - 1;
        let writing = tenant.registers(complete_person(&format!("samtidigt{number}x{round}")));
        let reading = async {
            for _ in 0..5 {
                let answer = tenant.admin().reads(&furnished.persons[0]).await;
                assert_eq!(answer.data("/dataSubject/name"), furnished.name(0));
            }
        };
        let (written, (), (), ()) = tokio::join!(writing, reading, rotation, gateway.work());
        gateway.work().await;
        assert_eq!(keys_of(gateway, &erased).await, 0, "round {round}");
        assert_eq!(keys_of(gateway, &written).await, 1, "round {round}");
        let answer = tenant.admin().reads(&written).await;
        assert_eq!(answer.data("/dataSubject/name"), format!("Åsa samtidigt{number}x{round} Exempelsson"));
        furnished.persons.pop();
        furnished.are_read("after it").await;
        assert_eq!(under(&rotating, &furnished.tenant).await.1, 0, "round {round}");
    }
}

async fn what_was_sealed_under_a_key_of_an_earlier_version_goes_on_to_open(gateway: &TestGateway) {
    let furnished = Furnished::of(gateway, "fore", 1).await;
    let tenant = &furnished.tenant;
    // Tenants of earlier versions have no key apart for their own secrets.
    let of = gateway.databases.literal(tenant.id.uuid());
    gateway
        .databases
        .run(Kind::Keys, &format!("DELETE FROM tenant_key WHERE tenant_id = {of} AND class = 'SEAL'"))
        .await;
    let earlier = Beside::of(gateway, |_| {}).await;
    let name = "Logg";
    let input = json!({ "name": name, "endpoint": "http://127.0.0.1:9/logg", "dataCategories": [], "receives": ["AUDIT_CHECKPOINT"] });
    let mutation = "mutation($input: RegisterDownstreamSystemInput!) { registerDownstreamSystem(input: $input) { system { id } } }";
    let request = gateway
        .request(Method::POST, &format!("{}/graphql", earlier.base))
        .bearer_auth(&tenant.admin().token);
    let made =
        gateway.send(request.json(&json!({ "query": mutation, "variables": { "input": input } }))).await;
    assert!(made.at("/data/registerDownstreamSystem/system/id").is_string(), "{}", made.text());
    earlier.store.rotate_tenant_key(tenant.id, batch(9), &mut silently()).await.unwrap();
    assert_eq!(earlier.store.finish_rotations().await.unwrap().destroyed, 1);
    let query = "{ downstreamSystems { endpoint } }";
    let after = Beside::of(gateway, |_| {}).await;
    for base in [&earlier.base, &after.base] {
        let request =
            gateway.request(Method::POST, &format!("{base}/graphql")).bearer_auth(&tenant.admin().token);
        let answer = gateway.send(request.json(&json!({ "query": query }))).await;
        assert_eq!(
            answer.at("/data/downstreamSystems/0/endpoint"),
            "http://127.0.0.1:9/logg",
            "{}",
            answer.text()
        );
    }
    furnished.are_read_by(&after, "and persons").await;
    earlier.running.stop().await;
    after.running.stop().await;
}

async fn exports_and_tasks_are_moved_too(gateway: &TestGateway) {
    let furnished = Furnished::of(gateway, "ut", 2).await;
    let (tenant, store) = (&furnished.tenant, &gateway.service().store);
    tenant.exports().await;
    gateway.work().await;
    let (before, _, _) = under(store, tenant).await;
    assert_eq!(before, 3, "two persons and an export");
    store.rotate_tenant_key(tenant.id, batch(1), &mut silently()).await.unwrap();
    assert_eq!(store.finish_rotations().await.unwrap().destroyed, 1);
    assert_eq!(under(store, tenant).await, (3, 0, 0));
    assert_eq!(gateway.get(&tenant.export_link().await).await.status, 200, "the export opens");
}

async fn a_tenant_whose_keys_go_during_a_rotation_keeps_none(gateway: &TestGateway) {
    for (round, place) in
        ["rotation.begin_before_commit", "rotation.begun", "rotation.batch_committed"].into_iter().enumerate()
    {
        let furnished = Furnished::of(gateway, &format!("slut{round}"), 3).await;
        let tenant = &furnished.tenant;
        tenant.ended_long_ago().await;
        let rotating = gateway.another(|_| {}).await.gateway.store;
        let mut told = silently();
        let closing = gateway.work();
        if place == "rotation.begin_before_commit" {
            // Its row is held: whoever closes waits for it.
            tokio::join!(closing, async {
                _ = rotating.rotate_tenant_key(tenant.id, batch(1), &mut told).await;
            });
        } else {
            let rotation = rotating.rotate_tenant_key(tenant.id, batch(1), &mut told);
            _ = Box::pin(pause_at(place, rotation, closing)).await;
        }
        gateway.work().await;
        let of = gateway.databases.literal(tenant.id.uuid());
        for table in ["tenant_key", "subject_key"] {
            let rows = format!("SELECT class FROM {table} WHERE tenant_id = {of}");
            assert_eq!(gateway.databases.texts(Kind::Keys, &rows).await, [""; 0], "{place}: {table}");
        }
        let ends = format!("SELECT 'x' FROM tenant_end WHERE tenant_id = {of}");
        assert_eq!(gateway.databases.texts(Kind::Keys, &ends).await.len(), 1, "{place}: it was closed");
    }
}
