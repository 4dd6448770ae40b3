//! What a system says of its task counts when the system has signed it, and as often as it is said.

use std::time::Duration;

use serde_json::{Value, json};
use support::{TestGateway, complete_person, on_both_databases};

use crate::audit_delivery::receiver::Receiver;
use crate::tasks::{answers, hears_of_requests, tasks_of, with_system};

on_both_databases! {
    a_receipt_may_be_early_late_and_repeated_and_contradicts_nothing_final,
    a_failure_is_told_and_a_later_success_counts,
    whatever_is_not_authentic_is_answered_alike,
    a_signed_receipt_that_says_nothing_is_refused,
    a_former_secret_signs_receipts_for_a_day,
    of_two_systems_that_answer_at_once_the_last_completes_the_request,
}

async fn a_receipt_may_be_early_late_and_repeated_and_contradicts_nothing_final(gateway: &TestGateway) {
    let (tenant, person, receiver, (_, secret)) = with_system(gateway).await;
    receiver.answers(500);
    let request = tenant.approved("ACCESS", &person, json!({})).await;
    gateway.work().await;
    gateway.deliver().await;
    let task = tasks_of(&tenant, &request).await.remove(0);
    assert_eq!(
        task["status"], "PENDING",
        "it answered the message with a failure, and had taken it all the same"
    );
    let says = async |outcome: &str| {
        answers(gateway, &secret, &json!({ "taskId": task["id"], "outcome": outcome })).await
    };
    assert_eq!(says("done").await, 204, "early");
    gateway.clock.advance(Duration::from_secs(10));
    gateway.deliver().await;
    assert_eq!(receiver.received().len(), 1, "nothing is sent any more");
    gateway.work().await;
    assert_eq!(tenant.status_of(&request).await, "COMPLETED");
    gateway.clock.advance(Duration::from_hours(30 * 24));
    assert_eq!(says("done").await, 204, "late and repeated");
    assert_eq!(says("failed").await, 409);
    assert_eq!(tasks_of(&tenant, &request).await[0]["status"], "ACKNOWLEDGED");
    assert_eq!(tenant.events("downstreamTask.confirm").await, 1, "a repetition is no event");
}

async fn a_failure_is_told_and_a_later_success_counts(gateway: &TestGateway) {
    let (tenant, person, _, (_, secret)) = with_system(gateway).await;
    let request = tenant.approved("ACCESS", &person, json!({})).await;
    gateway.work().await;
    gateway.deliver().await;
    let task = tasks_of(&tenant, &request).await.remove(0);
    let failed = json!({ "taskId": task["id"], "outcome": "failed", "detail": "Arkivet är skrivskyddat." });
    for _ in 0..2 {
        assert_eq!(answers(gateway, &secret, &failed).await, 204);
        let told = &tasks_of(&tenant, &request).await[0];
        assert_eq!((&told["status"], &told["lastError"]), (&json!("FAILED"), &failed["detail"]));
        assert_eq!(told["endedAt"], Value::Null);
    }
    gateway.work().await;
    assert_eq!(tenant.status_of(&request).await, "IN_PROGRESS");
    let done = json!({ "taskId": task["id"], "outcome": "done", "detail": "" });
    assert_eq!(answers(gateway, &secret, &done).await, 204);
    gateway.work().await;
    assert_eq!(tenant.status_of(&request).await, "COMPLETED");
    let told = &tasks_of(&tenant, &request).await[0];
    assert_eq!((&told["status"], &told["lastError"]), (&json!("ACKNOWLEDGED"), &Value::Null));
}

