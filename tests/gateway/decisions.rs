//! Decisions are the controller's (contract rule 7): who may take them, and what goes on while a tenant leaves.

use domain::agreement::AgreementTerms;
use jiff::civil::date;
use serde_json::{Value, json};
use support::{AT_ONCE, DECIDED, Tenant, Terms, TestGateway, complete_person, on_both_databases, person};

on_both_databases! {
    only_rights_decide_decides,
    a_decision_tells_who_took_it_and_when,
    a_tenant_that_is_leaving_handles_rights_and_nothing_new,
    without_an_agreement_nothing_is_decided_or_carried_out,
    what_is_due_waits_for_an_agreement,
}

/// Every decision, with what it takes.
fn decisions(request: &str, person: &str) -> [(&'static str, Value); 7] {
    let at = "2026-03-02T09:00:00Z";
    [
        ("askForIdentity", json!({ "requestId": request, "reason": "x" })),
        ("extendDeadline", json!({ "requestId": request, "grounds": ["COMPLEXITY"], "reason": "x" })),
        ("approveRightsRequest", json!({ "requestId": request })),
        ("refuseRightsRequest", json!({ "requestId": request, "ground": "EXEMPT", "reasons": "x" })),
        (
            "liftRestriction",
            json!({ "restrictionId": "restriction_01h2xcejqtf2nbrexx3vqjhp41", "subjectInformedAt": at }),
        ),
        (
            "placeLegalHold",
            json!({ "subjectId": person, "ground": "LEGAL_CLAIMS", "categories": ["NAME"], "reference": "x" }),
        ),
        ("releaseLegalHold", json!({ "legalHoldId": "hold_01h2xcejqtf2nbrexx3vqjhp41" })),
    ]
}

async fn only_rights_decide_decides(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let id = tenant.registers(person("Ada Prov")).await;
    let request = tenant.submits("RESTRICTION", &id).await;
    let others = "subjects:read subjects:write accounting:write consents:write rights:read rights:write retention:write \
                  audit:read agreements:sign systems:write";
    for (mutation, input) in decisions(&request, &id) {
        let refused = tenant.staff(others).change(mutation, input.clone(), "__typename").await;
        assert_eq!(refused.code(), "FORBIDDEN", "{mutation}");
        assert_eq!(
            refused.at("/errors/0/extensions/requiredScopes"),
            json!([["rights:decide"]]),
            "{mutation}"
        );
        let allowed = tenant.staff("rights:decide").change(mutation, input, "__typename").await;
        assert_eq!(allowed.code(), "", "{mutation}");
    }
    let verify = json!({ "requestId": request, "method": "ELECTRONIC_ID" });
    let refused = tenant.staff("rights:decide").change("verifyRequesterIdentity", verify, "__typename").await;
    assert_eq!(refused.code(), "FORBIDDEN", "to confirm who asks is no decision");
    let denied = "{ auditEvents(first: 200, filter: { allowed: false }) { edges { node { action } } } }";
    let events = tenant.admin().query(denied, Value::Null).await.data("/auditEvents/edges");
    assert_eq!(events.as_array().map(Vec::len), Some(8), "each refused use is on record: {events}");
}

async fn a_decision_tells_who_took_it_and_when(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    for kind in DECIDED {
        let id = tenant.registers(person("Ada Prov")).await;
        let request = tenant.submits(kind, &id).await;
        tenant.verifies(&request).await;
        gateway.clock.advance(std::time::Duration::from_mins(7));
        let at = format!("{:.3}", gateway.now());
        let decider = tenant.named("beslutsfattare", "rights:decide rights:read");
        let input = json!({ "requestId": request });
        let selection =
            "rightsRequest { decision { verdict decidedAt decidedBy refusalGround reasons lateRefusal } }";
        let answer = decider.change("approveRightsRequest", input, selection).await;
        let expected = json!({ "verdict": "APPROVED", "decidedAt": at, "decidedBy": "beslutsfattare",
                               "refusalGround": null, "reasons": null, "lateRefusal": false });
        assert_eq!(answer.payload("/rightsRequest/decision"), expected, "{kind}");
        gateway.clock.advance(std::time::Duration::from_secs(3));
        gateway.work().await;
        let after = tenant
            .request(&request, "decision { verdict decidedAt decidedBy refusalGround reasons lateRefusal }")
            .await;
        assert_eq!(after["decision"], expected, "{kind}, carried out");
        let last = tenant.request(&request, "timeline { actorId status }").await;
        let last = last["timeline"].as_array().unwrap().last().unwrap().clone();
        assert_eq!(last, json!({ "actorId": "gateway", "status": "COMPLETED" }), "{kind}");
    }
}

async fn leaves(tenant: &Tenant<'_>) {
    tenant.leaves().await;
    let ended = AgreementTerms {
        categories: domain::category::DataCategory::ALL.into_iter().collect(),
        effective_from: date(2025, 1, 1),
        effective_to: Some(date(2026, 1, 31)),
    };
    tenant.signs(2, ended).await;
}

async fn a_tenant_that_is_leaving_handles_rights_and_nothing_new(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let mut people = Vec::new();
    for (number, kind) in DECIDED.into_iter().chain(AT_ONCE).enumerate() {
        let id = tenant.registers(complete_person(&format!("lamnar{number}"))).await;
        tenant.files_invoice(&id, &format!("F-{number}"), "2025-12-31").await;
        people.push((kind, id));
    }
    gateway.on("2032-12-15");
    leaves(&tenant).await;
    let id = &people[0].1;
    for (mutation, input) in [
        (
            "recordAccountingRecord",
            json!({ "subjectId": id, "kind": "INVOICE", "number": "F-99", "issuedOn": "2026-01-01", "description": "x" }),
        ),
        (
            "setRetentionRule",
            json!({ "category": "EMAIL", "trigger": "SUBJECT_INACTIVE", "months": 12, "legalBasis": "CONTRACT", "source": "x" }),
        ),
        (
            "grantConsent",
            json!({ "subjectId": id, "purpose": "DIRECT_MARKETING", "source": "x", "textVersion": "1" }),
        ),
        ("updateDataSubject", json!({ "subjectId": id, "position": "x" })),
        ("setAccessLogActors", json!({ "accessLogActors": "IDENTIFIER" })),
    ] {
        let refused = tenant.admin().change(mutation, input, "__typename").await;
        assert_eq!(refused.code(), "TENANT_NOT_SERVED", "{mutation}");
    }
    let hold = tenant.holds(id, &["EMAIL"]).await;
    for (kind, id) in &people {
        if AT_ONCE.contains(kind) {
            tenant.submits(kind, id).await;
        } else {
            tenant.carries_out(kind, id, json!({})).await;
        }
        if *kind == "RESTRICTION" {
            let restriction = tenant.restrictions(id).await.remove(0);
            tenant.lifts(restriction["id"].as_str().unwrap()).await.succeeded();
        }
    }
    tenant.releases(&hold).await.succeeded();
    for step in ["askForIdentity", "extendDeadline", "refuseRightsRequest"] {
        let request = tenant.submits("PORTABILITY", id).await;
        tenant.takes(step, &request).await.succeeded();
        if step != "refuseRightsRequest" {
            tenant.takes("withdrawRightsRequest", &request).await.succeeded();
        }
    }
    gateway.up_to("2033-01-01").await;
    gateway.work().await;
    let erased = people.iter().find(|(kind, _)| *kind == "ERASURE").map(|(_, id)| id).unwrap();
    assert_eq!(tenant.state_of(erased).await, "ERASED", "what a law kept goes on its day all the same");
}

async fn without_an_agreement_nothing_is_decided_or_carried_out(gateway: &TestGateway) {
    let terms = Terms { to: Some(date(2026, 3, 2)), ..Terms::default() };
    let tenant = gateway.tenant_with(terms).await;
    let id = tenant.registers(complete_person("slut")).await;
    let request = tenant.approved("ERASURE", &id, json!({})).await;
    let open = tenant.submits("ACCESS", &id).await;
    gateway.on("2026-03-03");
    for (mutation, input) in decisions(&open, &id) {
        let refused = tenant.admin().change(mutation, input, "__typename").await;
        assert_eq!(refused.code(), "AGREEMENT_REQUIRED", "{mutation}");
    }
    for kind in DECIDED.into_iter().chain(AT_ONCE) {
        assert_eq!(tenant.tries(kind, &id, json!({})).await.code(), "AGREEMENT_REQUIRED", "{kind}");
    }
    gateway.work().await;
    let anew = AgreementTerms {
        categories: domain::category::DataCategory::ALL.into_iter().collect(),
        effective_from: date(2026, 3, 4),
        effective_to: None,
    };
    tenant.signs(2, anew).await;
    gateway.on("2026-03-04");
    assert_eq!(tenant.status_of(&request).await, "IN_PROGRESS");
    assert_eq!(tenant.state_of(&id).await, "ACTIVE");
    gateway.work().await;
    assert_eq!(tenant.state_of(&id).await, "ERASED", "what was approved is carried out once it may be");
    assert_eq!(tenant.status_of(&open).await, "REFUSED");
}

async fn what_is_due_waits_for_an_agreement(gateway: &TestGateway) {
    let terms = Terms { to: Some(date(2026, 12, 31)), ..Terms::default() };
    let tenant = gateway.tenant_with(terms).await;
    let id = tenant.registers(complete_person("vantar")).await;
    tenant.files_invoice(&id, "F-1", "2019-12-31").await;
    let request = tenant.carries_out("ERASURE", &id, json!({})).await;
    assert_eq!(tenant.status_of(&request).await, "PARTIALLY_COMPLETED");
    gateway.up_to("2027-01-01").await;
    for day in ["2027-01-01", "2027-01-02", "2027-01-20"] {
        gateway.on(day);
        gateway.work().await;
    }
    let anew = AgreementTerms {
        categories: domain::category::DataCategory::ALL.into_iter().collect(),
        effective_from: date(2027, 2, 1),
        effective_to: None,
    };
    tenant.signs(2, anew).await;
    gateway.on("2027-02-02");
    gateway.work().await;
    assert_eq!(tenant.state_of(&id).await, "ERASED");
    assert_eq!(tenant.status_of(&request).await, "COMPLETED");
}
