//! A request is told to the systems that hold the data too, and is complete when each has answered (Art. 19).

use std::collections::BTreeSet;
use std::time::Duration;

use serde_json::{Value, json};
use support::{LEASE, Tenant, TestGateway, complete_person, on_both_databases};

use crate::audit_delivery::receiver::Receiver;

on_both_databases! {
    a_decided_request_of_each_kind_is_told_once_and_waits_for_the_answer,
    what_takes_effect_at_once_is_told_too_and_waits_for_nobody,
    a_request_is_told_to_the_systems_that_hold_what_it_is_about,
    what_is_kept_is_kept_everywhere,
    a_task_is_tried_for_three_days_and_then_waits_for_a_person,
    a_task_that_its_system_cannot_confirm_is_closed_by_hand,
    removing_a_system_lets_its_requests_go_on,
    a_request_that_is_taken_back_is_told_to_nobody,
    a_worker_that_dies_leads_to_the_same_message_and_one_completion,
    a_slow_system_with_many_tasks_keeps_no_other_waiting,
    without_an_agreement_nothing_is_told,
    another_tenants_task_is_none,
    each_delivery_is_in_the_audit_log_before_it_leaves,
}

/// Registers a system that hears of requests and knows persons by everything; gives its identifier and its secret.
pub async fn hears_of_requests(
    tenant: &Tenant<'_>,
    name: &str,
    (endpoint, holds): (&str, &[&str]),
) -> (String, String) {
    let input = json!({
        "name": name, "endpoint": endpoint, "dataCategories": holds,
        "identifiers": ["EXTERNAL_REFERENCE", "SUBJECT_ID", "EMAIL", "PHONE", "LOGIN_NAME"],
    });
    let answer =
        tenant.admin().change("registerDownstreamSystem", input, "system { id receives } secret").await;
    answer.succeeded();
    assert_eq!(answer.payload("/system/receives"), json!(["RIGHTS_REQUEST_TASK"]), "the default");
    let text = |pointer| answer.payload(pointer).as_str().unwrap().to_owned();
    (text("/system/id"), text("/secret"))
}

const TASKS: &str = "downstreamTasks { id status attempts acknowledgedAt lastError endedAt note dataCategories system { id name } }";

/// The tasks of a request, oldest first.
pub async fn tasks_of(tenant: &Tenant<'_>, request: &str) -> Vec<Value> {
    let found = tenant.request(request, TASKS).await;
    found["downstreamTasks"].as_array().cloned().unwrap_or_default()
}

/// A tenant with a person and a system that takes messages about everything; with its identifier and its secret.
pub async fn with_system(gateway: &TestGateway) -> (Tenant<'_>, String, Receiver, (String, String)) {
    let (tenant, receiver) = (gateway.tenant().await, Receiver::start().await);
    let person = tenant.registers(complete_person("delad")).await;
    let all = ["NAME", "POSITION", "PHONE", "ADDRESS", "EMAIL", "LOGIN_NAME", "PASSWORD", "ACCOUNTING"];
    let system = hears_of_requests(&tenant, "Kundregister", (&receiver.url(), &all)).await;
    (tenant, person, receiver, system)
}

/// A system's answer to a message, signed with its secret; gives the status.
pub async fn answers(gateway: &TestGateway, secret: &str, body: &Value) -> u16 {
    let (body, id, now) = (body.to_string(), "msg_kvitto", gateway.now().as_second());
    let signature = standardwebhooks::Webhook::new(secret).unwrap().sign(id, now, body.as_bytes()).unwrap();
    let request = gateway.request(reqwest::Method::POST, "downstream/acknowledgements");
    let request = request.header("webhook-id", id).header("webhook-timestamp", now.to_string());
    gateway.send(request.header("webhook-signature", signature).body(body)).await.status
}

async fn says_done(gateway: &TestGateway, secret: &str, task: &Value) {
    let body = json!({ "taskId": task["id"], "outcome": "done", "detail": "3 poster" });
    assert_eq!(answers(gateway, secret, &body).await, 204);
}

async fn closes(tenant: &Tenant<'_>, task: &Value, note: &str) -> support::Answer {
    let input = json!({ "taskId": task["id"], "note": note });
    tenant.admin().change("acknowledgeDownstreamTask", input, "task { id status note endedAt }").await
}

