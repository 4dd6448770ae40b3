//! The whole story: a person is registered, read for a purpose, asks for access and gets the answer.

use domain::id::{RequestId, SubjectId};
use serde_json::{Value, json};
use support::{TestGateway, complete_person, on_both_databases, person};

on_both_databases! {
    a_person_is_registered_read_and_answered_and_another_tenant_sees_none_of_it,
    a_person_asks_for_their_own_data_by_themselves,
}

const STEP: &str = "rightsRequest { id reference status }";

async fn a_person_is_registered_read_and_answered_and_another_tenant_sees_none_of_it(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let registered = tenant
        .staff("subjects:write subjects:read")
        .change("registerDataSubject", complete_person("saga"), "dataSubject { id name }")
        .await;
    assert_eq!(registered.data("/registerDataSubject/dataSubject/name"), "Åsa saga Exempelsson");
    let person = registered.string("/registerDataSubject/dataSubject/id");

    let read = tenant.staff("subjects:read").reads(&person).await;
    assert_eq!(
        read.data("/dataSubject"),
        json!({
            "id": person, "externalReference": "K-saga", "status": "ACTIVE", "name": "Åsa saga Exempelsson",
            "position": "Provledare saga", "phone": "+46701740605", "email": "asa.saga@provstad.example",
            "loginName": "asa-saga", "hasPassword": true,
            "address": { "lines": ["Provgatan 1 saga"], "postalCode": "990 01", "locality": "Provstad saga", "country": "SE" },
        })
    );

    let front = tenant.staff("rights:write rights:read");
    let input = json!({ "subjectId": person, "channel": "EMAIL" });
    let submitted = front.change("submitAccessRequest", input, STEP).await;
    let request = submitted.string("/submitAccessRequest/rightsRequest/id");
    assert_eq!(
        submitted.data("/submitAccessRequest"),
        json!({ "rightsRequest": { "id": request, "reference": "RR-2026-000001", "status": "RECEIVED" }, "userErrors": [] })
    );
    let input = json!({ "requestId": request, "method": "CONTACT_CONFIRMATION" });
    let verified = front.change("verifyRequesterIdentity", input, STEP).await;
    assert_eq!(verified.data("/verifyRequesterIdentity/rightsRequest/status"), "UNDER_REVIEW");
    let decider = tenant.staff("rights:decide rights:read");
    let approved = decider.change("approveRightsRequest", json!({ "requestId": request }), STEP).await;
    assert_eq!(approved.data("/approveRightsRequest/rightsRequest/status"), "IN_PROGRESS");

    gateway.work().await;
    the_answer_is_complete(gateway, &tenant, &request).await;
    another_tenant_sees_none_of_it(gateway, [&person, &request]).await;
}

async fn the_answer_is_complete(gateway: &TestGateway, tenant: &support::Tenant<'_>, request: &str) {
    let text = "query($id: ID!) { rightsRequest(id: $id) { status outcomes { category action } package { formats \
                json: sha256(format: JSON) } } }";
    let answer = tenant.staff("rights:read").query(text, json!({ "id": request })).await;
    assert_eq!(answer.data("/rightsRequest/status"), "COMPLETED");
    assert_eq!(answer.data("/rightsRequest/package/formats"), json!(["CSV_ZIP", "JSON", "PDF"]));
    let outcomes = answer.data("/rightsRequest/outcomes");
    let disclosed =
        outcomes.as_array().into_iter().flatten().filter(|outcome| outcome["action"] == "DISCLOSED");
    assert_eq!(disclosed.count(), 7, "{outcomes}");
    assert_eq!(outcomes[7], json!({ "category": "ACCOUNTING", "action": "NOTHING_HELD" }));

    let package = gateway.get(&tenant.link(request, "JSON").await).await;
    let digest = answer.string("/rightsRequest/package/json");
    assert_eq!(sha256(&package.body), digest);
    let schema = gateway.get("schema/access-package.schema.json").await.json();
    let problems: Vec<String> = jsonschema::validator_for(&schema)
        .unwrap()
        .iter_errors(&package.json())
        .map(|e| e.to_string())
        .collect();
    assert!(problems.is_empty(), "{problems:?}");
    assert!(package.text().contains("Åsa saga Exempelsson"));
    assert!(!package.text().contains("hemligt lösenord"), "a password is never handed out");

    let tables = gateway.get(&tenant.link(request, "CSV_ZIP").await).await;
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(tables.body)).unwrap();
    let mut all = String::new();
    for index in 0..archive.len() {
        std::io::Read::read_to_string(&mut archive.by_index(index).unwrap(), &mut all).unwrap();
    }
    assert!(all.contains("asa.saga@provstad.example") && all.contains("Provstad saga"));

    let letter = gateway.get(&tenant.link(request, "PDF").await).await;
    assert!(letter.body.starts_with(b"%PDF-") && letter.header("content-type") == "application/pdf");
}

