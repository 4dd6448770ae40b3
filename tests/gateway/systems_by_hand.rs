//! A system that cannot call back: nothing is posted to it, a person does there what has to be done and says so.

use std::time::Duration;

use serde_json::{Value, json};
use support::{Tenant, TestGateway, complete_person, on_both_databases};

on_both_databases! {
    a_manual_system_has_an_address_for_a_person_and_no_secret,
    what_a_manual_system_cannot_have_is_told_at_its_place,
    a_request_waits_for_the_person_who_deals_with_a_manual_system,
    a_task_that_is_not_ended_by_the_deadline_is_overdue,
    a_person_without_the_scope_for_systems_sees_no_path_of_the_link,
    whoever_goes_there_is_told_whom_it_is_about_even_after_an_erasure,
}

const ALL: [&str; 3] = ["NAME", "EMAIL", "POSITION"];

fn input(name: &str, endpoint: &str) -> Value {
    json!({ "name": name, "endpoint": endpoint, "dataCategories": ALL, "connector": "MANUAL" })
}

const SYSTEM: &str = "system { id connector endpoint receives removedAt } secret";

pub async fn registers(tenant: &Tenant<'_>, name: &str) -> String {
    let input = input(name, "https://arkiv.example/personer?vy=1");
    let answer = tenant.admin().change("registerDownstreamSystem", input, SYSTEM).await;
    answer.succeeded();
    answer.payload("/system/id").as_str().unwrap().to_owned()
}

const TASKS: &str = "downstreamTasks { id requestId status attempts createdAt dueAt overdue lastError endedAt dataCategories system { connector endpoint } }";

async fn task_of(tenant: &Tenant<'_>, request: &str) -> Value {
    let found = tenant.request(request, TASKS).await;
    let [task] = &found["downstreamTasks"].as_array().unwrap()[..] else { panic!("one task") };
    task.clone()
}

async fn a_manual_system_has_an_address_for_a_person_and_no_secret(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    // Nothing is ever sent there, so that a page within the tenant's own network is as good as any.
    for (name, endpoint) in [
        ("Arkiv", "https://arkiv.example/personer?vy=1"),
        ("Pärm", "https://10.0.0.7/rutin"),
        ("Skåp", "https://localhost/"),
    ] {
        let answer = tenant.admin().change("registerDownstreamSystem", input(name, endpoint), SYSTEM).await;
        answer.succeeded();
        assert_eq!(answer.payload("/system/connector"), "MANUAL");
        assert_eq!(answer.payload("/system/endpoint"), endpoint);
        assert_eq!(answer.payload("/secret"), Value::Null);
        let system = json!({ "systemId": answer.payload("/system/id") });
        let rotated = tenant.admin().change("rotateDownstreamSecret", system.clone(), "secret").await;
        assert_eq!(rotated.user_errors(), ["CONFLICT input.systemId"]);
        tenant.admin().change("removeDownstreamSystem", system, "system { id }").await.succeeded();
    }
    let posted = json!({ "name": "CRM", "endpoint": "https://crm.example/", "dataCategories": ALL });
    let answer = tenant.admin().change("registerDownstreamSystem", posted, SYSTEM).await;
    assert_eq!(answer.payload("/system/connector"), "SIGNED_WEBHOOK", "the default");
}

async fn what_a_manual_system_cannot_have_is_told_at_its_place(gateway: &TestGateway) {
    let admin = gateway.tenant().await.admin();
    for endpoint in [
        "http://arkiv.example/",
        "http://localhost/",
        "ftp://arkiv.example/",
        "javascript:alert(1)",
        "data:text/html,x",
        "https://user:secret@arkiv.example/",
        "https://arkiv.example/#part",
        "https://arkiv.example:0/",
        "https://ark\u{9}iv.example/",
        "arkiv.example",
        "",
        &format!("https://arkiv.example/{}", "a".repeat(2_048)),
    ] {
        let answer = admin.change("registerDownstreamSystem", input("Arkiv", endpoint), "secret").await;
        assert_eq!(answer.user_errors(), ["INVALID input.endpoint"], "{endpoint}");
    }
    for receives in [json!(["AUDIT_CHECKPOINT"]), json!(["RIGHTS_REQUEST_TASK", "AUDIT_CHECKPOINT"])] {
        let mut input = input("Arkiv", "https://arkiv.example/");
        input["receives"] = receives;
        let answer = admin.change("registerDownstreamSystem", input.clone(), "secret").await;
        assert!(answer.user_errors().contains(&"INVALID input.receives".to_owned()), "{input}");
    }
}

async fn a_request_waits_for_the_person_who_deals_with_a_manual_system(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    registers(&tenant, "Arkiv").await;
    for (number, kind) in ["ACCESS", "ERASURE", "RECTIFICATION"].into_iter().enumerate() {
        let person = tenant.registers(complete_person(&format!("hand{number}"))).await;
        let request = tenant.approved(kind, &person, json!({})).await;
        gateway.work().await;
        gateway.clock.advance(Duration::from_hours(80));
        gateway.work().await;
        assert_eq!(gateway.deliver().await, 0, "{kind}: nothing is posted");
        assert_eq!(tenant.status_of(&request).await, "IN_PROGRESS", "{kind}");
        let task = task_of(&tenant, &request).await;
        let state = [&task["status"], &task["attempts"], &task["lastError"], &task["overdue"]];
        assert_eq!(state, [&json!("PENDING"), &json!(0), &Value::Null, &json!(false)], "{kind}");
        assert_eq!(task["requestId"], json!(request));
        assert_eq!(task["dueAt"], tenant.request(&request, "dueAt").await["dueAt"], "{kind}");
        assert!(task["createdAt"].is_string());
        assert_eq!(figures(gateway, &tenant).await, (1, 0), "{kind}: it waits for a person");
        let note = json!({ "taskId": task["id"], "note": "Utfört i arkivet." });
        tenant.admin().change("acknowledgeDownstreamTask", note, "task { id requestId }").await.succeeded();
        gateway.work().await;
        assert_eq!(tenant.status_of(&request).await, "COMPLETED", "{kind}");
        assert_eq!(figures(gateway, &tenant).await, (0, 0), "{kind}");
    }
}

