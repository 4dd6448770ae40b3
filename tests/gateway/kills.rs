//! A worker that dies at any point of an erasure or an export: the next one ends it the same way, and once (contract
//! rule 8).

use std::collections::BTreeSet;
use std::time::Duration;

use domain::id::SubjectId;
use serde_json::{Value, json};
use support::{Kind, LEASE, Tenant, TestGateway, complete_person, on_both_databases};

on_both_databases! {
    a_whole_erasure_ends_the_same_wherever_the_worker_dies,
    a_partial_erasure_ends_the_same_wherever_the_worker_dies,
    an_erasure_of_categories_ends_the_same_wherever_the_worker_dies,
    the_erasure_of_the_rest_ends_the_same_wherever_the_worker_dies,
    an_erasure_by_retention_ends_the_same_wherever_the_worker_dies,
    an_export_ends_the_same_wherever_the_worker_dies,
}

const ERASING: [&str; 6] = [
    "erasure.before_commit",
    "erasure.committed",
    "settle.begun",
    "settle.keys_destroyed",
    "settle.compacted",
    "settle.before_commit",
];
const EXPORTING: [&str; 2] = ["export.rendered", "export.before_commit"];

/// A person and, where one is behind it, the request, with work that is due.
struct Prepared<'g> {
    tenant: Tenant<'g>,
    person: String,
    request: Option<String>,
}

/// Work of which a worker may die, the same each time.
async fn prepared<'g>(gateway: &'g TestGateway, case: &str) -> Prepared<'g> {
    let tenant = gateway.tenant().await;
    let person = tenant.registers(complete_person("dor")).await;
    tenant.records_consent(&person, "DIRECT_MARKETING").await;
    let approved = async |kind: &str, more: Value| Some(tenant.approved(kind, &person, more).await);
    let request = match case {
        "whole" => approved("ERASURE", json!({})).await,
        "partial" => {
            tenant.files_invoice(&person, "F-1", "2098-12-31").await;
            approved("ERASURE", json!({})).await
        }
        "categories" => {
            tenant.files_invoice(&person, "F-1", "2098-12-31").await;
            approved("ERASURE", json!({ "categories": ["EMAIL", "NAME", "PASSWORD"] })).await
        }
        "remainder" => {
            let hold = tenant.holds(&person, &["NAME", "EMAIL"]).await;
            let request = tenant.carries_out("ERASURE", &person, json!({})).await;
            tenant.releases(&hold).await.succeeded();
            Some(request)
        }
        "retention" => {
            let rule = json!({ "category": "EMAIL", "trigger": "SUBJECT_INACTIVE", "months": 0,
                               "legalBasis": "CONTRACT", "source": "beslut" });
            tenant.admin().change("setRetentionRule", rule, "retentionRule { id }").await.succeeded();
            gateway.clock.advance(Duration::from_hours(36));
            None
        }
        kind => approved(kind, json!({})).await,
    };
    Prepared { tenant, person, request }
}

impl Prepared<'_> {
    /// What is left in the end, without the times, which a death delays.
    async fn end(&self) -> Value {
        let (tenant, person) = (&self.tenant, &self.person);
        let gateway = tenant.gateway();
        let id = SubjectId::parse(person).unwrap().uuid();
        let rows = async |kind, query: &str| gateway.databases.texts(kind, query).await.len();
        let (of_tenant, of_person) =
            (gateway.databases.literal(tenant.id.uuid()), gateway.databases.literal(id));
        let mut end = json!({
            "status": tenant.state_of(person).await,
            "shown": tenant.shown_for(person, "LEGAL_CLAIMS").await,
            "records": tenant.subject(person, "accountingRecords { totalCount }").await,
            "keys": rows(Kind::Keys, &format!("SELECT class FROM subject_key WHERE subject_id = {of_person}")).await,
            "terms": rows(Kind::Data, &format!("SELECT kind FROM subject_index WHERE subject_id = {of_person}")).await,
            "entries": rows(Kind::Keys, &format!("SELECT status FROM erasure WHERE tenant_id = {of_tenant}")).await,
            "packages": rows(Kind::Data, &format!("SELECT sha256 FROM export_file WHERE tenant_id = {of_tenant}")).await,
            "fulfilled": tenant.events("rightsRequest.fulfil").await,
            "completed": tenant.events("rightsRequest.completeRemainder").await,
            "retention": tenant.events("retention.erase").await,
            "work": gateway.databases.texts(Kind::Data, &format!(
                "SELECT kind FROM job WHERE tenant_id = {of_tenant} ORDER BY kind")).await,
        });
        if let Some(request) = &self.request {
            end["steps"] = json!(tenant.statuses_of(request).await);
            end["outcomes"] = json!(tenant.outcomes_of(request).await);
            end["decision"] = tenant.request(request, "decision { verdict } overdue").await;
            end["certified"] = json!(certified(tenant, request).await);
        }
        end
    }
}

