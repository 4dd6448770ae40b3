//! Every step of a right leaves one event of its own name, and so does what the gateway does by itself (contract rule 5).

use std::time::Duration;

use serde_json::{Value, json};
use support::{
    AT_ONCE, DECIDED, Tenant, TestGateway, complete_person, on_both_databases, person, submission, with,
};

on_both_databases! {
    each_step_leaves_one_event_of_its_own_name,
    what_the_gateway_does_by_itself_is_on_record,
    a_step_that_cannot_be_recorded_is_not_taken,
    requests_are_listed_by_kind,
}

/// The newest events without the readings of this test, newest first: action, actor and subjects.
async fn newest(tenant: &Tenant<'_>, many: usize) -> Vec<Value> {
    let text = "query($first: Int) { auditEvents(first: $first) { edges { node { action actorId allowed subjectIds } } } }";
    let answer = tenant.named("granskare", "audit:read").query(text, json!({ "first": many })).await;
    let edges = answer.data("/auditEvents/edges");
    edges.as_array().unwrap().iter().map(|edge| edge["node"].clone()).collect()
}

/// What the steps are taken with.
struct Objects {
    person: String,
    requests: [String; 3],
    restriction: Value,
    hold: String,
}

/// Every mutation about a right, its input, and the event that it leaves.
fn steps(objects: &Objects) -> Vec<(&'static str, Value, &'static str)> {
    let Objects { person: id, requests: [request, refused, withdrawn], restriction, hold } = objects;
    let submissions = DECIDED.into_iter().chain(AT_ONCE).map(|kind| {
        let (mutation, input) = submission(kind);
        (mutation, input, "rightsRequest.submit")
    });
    let of = |request: &String, more: Value| with(json!({ "requestId": request }), &more);
    let steps = [
        ("askForIdentity", of(request, json!({ "reason": "x" })), "rightsRequest.askForIdentity"),
        (
            "verifyRequesterIdentity",
            of(request, json!({ "method": "DOCUMENT_SHOWN" })),
            "rightsRequest.verifyIdentity",
        ),
        (
            "extendDeadline",
            of(request, json!({ "grounds": ["COMPLEXITY"], "reason": "x" })),
            "rightsRequest.extendDeadline",
        ),
        ("approveRightsRequest", of(request, json!({})), "rightsRequest.approve"),
        (
            "refuseRightsRequest",
            of(refused, json!({ "ground": "EXEMPT", "reasons": "x" })),
            "rightsRequest.refuse",
        ),
        ("withdrawRightsRequest", of(withdrawn, json!({})), "rightsRequest.withdraw"),
        (
            "liftRestriction",
            json!({ "restrictionId": restriction, "subjectInformedAt": "2026-03-01T00:00:00Z" }),
            "restriction.lift",
        ),
        (
            "placeLegalHold",
            json!({ "subjectId": id, "ground": "LEGAL_CLAIMS", "categories": ["NAME"], "reference": "x" }),
            "legalHold.place",
        ),
        ("releaseLegalHold", json!({ "legalHoldId": hold }), "legalHold.release"),
        (
            "recordAccountingRecord",
            json!({ "subjectId": id, "kind": "QUOTE", "number": "1", "issuedOn": "2026-01-01", "description": "x" }),
            "accountingRecord.record",
        ),
        (
            "setRetentionRule",
            json!({ "category": "EMAIL", "trigger": "SUBJECT_INACTIVE", "months": 6, "legalBasis": "CONTRACT", "source": "x" }),
            "retentionRule.set",
        ),
    ];
    steps.into_iter().chain(submissions).collect()
}

async fn each_step_leaves_one_event_of_its_own_name(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let id = tenant.registers(complete_person("steg")).await;
    let mut requests = [const { String::new() }; 3];
    for (request, kind) in requests.iter_mut().zip(["ERASURE", "ACCESS", "PORTABILITY"]) {
        *request = tenant.submits(kind, &id).await;
    }
    tenant.submits("RECTIFICATION", &id).await;
    let restriction = tenant.restrictions(&id).await.remove(0)["id"].clone();
    let hold = tenant.holds(&id, &["EMAIL"]).await;
    let objects = Objects { person: id.clone(), requests, restriction, hold };
    for (mutation, input, action) in steps(&objects) {
        gateway.clock.advance(Duration::from_secs(1));
        let about = if action == "rightsRequest.submit" {
            tenant.registers(person("Ada Prov")).await
        } else {
            id.clone()
        };
        let input = if action == "rightsRequest.submit" {
            with(input, &json!({ "subjectId": about }))
        } else {
            input
        };
        gateway.clock.advance(Duration::from_secs(1));
        let actions: Vec<_> = newest(&tenant, 200).await;
        tenant.admin().change(mutation, input, "__typename").await.succeeded();
        let after = newest(&tenant, 200).await;
        assert_eq!(after.len(), actions.len() + 1, "{mutation}");
        let subjects = if mutation == "setRetentionRule" { json!([]) } else { json!([about]) };
        let expected =
            json!({ "action": action, "actorId": "admin", "allowed": true, "subjectIds": subjects });
        assert_eq!(after[0], expected, "{mutation}");
    }
}

