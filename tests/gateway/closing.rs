//! The end of a relationship (Art. 28(3)(g)): when the return is over nothing about a data subject is left, wherever the
//! worker died meanwhile, and in a backup neither.

use std::time::Duration;

use serde_json::{Value, json};
use support::{Canary, Kind, Search, Tenant, TestGateway, certificate, complete_person, decoded};

use crate::certificates::{platform_key, verifies_certificate};

use crate::audit_delivery::registers;
use crate::tasks::hears_of_requests;

support::on_both_databases! {
    a_closing_ends_the_same_wherever_the_worker_dies,
    nothing_of_a_closed_tenant_is_left_and_everything_of_its_neighbour,
    the_certificate_says_what_went_and_who_has_confirmed_it,
}

/// Longer than the worker keeps any of this work for itself.
const ABANDONED: Duration = Duration::from_mins(11);

const PLACES: [&str; 5] =
    ["closing.begun", "closing.erasing", "closing.erased", "closing.keys_destroyed", "closing.compacted"];

/// What is about data subjects, and what opens it.
const EMPTIED: [(Kind, &str); 22] = [
    (Kind::Data, "accounting_record"),
    (Kind::Data, "audit_delivery"),
    (Kind::Data, "consent"),
    (Kind::Data, "data_subject"),
    (Kind::Data, "download_ticket"),
    (Kind::Data, "downstream_secret"),
    (Kind::Data, "downstream_system"),
    (Kind::Data, "downstream_task"),
    (Kind::Data, "export_file"),
    (Kind::Data, "export_package"),
    (Kind::Data, "idempotency"),
    (Kind::Data, "job"),
    (Kind::Data, "legal_hold"),
    (Kind::Data, "request_event"),
    (Kind::Data, "restriction"),
    (Kind::Data, "rights_request"),
    (Kind::Data, "subject_index"),
    (Kind::Data, "suppression"),
    (Kind::Data, "tenant_export_chunk"),
    (Kind::Keys, "subject_key"),
    (Kind::Keys, "tenant_key"),
    (Kind::Data, "tenant_closing"),
];

async fn furnished(gateway: &TestGateway) -> Tenant<'_> {
    let tenant = gateway.tenant().await;
    let person = tenant.registers(complete_person("kund")).await;
    tenant.records_consent(&person, "DIRECT_MARKETING").await;
    registers(&tenant, "Revision", "https://crm.example/privacy").await;
    tenant.files_invoice(&person, "F-1", "2025-12-31").await;
    tenant.holds(&person, &["EMAIL"]).await;
    tenant.answers_access(&person).await;
    tenant.carries_out("RESTRICTION", &person, json!({})).await;
    let other = tenant.registers(complete_person("bortglomd")).await;
    tenant.carries_out("ERASURE", &other, json!({})).await;
    hears_of_requests(&tenant, "Kundregister", ("https://crm.example/requests", &["EMAIL"])).await;
    tenant.approved("PORTABILITY", &person, json!({})).await;
    gateway.work().await;
    tenant
}

async fn rows(gateway: &TestGateway, tenant: &Tenant<'_>, (kind, table): (Kind, &str)) -> usize {
    let of = gateway.databases.literal(tenant.id.uuid());
    let query = format!("SELECT 'row' FROM {table} WHERE tenant_id = {of}");
    gateway.databases.texts(kind, &query).await.len()
}

/// What is left, without the times, which a death delays.
async fn end(gateway: &TestGateway, tenant: &Tenant<'_>) -> Value {
    let mut left = json!({});
    for (kind, table) in EMPTIED {
        left[table] = json!(rows(gateway, tenant, (kind, table)).await);
    }
    let seen = "{ viewer { tenant { status closing { certificate(format: JSON) { contentBase64 } } } } }";
    let seen = tenant.admin().query(seen, Value::Null).await;
    let certificate = certificate(&seen.string("/viewer/tenant/closing/certificate/contentBase64"));
    let statement = &certificate["statement"];
    json!({
        "left": left,
        "status": seen.data("/viewer/tenant/status"),
        "erased": statement["erased"],
        "certified": rows(gateway, tenant, (Kind::Data, "closing_certificate")).await,
    })
}

