//! An export of all that a tenant has, when a worker dies or a person is erased at a bad moment: there is one that is
//! whole and up to date, or none.

use std::time::Duration;

use gateway::worker;
use serde_json::{Value, json};
use store::failpoint;
use support::{Kind, LEASE, Tenant, TestGateway, Unpacked, complete_person, on_both_databases};

on_both_databases! {
    an_export_ends_the_same_wherever_the_worker_dies,
    an_export_is_destroyed_wherever_the_worker_dies,
    an_export_ends_when_somebody_in_it_is_erased,
    an_export_begins_anew_when_somebody_is_erased_while_it_is_made,
    a_worker_that_lost_its_lease_adds_nothing,
    an_export_that_cannot_be_made_is_given_up,
    an_export_lies_sealed_on_disk,
}

/// The places that a worker passes when it makes an export.
const MAKING: [&str; 6] = [
    "tenant_export.begun",
    "tenant_export.page",
    "tenant_export.chunk",
    "tenant_export.written",
    "tenant_export.before_commit",
    "tenant_export.committed",
];
/// And when it destroys one.
const DESTROYING: [&str; 2] = ["tenant_export.chunks_removed", "tenant_export.key_destroyed"];

async fn count(gateway: &TestGateway, kind: Kind, query: &str) -> usize {
    gateway.databases.texts(kind, query).await.len()
}

/// Chunks of all exports, keys of exports, and due work about them.
async fn left(gateway: &TestGateway) -> (usize, usize, usize) {
    let chunks = "SELECT CAST(number AS text) FROM tenant_export_chunk";
    let keys = "SELECT class FROM tenant_key WHERE class LIKE 'EXPORT:%'";
    let work = "SELECT kind FROM job WHERE kind = 'BUILD_TENANT_EXPORT'";
    (
        count(gateway, Kind::Data, chunks).await,
        count(gateway, Kind::Keys, keys).await,
        count(gateway, Kind::Data, work).await,
    )
}

/// The newest export, fetched and found whole.
async fn fetched(tenant: &Tenant<'_>) -> Unpacked {
    let told = tenant.newest_export().await;
    assert_eq!(told["status"], "READY");
    let file = tenant.gateway().get(&tenant.export_link().await).await;
    let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, &file.body);
    assert_eq!(told["sha256"], json!(hex::encode(digest)));
    Unpacked::of(&file.body)
}

async fn an_export_ends_the_same_wherever_the_worker_dies(gateway: &TestGateway) {
    let each = MAKING.iter().map(|place| vec![*place]);
    for deaths in each.chain([MAKING.to_vec(), [MAKING, MAKING].concat()]) {
        let tenant = gateway.tenant().await;
        tenant.registers(complete_person("dor")).await;
        tenant.tries_to_export().await.succeeded();
        let mut died = 0;
        for place in &deaths {
            if gateway.dies_at(place).await {
                died += 1;
                gateway.clock.advance(LEASE * 3);
            }
        }
        assert_ne!(died, 0, "no worker comes by {deaths:?}");
        gateway.work().await;
        let export = fetched(&tenant).await;
        assert_eq!(export.records("data-subjects")[0]["name"], "Åsa dor Exempelsson", "{deaths:?}");
        assert_eq!(tenant.events("tenantExport.build").await, 1, "{deaths:?}");
        assert_eq!(left(gateway).await, (1, 1, 0), "{deaths:?}");
        gateway.clock.advance(Duration::from_hours(168));
        gateway.work().await;
        assert_eq!(left(gateway).await, (0, 0, 0), "{deaths:?}");
    }
}

