//! The return of all that a tenant has (Art. 28(3)(g)): what is in it, who gets it, and when.

use std::time::Duration;

use serde_json::{Value, json};
use support::{Kind, Tenant, Terms, TestGateway, Unpacked, complete_person, on_both_databases};

on_both_databases! {
    an_export_holds_every_record_of_the_tenant_and_of_nobody_else,
    both_forms_of_a_file_hold_the_same,
    the_digests_of_the_file_and_of_its_parts_hold,
    an_export_of_a_tenant_without_persons_is_made_too,
    while_one_is_being_made_there_is_no_other,
    the_same_key_asks_once,
    a_newer_export_takes_the_place_of_the_one_before,
    an_export_is_destroyed_when_its_time_is_over,
    whoever_leaves_has_an_export_until_the_return_is_over,
    without_an_agreement_there_is_none,
    another_tenants_export_does_not_exist,
    whoever_may_not_sign_agreements_reaches_no_export,
    each_step_of_an_export_is_in_the_audit_log,
}

const KINDS: [&str; 18] = [
    "tenant",
    "data-subjects",
    "consents",
    "restrictions",
    "legal-holds",
    "accounting-records",
    "rights-requests",
    "rights-request-steps",
    "rights-request-outcomes",
    "rights-request-corrections",
    "rights-request-tasks",
    "retention-rules",
    "processing-activities",
    "downstream-systems",
    "notices",
    "agreements",
    "agreement-signatures",
    "instructions",
];

/// A tenant with something of each kind: one person of whom all is held, one partly erased, one erased.
async fn furnished(tenant: &Tenant<'_>, tag: &str) -> [String; 3] {
    let whole = tenant.registers(complete_person(tag)).await;
    tenant.records_consent(&whole, "DIRECT_MARKETING").await;
    tenant.files_invoice(&whole, &format!("A-{tag}"), "2025-12-31").await;
    tenant.carries_out("RECTIFICATION", &whole, json!({})).await;
    tenant.carries_out("RESTRICTION", &whole, json!({ "ground": "LEGAL_CLAIM" })).await;
    let refused = tenant.submits("PORTABILITY", &whole).await;
    tenant.refuses(&refused).await;
    tenant.holds(&whole, &["NAME"]).await;
    let partly = tenant.registers(complete_person(&format!("{tag}del"))).await;
    tenant.files_invoice(&partly, &format!("B-{tag}"), "2025-12-31").await;
    tenant.carries_out("ERASURE", &partly, json!({})).await;
    let gone = tenant.registers(complete_person(&format!("{tag}bort"))).await;
    tenant.carries_out("ERASURE", &gone, json!({})).await;
    [whole, partly, gone]
}

fn of<'r>(records: &'r [Value], member: &str, value: &str) -> Vec<&'r Value> {
    records.iter().filter(|record| record[member] == value).collect()
}

async fn an_export_holds_every_record_of_the_tenant_and_of_nobody_else(gateway: &TestGateway) {
    let (tenant, other) = (gateway.tenant().await, gateway.tenant().await);
    let [whole, partly, gone] = furnished(&tenant, "mitt").await;
    let stranger = other.registers(complete_person("annans")).await;
    tenant.exports().await;
    let export = tenant.unpacks_export().await;
    let people = export.records("data-subjects");
    assert_eq!(people.len(), 3);
    let person = of(&people, "id", &whole)[0];
    assert_eq!(person["name"], "Åsa mitt Exempelsson");
    assert_eq!(person["externalReference"], "K-mitt");
    assert_eq!(person["position"], "Provchef", "as it was rectified");
    assert_eq!(person["phone"], "+46701740605");
    assert_eq!(person["addressLines"], json!(["Provgatan 1 mitt"]));
    assert_eq!(person["email"], "asa.mitt@provstad.example");
    assert_eq!((&person["hasPassword"], &person["status"]), (&json!(true), &json!("RESTRICTED")));
    let kept = of(&people, "id", &partly)[0];
    assert_eq!((&kept["name"], &kept["email"]), (&json!("Åsa mittdel Exempelsson"), &Value::Null));
    let erased = of(&people, "id", &gone)[0];
    assert_eq!((&erased["name"], &erased["status"]), (&Value::Null, &json!("ERASED")));
    check_what_hangs_on(&export, &whole);
    let everything = export.everything();
    for secret in ["hemligt lösenord", "argon2", "mittbort", "annans", &stranger] {
        assert!(!everything.contains(secret), "{secret}");
    }
}