/// The platform's counts of tasks that wait for a person, and of those that are overdue.
pub async fn figures(gateway: &TestGateway, tenant: &Tenant<'_>) -> (u64, u64) {
    let text = "{ tenants(first: 100) { edges { node { id requestFigures { failedDownstreamTasks overdueDownstreamTasks } } } } }";
    let all = gateway.platform().query(text, Value::Null).await.data("/tenants/edges");
    let of = |edge: &&Value| edge["node"]["id"] == json!(tenant.id.to_string());
    let own = all.as_array().unwrap().iter().find(of).unwrap();
    let count = |name: &str| own["node"]["requestFigures"][name].as_u64().unwrap();
    (count("failedDownstreamTasks"), count("overdueDownstreamTasks"))
}

async fn a_task_that_is_not_ended_by_the_deadline_is_overdue(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    registers(&tenant, "Arkiv").await;
    let person = tenant.registers(complete_person("sen")).await;
    let request = tenant.approved("ACCESS", &person, json!({})).await;
    gateway.work().await;
    let due: jiff::Timestamp = task_of(&tenant, &request).await["dueAt"].as_str().unwrap().parse().unwrap();
    gateway.clock.set(due);
    assert_eq!(task_of(&tenant, &request).await["overdue"], false, "its last instant");
    assert_eq!(figures(gateway, &tenant).await, (1, 0));
    gateway.clock.advance(Duration::from_secs(1));
    let task = task_of(&tenant, &request).await;
    assert_eq!(task["overdue"], true);
    assert_eq!(figures(gateway, &tenant).await, (1, 1));
    let text = "query($id: ID!) { node(id: $id) { ... on DownstreamTask { overdue dueAt } } }";
    let alone = tenant.staff("rights:read").query(text, json!({ "id": task["id"] })).await.data("/node");
    assert_eq!(alone, json!({ "overdue": true, "dueAt": task["dueAt"] }));
    let note = json!({ "taskId": task["id"], "note": "Utfört, men sent." });
    tenant.admin().change("acknowledgeDownstreamTask", note, "task { overdue }").await.succeeded();
    assert_eq!(task_of(&tenant, &request).await["overdue"], false, "it has ended");
    assert_eq!(figures(gateway, &tenant).await, (0, 0));
}

async fn a_person_without_the_scope_for_systems_sees_no_path_of_the_link(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    registers(&tenant, "Arkiv").await;
    let person = tenant.registers(complete_person("led")).await;
    let request = tenant.approved("ACCESS", &person, json!({})).await;
    let text = "query($id: ID!) { rightsRequest(id: $id) { downstreamTasks { system { endpoint } } } }";
    for (scope, endpoint) in [
        ("rights:read systems:read", "https://arkiv.example/personer?vy=1"),
        ("rights:read", "https://arkiv.example/"),
    ] {
        let told = tenant.staff(scope).query(text, json!({ "id": request })).await;
        assert_eq!(told.data("/rightsRequest/downstreamTasks/0/system/endpoint"), endpoint, "{scope}");
    }
}

async fn whoever_goes_there_is_told_whom_it_is_about_even_after_an_erasure(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let mut manual = input("Arkiv", "https://arkiv.example/");
    manual["identifiers"] = json!(["EXTERNAL_REFERENCE", "EMAIL"]);
    tenant.admin().change("registerDownstreamSystem", manual, "secret").await.succeeded();
    let person = tenant.registers(complete_person("vem")).await;
    let request = tenant.approved("ERASURE", &person, json!({})).await;
    gateway.work().await;
    assert_eq!(tenant.state_of(&person).await, "ERASED");
    let text =
        "query($id: ID!) { rightsRequest(id: $id) { downstreamTasks { knownBy { identifier value } } } }";
    let read = async |scope: &str| tenant.staff(scope).query(text, json!({ "id": request })).await;
    let known = json!([
        { "identifier": "EXTERNAL_REFERENCE", "value": "K-vem" },
        { "identifier": "EMAIL", "value": "asa.vem@provstad.example" },
    ]);
    let told = read("rights:read subjects:read").await;
    assert_eq!(told.data("/rightsRequest/downstreamTasks/0/knownBy"), known);
    let refused = read("rights:read").await;
    assert_eq!(refused.code(), "FORBIDDEN");
    let events = "{ auditEvents(filter: { action: \"rightsRequest.read\" }) { edges { node { allowed subjectIds dataCategories } } } }";
    let events = tenant.admin().query(events, Value::Null).await.data("/auditEvents/edges");
    let disclosed = json!({ "allowed": true, "subjectIds": [person], "dataCategories": ["EMAIL"] });
    assert!(events.as_array().unwrap().iter().any(|edge| edge["node"] == disclosed), "{events}");
    let note = json!({ "taskId": task_of(&tenant, &request).await["id"], "note": "Gallrat i arkivet." });
    tenant.admin().change("acknowledgeDownstreamTask", note, "task { id }").await.succeeded();
    gateway.work().await;
    assert_eq!(tenant.status_of(&request).await, "COMPLETED");
    let after = read("rights:read subjects:read").await;
    assert_eq!(after.data("/rightsRequest/downstreamTasks/0/knownBy"), json!([]), "it is forgotten");
}