async fn a_decided_request_of_each_kind_is_told_once_and_waits_for_the_answer(gateway: &TestGateway) {
    let (tenant, _, receiver, (system, secret)) = with_system(gateway).await;
    for (number, kind) in support::DECIDED.into_iter().enumerate() {
        let person = tenant.registers(complete_person(&format!("sort{number}"))).await;
        let request = tenant.approved(kind, &person, json!({})).await;
        assert_eq!(gateway.deliver().await, 0, "{kind}: the gateway does its own part first");
        gateway.work().await;
        assert_eq!(tenant.status_of(&request).await, "IN_PROGRESS", "{kind}");
        assert_eq!(gateway.deliver().await, 1, "{kind}");
        assert_eq!(receiver.received().len(), number + 1, "{kind}");
        let message = receiver.last();
        let [task] = &tasks_of(&tenant, &request).await[..] else { panic!("{kind}: one task") };
        let told = tenant.request(&request, "reference dueAt").await;
        assert!(message.is_signed_by(&secret), "{kind}");
        let body = message.json();
        assert_eq!(body["type"], "rights_request.task");
        assert_eq!(body["data"]["taskId"], task["id"]);
        assert_eq!(body["data"]["requestId"], json!(request));
        assert_eq!(body["data"]["reference"], told["reference"]);
        assert_eq!(body["data"]["kind"], kind);
        assert_eq!(body["data"]["tenantId"], json!(tenant.id.to_string()));
        assert_eq!(instant(&body["data"]["dueAt"]), instant(&told["dueAt"]), "{kind}");
        let subject = json!({
            "externalReference": format!("K-sort{number}"), "subjectId": person, "phone": "+46701740605",
            "email": format!("asa.sort{number}@provstad.example"), "loginName": format!("asa-sort{number}"),
        });
        assert_eq!(body["data"]["subject"], subject, "{kind}");
        assert_eq!((&task["status"], &task["attempts"]), (&json!("DELIVERED"), &json!(1)), "{kind}");
        assert_eq!(task["system"], json!({ "id": system, "name": "Kundregister" }));
        says_done(gateway, &secret, task).await;
        assert_eq!(tasks_of(&tenant, &request).await[0]["status"], "ACKNOWLEDGED");
        gateway.work().await;
        assert_eq!(tenant.status_of(&request).await, "COMPLETED", "{kind}");
        assert_eq!(gateway.deliver().await, 0);
    }
}

fn instant(text: &Value) -> jiff::Timestamp {
    text.as_str().unwrap().parse().unwrap()
}

async fn what_takes_effect_at_once_is_told_too_and_waits_for_nobody(gateway: &TestGateway) {
    let (tenant, person, receiver, (_, secret)) = with_system(gateway).await;
    for (number, kind) in support::AT_ONCE.into_iter().enumerate() {
        let request = tenant.submits(kind, &person).await;
        assert_eq!(tenant.status_of(&request).await, "COMPLETED", "{kind}");
        assert_eq!(gateway.deliver().await, 1, "{kind}");
        let data = &receiver.received()[number].json()["data"];
        assert_eq!(data["purpose"], "DIRECT_MARKETING");
        assert_eq!(data["categories"], json!(["NAME", "POSITION", "PHONE", "ADDRESS", "EMAIL"]));
        says_done(gateway, &secret, &tasks_of(&tenant, &request).await[0]).await;
        gateway.work().await;
        assert_eq!(tenant.status_of(&request).await, "COMPLETED", "{kind}");
    }
}

async fn a_request_is_told_to_the_systems_that_hold_what_it_is_about(gateway: &TestGateway) {
    let (tenant, receiver) = (gateway.tenant().await, Receiver::start().await);
    let person = tenant.registers(complete_person("kring")).await;
    for (name, holds) in
        [("Utskick", &["EMAIL", "NAME"][..]), ("Fakturor", &["ACCOUNTING"]), ("Roller", &["POSITION"])]
    {
        hears_of_requests(&tenant, name, (&receiver.url(), holds)).await;
    }
    let told = async |kind: &str, more: Value| {
        let request = tenant.approved(kind, &person, more).await;
        let tasks = tasks_of(&tenant, &request).await;
        let told: BTreeSet<String> = tasks
            .iter()
            .map(|task| format!("{} {}", task["system"]["name"].as_str().unwrap(), task["dataCategories"]))
            .collect();
        told.into_iter().collect::<Vec<_>>()
    };
    let everything = ["Fakturor [\"ACCOUNTING\"]", "Roller [\"POSITION\"]", "Utskick [\"NAME\",\"EMAIL\"]"];
    assert_eq!(told("ACCESS", json!({})).await, everything);
    assert_eq!(told("RECTIFICATION", json!({})).await, ["Roller [\"POSITION\"]"]);
    assert_eq!(told("ERASURE", json!({ "categories": ["EMAIL"] })).await, ["Utskick [\"EMAIL\"]"]);
}

