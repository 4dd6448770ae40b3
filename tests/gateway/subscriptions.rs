//! Subscriptions: every change is told to those who may know, as it is when it is told, and is on record before that.

use serde_json::{Value, json};
use support::{
    AT_ONCE, DECIDED, Socket, Tenant, Terms, TestGateway, complete_person, on_both_databases, subscribe,
};

use crate::tasks::{answers, tasks_of, with_system};

on_both_databases! {
    each_step_of_every_kind_of_request_is_told,
    what_systems_outside_do_is_told,
    tenants_hear_nothing_of_each_other,
    each_event_is_on_record_before_it_is_sent,
    an_event_is_refused_when_the_tenant_is_not_served_any_more,
    a_breach_is_told_with_its_notice_and_its_supplements,
    a_completed_subscription_tells_nothing_more,
}

const ALL: &str = "subscription { rightsRequestChanged { id status dueAt timeline { status } package { createdAt } \
                   downstreamTasks { status attempts } certificate(format: MARKDOWN) { sha256 } letter subject { name } } }";

fn one(request: &str) -> String {
    format!("subscription {{ rightsRequestChanged(id: \"{request}\") {{ id status }} }}")
}

/// Reads events until one shows the state, and nothing that was told is newer than it.
async fn tells(socket: &mut Socket, request: &str, status: &str) -> Value {
    loop {
        let event = socket.event("alla").await["rightsRequestChanged"].clone();
        assert_eq!(event["id"], request, "{event}");
        if event["status"] == status {
            return event;
        }
    }
}

/// Reads what is still told of what happened until now, by a change that comes after it.
async fn rests(socket: &mut Socket) {
    loop {
        let heard = tokio::time::timeout(std::time::Duration::from_millis(200), socket.hears()).await;
        if heard.is_err() {
            return;
        }
    }
}

async fn each_step_of_every_kind_of_request_is_told(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let mut socket = tenant.admin().socket().await;
    socket.follows("alla", ALL).await;
    for kind in DECIDED {
        let person = tenant.registers(complete_person(&kind.to_lowercase())).await;
        let request = tenant.submits(kind, &person).await;
        tells(&mut socket, &request, "RECEIVED").await;
        tenant.takes("askForIdentity", &request).await.succeeded();
        tells(&mut socket, &request, "AWAITING_IDENTITY").await;
        tenant.verifies(&request).await;
        tells(&mut socket, &request, "UNDER_REVIEW").await;
        tenant.takes("extendDeadline", &request).await.succeeded();
        let before = tells(&mut socket, &request, "UNDER_REVIEW").await;
        assert_eq!(before["timeline"].as_array().map(Vec::len), Some(4), "{kind}: the extension is a step");
        tenant.approves(&request).await;
        tells(&mut socket, &request, "IN_PROGRESS").await;
        gateway.work().await;
        let done = tells(&mut socket, &request, "COMPLETED").await;
        assert_eq!(done["package"].is_object(), matches!(kind, "ACCESS" | "PORTABILITY"), "{kind}: {done}");
        rests(&mut socket).await;
    }
    for kind in AT_ONCE {
        let person = tenant.registers(complete_person(&kind.replace('_', ""))).await;
        tenant.records_consent(&person, "DIRECT_MARKETING").await;
        let request = tenant.submits(kind, &person).await;
        tells(&mut socket, &request, "COMPLETED").await;
        rests(&mut socket).await;
    }
    for (step, status) in [("refuseRightsRequest", "REFUSED"), ("withdrawRightsRequest", "WITHDRAWN")] {
        let person = tenant.registers(complete_person(status)).await;
        let request = tenant.submits("ACCESS", &person).await;
        tells(&mut socket, &request, "RECEIVED").await;
        tenant.takes(step, &request).await.succeeded();
        tells(&mut socket, &request, status).await;
        rests(&mut socket).await;
    }
}

async fn what_systems_outside_do_is_told(gateway: &TestGateway) {
    let (tenant, person, receiver, (_, secret)) = with_system(gateway).await;
    let request = tenant.approved("ACCESS", &person, json!({})).await;
    let mut socket = tenant.admin().socket().await;
    socket.follows("alla", ALL).await;
    let task = async |socket: &mut Socket, status: &str, attempts: u32| loop {
        let event = tells(socket, &request, "IN_PROGRESS").await;
        let task = &event["downstreamTasks"][0];
        if task["status"] == status && task["attempts"] == attempts {
            return;
        }
    };
    gateway.work().await;
    task(&mut socket, "PENDING", 0).await;
    receiver.answers(500);
    gateway.deliver().await;
    task(&mut socket, "PENDING", 1).await;
    receiver.answers(204);
    gateway.clock.advance(std::time::Duration::from_mins(1));
    gateway.deliver().await;
    task(&mut socket, "DELIVERED", 2).await;
    let id = tasks_of(&tenant, &request).await.remove(0)["id"].clone();
    assert_eq!(answers(gateway, &secret, &json!({ "taskId": id, "outcome": "failed" })).await, 204);
    task(&mut socket, "FAILED", 2).await;
    assert_eq!(answers(gateway, &secret, &json!({ "taskId": id, "outcome": "done" })).await, 204);
    task(&mut socket, "ACKNOWLEDGED", 2).await;
    gateway.work().await;
    tells(&mut socket, &request, "COMPLETED").await;
}

