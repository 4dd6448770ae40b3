//! Restriction of processing (Art. 18): stored, and used for nothing but what Art. 18(2) excepts (contract rule 4).

use serde_json::{Value, json};
use support::{Tenant, TestGateway, VALUES, complete_person, on_both_databases, shown};

on_both_databases! {
    a_restricted_person_is_shown_for_two_purposes_and_to_themselves,
    a_restricted_person_is_listed_without_values_and_found_by_none,
    a_refused_use_is_answered_without_an_error_and_on_record,
    ordinary_updates_wait_until_it_is_lifted,
    it_lasts_from_approval_until_it_is_lifted,
    it_is_lifted_once_and_after_the_person_was_told,
    lifting_one_restriction_leaves_the_other,
    a_restriction_withdrawn_while_in_progress_is_lifted,
    a_restricted_person_can_still_exercise_their_rights,
}

const ALL: [&str; 8] =
    ["name", "position", "phone", "address", "email", "loginName", "hasPassword", "accounting"];

/// A person of whom everything is known, on the marketing list, with a record, and restricted.
async fn restricted(tenant: &Tenant<'_>, tag: &str) -> (String, String) {
    let id = tenant.registers(complete_person(tag)).await;
    tenant.files_invoice(&id, &format!("F-{tag}"), "2025-12-31").await;
    tenant.records_consent(&id, "DIRECT_MARKETING").await;
    let request = tenant.carries_out("RESTRICTION", &id, json!({})).await;
    (id, request)
}

async fn a_restricted_person_is_shown_for_two_purposes_and_to_themselves(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let free = tenant.registers(complete_person("fri")).await;
    tenant.files_invoice(&free, "F-fri", "2025-12-31").await;
    tenant.records_consent(&free, "DIRECT_MARKETING").await;
    let (id, _) = restricted(&tenant, "last").await;
    for (purpose, normally, now) in [
        ("SERVICE_DELIVERY", &ALL[..7], &[][..]),
        ("DIRECT_MARKETING", &ALL[..5], &[]),
        ("BOOKKEEPING", &["name", "address", "accounting"], &[]),
        ("RIGHTS_HANDLING", &ALL, &ALL),
        ("LEGAL_CLAIMS", &ALL, &ALL),
    ] {
        assert_eq!(tenant.shown_for(&free, purpose).await, normally, "{purpose}, not restricted");
        assert_eq!(tenant.shown_for(&id, purpose).await, now, "{purpose}, restricted");
    }
    assert_eq!(shown(&tenant.person(&id).sees_themselves().await), ALL);
    let records = tenant.admin().sees(&id, "BOOKKEEPING").await;
    assert_eq!(
        records.data("/dataSubject/accountingRecords/edges/0/node/number"),
        "F-last",
        "listed, unsaid"
    );
    let node = format!("query($id: ID!) {{ node(id: $id) {{ ... on DataSubject {{ {VALUES} }} }} }}");
    let seen = tenant.admin().query(&node, json!({ "id": id })).await.data("/node");
    assert_eq!((shown(&seen), &seen["status"]), (Vec::new(), &json!("RESTRICTED")));
}

async fn a_restricted_person_is_listed_without_values_and_found_by_none(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    restricted(&tenant, "last").await;
    for (purpose, listed, found) in [
        ("SERVICE_DELIVERY", 1, 0),
        ("DIRECT_MARKETING", 0, 0),
        ("BOOKKEEPING", 1, 0),
        ("RIGHTS_HANDLING", 1, 1),
        ("LEGAL_CLAIMS", 1, 1),
    ] {
        assert_eq!(tenant.finds(purpose, json!({})).await, listed, "{purpose}");
        for filter in [
            json!({ "email": "asa.last@provstad.example" }),
            json!({ "phone": "070-174 06 05" }),
            json!({ "loginName": "asa-last" }),
            json!({ "nameWords": "exempelsson" }),
        ] {
            assert_eq!(tenant.finds(purpose, filter.clone()).await, found, "{filter} for {purpose}");
        }
        let of_the_tenant = [json!({ "externalReference": "K-last" }), json!({ "status": ["RESTRICTED"] })];
        for filter in of_the_tenant {
            assert_eq!(tenant.finds(purpose, filter.clone()).await, listed, "{filter} for {purpose}");
        }
        assert_eq!(tenant.finds(purpose, json!({ "status": ["ACTIVE"] })).await, 0, "{purpose}");
        let text = format!(
            "query($purpose: Purpose!) {{ dataSubjects(purpose: $purpose) {{ edges {{ node {{ {VALUES} }} }} }} }}"
        );
        let list = tenant.admin().query(&text, json!({ "purpose": purpose })).await;
        let node = list.data("/dataSubjects/edges/0/node");
        assert_eq!(!shown(&node).is_empty(), found == 1, "{purpose}: {node}");
    }
}