async fn an_export_is_destroyed_wherever_the_worker_dies(gateway: &TestGateway) {
    for place in DESTROYING {
        let tenant = gateway.tenant().await;
        let id = tenant.exports().await;
        gateway.clock.advance(Duration::from_hours(168));
        assert!(gateway.dies_at(place).await, "{place}");
        assert_eq!(tenant.export(&id).await["status"], "EXPIRED", "{place}");
        gateway.clock.advance(LEASE);
        gateway.work().await;
        assert_eq!(left(gateway).await, (0, 0, 0), "{place}");
        assert_eq!(tenant.events("tenantExport.destroy").await, 1, "{place}");
    }
}

async fn an_export_ends_when_somebody_in_it_is_erased(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let person = tenant.registers(complete_person("glomd")).await;
    let other = tenant.registers(complete_person("minns")).await;
    let id = tenant.exports().await;
    let link = tenant.export_link().await;
    tenant.carries_out("ERASURE", &other, json!({ "categories": ["EMAIL"] })).await;
    assert_eq!(tenant.export(&id).await["status"], "EXPIRED", "some of a person's data is enough");
    tenant.exports().await;
    tenant.carries_out("ERASURE", &person, json!({})).await;
    assert_eq!(tenant.newest_export().await["status"], "EXPIRED");
    assert_eq!(gateway.get(&link).await.status, 404);
    assert_eq!(left(gateway).await, (0, 0, 0), "neither data nor key");
    tenant.exports().await;
    let everything = fetched(&tenant).await.everything();
    assert!(!everything.contains("glomd") && everything.contains("Åsa minns Exempelsson"));
    assert!(!everything.contains("asa.minns@provstad.example"));
}

/// A person is erased up to the destruction of the keys; the storage cannot be compacted while somebody reads.
async fn loses_keys(tenant: &Tenant<'_>, person: &str) {
    tenant.approved("ERASURE", person, json!({})).await;
    let service = tenant.gateway().service();
    while failpoint::stop_at("settle.keys_destroyed", worker::work_once(service, LEASE)).await.is_ok() {}
}

async fn an_export_begins_anew_when_somebody_is_erased_while_it_is_made(gateway: &TestGateway) {
    for place in ["tenant_export.page", "tenant_export.written"] {
        let tenant = gateway.tenant().await;
        let person = tenant.registers(complete_person("hinner")).await;
        tenant.tries_to_export().await.succeeded();
        let making = worker::work_once(gateway.service(), LEASE);
        failpoint::pause_at(place, making, Box::pin(loses_keys(&tenant, &person))).await.unwrap();
        assert_eq!(tenant.newest_export().await["status"], "PENDING", "{place}");
        assert_eq!(left(gateway).await, (0, 0, 1), "what was read before is gone: {place}");
        gateway.clock.advance(LEASE);
        gateway.work().await;
        assert_eq!(tenant.state_of(&person).await, "ERASED", "{place}");
        assert!(!fetched(&tenant).await.everything().contains("hinner"), "{place}");
        assert_eq!(tenant.events("tenantExport.build").await, 1, "{place}");
        gateway.clock.advance(Duration::from_hours(168));
        gateway.work().await;
    }
}

async fn a_worker_that_lost_its_lease_adds_nothing(gateway: &TestGateway) {
    for place in ["tenant_export.begun", "tenant_export.page", "tenant_export.written"] {
        let tenant = gateway.tenant().await;
        tenant.registers(complete_person("sen")).await;
        tenant.tries_to_export().await.succeeded();
        let another = async {
            gateway.clock.advance(LEASE * 3);
            gateway.work().await;
            assert_eq!(tenant.newest_export().await["status"], "READY", "{place}");
        };
        let slow = worker::work_once(gateway.service(), LEASE);
        failpoint::pause_at(place, slow, Box::pin(another)).await.unwrap();
        assert!(fetched(&tenant).await.everything().contains("Åsa sen Exempelsson"), "{place}");
        assert_eq!(tenant.events("tenantExport.build").await, 1, "{place}");
        assert_eq!(left(gateway).await, (1, 1, 0), "{place}");
        gateway.clock.advance(Duration::from_hours(168));
        gateway.work().await;
    }
}

