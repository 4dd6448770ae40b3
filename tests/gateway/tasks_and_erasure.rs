//! An erasure is told by what the gateway itself has erased: that outlives the person's keys by a key of its own, and goes with
//! the last answer.

use domain::id::RequestId;
use serde_json::{Value, json};
use support::{Canary, Kind, LEASE, Search, TestGateway, complete_person, on_both_databases};

use crate::tasks::{answers, tasks_of, with_system};

on_both_databases! {
    an_erasure_is_told_after_the_data_is_gone_and_forgotten_with_the_last_answer,
    an_erasure_ends_the_same_wherever_the_worker_dies,
    a_last_answer_during_the_compaction_is_compacted_away_too,
    an_erasure_overtakes_what_other_requests_have_still_to_tell,
    the_certificate_says_what_each_system_answered,
}

/// The keys of tasks in the key store.
async fn task_keys(gateway: &TestGateway) -> usize {
    gateway.databases.texts(Kind::Keys, "SELECT class FROM tenant_key WHERE class LIKE 'TASK:%'").await.len()
}

/// What of the tasks still says whom they are about.
async fn sealed(gateway: &TestGateway) -> Vec<String> {
    let hex =
        if gateway.databases.postgres.is_some() { "encode(sealed, 'hex')" } else { "lower(hex(sealed))" };
    let query = format!("SELECT {hex} FROM downstream_task WHERE sealed IS NOT NULL");
    gateway.databases.texts(Kind::Data, &query).await
}

async fn an_erasure_is_told_after_the_data_is_gone_and_forgotten_with_the_last_answer(gateway: &TestGateway) {
    let (tenant, person, receiver, (_, secret)) = with_system(gateway).await;
    let request = tenant.approved("ERASURE", &person, json!({})).await;
    gateway.work().await;
    assert_eq!(tenant.state_of(&person).await, "ERASED");
    assert_eq!(tenant.status_of(&request).await, "IN_PROGRESS");
    assert_eq!(tenant.certificate(&request, None).await, Value::Null);
    let keys = gateway.databases.texts(Kind::Keys, "SELECT class FROM subject_key").await;
    assert_eq!(keys, [""; 0], "the person's own keys are gone");
    gateway.deliver().await;
    assert_eq!(receiver.last().json()["data"]["subject"]["email"], "asa.delad@provstad.example");
    let still = sealed(gateway).await;
    assert_eq!((still.len(), task_keys(gateway).await), (1, 1));
    let task = tasks_of(&tenant, &request).await.remove(0);
    let done = json!({ "taskId": task["id"], "outcome": "done" });
    assert_eq!(answers(gateway, &secret, &done).await, 204);
    gateway.work().await;
    assert_eq!(tenant.status_of(&request).await, "COMPLETED");
    assert_eq!((sealed(gateway).await.len(), task_keys(gateway).await), (0, 0));
    gateway.databases.compact().await;
    let middle = hex::decode(&still[0][80..160]).unwrap();
    let canaries = [Canary::new("asa.delad@provstad.example"), Canary::new("K-delad")];
    let search = Search::new(&canaries);
    for (place, bytes) in gateway.databases.everything_on_disk().await {
        assert_eq!(search.run(&bytes), [], "in {place}");
        let is_there = bytes.windows(middle.len()).any(|window| window == middle);
        assert!(!is_there, "what was sealed is in {place}");
    }
}

async fn an_erasure_ends_the_same_wherever_the_worker_dies(gateway: &TestGateway) {
    let (tenant, _, _, (_, secret)) = with_system(gateway).await;
    let places = [
        "erasure.before_commit",
        "erasure.committed",
        "settle.begun",
        "settle.keys_destroyed",
        "settle.compacted",
        "settle.before_commit",
    ];
    for (number, place) in places.into_iter().enumerate() {
        let person = tenant.registers(complete_person(&format!("steg{number}"))).await;
        let request = tenant.approved("ERASURE", &person, json!({})).await;
        assert!(gateway.dies_at(place).await, "{place}");
        gateway.clock.advance(LEASE);
        gateway.work().await;
        assert_eq!(gateway.deliver().await, 1, "{place}");
        let task = tasks_of(&tenant, &request).await.remove(0);
        let done = json!({ "taskId": task["id"], "outcome": "done" });
        assert_eq!(answers(gateway, &secret, &done).await, 204);
        if place.starts_with("settle") {
            assert!(gateway.dies_at(place).await, "{place} once more");
            gateway.clock.advance(LEASE);
        }
        gateway.work().await;
        let statuses = tenant.statuses_of(&request).await;
        let expected = ["RECEIVED", "UNDER_REVIEW", "IN_PROGRESS", "IN_PROGRESS", "COMPLETED"];
        assert_eq!(statuses, expected, "{place}");
        assert_eq!(task_keys(gateway).await, 0, "{place}");
        assert!(RequestId::parse(&request).is_ok() && tenant.certificate(&request, None).await.is_object());
    }
}

