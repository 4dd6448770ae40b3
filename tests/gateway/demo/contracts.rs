//! What the tenants of the demonstration have agreed with the platform, and what it has told them.

use std::collections::BTreeSet;

use aws_lc_rs::digest::{SHA256, digest};
use gateway::demo::DemoTenant;
use serde_json::{Value, json};
use support::{TestGateway, certificate};

use super::{as_tenant, seen, set, within};

/// Tenants in every state of their life, for themselves and for the platform's staff.
pub(super) async fn the_tenants_are_in_every_state(gateway: &TestGateway, demos: &[DemoTenant]) {
    let mut own = Vec::new();
    for demo in demos {
        let answer =
            as_tenant(gateway, demo).admin().query("{ viewer { tenant { status } } }", Value::Null).await;
        own.push(answer.string("/viewer/tenant/status"));
    }
    assert_eq!(own, ["ACTIVE", "ACTIVE", "ACTIVE", "ONBOARDING", "OFFBOARDING", "CLOSED"]);
    let text = "{ tenants { edges { node { name status } } } }";
    let edges = gateway.platform().query(text, Value::Null).await.data("/tenants/edges");
    let told = edges.as_array().unwrap().iter().map(|edge| &edge["node"]["status"]);
    assert_eq!(told.collect::<Vec<_>>(), own.iter().collect::<Vec<_>>());
}

/// Every agreement of every tenant, with its tenant's name beside it.
async fn agreements(gateway: &TestGateway, demos: &[DemoTenant]) -> Vec<Value> {
    let mut all = Vec::new();
    for demo in demos {
        let text = "{ viewer { tenant { name agreements { edges { node {
                       version status document documentSha256 subprocessorAuthorisation
                       signatures { party documentSha256 } instructionLog { totalCount } } } } } } }";
        let answer = as_tenant(gateway, demo).admin().query(text, Value::Null).await;
        let own = within(&[answer.data("/viewer/tenant")], "/agreements/edges");
        all.extend(own.into_iter().map(|edge| json!({ "of": demo.name, "is": edge["node"] })));
    }
    all
}

/// Agreements in every state, each with its document, its digest and its signatures.
pub(super) async fn the_agreements_are_of_every_kind(gateway: &TestGateway, demos: &[DemoTenant]) {
    let all = agreements(gateway, demos).await;
    let expected = [
        "Attrappdalens Cykel AB TERMINATED GENERAL",
        "Convenio AB IN_FORCE GENERAL",
        "Exempelhamnens Handel AB IN_FORCE GENERAL",
        "Exempelhamnens Handel AB SUPERSEDED GENERAL",
        "Mallåsens Verkstad AB OFFERED GENERAL",
        "Provfjordens Frakt AB IN_FORCE SPECIFIC",
        "Skisskustens Böcker AB IN_FORCE GENERAL",
    ];
    assert_eq!(seen(&all, &["/of", "/is/status", "/is/subprocessorAuthorisation"]), set(&expected));
    for agreement in &all {
        let (name, is) = (agreement["of"].as_str().unwrap(), &agreement["is"]);
        let document = is["document"].as_str().unwrap();
        assert!(document.contains(name) && !document.contains("{{"), "{name}");
        let sha256 = hex::encode(digest(&SHA256, document.as_bytes()));
        assert_eq!(is["documentSha256"], sha256.as_str(), "{name}");
        let signatures = is["signatures"].as_array().unwrap();
        assert_eq!(signatures.len(), if is["status"] == "OFFERED" { 1 } else { 2 }, "{name}");
        assert!(signatures.iter().all(|signature| signature["documentSha256"] == sha256.as_str()), "{name}");
        let instructed = is["instructionLog"]["totalCount"].as_u64() > Some(0);
        assert_eq!(instructed, !matches!(is["status"].as_str(), Some("OFFERED" | "SUPERSEDED")), "{name}");
    }
}

/// Sub-processors as each tenant stands with them, and what the platform hears of it.
pub(super) async fn the_sub_processors_stand_in_every_way(gateway: &TestGateway, demos: &[DemoTenant]) {
    let (mut standings, mut transfers) = (BTreeSet::new(), BTreeSet::new());
    for demo in demos {
        let text = "{ subprocessors(includeEnded: true) { name standing objection { reason } }
                      processingRecord { thirdCountryTransfers { name transferMechanism } } }";
        let answer = as_tenant(gateway, demo).admin().query(text, Value::Null).await;
        let told = answer.data("/subprocessors");
        let told = told.as_array().unwrap();
        assert_eq!(told.len(), 6, "{}", demo.name);
        let objected = told.iter().filter(|one| one["objection"].is_object()).count();
        assert_eq!(objected, usize::from(demo.name.starts_with("Exempelhamnens")), "{}", demo.name);
        standings.extend(seen(told, &["/standing"]));
        let record = answer.data("/processingRecord/thirdCountryTransfers");
        transfers.extend(seen(record.as_array().unwrap(), &["/transferMechanism"]));
    }
    let expected =
        ["ANNOUNCED", "AUTHORISED", "AWAITING_AUTHORISATION", "ENDED", "NOT_CONCERNED", "OBJECTED_TO"];
    assert_eq!(standings, set(&expected));
    assert_eq!(transfers, set(&["STANDARD_CONTRACTUAL_CLAUSES"]));
    let text = "{ subprocessors { name objections { tenant { name } } awaiting { name } } }";
    let seen_by_platform = gateway.platform().query(text, Value::Null).await.data("/subprocessors");
    let seen_by_platform = seen_by_platform.as_array().unwrap();
    let objections = within(seen_by_platform, "/objections");
    assert_eq!(seen(&objections, &["/tenant/name"]), set(&["Exempelhamnens Handel AB"]));
    assert_eq!(seen(&within(seen_by_platform, "/awaiting"), &["/name"]), set(&["Provfjordens Frakt AB"]));
}

pub(super) async fn the_breaches_are_acknowledged_or_wait(gateway: &TestGateway, demos: &[DemoTenant]) {
    let text = "{ personalDataBreaches { acknowledgedAt supplements { measures } } }";
    let told = as_tenant(gateway, &demos[1]).admin().query(text, Value::Null).await;
    let told = told.data("/personalDataBreaches");
    let told: BTreeSet<_> = told
        .as_array()
        .unwrap()
        .iter()
        .map(|breach| (breach["acknowledgedAt"].is_string(), breach["supplements"].as_array().unwrap().len()))
        .collect();
    assert_eq!(told, BTreeSet::from([(false, 0), (true, 1)]));
}

pub(super) async fn the_one_that_has_left_has_its_certificate(gateway: &TestGateway, demos: &[DemoTenant]) {
    gateway.sequence().await;
    let left = as_tenant(gateway, demos.last().unwrap()).admin();
    let text = "{ viewer { tenant { closing { closedAt certificate(format: JSON) { contentBase64 } } } } }";
    let answer = left.query(text, Value::Null).await;
    let certificate = certificate(&answer.string("/viewer/tenant/closing/certificate/contentBase64"));
    let confirmed = certificate["statement"]["confirmations"].as_array().unwrap();
    assert_eq!(confirmed.iter().filter(|one| one["confirmedOn"].is_string()).count(), 2, "{certificate}");
    let refused = left.query("{ dataSubjects { totalCount } }", Value::Null).await;
    assert_eq!(refused.code(), "TENANT_NOT_SERVED");
}
