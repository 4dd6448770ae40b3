//! What an erasure would do, told beforehand, and a digest that pins it: what is approved is what is carried out.

use serde_json::{Value, json};
use support::{Tenant, TestGateway, complete_person, on_both_databases, person};

on_both_databases! {
    the_plan_tells_what_would_go_what_would_stay_and_why,
    the_digest_changes_with_every_fact_and_with_nothing_else,
    an_approval_names_the_plan_that_was_read,
    a_digest_is_refused_where_there_is_none_to_name,
    facts_are_read_again_when_it_is_carried_out,
    reading_a_plan_changes_nothing_and_the_person_may_do_it,
}

const REST: [&str; 5] = ["POSITION", "PHONE", "EMAIL", "LOGIN_NAME", "PASSWORD"];

/// A plan in words, where it differs from the erasure of everything.
fn kept(plan: &[String]) -> Vec<&str> {
    plan.iter().map(String::as_str).filter(|outcome| !outcome.ends_with(" ERASED")).collect()
}

async fn the_plan_tells_what_would_go_what_would_stay_and_why(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let only_name = tenant.registers(person("Ada Prov")).await;
    let (plan, _) = tenant.plan(&only_name, Value::Null).await;
    let nothing = ["POSITION", "PHONE", "ADDRESS", "EMAIL", "LOGIN_NAME", "PASSWORD", "ACCOUNTING"];
    let expected = [vec!["NAME ERASED".to_owned()], nothing.map(|of| format!("{of} NOTHING_HELD")).to_vec()];
    assert_eq!(plan, expected.concat());

    let id = tenant.registers(complete_person("plan")).await;
    let (plan, _) = tenant.plan(&id, Value::Null).await;
    assert_eq!(kept(&plan), ["ACCOUNTING NOTHING_HELD"], "all of the profile would go");
    let quote = json!({ "kind": "QUOTE", "statutory": false });
    tenant.tries_to_file(&id, "O-1", quote).await.succeeded();
    let (plan, _) = tenant.plan(&id, Value::Null).await;
    assert_eq!(kept(&plan), Vec::<&str>::new(), "a quote that led to nothing keeps nothing");
    assert_eq!(plan.last().map(String::as_str), Some("ACCOUNTING O-1 ERASED"));
    tenant.files_invoice(&id, "F-0", "2018-12-31").await;
    let (plan, _) = tenant.plan(&id, Value::Null).await;
    assert_eq!(kept(&plan), Vec::<&str>::new(), "2018's books were kept through 2025");
    tenant.files_invoice(&id, "F-1", "2019-06-30").await;
    tenant.files_invoice(&id, "F-2", "2025-04-30").await;
    let (plan, _) = tenant.plan(&id, Value::Null).await;
    assert_eq!(
        kept(&plan),
        [
            "NAME RETAINED BOOKKEEPING_ACT 2032-12-31",
            "ADDRESS RETAINED BOOKKEEPING_ACT 2032-12-31",
            "ACCOUNTING F-1 RETAINED BOOKKEEPING_ACT 2026-12-31",
            "ACCOUNTING F-2 RETAINED BOOKKEEPING_ACT 2032-12-31",
        ],
        "beside the records only what they need, for as long as the longest"
    );
    for category in REST {
        assert!(plan.contains(&format!("{category} ERASED")), "{category} is not kept by the act");
    }
    let (plan, _) = tenant.plan(&id, json!(["EMAIL", "NAME"])).await;
    assert_eq!(plan, ["NAME RETAINED BOOKKEEPING_ACT 2032-12-31", "EMAIL ERASED"], "only what is asked for");
}