async fn whatever_is_not_authentic_is_answered_alike(gateway: &TestGateway) {
    let (tenant, person, receiver, (_, secret)) = with_system(gateway).await;
    let (_, others) = hears_of_requests(&tenant, "Arkiv", (&receiver.url(), &["ACCOUNTING"])).await;
    let (stranger, _, _, (_, strangers)) = with_system(gateway).await;
    let request = tenant.approved("ERASURE", &person, json!({ "categories": ["EMAIL"] })).await;
    gateway.work().await;
    let id = tasks_of(&tenant, &request).await[0]["id"].as_str().unwrap().to_owned();
    let unknown = domain::id::TaskId::new(gateway.now(), gateway.entropy()).to_string();
    let body = |id: &str| json!({ "taskId": id, "outcome": "done" }).to_string();
    let now = gateway.now().as_second();
    let mut said = std::collections::BTreeSet::new();
    for (secret, sent, signed, at) in [
        (&others, body(&id), body(&id), now),
        (&strangers, body(&id), body(&id), now),
        (&secret, body(&unknown), body(&unknown), now),
        (&secret, body(&stranger.id.to_string()), body(&id), now),
        (&secret, body(&id), body(&unknown), now),
        (&secret, body(&id), body(&id), now - 301),
        (&secret, body(&id), body(&id), now + 301),
        (&secret, "{}".to_owned(), "{}".to_owned(), now),
        (&secret, "no JSON".to_owned(), "no JSON".to_owned(), now),
    ] {
        let signer = standardwebhooks::Webhook::new(secret).unwrap();
        let signature = signer.sign("msg_1", at, signed.as_bytes()).unwrap();
        let request = gateway.request(reqwest::Method::POST, "downstream/acknowledgements");
        let request = request.header("webhook-id", "msg_1").header("webhook-timestamp", at.to_string());
        let answer = gateway.send(request.header("webhook-signature", signature).body(sent.clone())).await;
        assert_eq!(answer.status, 401, "{sent}");
        said.insert(answer.text());
    }
    let bare = gateway.request(reqwest::Method::POST, "downstream/acknowledgements").body(body(&id));
    said.insert(gateway.send(bare).await.text());
    assert_eq!(said.len(), 1, "{said:?}");
    assert_ne!(tasks_of(&tenant, &request).await[0]["status"], "ACKNOWLEDGED");
}

async fn a_signed_receipt_that_says_nothing_is_refused(gateway: &TestGateway) {
    let (tenant, person, _, (_, secret)) = with_system(gateway).await;
    let request = tenant.approved("ACCESS", &person, json!({})).await;
    gateway.work().await;
    let id = tasks_of(&tenant, &request).await[0]["id"].clone();
    for body in [
        json!({ "taskId": id }),
        json!({ "taskId": id, "outcome": "perhaps" }),
        json!({ "taskId": id, "outcome": "failed", "detail": 7 }),
        json!({ "taskId": id, "outcome": "failed", "detail": "a".repeat(501) }),
        json!({ "taskId": id, "outcome": "failed", "detail": "a\u{0}b" }),
    ] {
        assert_eq!(answers(gateway, &secret, &body).await, 400, "{body}");
    }
    let long = json!({ "taskId": id, "outcome": "failed", "detail": "a".repeat(20_000) });
    assert_eq!(answers(gateway, &secret, &long).await, 413);
    assert_eq!(tasks_of(&tenant, &request).await[0]["status"], "PENDING");
}

async fn a_former_secret_signs_receipts_for_a_day(gateway: &TestGateway) {
    let (tenant, _, _, (system, first)) = with_system(gateway).await;
    let input = json!({ "systemId": system });
    tenant.admin().change("rotateDownstreamSecret", input, "secret").await.succeeded();
    for (hours, status) in [(23, 204), (2, 401)] {
        let person = tenant.registers(complete_person(&format!("byte{hours}"))).await;
        let request = tenant.approved("ACCESS", &person, json!({})).await;
        gateway.clock.advance(Duration::from_hours(hours));
        let id = tasks_of(&tenant, &request).await[0]["id"].clone();
        assert_eq!(answers(gateway, &first, &json!({ "taskId": id, "outcome": "done" })).await, status);
    }
}

async fn of_two_systems_that_answer_at_once_the_last_completes_the_request(gateway: &TestGateway) {
    let (tenant, person, _, (_, first)) = with_system(gateway).await;
    let receiver = Receiver::start().await;
    let (_, second) = hears_of_requests(&tenant, "Arkiv", (&receiver.url(), &["EMAIL"])).await;
    let request = tenant.approved("ERASURE", &person, json!({})).await;
    gateway.work().await;
    assert_eq!(gateway.deliver().await, 2);
    let tasks = tasks_of(&tenant, &request).await;
    let secret_of = |task: &Value| if task["system"]["name"] == "Arkiv" { &second } else { &first };
    let says = |task: &Value| {
        let body = json!({ "taskId": task["id"], "outcome": "done" });
        let secret = secret_of(task).clone();
        async move { answers(gateway, &secret, &body).await }
    };
    let both = futures::future::join(says(&tasks[0]), says(&tasks[1])).await;
    assert_eq!(both, (204, 204));
    gateway.work().await;
    assert_eq!(tenant.status_of(&request).await, "COMPLETED");
}