async fn a_last_answer_during_the_compaction_is_compacted_away_too(gateway: &TestGateway) {
    let (tenant, person, _, (_, secret)) = with_system(gateway).await;
    let request = tenant.approved("ERASURE", &person, json!({})).await;
    let task = tasks_of(&tenant, &request).await.remove(0);
    let done = json!({ "taskId": task["id"], "outcome": "done" });
    let mut turns = Vec::new();
    // One piece of work after the other, until one stands before the answer with everything compacted.
    while sealed(gateway).await.len() == 1 {
        let work = gateway::worker::work_once(gateway.service(), LEASE);
        let answer = async { assert_eq!(answers(gateway, &secret, &done).await, 204) };
        turns.push(store::failpoint::pause_at("settle.compacted", work, answer).await.unwrap());
        assert!(turns.len() < 10, "no compaction");
    }
    assert_eq!(tenant.status_of(&request).await, "IN_PROGRESS", "what the answer left is still there");
    gateway.work().await;
    assert_eq!((tenant.status_of(&request).await.as_str(), task_keys(gateway).await), ("COMPLETED", 0));
    let destroyed = tenant.events("erasure.destroyKeys").await;
    assert_eq!(destroyed, 2, "the person's keys, and then the key of the task");
}

async fn an_erasure_overtakes_what_other_requests_have_still_to_tell(gateway: &TestGateway) {
    let (tenant, person, receiver, (_, secret)) = with_system(gateway).await;
    receiver.answers(500);
    let access = tenant.approved("ACCESS", &person, json!({})).await;
    gateway.work().await;
    gateway.deliver().await;
    let erasure = tenant.approved("ERASURE", &person, json!({})).await;
    gateway.work().await;
    let overtaken = &tasks_of(&tenant, &access).await[0];
    assert_eq!(overtaken["status"], "FAILED");
    assert_eq!(overtaken["lastError"], "the endpoint answered with status 500");
    assert_eq!(tenant.status_of(&access).await, "COMPLETED", "its own part was done");
    assert_eq!((sealed(gateway).await.len(), task_keys(gateway).await), (1, 1), "the erasure's alone");
    let task = tasks_of(&tenant, &erasure).await.remove(0);
    let done = json!({ "taskId": task["id"], "outcome": "done" });
    assert_eq!(answers(gateway, &secret, &done).await, 204);
    let late = json!({ "taskId": overtaken["id"], "outcome": "done" });
    assert_eq!(answers(gateway, &secret, &late).await, 409);
    gateway.work().await;
    assert_eq!(tenant.status_of(&erasure).await, "COMPLETED");
}

async fn the_certificate_says_what_each_system_answered(gateway: &TestGateway) {
    let (tenant, person, receiver, (_, secret)) = with_system(gateway).await;
    let mut removed = String::new();
    for name in ["Arkiv", "Utskick", "Gammalt"] {
        let (id, _) = crate::tasks::hears_of_requests(&tenant, name, (&receiver.url(), &["EMAIL"])).await;
        removed = id;
    }
    let request = tenant.approved("ERASURE", &person, json!({})).await;
    gateway.work().await;
    gateway.deliver().await;
    for task in tasks_of(&tenant, &request).await {
        match task["system"]["name"].as_str().unwrap() {
            "Kundregister" => {
                let done = json!({ "taskId": task["id"], "outcome": "done" });
                assert_eq!(answers(gateway, &secret, &done).await, 204);
            }
            "Gammalt" => {
                let input = json!({ "systemId": removed });
                tenant.admin().change("removeDownstreamSystem", input, "system { id }").await.succeeded();
            }
            _ => {
                let input = json!({ "taskId": task["id"], "note": "Utfört för hand." });
                tenant.admin().change("acknowledgeDownstreamTask", input, "task { id }").await.succeeded();
            }
        }
    }
    gateway.work().await;
    let certificate = tenant.certificate(&request, None).await;
    let told = certificate["statement"]["systems"].as_array().unwrap();
    let mut told: Vec<String> = told
        .iter()
        .map(|one| format!("{} {} {}", one["name"], one["outcome"], one["confirmedAt"].is_string()))
        .collect();
    told.sort();
    let expected = [
        "\"Arkiv\" \"CLOSED_BY_HAND\" false",
        "\"Gammalt\" \"CLOSED_BY_HAND\" false",
        "\"Kundregister\" \"CONFIRMED\" true",
        "\"Utskick\" \"CLOSED_BY_HAND\" false",
    ];
    assert_eq!(told, expected);
}