async fn what_is_kept_is_kept_everywhere(gateway: &TestGateway) {
    let (tenant, person, receiver, (_, secret)) = with_system(gateway).await;
    tenant.files_invoice(&person, "F-1", "2098-12-31").await;
    tenant.holds(&person, &["PHONE"]).await;
    let request = tenant.approved("ERASURE", &person, json!({})).await;
    gateway.work().await;
    gateway.deliver().await;
    let categories = json!(["POSITION", "EMAIL", "LOGIN_NAME", "PASSWORD"]);
    assert_eq!(receiver.last().json()["data"]["categories"], categories);
    says_done(gateway, &secret, &tasks_of(&tenant, &request).await[0]).await;
    gateway.work().await;
    assert_eq!(tenant.status_of(&request).await, "PARTIALLY_COMPLETED");
}

async fn a_task_is_tried_for_three_days_and_then_waits_for_a_person(gateway: &TestGateway) {
    let (tenant, person, receiver, _) = with_system(gateway).await;
    receiver.answers(503);
    let request = tenant.approved("ACCESS", &person, json!({})).await;
    gateway.work().await;
    let begun = gateway.now();
    gateway.deliver().await;
    let mut attempts = 1;
    for pause in [5_u64, 10, 20, 40, 80, 160, 320, 640, 1_280, 2_560, 5_120, 10_240, 20_480, 40_960, 81_920] {
        let early = pause * 3 / 4 - 2;
        gateway.clock.advance(Duration::from_secs(early));
        assert_eq!(gateway.deliver().await, 0, "too early for the pause of {pause} s");
        gateway.clock.advance(Duration::from_secs(pause - early));
        assert_eq!(gateway.deliver().await, 1, "after {pause} s");
        attempts += 1;
        let task = &tasks_of(&tenant, &request).await[0];
        assert_eq!((&task["status"], &task["attempts"]), (&json!("PENDING"), &json!(attempts)));
        assert_eq!(task["lastError"], "the endpoint answered with status 503");
    }
    gateway.clock.set(begun + Duration::from_hours(72));
    assert_eq!(gateway.deliver().await, 1, "a last time");
    assert_eq!(tasks_of(&tenant, &request).await[0]["status"], "FAILED");
    let messages = receiver.received();
    assert!(messages.iter().all(|one| one.id == messages[0].id && one.body == messages[0].body));
    gateway.clock.advance(Duration::from_hours(72));
    assert_eq!(gateway.deliver().await, 0);
    assert_eq!(tenant.status_of(&request).await, "IN_PROGRESS", "it waits for a person");
    assert_eq!(failed_tasks(gateway, &tenant).await, 1);
    closes(&tenant, &tasks_of(&tenant, &request).await[0], "Raderat av leverantören, ärende 17.")
        .await
        .succeeded();
    gateway.work().await;
    assert_eq!(tenant.status_of(&request).await, "COMPLETED");
    assert_eq!(failed_tasks(gateway, &tenant).await, 0);
}

async fn failed_tasks(gateway: &TestGateway, tenant: &Tenant<'_>) -> u64 {
    let text = "{ tenants(first: 100) { edges { node { id requestFigures { failedDownstreamTasks } } } } }";
    let all = gateway.platform().query(text, Value::Null).await.data("/tenants/edges");
    let of = |edge: &&Value| edge["node"]["id"] == json!(tenant.id.to_string());
    let own = all.as_array().unwrap().iter().find(of).unwrap();
    own["node"]["requestFigures"]["failedDownstreamTasks"].as_u64().unwrap()
}