/// What is certified, without the times and what is another for each person.
async fn certified(tenant: &Tenant<'_>, request: &str) -> Vec<Value> {
    let mut all = Vec::new();
    for stage in ["WHOLE", "PARTIAL", "REMAINDER"] {
        let certificate = tenant.certificate(request, Some(stage)).await;
        let statement = &certificate["statement"];
        let keys = statement["keys"].as_array().cloned().unwrap_or_default();
        // A worker that died before its commit leaves a key that nothing is sealed under; it is destroyed with the others.
        let keys: BTreeSet<_> = keys.iter().map(|key| key["class"].to_string()).collect();
        all.push(json!({ "stage": statement["stage"], "outcomes": statement["outcomes"], "keys": keys }));
    }
    all.push(json!(tenant.events("rightsRequest.certify").await));
    all
}

/// Lets a worker die at each place by itself, then at all of them one after the other, then at all of them twice, and
/// compares the ends with the one that nobody disturbed.
async fn ends_the_same(gateway: &TestGateway, case: &str, places: &[&'static str]) {
    let undisturbed = prepared(gateway, case).await;
    gateway.work().await;
    let expected = undisturbed.end().await;
    let each = places.iter().map(|place| vec![*place]);
    for deaths in each.chain([places.to_vec(), [places, places].concat()]) {
        let disturbed = prepared(gateway, case).await;
        let mut died = 0;
        for place in &deaths {
            if gateway.dies_at(place).await {
                died += 1;
                gateway.clock.advance(LEASE);
            }
        }
        assert_ne!(died, 0, "{case}: no worker comes by {deaths:?}");
        gateway.work().await;
        gateway.clock.advance(LEASE);
        gateway.work().await;
        assert_eq!(disturbed.end().await, expected, "{case}, after deaths at {deaths:?}");
        gateway.clock.advance(Duration::from_secs(1));
    }
}

async fn a_whole_erasure_ends_the_same_wherever_the_worker_dies(gateway: &TestGateway) {
    ends_the_same(gateway, "whole", &ERASING).await;
}

async fn a_partial_erasure_ends_the_same_wherever_the_worker_dies(gateway: &TestGateway) {
    ends_the_same(gateway, "partial", &ERASING).await;
}

async fn an_erasure_of_categories_ends_the_same_wherever_the_worker_dies(gateway: &TestGateway) {
    ends_the_same(gateway, "categories", &ERASING).await;
}

async fn the_erasure_of_the_rest_ends_the_same_wherever_the_worker_dies(gateway: &TestGateway) {
    ends_the_same(gateway, "remainder", &ERASING).await;
}

async fn an_erasure_by_retention_ends_the_same_wherever_the_worker_dies(gateway: &TestGateway) {
    ends_the_same(gateway, "retention", &ERASING).await;
}

async fn an_export_ends_the_same_wherever_the_worker_dies(gateway: &TestGateway) {
    for kind in ["ACCESS", "PORTABILITY"] {
        ends_the_same(gateway, kind, &EXPORTING).await;
    }
}