async fn an_export_that_cannot_be_made_is_given_up(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    tenant.registers(complete_person("trasig")).await;
    let broken = "UPDATE data_subject SET status = 'BROKEN'";
    gateway.databases.run(Kind::Data, broken).await;
    let id = tenant.tries_to_export().await.made();
    for _ in 0..12 {
        gateway.work().await;
        assert_eq!(left(gateway).await.2, usize::from(tenant.export(&id).await["status"] == "PENDING"));
        gateway.clock.advance(Duration::from_hours(2));
    }
    gateway.work().await;
    assert_eq!(tenant.export(&id).await["status"], "FAILED");
    assert_eq!(left(gateway).await, (0, 0, 0));
    let link = tenant.admin().query("{ tenantExport { downloadUrl } }", Value::Null).await;
    assert_eq!(link.data("/tenantExport/downloadUrl"), Value::Null);
    gateway.databases.run(Kind::Data, "UPDATE data_subject SET status = 'ACTIVE'").await;
    tenant.exports().await;
    assert!(fetched(&tenant).await.everything().contains("Åsa trasig Exempelsson"));
}

async fn an_export_lies_sealed_on_disk(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    tenant.registers(complete_person("dold")).await;
    tenant.exports().await;
    let file = gateway.get(&tenant.export_link().await).await.body;
    let parts = [&file[..40], &file[file.len() / 2..][..40], &file[file.len() - 40..]];
    let on_disk = gateway.databases.everything_on_disk().await;
    for (name, bytes) in &on_disk {
        for part in parts {
            let hexadecimal = hex::encode(part).into_bytes();
            let clear = bytes.windows(40).any(|window| window == part)
                || bytes.windows(hexadecimal.len()).any(|window| window == hexadecimal);
            assert!(!clear, "a part of the archive lies open in {name}");
        }
    }
    let chunk = gateway.databases.texts(Kind::Data, "SELECT lower(hex(content)) FROM tenant_export_chunk");
    if gateway.databases.postgres.is_none() {
        let chunk = hex::decode(&chunk.await[0]).unwrap();
        let found = on_disk.iter().any(|(_, bytes)| bytes.windows(40).any(|window| window == &chunk[..40]));
        assert!(found, "the search finds what does lie there");
    }
}

#[test]
fn on_sqlite_a_restored_export_of_somebody_erased_is_not_handed_out() {
    support::run(async { Box::pin(restored(TestGateway::sqlite().await)).await });
}

#[test]
fn on_postgres_a_restored_export_of_somebody_erased_is_not_handed_out() {
    let name = "on_postgres_a_restored_export_of_somebody_erased_is_not_handed_out";
    support::run(async {
        match TestGateway::postgres().await {
            Some(gateway) => Box::pin(restored(gateway)).await,
            None => support::postgres::skipped_loudly(name),
        }
    });
}

async fn restored(gateway: TestGateway) {
    let tenant = gateway.tenant().await;
    let of = tenant.id;
    let person = tenant.registers(complete_person("ater")).await;
    let id = tenant.exports().await;
    let link = tenant.export_link().await;
    let path = link.trim_start_matches(gateway.address()).trim_start_matches('/').to_owned();
    assert_eq!(gateway.get(&path).await.status, 200);
    let gateway = gateway.restarts_after(async |databases| databases.back_up().await).await;
    gateway.existing_tenant(of).carries_out("ERASURE", &person, json!({})).await;
    let gateway = gateway.restarts_after(async |databases| databases.put_back().await).await;
    let tenant = gateway.existing_tenant(of);
    assert_eq!(tenant.export(&id).await["status"], "EXPIRED");
    assert_eq!(gateway.get(&path).await.status, 404);
    gateway.work().await;
    assert_eq!(left(&gateway).await, (0, 0, 0));
    tenant.exports().await;
    assert!(!fetched(&tenant).await.everything().contains("ater"));
    gateway.stop().await;
}