fn check_what_hangs_on(export: &Unpacked, person: &str) {
    let records = |kind: &str| export.records(kind);
    assert_eq!(of(&records("consents"), "subjectId", person)[0]["status"], "GRANTED");
    let restrictions = records("restrictions");
    assert_eq!(of(&restrictions, "subjectId", person).len(), 2, "lifted ones too");
    assert_eq!(of(&restrictions, "ground", "LEGAL_CLAIM")[0]["liftedAt"], Value::Null);
    assert_eq!(of(&records("legal-holds"), "subjectId", person)[0]["categories"], json!(["NAME"]));
    let filed = records("accounting-records");
    assert_eq!(of(&filed, "subjectId", person)[0]["description"], "Ett års abonnemang A-mitt");
    let requests = records("rights-requests");
    assert_eq!(of(&requests, "subjectId", person).len(), 3);
    let refused = of(&requests, "kind", "PORTABILITY")[0];
    assert_eq!(refused["refusalGround"], "EXCESSIVE");
    assert_eq!(refused["reasons"], "Samma begäran besvarades i går.");
    let rectified = of(&requests, "kind", "RECTIFICATION")[0]["id"].as_str().unwrap();
    let corrections = records("rights-request-corrections");
    assert_eq!(of(&corrections, "requestId", rectified)[0]["newValue"], "Provchef");
    assert_eq!(of(&records("rights-request-outcomes"), "requestId", rectified)[0]["action"], "RECTIFIED");
    assert!(of(&records("rights-request-steps"), "requestId", rectified).len() >= 4);
    assert_eq!(records("retention-rules").len(), 8);
    assert_eq!(records("processing-activities").len(), 2, "in both languages");
    assert_eq!(records("agreements")[0]["version"], 1);
    assert_eq!(records("agreement-signatures").len(), 2);
    assert_eq!(export.text("agreements/1.md"), "# Avtal");
    let instructions = records("instructions");
    for kind in ["APPROVE", "REFUSE", "HOLD", "RETURN"] {
        assert!(!of(&instructions, "kind", kind).is_empty(), "{kind} in {instructions:?}");
    }
    assert_eq!(records("tenant")[0]["name"], "Provtryckeriet AB");
}

async fn both_forms_of_a_file_hold_the_same(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    furnished(&tenant, "form").await;
    tenant.exports().await;
    let export = tenant.unpacks_export().await;
    for kind in KINDS {
        let (records, rows) = (export.records(kind), export.rows(kind));
        assert_eq!(records.len(), rows.len(), "{kind}");
        for (record, row) in records.iter().zip(&rows) {
            let record = record.as_object().unwrap();
            assert_eq!(record.keys().collect::<Vec<_>>(), row.keys().collect::<Vec<_>>(), "{kind}");
            for (name, value) in record {
                let told = match value {
                    Value::String(text) => text.clone(),
                    Value::Null => String::new(),
                    Value::Array(texts) if texts.len() != 1 => continue,
                    Value::Array(texts) => texts[0].as_str().unwrap().to_owned(),
                    other => other.to_string(),
                };
                assert_eq!(row[name].trim_start_matches('\''), told, "{kind} {name}");
            }
        }
    }
    assert!(export.rows("data-subjects").iter().any(|row| row["phone"] == "'+46701740605"));
}

async fn the_digests_of_the_file_and_of_its_parts_hold(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    furnished(&tenant, "summa").await;
    tenant.exports().await;
    let file = gateway.get(&tenant.export_link().await).await;
    let told = tenant.newest_export().await;
    let digest =
        |bytes: &[u8]| hex::encode(aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, bytes).as_ref());
    assert_eq!(told["sha256"], json!(digest(&file.body)));
    assert_eq!(told["byteCount"].as_f64().map(|bytes| bytes.to_string()), Some(file.body.len().to_string()));
    let export = Unpacked::of(&file.body);
    let manifest: Value = serde_json::from_str(&export.text("manifest.json")).unwrap();
    assert_eq!(manifest["tenantId"], json!(tenant.id.to_string()));
    let listed = manifest["files"].as_array().unwrap();
    assert_eq!(listed.len() + 1, export.files().count());
    for (name, content) in export.files().filter(|(name, _)| *name != "manifest.json") {
        let entry = listed.iter().find(|entry| entry["name"] == name).unwrap();
        assert_eq!(entry["sha256"], json!(digest(content)), "{name}");
        assert_eq!(entry["bytes"], json!(content.len()), "{name}");
    }
    for kind in KINDS {
        let name = format!("{kind}.jsonl");
        let entry = listed.iter().find(|entry| entry["name"] == json!(name)).unwrap();
        assert_eq!(entry["rows"], json!(export.records(kind).len()), "{kind}");
    }
}