async fn a_task_that_its_system_cannot_confirm_is_closed_by_hand(gateway: &TestGateway) {
    let (tenant, person, ..) = with_system(gateway).await;
    let request = tenant.approved("ACCESS", &person, json!({})).await;
    gateway.work().await;
    gateway.deliver().await;
    let task = tasks_of(&tenant, &request).await.remove(0);
    for (note, fault) in [("", "INVALID input.note"), ("a\u{0}b", "INVALID input.note")] {
        assert_eq!(closes(&tenant, &task, note).await.user_errors(), [fault]);
    }
    let closed = closes(&tenant, &task, "Utfört för hand.").await;
    assert_eq!(closed.payload("/task/status"), "ACKNOWLEDGED");
    assert_eq!(closed.payload("/task/note"), "Utfört för hand.");
    assert_eq!(closes(&tenant, &task, "En gång till.").await.user_errors(), ["CONFLICT input.taskId"]);
    gateway.work().await;
    assert_eq!(tenant.status_of(&request).await, "COMPLETED");
}

async fn removing_a_system_lets_its_requests_go_on(gateway: &TestGateway) {
    let (tenant, person, receiver, (system, _)) = with_system(gateway).await;
    receiver.answers(500);
    let request = tenant.approved("ERASURE", &person, json!({})).await;
    gateway.work().await;
    gateway.deliver().await;
    let input = json!({ "systemId": system });
    tenant.admin().change("removeDownstreamSystem", input, "system { id }").await.succeeded();
    let task = &tasks_of(&tenant, &request).await[0];
    assert_eq!(task["status"], "FAILED");
    gateway.work().await;
    assert_eq!(tenant.status_of(&request).await, "COMPLETED");
    gateway.clock.advance(Duration::from_hours(1));
    assert_eq!(gateway.deliver().await, 0);
    assert_eq!(receiver.received().len(), 1);
}

async fn a_request_that_is_taken_back_is_told_to_nobody(gateway: &TestGateway) {
    let (tenant, person, receiver, _) = with_system(gateway).await;
    let request = tenant.approved("ACCESS", &person, json!({})).await;
    tenant.takes("withdrawRightsRequest", &request).await.succeeded();
    gateway.work().await;
    assert_eq!(gateway.deliver().await, 0);
    assert_eq!(receiver.received().len(), 0);
    let task = &tasks_of(&tenant, &request).await[0];
    assert_eq!(
        (&task["status"], &task["lastError"]),
        (&json!("FAILED"), &json!("the request was withdrawn"))
    );
    let another = tenant.approved("PORTABILITY", &person, json!({})).await;
    gateway.work().await;
    let late = tenant.takes("withdrawRightsRequest", &another).await;
    assert_eq!(late.user_errors(), ["CONFLICT input.requestId"], "the work is done");
}

async fn a_worker_that_dies_leads_to_the_same_message_and_one_completion(gateway: &TestGateway) {
    let (tenant, _, receiver, (_, secret)) = with_system(gateway).await;
    for (number, place) in ["task.entered", "task.posted"].into_iter().enumerate() {
        let person = tenant.registers(complete_person(&format!("fall{number}"))).await;
        let request = tenant.approved("ACCESS", &person, json!({})).await;
        assert!(gateway.dies_at("export.before_commit").await);
        gateway.clock.advance(LEASE);
        gateway.work().await;
        let before = receiver.received().len();
        let delivery = gateway::worker::delivery::deliver_once(gateway.service(), LEASE);
        assert!(store::failpoint::stop_at(place, delivery).await.is_err(), "{place}");
        gateway.databases.come_to_rest().await;
        assert_eq!(gateway.deliver().await, 0, "its lease runs on");
        gateway.clock.advance(LEASE);
        assert_eq!(gateway.deliver().await, 1, "{place}");
        let messages = receiver.received().split_off(before);
        assert!(messages.iter().all(|one| one.id == messages[0].id && one.body == messages[0].body));
        assert_eq!(messages.len(), 1 + number, "{place}");
        says_done(gateway, &secret, &tasks_of(&tenant, &request).await[0]).await;
        assert!(gateway.dies_at("task.completing").await);
        gateway.clock.advance(LEASE);
        gateway.work().await;
        let statuses = tenant.statuses_of(&request).await;
        assert_eq!(statuses, ["RECEIVED", "UNDER_REVIEW", "IN_PROGRESS", "IN_PROGRESS", "COMPLETED"]);
    }
}