async fn a_closing_ends_the_same_wherever_the_worker_dies(gateway: &TestGateway) {
    let undisturbed = furnished(gateway).await;
    undisturbed.is_closed().await;
    let expected = end(gateway, &undisturbed).await;
    assert_eq!(expected["status"], "CLOSED");
    let each = PLACES.iter().map(|place| vec![*place]);
    for deaths in each.chain([PLACES.to_vec()]) {
        let disturbed = furnished(gateway).await;
        disturbed.ended_long_ago().await;
        let mut died = 0;
        for place in &deaths {
            if gateway.dies_at(place).await {
                died += 1;
                gateway.clock.advance(ABANDONED);
            }
        }
        assert_ne!(died, 0, "no worker comes by {deaths:?}");
        gateway.work().await;
        assert_eq!(end(gateway, &disturbed).await, expected, "after deaths at {deaths:?}");
    }
}

async fn nothing_of_a_closed_tenant_is_left_and_everything_of_its_neighbour(gateway: &TestGateway) {
    let (closed, neighbour) = (furnished(gateway).await, furnished(gateway).await);
    let tag = domain::id::new_uuid(gateway.now(), gateway.entropy()).simple().to_string();
    let canary = Canary::new(format!("zånamn{}qz", &tag[20..]));
    let person = json!({ "name": canary.text, "position": canary.text });
    closed.registers(person).await;
    let before: Vec<usize> = counts(gateway, &neighbour).await;
    closed.is_closed().await;
    for (kind, table) in EMPTIED.into_iter().filter(|(_, table)| *table != "tenant_closing") {
        assert_eq!(rows(gateway, &closed, (kind, table)).await, 0, "{table}");
    }
    assert_eq!(counts(gateway, &neighbour).await, before);
    gateway.databases.compact().await;
    let canaries = [canary];
    let search = Search::new(&canaries);
    for (file, bytes) in gateway.databases.everything_on_disk().await {
        assert_eq!(search.run(&bytes), [], "{file}");
    }
    let answer = closed.admin().query("{ dataSubjects { totalCount } }", Value::Null).await;
    assert_eq!(answer.code(), "TENANT_NOT_SERVED");
    assert_eq!(neighbour.admin().query("{ dataSubjects { totalCount } }", Value::Null).await.code(), "");
}

async fn counts(gateway: &TestGateway, tenant: &Tenant<'_>) -> Vec<usize> {
    let mut counts = Vec::new();
    for table in EMPTIED.into_iter().filter(|(_, table)| !matches!(*table, "job" | "idempotency")) {
        counts.push(rows(gateway, tenant, table).await);
    }
    counts
}