async fn tenants_hear_nothing_of_each_other(gateway: &TestGateway) {
    let (own, strange) = (gateway.tenant().await, gateway.tenant().await);
    let person = strange.registers(complete_person("strange")).await;
    let request = strange.submits_access(&person).await;
    let never = domain::id::RequestId::new(gateway.now(), gateway.entropy()).to_string();
    let mut socket = own.admin().socket().await;
    for (id, what) in
        [(request.as_str(), "another tenant's"), (never.as_str(), "one that never was"), ("x", "none")]
    {
        socket.says(subscribe("1", &one(id))).await;
        assert_eq!(socket.hears().await, json!({ "type": "complete", "id": "1" }), "{what}");
    }
    socket.follows("alla", ALL).await;
    strange.verifies(&request).await;
    strange.approves(&request).await;
    gateway.work().await;
    socket.hears_nothing().await;
    // Of its own it hears one, where it follows one.
    let persons = [own.registers(complete_person("ett")).await, own.registers(complete_person("tva")).await];
    let [first, second] = [own.submits_access(&persons[0]).await, own.submits_access(&persons[1]).await];
    rests(&mut socket).await;
    socket.says(json!({ "type": "complete", "id": "alla" })).await;
    socket.follows("en", &one(&first)).await;
    own.verifies(&second).await;
    own.verifies(&first).await;
    let expected = json!({ "rightsRequestChanged": { "id": first, "status": "UNDER_REVIEW" } });
    assert_eq!(socket.event("en").await, expected);
}

async fn follows_recorded(tenant: &Tenant<'_>) -> usize {
    tenant.gateway().sequence().await;
    tenant.events("rightsRequest.follow").await
}

async fn each_event_is_on_record_before_it_is_sent(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let person = tenant.registers(complete_person("bok")).await;
    let request = tenant.submits_access(&person).await;
    let mut socket = tenant.admin().socket().await;
    let text = format!(
        "subscription {{ rightsRequestChanged(id: \"{request}\") {{ status subject {{ name email }} }} }}"
    );
    socket.follows("1", &text).await;
    assert_eq!(follows_recorded(&tenant).await, 1, "it was opened");
    tenant.verifies(&request).await;
    let shown = socket.event("1").await;
    assert_eq!(shown["rightsRequestChanged"]["subject"]["name"], "Åsa bok Exempelsson");
    assert_eq!(follows_recorded(&tenant).await, 2);
    let read =
        "{ auditEvents(first: 100) { edges { node { action purpose allowed dataCategories subjectIds } } } }";
    let read = tenant.admin().query(read, Value::Null).await.data("/auditEvents/edges");
    let events: Vec<_> = read.as_array().unwrap().iter().map(|edge| &edge["node"]).collect();
    let told = json!({
        "action": "rightsRequest.follow", "purpose": "RIGHTS_HANDLING", "allowed": true,
        "dataCategories": ["NAME", "EMAIL"], "subjectIds": [person],
    });
    assert!(events.contains(&&told), "{events:?}");
    let mut bare = tenant.staff("subjects:read").socket().await;
    bare.says(subscribe("1", &text)).await;
    assert_eq!(bare.refusal("1").await, "FORBIDDEN");
    assert_eq!(follows_recorded(&tenant).await, 3, "the refusal is on record too");
}

async fn an_event_is_refused_when_the_tenant_is_not_served_any_more(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let person = tenant.registers(complete_person("slut")).await;
    let request = tenant.submits_access(&person).await;
    let mut socket = tenant.admin().socket().await;
    socket.follows("1", &one(&request)).await;
    socket.follows("alla", ALL).await;
    tenant.is_closed().await;
    let refused = [socket.hears().await, socket.hears().await];
    for message in &refused {
        assert_eq!(message["type"], "error", "{message}");
        assert_eq!(message["payload"][0]["extensions"]["code"], "TENANT_NOT_SERVED", "{message}");
    }
    assert_ne!(refused[0]["id"], refused[1]["id"]);
    socket.says(subscribe("1", ALL)).await;
    assert_eq!(socket.refusal("1").await, "TENANT_NOT_SERVED");
    let never = gateway.tenant_with(Terms { agreed: None, ..Terms::default() }).await;
    let mut socket = never.admin().socket().await;
    socket.says(subscribe("1", ALL)).await;
    assert_eq!(socket.refusal("1").await, "AGREEMENT_REQUIRED");
}

async fn a_breach_is_told_with_its_notice_and_its_supplements(gateway: &TestGateway) {
    let told = gateway.tenant_with(Terms { agreed: None, ..Terms::default() }).await;
    let other = gateway.tenant().await;
    let text = "subscription { breachReported { id supplements { consequences } } }";
    let [mut socket, mut deaf] = [told.admin().socket().await, other.admin().socket().await];
    socket.follows("1", text).await;
    deaf.follows("1", text).await;
    let breach = crate::breaches::reports(gateway, &[&told], json!({})).await.made();
    let event = socket.event("1").await;
    assert_eq!(event, json!({ "breachReported": { "id": breach, "supplements": [] } }));
    crate::breaches::supplements(gateway, &breach, json!({ "consequences": "Fler utskick." }))
        .await
        .succeeded();
    let event = socket.event("1").await;
    assert_eq!(event["breachReported"]["supplements"], json!([{ "consequences": "Fler utskick." }]));
    deaf.hears_nothing().await;
    let mut bare = told.staff("rights:read").socket().await;
    bare.says(subscribe("1", text)).await;
    assert_eq!(bare.refusal("1").await, "FORBIDDEN");
}

async fn a_completed_subscription_tells_nothing_more(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let person = tenant.registers(complete_person("nog")).await;
    let mut socket = tenant.admin().socket().await;
    socket.follows("alla", ALL).await;
    socket.says(json!({ "type": "complete", "id": "alla" })).await;
    socket.says(json!({ "type": "complete", "id": "aldrig" })).await;
    socket.follows("nya", ALL).await;
    tenant.submits_access(&person).await;
    socket.event("nya").await;
    socket.hears_nothing().await;
}