async fn an_export_of_a_tenant_without_persons_is_made_too(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    assert_eq!(tenant.newest_export().await, Value::Null);
    tenant.exports().await;
    let export = tenant.unpacks_export().await;
    assert_eq!(export.records("data-subjects"), Vec::<Value>::new());
    assert_eq!(export.records("agreements").len(), 1);
}

async fn while_one_is_being_made_there_is_no_other(gateway: &TestGateway) {
    let (tenant, other) = (gateway.tenant().await, gateway.tenant().await);
    let first = tenant.tries_to_export().await.made();
    let pending = tenant.export(&first).await;
    assert_eq!(pending["status"], "PENDING");
    for member in ["readyAt", "expiresAt", "byteCount", "sha256"] {
        assert_eq!(pending[member], Value::Null, "{member}");
    }
    let link = tenant.admin().query("{ tenantExport { downloadUrl } }", Value::Null).await;
    assert_eq!(link.data("/tenantExport/downloadUrl"), Value::Null);
    let second = tenant.tries_to_export().await;
    assert_eq!(second.user_errors(), ["CONFLICT"]);
    let (one, two) = tokio::join!(other.tries_to_export(), other.tries_to_export());
    let mut errors = [one.user_errors(), two.user_errors()].concat();
    errors.sort();
    assert_eq!(errors, ["CONFLICT"], "of two at once one");
    gateway.work().await;
    assert_eq!(tenant.export(&first).await["status"], "READY");
    tenant.tries_to_export().await.succeeded();
}

async fn the_same_key_asks_once(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let asks = async |key: &str| {
        let input = json!({ "idempotencyKey": key });
        tenant.admin().change("requestTenantExport", input, "tenantExport { id }").await
    };
    let first = asks("en").await.made();
    assert_eq!(asks("en").await.made(), first);
    gateway.work().await;
    assert_eq!(asks("en").await.made(), first);
    assert_ne!(asks("annan").await.made(), first);
    assert_eq!(tenant.events("tenantExport.request").await, 2);
}

async fn a_newer_export_takes_the_place_of_the_one_before(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let first = tenant.exports().await;
    let link = tenant.export_link().await;
    gateway.clock.advance(Duration::from_secs(1));
    let second = tenant.tries_to_export().await.made();
    assert_eq!(gateway.get(&link).await.status, 200, "until the newer one is made");
    gateway.work().await;
    assert_eq!(tenant.export(&first).await["status"], "EXPIRED");
    assert_eq!(tenant.export(&second).await["status"], "READY");
    assert_eq!(gateway.get(&link).await.status, 404);
    assert_eq!(gateway.get(&tenant.export_link().await).await.status, 200);
    assert_eq!(keys(gateway).await, 1);
    assert_eq!(chunks(gateway).await, 1);
    assert_eq!(tenant.events("tenantExport.destroy").await, 1);
}

async fn keys(gateway: &TestGateway) -> usize {
    let keys = "SELECT class FROM tenant_key WHERE class LIKE 'EXPORT:%'";
    gateway.databases.texts(Kind::Keys, keys).await.len()
}

async fn chunks(gateway: &TestGateway) -> usize {
    gateway.databases.texts(Kind::Data, "SELECT CAST(number AS text) FROM tenant_export_chunk").await.len()
}

async fn an_export_is_destroyed_when_its_time_is_over(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let id = tenant.exports().await;
    let made = tenant.export(&id).await;
    assert_eq!(made["expiresAt"], "2026-03-09T09:00:00.001Z", "a week");
    gateway.clock.advance(Duration::from_hours(168) - Duration::from_secs(1));
    gateway.work().await;
    let link = tenant.export_link().await;
    assert_eq!(gateway.get(&link).await.status, 200);
    gateway.clock.advance(Duration::from_secs(1));
    assert_eq!(gateway.get(&link).await.status, 410, "no link outlives its export");
    gateway.work().await;
    assert_eq!((keys(gateway).await, chunks(gateway).await), (0, 0));
    let after = tenant.export(&id).await;
    assert_eq!(after["status"], "EXPIRED");
    for member in ["sha256", "byteCount", "readyAt", "expiresAt"] {
        assert_eq!(after[member], made[member], "{member} stays as evidence");
    }
    assert_eq!(after["downloads"].as_array().unwrap().len(), 1);
}