async fn a_refused_use_is_answered_without_an_error_and_on_record(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let (id, _) = restricted(&tenant, "last").await;
    for (purpose, allowed) in [("SERVICE_DELIVERY", false), ("LEGAL_CLAIMS", true)] {
        gateway.clock.advance(std::time::Duration::from_secs(1));
        let read = tenant.named("läsare", "subjects:read").reads_for(&id, purpose).await;
        assert_eq!(read.code(), "", "null, without an error");
        let text = "{ auditEvents(first: 1, filter: { actorId: \"läsare\" }) { edges { node { allowed dataCategories } } } }";
        let event = tenant.admin().query(text, Value::Null).await.data("/auditEvents/edges/0/node");
        assert_eq!(event["allowed"], allowed, "{purpose}");
        let told = event["dataCategories"].as_array().map(Vec::len);
        assert_eq!(told, Some(if allowed { 7 } else { 0 }), "{purpose}");
    }
}

async fn ordinary_updates_wait_until_it_is_lifted(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let (id, _) = restricted(&tenant, "last").await;
    for change in
        [json!({ "position": "Ny" }), json!({ "phone": null }), json!({ "externalReference": "K-ny" })]
    {
        let input = support::with(json!({ "subjectId": id }), &change);
        let answer = tenant.admin().change("updateDataSubject", input.clone(), "dataSubject { id }").await;
        assert_eq!(answer.user_errors(), ["PROCESSING_RESTRICTED input.subjectId"], "{change}");
    }
    let filed = tenant.tries_to_file(&id, "F-2", json!({})).await;
    assert_eq!(filed.user_errors(), Vec::<String>::new(), "storing what a law demands is no ordinary update");
    let restriction = tenant.restrictions(&id).await.remove(0);
    tenant.lifts(restriction["id"].as_str().unwrap()).await.succeeded();
    let input = json!({ "subjectId": id, "position": "Ny" });
    let answer = tenant.admin().change("updateDataSubject", input, "dataSubject { position }").await;
    assert_eq!(answer.payload("/dataSubject/position"), "Ny");
}

async fn it_lasts_from_approval_until_it_is_lifted(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    for ground in ["ACCURACY_CONTESTED", "UNLAWFUL_PROCESSING", "LEGAL_CLAIM"] {
        let id = tenant.registers(support::person("Ada Prov")).await;
        let request = tenant.tries("RESTRICTION", &id, json!({ "ground": ground })).await.made();
        tenant.verifies(&request).await;
        assert_eq!(tenant.state_of(&id).await, "ACTIVE", "{ground}: asked for is not decided");
        gateway.clock.advance(std::time::Duration::from_hours(1));
        let approved_at = format!("{:.3}", gateway.now());
        tenant.approves(&request).await;
        assert_eq!(tenant.state_of(&id).await, "RESTRICTED", "{ground}: at once");
        gateway.clock.advance(std::time::Duration::from_hours(1));
        gateway.work().await;
        assert_eq!(tenant.status_of(&request).await, "COMPLETED");
        let restrictions = tenant.restrictions(&id).await;
        assert_eq!(restrictions.len(), 1);
        let one = support::with(restrictions[0].clone(), &json!({ "id": null }));
        assert_eq!(
            one,
            json!({ "id": null, "ground": ground, "startedAt": approved_at, "liftedAt": null, "subjectInformedAt": null })
        );
        gateway.clock.advance(std::time::Duration::from_hours(24 * 365));
        gateway.work().await;
        assert_eq!(tenant.state_of(&id).await, "RESTRICTED", "{ground}: time alone lifts nothing");
        tenant.lifts(restrictions[0]["id"].as_str().unwrap()).await.succeeded();
        assert_eq!(tenant.state_of(&id).await, "ACTIVE");
        assert_eq!(tenant.shown_for(&id, "SERVICE_DELIVERY").await, ["name"]);
    }
}

async fn lift(tenant: &Tenant<'_>, restriction: &str, informed: &str) -> Vec<String> {
    let input = json!({ "restrictionId": restriction, "subjectInformedAt": informed });
    tenant.staff("rights:decide").change("liftRestriction", input, "restriction { id }").await.user_errors()
}