async fn the_certificate_says_what_went_and_who_has_confirmed_it(gateway: &TestGateway) {
    let announced = json!({
        "name": "Molnprov AB", "country": "SE", "processingCountries": ["SE"], "purpose": "drift",
        "dataCategories": ["NAME"], "transferMechanism": "EEA", "agreementSignedOn": "2026-03-01",
        "effectiveOn": "2026-04-15",
    });
    let tenant = furnished(gateway).await;
    let subprocessor =
        gateway.platform().change("announceSubprocessor", announced, "subprocessor { id }").await.made();
    let confirms = async |tenant: &Tenant<'_>| {
        let input = json!({ "tenantId": tenant.id.to_string(), "subprocessorId": subprocessor, "confirmedOn": "2026-05-01" });
        let answer = gateway.platform().change("confirmErasure", input, "tenant { id }").await;
        answer.payload("/userErrors/0/code")
    };
    gateway.up_to("2026-05-02").await;
    assert_eq!(confirms(&tenant).await, "CONFLICT", "its data is still in use");
    tenant.is_closed().await;
    let first = certified(&tenant).await;
    assert_eq!(first["statement"]["confirmations"][0]["confirmedOn"], Value::Null, "{first}");
    gateway.clock.advance(Duration::from_mins(1));
    assert_eq!(confirms(&tenant).await, Value::Null);
    assert_eq!(confirms(&tenant).await, "CONFLICT", "it has confirmed before");
    assert_eq!(certified(&tenant).await, Value::Null, "the log does not vouch for the new one yet");
    gateway.sequence().await;
    let second = certified(&tenant).await;
    let confirmation = &second["statement"]["confirmations"][0];
    assert_eq!(confirmation["confirmedOn"], "2026-05-01", "{second}");
    assert!(!second.to_string().contains("Exempelsson"));
    for certificate in [&first, &second] {
        let key = platform_key(gateway, &tenant).await;
        let outcome = verifies_certificate(&tenant.keeps(certificate, "closing"), &["--verifier-key", &key]);
        assert_eq!(outcome.code, 0, "{}", outcome.text);
    }
    let text = "{ viewer { tenant { closing { certificate(format: JSON) { mediaType sha256 }
                pdf: certificate(format: PDF, language: \"en\") { mediaType contentBase64 } } } } }";
    let seen = tenant.admin().query(text, Value::Null).await;
    let of = |member: &str| seen.data(&format!("/viewer/tenant/closing/{member}"));
    assert_eq!(of("certificate/mediaType"), "application/json");
    let pdf = decoded(&seen.string("/viewer/tenant/closing/pdf/contentBase64"));
    assert!(pdf.starts_with(b"%PDF-"));
    let by_operator = "query($id: ID!) { node(id: $id) { ... on Tenant { status closing {
                       certificate(format: JSON) { sha256 } } } } }";
    let by_operator = gateway.platform().query(by_operator, json!({ "id": tenant.id.to_string() })).await;
    assert_eq!(by_operator.data("/node/closing/certificate/sha256"), of("certificate/sha256"));
}

/// The tenant's certificate; null where there is none.
async fn certified(tenant: &Tenant<'_>) -> Value {
    let text = "{ viewer { tenant { closing { certificate(format: JSON) { contentBase64 } } } } }";
    let seen = tenant.admin().query(text, Value::Null).await;
    seen.data("/viewer/tenant/closing/certificate/contentBase64").as_str().map_or(Value::Null, certificate)
}

#[test]
fn on_sqlite_a_restored_tenant_that_had_been_closed_is_closed_again() {
    support::run(async { Box::pin(closed_again(TestGateway::sqlite().await)).await });
}

#[test]
fn on_postgres_a_restored_tenant_that_had_been_closed_is_closed_again() {
    let name = "on_postgres_a_restored_tenant_that_had_been_closed_is_closed_again";
    support::run(async {
        match TestGateway::postgres().await {
            Some(gateway) => Box::pin(closed_again(gateway)).await,
            None => support::postgres::skipped_loudly(name),
        }
    });
}

async fn closed_again(gateway: TestGateway) {
    let id = furnished(&gateway).await.id;
    let gateway = gateway.restarts_after(async |databases| databases.back_up().await).await;
    gateway.existing_tenant(id).is_closed().await;
    let gateway = gateway.restarts_after(async |databases| databases.put_back().await).await;
    let tenant = gateway.existing_tenant(id);
    let read = tenant.admin().query("{ dataSubjects { totalCount } }", Value::Null).await;
    assert_eq!(read.code(), "TENANT_NOT_SERVED", "before any work is done");
    gateway.work().await;
    for (kind, table) in EMPTIED.into_iter().filter(|(_, table)| *table != "tenant_closing") {
        assert_eq!(rows(&gateway, &tenant, (kind, table)).await, 0, "{table}");
    }
    let viewer = tenant.admin().query("{ viewer { tenant { status } } }", Value::Null).await;
    assert_eq!(viewer.data("/viewer/tenant/status"), "CLOSED");
    gateway.stop().await;
}
