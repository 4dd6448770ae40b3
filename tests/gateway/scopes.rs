//! A field resolves for every token that satisfies what the schema prints at it, and for no other (contract rule 16).

use std::collections::BTreeMap;

use domain::id::SubjectId;
use serde_json::{Value, json};
use support::{TestGateway, complete_person, on_both_databases};

use crate::schema::Schema;

on_both_databases! {
    every_root_field_opens_to_exactly_the_scopes_that_it_names,
    every_subscription_opens_to_exactly_the_scopes_that_it_names,
    every_personal_field_opens_to_exactly_the_scopes_that_it_names,
    a_data_subjects_token_has_no_scope_of_staff,
}

/// Root field and the scopes of which any one is enough. A root field that stands in neither list fails the test.
const SCOPES: &[(&str, &[&str])] = &[
    ("Query.dataSubject", &["subjects:read"]),
    ("Query.dataSubjects", &["subjects:read"]),
    ("Query.me", &["self:read"]),
    ("Query.rightsRequest", &["rights:read", "self:read"]),
    ("Query.rightsRequests", &["rights:read"]),
    ("Query.auditCheckpoint", &["audit:read"]),
    ("Query.auditConsistency", &["audit:read"]),
    ("Query.auditEvents", &["audit:read"]),
    ("Query.retentionRules", &["retention:read"]),
    ("Query.retentionForecast", &["retention:read"]),
    ("Mutation.registerDataSubject", &["subjects:write"]),
    ("Mutation.updateDataSubject", &["subjects:write"]),
    ("Mutation.grantConsent", &["consents:write", "self:request"]),
    ("Mutation.recordAccountingRecord", &["accounting:write"]),
    ("Mutation.submitAccessRequest", &["rights:write", "self:request"]),
    ("Mutation.submitPortabilityRequest", &["rights:write", "self:request"]),
    ("Mutation.submitRectificationRequest", &["rights:write", "self:request"]),
    ("Mutation.submitErasureRequest", &["rights:write", "self:request"]),
    ("Mutation.submitRestrictionRequest", &["rights:write", "self:request"]),
    ("Mutation.submitObjection", &["rights:write", "self:request"]),
    ("Mutation.withdrawConsent", &["rights:write", "self:request"]),
    ("Mutation.askForIdentity", &["rights:decide"]),
    ("Mutation.verifyRequesterIdentity", &["rights:write"]),
    ("Mutation.extendDeadline", &["rights:decide"]),
    ("Mutation.approveRightsRequest", &["rights:decide"]),
    ("Mutation.refuseRightsRequest", &["rights:decide"]),
    ("Mutation.withdrawRightsRequest", &["rights:write", "self:request"]),
    ("Mutation.liftRestriction", &["rights:decide"]),
    ("Mutation.placeLegalHold", &["rights:decide"]),
    ("Mutation.releaseLegalHold", &["rights:decide"]),
    ("Mutation.setRetentionRule", &["retention:write"]),
    ("Mutation.setAccessLogActors", &["rights:decide"]),
    ("Query.processingRecord", &["agreements:read"]),
    ("Query.subprocessors", &["agreements:read"]),
    ("Query.personalDataBreaches", &["breaches:read"]),
    ("Query.notices", &["agreements:read"]),
    ("Mutation.objectToSubprocessor", &["agreements:sign"]),
    ("Mutation.authoriseSubprocessor", &["agreements:sign"]),
    ("Mutation.acknowledgeBreach", &["breaches:acknowledge"]),
    ("Mutation.signAgreement", &["agreements:sign"]),
    ("Mutation.terminateAgreement", &["agreements:sign"]),
    ("Query.downstreamSystems", &["systems:read"]),
    ("Mutation.registerDownstreamSystem", &["systems:write"]),
    ("Mutation.rotateDownstreamSecret", &["systems:write"]),
    ("Mutation.removeDownstreamSystem", &["systems:write"]),
    ("Mutation.acknowledgeDownstreamTask", &["systems:write"]),
    ("Query.tenantExport", &["agreements:sign"]),
    ("Mutation.requestTenantExport", &["agreements:sign"]),
];

/// The same of what is followed.
const FOLLOWED: &[(&str, &str)] =
    &[("rightsRequestChanged", "rights:read"), ("breachReported", "breaches:read")];

const DECIDE_THEMSELVES: [&str; 4] = ["Query.viewer", "Query.privacyNotice", "Query.node", "Query.nodes"];

const ALL: [&str; 24] = [
    "subjects:read",
    "subjects:write",
    "accounting:read",
    "accounting:write",
    "consents:read",
    "consents:write",
    "rights:read",
    "rights:write",
    "rights:decide",
    "agreements:read",
    "agreements:sign",
    "retention:read",
    "retention:write",
    "systems:read",
    "systems:write",
    "breaches:read",
    "breaches:acknowledge",
    "audit:read",
    "self:read",
    "self:request",
    "operator:tenants",
    "operator:agreements",
    "operator:subprocessors",
    "operator:breaches",
];