async fn it_is_lifted_once_and_after_the_person_was_told(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let (id, request) = restricted(&tenant, "last").await;
    let restriction = tenant.restrictions(&id).await.remove(0)["id"].as_str().unwrap().to_owned();
    let told = "2026-03-02T08:30:00Z";
    for never in ["restriction_01h2xcejqtf2nbrexx3vqjhp41", "nonsense", id.as_str(), request.as_str()] {
        assert_eq!(lift(&tenant, never, told).await, ["NOT_FOUND input.restrictionId"], "{never}");
    }
    for wrong in ["2026-03-03T09:00:00Z", "yesterday"] {
        let refused = lift(&tenant, &restriction, wrong).await;
        assert_eq!(refused, ["INVALID input.subjectInformedAt"], "{wrong}");
    }
    let stranger = gateway.tenant().await;
    assert_eq!(lift(&stranger, &restriction, told).await, ["NOT_FOUND input.restrictionId"]);
    assert_eq!(tenant.state_of(&id).await, "RESTRICTED");
    gateway.on("2026-03-05");
    assert_eq!(lift(&tenant, &restriction, "2026-03-04T09:00:00+01:00").await, Vec::<String>::new());
    let lifted = tenant.restrictions(&id).await.remove(0);
    assert_eq!(lifted["liftedAt"], json!(format!("{:.3}", gateway.now())));
    assert_eq!(lifted["subjectInformedAt"], "2026-03-04T08:00:00.000Z");
    assert_eq!(lift(&tenant, &restriction, told).await, ["CONFLICT input.restrictionId"], "a second time");
    assert_eq!(tenant.events("restriction.lift").await, 1);
    let node = "query($id: ID!) { node(id: $id) { ... on Restriction { ground liftedAt } } }";
    let own = tenant.person(&id).query(node, json!({ "id": restriction })).await;
    assert_eq!(own.data("/node/ground"), "UNLAWFUL_PROCESSING", "the person follows it");
}

async fn lifting_one_restriction_leaves_the_other(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let (id, _) = restricted(&tenant, "tva").await;
    gateway.clock.advance(std::time::Duration::from_secs(1));
    tenant.submits("RECTIFICATION", &id).await;
    let both = tenant.restrictions(&id).await;
    let grounds: Vec<_> = both.iter().map(|one| one["ground"].as_str().unwrap()).collect();
    assert_eq!(grounds, ["ACCURACY_CONTESTED", "UNLAWFUL_PROCESSING"], "newest first");
    for (place, state) in [(1, "RESTRICTED"), (0, "ACTIVE")] {
        tenant.lifts(both[place]["id"].as_str().unwrap()).await.succeeded();
        assert_eq!(tenant.state_of(&id).await, state);
    }
}

async fn a_restriction_withdrawn_while_in_progress_is_lifted(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let id = tenant.registers(complete_person("anger")).await;
    let request = tenant.approved("RESTRICTION", &id, json!({})).await;
    assert_eq!(tenant.state_of(&id).await, "RESTRICTED");
    let own = tenant.person(&id);
    let input = json!({ "requestId": request });
    let withdrawn = own.change("withdrawRightsRequest", input, "rightsRequest { status }").await;
    assert_eq!(withdrawn.payload("/rightsRequest/status"), "WITHDRAWN");
    assert_eq!(tenant.state_of(&id).await, "ACTIVE");
    assert_ne!(tenant.restrictions(&id).await[0]["liftedAt"], Value::Null);
    gateway.work().await;
    assert_eq!(tenant.state_of(&id).await, "ACTIVE");
}

async fn a_restricted_person_can_still_exercise_their_rights(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let (id, _) = restricted(&tenant, "ratt").await;
    let access = tenant.answers_access(&id).await;
    let package = gateway.get(&tenant.link(&access, "JSON").await).await;
    assert!(package.text().contains("Åsa ratt Exempelsson"), "access is rights handling");
    let corrected = tenant.carries_out("RECTIFICATION", &id, json!({ "restrictMeanwhile": false })).await;
    assert_eq!(tenant.status_of(&corrected).await, "COMPLETED");
    assert_eq!(
        tenant.subject(&id, "position status").await,
        json!({ "position": "Provchef", "status": "RESTRICTED" })
    );
    tenant.submits("CONSENT_WITHDRAWAL", &id).await;
    assert_eq!(tenant.finds("DIRECT_MARKETING", json!({})).await, 0);
}