async fn another_tenant_sees_none_of_it(gateway: &TestGateway, [person, request]: [&str; 2]) {
    let stranger = gateway.tenant().await;
    stranger.registers(support::person("Bo Annanstans")).await;
    let no_person = SubjectId::new(gateway.now(), gateway.entropy()).to_string();
    let no_request = RequestId::new(gateway.now(), gateway.entropy()).to_string();
    for (text, theirs, never) in [
        ("query($id: ID!) { dataSubject(id: $id) { id name } }", person, &no_person),
        ("query($id: ID!) { node(id: $id) { id } }", person, &no_person),
        ("query($id: ID!) { rightsRequest(id: $id) { id reference } }", request, &no_request),
    ] {
        let admin = stranger.admin();
        let foreign = admin.query(text, json!({ "id": theirs })).await;
        let absent = admin.query(text, json!({ "id": never })).await;
        assert_eq!(foreign.body, absent.body, "{text}");
        assert_eq!(foreign.status, 200);
    }
    let list = "{ dataSubjects { edges { node { name } } totalCount } rightsRequests { totalCount } }";
    let listed = stranger.admin().query(list, Value::Null).await;
    assert_eq!(
        listed.data(""),
        json!({
            "dataSubjects": { "edges": [{ "node": { "name": "Bo Annanstans" } }], "totalCount": 1 },
            "rightsRequests": { "totalCount": 0 },
        })
    );
}

async fn a_person_asks_for_their_own_data_by_themselves(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let me = tenant.registers(complete_person("jag")).await;
    tenant.registers(person("Någon Annan")).await;
    let own = tenant.person(&me);
    assert_eq!(own.query("{ me { id name } }", Value::Null).await.data("/me/name"), "Åsa jag Exempelsson");

    let submitted = own.change("submitAccessRequest", json!({}), STEP).await;
    assert_eq!(submitted.data("/submitAccessRequest/rightsRequest/status"), "UNDER_REVIEW");
    let request = submitted.string("/submitAccessRequest/rightsRequest/id");
    tenant.approves(&request).await;
    gateway.work().await;

    let text = "{ me { rightsRequests { edges { node { status channel identityVerification { method } package { \
                downloadUrl(format: JSON) } } } } } }";
    let answer = own.query(text, Value::Null).await;
    let node = answer.data("/me/rightsRequests/edges/0/node");
    assert_eq!((&node["status"], &node["channel"]), (&json!("COMPLETED"), &json!("SELF_SERVICE")));
    assert_eq!(node["identityVerification"]["method"], "AUTHENTICATED_SESSION");
    let link = node["package"]["downloadUrl"].as_str().unwrap();
    assert_eq!(gateway.get(link).await.json()["person"]["name"], "Åsa jag Exempelsson");
}

fn sha256(bytes: &[u8]) -> String {
    hex::encode(aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, bytes))
}