async fn every_root_field_opens_to_exactly_the_scopes_that_it_names(gateway: &TestGateway) {
    let schema = Schema::read(gateway).await;
    let tenant = gateway.tenant().await;
    let person = tenant.registers(complete_person("scopes")).await;
    let nobody = SubjectId::new(gateway.now(), gateway.entropy()).to_string();
    let mut expected: BTreeMap<&str, &[&str]> = SCOPES.iter().copied().collect();
    for of in ["Query", "Mutation"] {
        for field in schema.fields(of) {
            let name = format!("{of}.{}", field.name);
            if DECIDE_THEMSELVES.contains(&name.as_str()) {
                continue;
            }
            let opens =
                expected.remove(name.as_str()).unwrap_or_else(|| panic!("{name} is not in the table"));
            let operation = schema.operation(of, &field, &nobody);
            for scope in ALL {
                let own = scope.starts_with("self:");
                let caller = if own { tenant.person_with(&person, scope) } else { tenant.staff(scope) };
                let answer = caller.query(&operation, Value::Null).await;
                let refused = answer.errors().iter().any(|error| error["extensions"]["code"] == "FORBIDDEN");
                assert_eq!(refused, !opens.contains(&scope), "{operation} with {scope}: {}", answer.text());
                if refused {
                    let told: Vec<_> = opens.iter().map(|scope| json!([scope])).collect();
                    assert_eq!(answer.at("/errors/0/extensions/requiredScopes"), json!(told), "{name}");
                }
            }
        }
    }
    assert!(expected.is_empty(), "not in the schema: {expected:?}");
}

async fn every_subscription_opens_to_exactly_the_scopes_that_it_names(gateway: &TestGateway) {
    let schema = Schema::read(gateway).await;
    let tenant = gateway.tenant().await;
    let person = tenant.registers(complete_person("scopes")).await;
    let fields = schema.fields("Subscription");
    let names: Vec<_> = fields.iter().map(|field| field.name.as_str()).collect();
    assert_eq!(names, FOLLOWED.iter().map(|(name, _)| *name).collect::<Vec<_>>());
    for scope in ALL {
        let own = scope.starts_with("self:");
        let caller = if own { tenant.person_with(&person, scope) } else { tenant.staff(scope) };
        let mut socket = caller.socket().await;
        for (field, (name, opens)) in fields.iter().zip(FOLLOWED) {
            let text = schema.operation("Subscription", field, "");
            if scope == *opens {
                socket.follows(name, &text).await;
            } else {
                socket.says(support::subscribe(name, &text)).await;
                assert_eq!(socket.refusal(name).await, "FORBIDDEN", "{name} with {scope}");
            }
        }
    }
}

async fn every_personal_field_opens_to_exactly_the_scopes_that_it_names(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let person = tenant.registers(complete_person("fields")).await;
    tenant.records_consent(&person, "DIRECT_MARKETING").await;
    for (field, scope) in [
        ("consents { id }", "consents:read"),
        ("rightsRequests { totalCount }", "rights:read"),
        ("accessLog { edges { cursor } }", "audit:read"),
        ("accountingRecords { totalCount }", "accounting:read"),
        ("erasurePlan { sha256 }", "rights:read"),
    ] {
        let text = format!("query($id: ID!) {{ dataSubject(id: $id) {{ name {field} }} }}");
        for other in ALL.iter().filter(|other| !other.starts_with("self:")) {
            let caller = tenant.staff(&format!("subjects:read {other}"));
            let answer = caller.query(&text, json!({ "id": person })).await;
            assert_eq!(answer.code(), if *other == scope { "" } else { "FORBIDDEN" }, "{field} with {other}");
        }
    }
    // A writer who may not read sees no value in the answer to the write.
    let input = json!({ "subjectId": person, "position": "Ny titel" });
    let selection = "dataSubject { id name position phone email loginName hasPassword address { locality } }";
    let answer = tenant.staff("subjects:write").change("updateDataSubject", input, selection).await;
    assert_eq!(answer.errors().len(), 7, "{}", answer.text());
    assert!(answer.errors().iter().all(|error| error["extensions"]["code"] == "FORBIDDEN"));
    assert_eq!(answer.at("/data/updateDataSubject/dataSubject/id"), json!(person));
    assert!(!answer.text().contains("Exempelsson") && !answer.text().contains("Ny titel"));
}

async fn a_data_subjects_token_has_no_scope_of_staff(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let (me, other) =
        (tenant.registers(complete_person("me")).await, tenant.registers(complete_person("other")).await);
    let greedy = tenant.person_with(&me, &ALL.join(" "));
    let scopes = greedy.query("{ viewer { scopes subject { id name } } }", Value::Null).await;
    assert_eq!(scopes.data("/viewer/scopes"), json!(["self:read", "self:request"]));
    assert_eq!(scopes.data("/viewer/subject/name"), "Åsa me Exempelsson");
    assert_eq!(greedy.reads(&other).await.code(), "FORBIDDEN");
    let request = tenant.submits_access(&other).await;
    let consent = tenant.records_consent(&other, "DIRECT_MARKETING").await;
    let event =
        tenant.admin().query("{ auditEvents(first: 1) { edges { node { id } } } }", Value::Null).await;
    let event = event.string("/auditEvents/edges/0/node/id");
    for id in [&other, &request, &consent, &event, &tenant.id.to_string()] {
        let found = greedy.query("query($id: ID!) { node(id: $id) { id } }", json!({ "id": id })).await;
        assert_eq!(found.data("/node"), Value::Null, "{id}");
    }
    let found =
        greedy.query("query($id: ID!) { rightsRequest(id: $id) { id } }", json!({ "id": request })).await;
    assert_eq!(found.data("/rightsRequest"), Value::Null);
    for (mutation, input, payload) in [
        ("submitAccessRequest", json!({ "subjectId": other }), "rightsRequest { id }"),
        ("withdrawRightsRequest", json!({ "requestId": request }), "rightsRequest { id }"),
        (
            "grantConsent",
            json!({ "subjectId": other, "purpose": "DIRECT_MARKETING", "source": "x", "textVersion": "1" }),
            "consent { id }",
        ),
    ] {
        let answer = greedy.change(mutation, input, payload).await;
        assert_eq!(answer.user_errors().first().map(|error| &error[..9]), Some("NOT_FOUND"), "{mutation}");
    }
    assert_eq!(tenant.status_of(&request).await, "RECEIVED");
}