async fn digest(tenant: &Tenant<'_>, person: &str) -> String {
    let (_, digest) = tenant.plan(person, Value::Null).await;
    assert!(digest.len() == 64 && digest.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f')));
    digest
}

async fn the_digest_changes_with_every_fact_and_with_nothing_else(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let id = tenant.registers(complete_person("digest")).await;
    let first = digest(&tenant, &id).await;
    gateway.on("2026-03-20");
    tenant.records_consent(&id, "DIRECT_MARKETING").await;
    tenant.submits("ACCESS", &id).await;
    assert_eq!(digest(&tenant, &id).await, first, "days, consents and requests are no facts of the plan");
    assert_eq!(
        tenant.plan(&id, json!(["ACCOUNTING", "NAME"])).await,
        tenant.plan(&id, json!(["NAME", "ACCOUNTING"])).await
    );

    let mut seen = vec![first.clone()];
    let is_new = |digest: String, seen: &mut Vec<String>, what: &str| {
        assert!(!seen.contains(&digest), "{what}");
        seen.push(digest);
    };
    let (_, scoped) = tenant.plan(&id, json!(["NAME"])).await;
    is_new(scoped, &mut seen, "another scope");
    let input = json!({ "subjectId": id, "phone": null });
    tenant.admin().change("updateDataSubject", input, "dataSubject { id }").await;
    is_new(digest(&tenant, &id).await, &mut seen, "a value is gone");
    tenant.files_invoice(&id, "F-1", "2025-12-31").await;
    is_new(digest(&tenant, &id).await, &mut seen, "a record");
    tenant.files_invoice(&id, "F-2", "2018-12-31").await;
    is_new(digest(&tenant, &id).await, &mut seen, "a record that changes no other outcome");
    let before_hold = digest(&tenant, &id).await;
    let hold = tenant.holds(&id, &["EMAIL"]).await;
    is_new(digest(&tenant, &id).await, &mut seen, "a hold");
    tenant
        .tries_to_hold(&id, json!({ "categories": ["EMAIL"], "ground": "COURT_OR_AUTHORITY_ORDER" }))
        .await
        .succeeded();
    is_new(digest(&tenant, &id).await, &mut seen, "a second hold on the same");
    let other = tenant.registers(complete_person("annan")).await;
    is_new(digest(&tenant, &other).await, &mut seen, "another person of whom the same is held");
    tenant.releases(&hold).await;
    is_new(digest(&tenant, &id).await, &mut seen, "one hold is released");

    let person = tenant.registers(complete_person("slapp")).await;
    let without = digest(&tenant, &person).await;
    let hold = tenant.holds(&person, &["EMAIL"]).await;
    assert_ne!(digest(&tenant, &person).await, without);
    tenant.releases(&hold).await;
    assert_eq!(digest(&tenant, &person).await, without, "a hold that was released is no fact any more");
    assert_ne!(before_hold, first);
}

async fn approve(tenant: &Tenant<'_>, request: &str, plan: &str) -> Vec<String> {
    let input = json!({ "requestId": request, "planSha256": plan });
    tenant.admin().change("approveRightsRequest", input, "rightsRequest { status }").await.user_errors()
}

async fn an_approval_names_the_plan_that_was_read(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let id = tenant.registers(complete_person("godkand")).await;
    let request = tenant.submits("ERASURE", &id).await;
    tenant.verifies(&request).await;
    let stale = digest(&tenant, &id).await;
    tenant.files_invoice(&id, "F-1", "2025-12-31").await;
    assert_eq!(approve(&tenant, &request, &stale).await, ["CONFLICT input.planSha256"]);
    assert_eq!(tenant.status_of(&request).await, "UNDER_REVIEW");
    let (_, narrower) = tenant.plan(&id, json!(["EMAIL"])).await;
    assert_eq!(approve(&tenant, &request, &narrower).await, ["CONFLICT input.planSha256"], "another scope's");
    gateway.work().await;
    assert_eq!(tenant.state_of(&id).await, "ACTIVE", "nothing was carried out");
    let fresh = digest(&tenant, &id).await;
    assert_eq!(approve(&tenant, &request, &fresh).await, Vec::<String>::new());
    gateway.work().await;
    assert_eq!(tenant.status_of(&request).await, "PARTIALLY_COMPLETED");
    assert_eq!(tenant.outcomes_of(&request).await[1], "POSITION ERASED");

    let other = tenant.registers(complete_person("del")).await;
    let request = tenant.tries("ERASURE", &other, json!({ "categories": ["EMAIL"] })).await.made();
    tenant.verifies(&request).await;
    let (_, of_request) = tenant.plan(&other, json!(["EMAIL"])).await;
    assert_eq!(
        approve(&tenant, &request, &digest(&tenant, &other).await).await,
        ["CONFLICT input.planSha256"]
    );
    assert_eq!(approve(&tenant, &request, &of_request).await, Vec::<String>::new(), "its own scope's plan");
}

async fn a_digest_is_refused_where_there_is_none_to_name(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let request = tenant.in_state("ERASURE", "UNDER_REVIEW").await;
    for wrong in ["", "0", &"g".repeat(64), &"A".repeat(64), &"0".repeat(63), &"0".repeat(65)] {
        assert_eq!(approve(&tenant, &request, wrong).await, ["INVALID input.planSha256"], "{wrong:?}");
    }
    for kind in ["ACCESS", "RECTIFICATION", "RESTRICTION", "PORTABILITY", "OBJECTION"] {
        let request = tenant.in_state(kind, "UNDER_REVIEW").await;
        assert_eq!(approve(&tenant, &request, &"0".repeat(64)).await, ["INVALID input.planSha256"], "{kind}");
        assert_eq!(tenant.status_of(&request).await, "UNDER_REVIEW");
    }
    let early = tenant.in_state("ERASURE", "RECEIVED").await;
    assert_eq!(approve(&tenant, &early, &"0".repeat(64)).await, ["IDENTITY_NOT_VERIFIED input.requestId"]);
}

async fn facts_are_read_again_when_it_is_carried_out(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let id = tenant.registers(complete_person("fakta")).await;
    let request = tenant.submits("ERASURE", &id).await;
    tenant.verifies(&request).await;
    assert_eq!(approve(&tenant, &request, &digest(&tenant, &id).await).await, Vec::<String>::new());
    tenant.files_invoice(&id, "F-1", "2025-12-31").await;
    tenant.holds(&id, &["PHONE"]).await;
    gateway.work().await;
    let outcomes = tenant.outcomes_of(&request).await;
    assert_eq!(
        kept(&outcomes),
        [
            "NAME RETAINED BOOKKEEPING_ACT 2032-12-31",
            "PHONE RETAINED LEGAL_CLAIMS",
            "ADDRESS RETAINED BOOKKEEPING_ACT 2032-12-31",
            "ACCOUNTING F-1 RETAINED BOOKKEEPING_ACT 2032-12-31",
        ],
        "what came between approval and erasure is kept"
    );
}

async fn reading_a_plan_changes_nothing_and_the_person_may_do_it(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let id = tenant.registers(complete_person("laser")).await;
    tenant.files_invoice(&id, "F-1", "2025-12-31").await;
    let before = tenant.subject(&id, "updatedAt status").await;
    gateway.on("2026-03-03");
    let text =
        "{ me { erasurePlan(categories: [NAME]) { sha256 outcomes { category action retentionGround } } } }";
    let own = tenant.person(&id).query(text, Value::Null).await.data("/me/erasurePlan");
    let (_, digest) = tenant.plan(&id, json!(["NAME"])).await;
    assert_eq!(own["sha256"], json!(digest), "the person reads the same plan");
    assert_eq!(
        own["outcomes"],
        json!([{ "category": "NAME", "action": "RETAINED", "retentionGround": "BOOKKEEPING_ACT" }])
    );
    assert_eq!(tenant.subject(&id, "updatedAt status").await, before);
    let text = "query($id: ID!) { dataSubject(id: $id) { erasurePlan { sha256 } } }";
    let refused = tenant.staff("subjects:read accounting:read").query(text, json!({ "id": id })).await;
    assert_eq!(refused.code(), "FORBIDDEN", "rights:read");
    let empty = "query($id: ID!) { dataSubject(id: $id) { erasurePlan(categories: []) { sha256 } } }";
    assert_eq!(tenant.admin().query(empty, json!({ "id": id })).await.code(), "BAD_USER_INPUT");
}