async fn whoever_leaves_has_an_export_until_the_return_is_over(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let person = tenant.registers(complete_person("kvar")).await;
    tenant.leaves().await;
    assert_eq!(tenant.admin().reads(&person).await.code(), "TENANT_NOT_SERVED");
    tenant.exports().await;
    assert_eq!(tenant.newest_export().await["expiresAt"], "2026-03-31T22:00:00.000Z", "with the return");
    assert!(tenant.unpacks_export().await.everything().contains("Åsa kvar Exempelsson"));
    gateway.clock.advance(Duration::from_hours(24 * 29));
    gateway.work().await;
    let link = tenant.export_link().await;
    assert_eq!(gateway.get(&link).await.status, 200, "the last day but one");
    gateway.clock.advance(Duration::from_hours(48));
    let late = tenant.tries_to_export().await;
    assert_eq!(late.code(), "TENANT_NOT_SERVED", "{}", late.text());
    gateway.work().await;
    assert_eq!((keys(gateway).await, chunks(gateway).await), (0, 0));
    assert_ne!(gateway.get(&link).await.status, 200);
    let closed = tenant.admin().query("{ tenantExport { id } }", Value::Null).await;
    assert_eq!(closed.code(), "TENANT_NOT_SERVED");
}

async fn without_an_agreement_there_is_none(gateway: &TestGateway) {
    let tenant = gateway.tenant_with(Terms { agreed: None, ..Terms::default() }).await;
    assert_eq!(tenant.tries_to_export().await.code(), "AGREEMENT_REQUIRED");
    let read = tenant.admin().query("{ tenantExport { id } }", Value::Null).await;
    assert_eq!(read.code(), "AGREEMENT_REQUIRED");
}

async fn another_tenants_export_does_not_exist(gateway: &TestGateway) {
    let (tenant, other) = (gateway.tenant().await, gateway.tenant().await);
    let id = tenant.exports().await;
    assert_eq!(other.newest_export().await, Value::Null);
    assert_eq!(other.export(&id).await, Value::Null);
    assert_eq!(tenant.export(&id).await["id"], json!(id));
}

async fn whoever_may_not_sign_agreements_reaches_no_export(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let person = tenant.registers(complete_person("egen")).await;
    let id = tenant.exports().await;
    let node = "query($id: ID!) { node(id: $id) { id } }";
    for caller in [tenant.staff("agreements:read rights:decide audit:read"), tenant.person(&person)] {
        let read = caller.query("{ tenantExport { id downloadUrl } }", Value::Null).await;
        assert_eq!(read.code(), "FORBIDDEN");
        let asked = caller.change("requestTenantExport", json!({}), "tenantExport { id }").await;
        assert_eq!(asked.code(), "FORBIDDEN");
        assert_eq!(caller.query(node, json!({ "id": id })).await.data("/node"), Value::Null);
    }
    let signatory = tenant.staff("agreements:sign");
    assert_eq!(signatory.query(node, json!({ "id": id })).await.data("/node/id"), json!(id));
}

async fn each_step_of_an_export_is_in_the_audit_log(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    tenant.exports().await;
    gateway.get(&tenant.export_link().await).await;
    gateway.clock.advance(Duration::from_hours(168));
    gateway.work().await;
    let text = "query($action: String) { auditEvents(first: 9, filter: { action: $action }) { edges { node { \
                purpose allowed dataCategories actorId } } } }";
    for (action, actor) in [
        ("tenantExport.request", "admin"),
        ("tenantExport.build", "gateway"),
        ("tenantExport.download", "admin"),
        ("tenantExport.destroy", "gateway"),
    ] {
        let events = tenant.admin().query(text, json!({ "action": action })).await.data("/auditEvents/edges");
        assert_eq!(events.as_array().unwrap().len(), 1, "{action}");
        let event = &events[0]["node"];
        assert_eq!(event["purpose"], Value::Null, "{action}");
        assert_eq!((&event["allowed"], &event["actorId"]), (&json!(true), &json!(actor)), "{action}");
        let told = event["dataCategories"].as_array().unwrap().len();
        assert_eq!(told, if action == "tenantExport.download" { 7 } else { 0 }, "{action}");
    }
}