/// In a real worker, whose poll is short here.
async fn a_slow_system_with_many_tasks_keeps_no_other_waiting(gateway: &TestGateway) {
    let (slow_tenant, person, slow, _) = with_system(gateway).await;
    slow.answers_after(Duration::from_mins(1));
    for _ in 0..20 {
        slow_tenant.submits("CONSENT_WITHDRAWAL", &person).await;
    }
    let (quick_tenant, person, quick, _) = with_system(gateway).await;
    gateway.clock.advance(Duration::from_secs(1));
    quick_tenant.submits("CONSENT_WITHDRAWAL", &person).await;
    let (poll, sequence) = (Duration::from_millis(10), Duration::from_secs(1));
    let rhythm = gateway::worker::Rhythm { poll, lease: LEASE, sequence };
    let stop = support::tokio::sync::watch::Sender::new(false);
    let run = gateway::worker::delivery::run(gateway.service().clone(), rhythm, stop.subscribe());
    let running = support::tokio::spawn(run);
    let came = async {
        while quick.received().is_empty() || slow.received().is_empty() {
            support::tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    assert!(support::tokio::time::timeout(Duration::from_secs(12), came).await.is_ok());
    assert_eq!(slow.received().len(), 1, "one at a time");
    running.abort();
}

async fn without_an_agreement_nothing_is_told(gateway: &TestGateway) {
    let tenant = gateway
        .tenant_with(support::Terms { to: Some(jiff::civil::date(2026, 3, 3)), ..support::Terms::default() })
        .await;
    let receiver = Receiver::start().await;
    let person = tenant.registers(complete_person("utan")).await;
    hears_of_requests(&tenant, "Kundregister", (&receiver.url(), &["EMAIL"])).await;
    receiver.answers(500);
    tenant.approved("ACCESS", &person, json!({})).await;
    gateway.work().await;
    gateway.deliver().await;
    gateway.on("2026-03-05");
    gateway.deliver().await;
    assert_eq!(receiver.received().len(), 1);
}

async fn another_tenants_task_is_none(gateway: &TestGateway) {
    let (tenant, person, ..) = with_system(gateway).await;
    let other = gateway.tenant().await;
    let request = tenant.approved("ACCESS", &person, json!({})).await;
    let task = tasks_of(&tenant, &request).await.remove(0);
    let node = "query($id: ID!) { node(id: $id) { ... on DownstreamTask { status system { endpoint } } } }";
    let read = async |caller: support::Caller<'_>| {
        caller.query(node, json!({ "id": task["id"] })).await.data("/node")
    };
    assert_eq!(read(tenant.admin()).await["status"], "PENDING");
    let shown = read(tenant.staff("rights:read")).await["system"]["endpoint"].as_str().unwrap().to_owned();
    assert!(shown.starts_with("http://127.0.0.1:") && !shown.contains("heads"), "{shown}");
    assert_eq!(read(tenant.staff("systems:read")).await, Value::Null);
    assert_eq!(read(tenant.person(&person)).await, Value::Null);
    assert_eq!(read(other.admin()).await, Value::Null);
    assert_eq!(closes(&other, &task, "Inte vår.").await.user_errors(), ["NOT_FOUND input.taskId"]);
}

async fn each_delivery_is_in_the_audit_log_before_it_leaves(gateway: &TestGateway) {
    let (tenant, person, receiver, (_, secret)) = with_system(gateway).await;
    let request = tenant.approved("ACCESS", &person, json!({})).await;
    gateway.work().await;
    let delivery = gateway::worker::delivery::deliver_once(gateway.service(), LEASE);
    assert!(store::failpoint::stop_at("task.entered", delivery).await.is_err());
    gateway.databases.come_to_rest().await;
    assert_eq!((tenant.events("downstreamTask.deliver").await, receiver.received().len()), (1, 0));
    gateway.clock.advance(LEASE);
    gateway.deliver().await;
    says_done(gateway, &secret, &tasks_of(&tenant, &request).await[0]).await;
    gateway.work().await;
    let text = "query($action: String!) { auditEvents(filter: { action: $action }) { edges { node { subjectIds dataCategories } } } }";
    for (action, categories) in [
        ("downstreamTask.deliver", json!(["PHONE", "EMAIL", "LOGIN_NAME"])),
        ("downstreamTask.confirm", json!([])),
        ("rightsRequest.complete", json!([])),
    ] {
        let events = tenant.admin().query(text, json!({ "action": action })).await;
        let expected = json!({ "subjectIds": [person], "dataCategories": categories });
        assert_eq!(events.data("/auditEvents/edges/0/node"), expected, "{action}");
    }
}