async fn what_the_gateway_does_by_itself_is_on_record(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let id = tenant.registers(complete_person("sjalv")).await;
    tenant.files_invoice(&id, "F-1", "2025-12-31").await;
    for kind in ["ACCESS", "ERASURE"] {
        gateway.clock.advance(Duration::from_secs(1));
        let request = tenant.approved(kind, &id, json!({})).await;
        gateway.clock.advance(Duration::from_secs(1));
        gateway.work().await;
        assert_ne!(tenant.status_of(&request).await, "IN_PROGRESS");
        let done: Vec<_> = newest(&tenant, 20)
            .await
            .into_iter()
            .filter(|event| event["action"] == "rightsRequest.fulfil")
            .collect();
        assert!(
            done.iter().all(|event| event["actorId"] == "gateway" && event["subjectIds"] == json!([id])),
            "{done:?}"
        );
        assert_eq!(done.len(), if kind == "ACCESS" { 1 } else { 2 }, "{kind}");
    }
    gateway.up_to("2033-01-01").await;
    gateway.work().await;
    assert_eq!(tenant.events("rightsRequest.completeRemainder").await, 1);
}

async fn a_step_that_cannot_be_recorded_is_not_taken(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let id = tenant.registers(complete_person("tyst")).await;
    let request = tenant.approved("ERASURE", &id, json!({})).await;
    gateway.databases.run(support::Kind::Data, "ALTER TABLE audit_event RENAME TO unreachable").await;
    gateway.work().await;
    let steps = tenant.tries("RESTRICTION", &id, json!({})).await;
    assert_eq!(steps.code(), "INTERNAL");
    assert_eq!(tenant.tries_to_hold(&id, json!({})).await.code(), "INTERNAL");
    gateway.databases.run(support::Kind::Data, "ALTER TABLE unreachable RENAME TO audit_event").await;
    assert_eq!(tenant.state_of(&id).await, "ACTIVE", "an erasure without its entry did not happen");
    assert_eq!(tenant.status_of(&request).await, "IN_PROGRESS");
    gateway.clock.advance(Duration::from_mins(10));
    gateway.work().await;
    assert_eq!(tenant.state_of(&id).await, "ERASED", "and is tried again");
}

async fn requests_are_listed_by_kind(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let id = tenant.registers(person("Ada Prov")).await;
    for kind in DECIDED.into_iter().chain(AT_ONCE) {
        tenant.submits(kind, &id).await;
    }
    let text = "query($kind: [RightsRequestKind!], $status: [RightsRequestStatus!]) { \
                rightsRequests(filter: { kind: $kind, status: $status }) { totalCount edges { node { kind } } } }";
    for (kinds, statuses, count) in [
        (json!(["ERASURE"]), Value::Null, 1),
        (json!(["OBJECTION"]), Value::Null, 2),
        (json!(["OBJECTION"]), json!(["COMPLETED"]), 1),
        (json!(["CONSENT_WITHDRAWAL", "RESTRICTION"]), Value::Null, 2),
        (json!(["PORTABILITY", "RECTIFICATION"]), json!(["UNDER_REVIEW"]), 0),
        (Value::Null, json!(["RECEIVED"]), 6),
        (Value::Null, Value::Null, 8),
    ] {
        let answer = tenant.admin().query(text, json!({ "kind": kinds, "status": statuses })).await;
        assert_eq!(answer.data("/rightsRequests/totalCount"), count, "{kinds} {statuses}");
        assert_eq!(
            answer.data("/rightsRequests/edges").as_array().map(Vec::len),
            usize::try_from(count).ok()
        );
    }
}
