//! A system that keeps failing is left alone but for a probe, costs nobody else anything, and gets all that waits at once when
//! it has come back. Each task keeps its own end, and none passes the legal deadline without an attempt.

use std::time::Duration;

use serde_json::{Value, json};
use support::{LEASE, Tenant, TestGateway, complete_person, on_both_databases};

use crate::audit_delivery::receiver::Receiver;
use crate::systems_by_hand::figures;
use crate::tasks::{hears_of_requests, tasks_of, with_system};

on_both_databases! {
    after_three_failures_in_a_row_one_message_at_a_time_probes_the_system,
    what_waits_goes_out_at_once_when_a_probe_was_taken,
    heads_of_the_log_and_tasks_share_one_circuit,
    a_task_that_waits_for_its_system_has_its_last_attempt_after_three_days,
    no_pause_passes_over_the_deadline_and_a_late_task_is_tried_on,
    a_removed_system_has_no_circuit,
    many_hanging_systems_leave_places_to_the_others,
}

const CIRCUIT: &str =
    "{ downstreamSystems { circuit { open failures failingSince lastError nextAttemptAt } } }";

async fn circuit(tenant: &Tenant<'_>) -> Value {
    let found = tenant.staff("systems:read").query(CIRCUIT, Value::Null).await;
    found.data("/downstreamSystems/0/circuit")
}

/// So many requests of so many persons, each with a task; gives the requests.
async fn requests(tenant: &Tenant<'_>, name: &str, count: usize) -> Vec<String> {
    let mut all = Vec::new();
    for number in 0..count {
        let person = tenant.registers(complete_person(&format!("{name}{number}"))).await;
        all.push(tenant.approved("ACCESS", &person, json!({})).await);
    }
    tenant.gateway().work().await;
    all
}

async fn after_three_failures_in_a_row_one_message_at_a_time_probes_the_system(gateway: &TestGateway) {
    let (tenant, _, receiver, _) = with_system(gateway).await;
    receiver.answers(503);
    assert_eq!(circuit(&tenant).await, Value::Null, "all is well");
    requests(&tenant, "krets", 8).await;
    let begun = gateway.now();
    gateway.deliver().await;
    assert_eq!(receiver.received().len(), 3);
    let state = circuit(&tenant).await;
    assert_eq!((&state["open"], &state["failures"]), (&json!(true), &json!(3)));
    assert_eq!(state["lastError"], "the endpoint answered with status 503");
    assert_eq!(state["failingSince"].as_str().unwrap()[..19], begun.to_string()[..19]);
    assert!(state["nextAttemptAt"].as_str().unwrap() > state["failingSince"].as_str().unwrap());
    for (number, pause) in [20_u64, 40, 80, 160, 320, 640, 900, 900].into_iter().enumerate() {
        let early = pause * 3 / 4 - 2;
        gateway.clock.advance(Duration::from_secs(early));
        gateway.deliver().await;
        assert_eq!(receiver.received().len(), 3 + number, "too early for the pause of {pause} s");
        gateway.clock.advance(Duration::from_secs(pause - early));
        gateway.deliver().await;
        assert_eq!(receiver.received().len(), 4 + number, "after {pause} s");
    }
    let entries = tenant.events("downstreamTask.deliver").await;
    assert_eq!(entries, receiver.received().len(), "what waits is no entry");
}

async fn what_waits_goes_out_at_once_when_a_probe_was_taken(gateway: &TestGateway) {
    let (tenant, _, receiver, _) = with_system(gateway).await;
    receiver.answers(503);
    let all = requests(&tenant, "kvar", 6).await;
    gateway.deliver().await;
    for _ in 0..6 {
        gateway.clock.advance(Duration::from_mins(15));
        gateway.deliver().await;
    }
    receiver.answers(204);
    let before = receiver.received().len();
    gateway.clock.advance(Duration::from_mins(15));
    gateway.deliver().await;
    assert_eq!(receiver.received().len(), before + all.len());
    assert_eq!(circuit(&tenant).await, Value::Null);
    for request in &all {
        assert_eq!(tasks_of(&tenant, request).await[0]["status"], "DELIVERED");
    }
}

async fn heads_of_the_log_and_tasks_share_one_circuit(gateway: &TestGateway) {
    let (tenant, receiver) = (gateway.tenant().await, Receiver::start().await);
    receiver.answers(503);
    let input = json!({
        "name": "Register", "endpoint": receiver.url(), "dataCategories": ["NAME"],
        "receives": ["RIGHTS_REQUEST_TASK", "AUDIT_CHECKPOINT"],
    });
    tenant.admin().change("registerDownstreamSystem", input, "secret").await.succeeded();
    requests(&tenant, "delad", 1).await;
    for _ in 0..40 {
        gateway.clock.advance(Duration::from_secs(5));
        gateway.sequence().await;
        gateway.deliver().await;
    }
    let kinds: std::collections::BTreeSet<String> =
        receiver.received().iter().map(|one| one.json()["type"].to_string()).collect();
    assert_eq!(kinds.len(), 2, "{kinds:?}");
    let failed = receiver.received().len();
    assert_eq!(circuit(&tenant).await["failures"], failed);
    assert!(failed <= 9, "{failed} attempts in 200 seconds");
    receiver.answers(204);
    gateway.clock.advance(Duration::from_mins(15));
    gateway.deliver().await;
    let late = receiver.received().split_off(failed);
    assert_eq!(late.len(), 2, "both at once");
}

async fn a_task_that_waits_for_its_system_has_its_last_attempt_after_three_days(gateway: &TestGateway) {
    let (tenant, _, receiver, _) = with_system(gateway).await;
    receiver.answers(503);
    requests(&tenant, "forst", 1).await;
    gateway.deliver().await;
    for _ in 0..12 {
        gateway.clock.advance(Duration::from_mins(15));
        gateway.deliver().await;
    }
    let came = gateway.now();
    let waiting = requests(&tenant, "sist", 4).await;
    gateway.deliver().await;
    gateway.clock.set(came + Duration::from_hours(72) - Duration::from_secs(1));
    gateway.deliver().await;
    for request in &waiting {
        assert_eq!(tasks_of(&tenant, request).await[0]["status"], "PENDING");
    }
    gateway.clock.set(came + Duration::from_hours(72) + Duration::from_secs(1));
    gateway.deliver().await;
    let told: std::collections::BTreeSet<String> = receiver
        .received()
        .iter()
        .map(|message| message.json()["data"]["requestId"].as_str().unwrap().to_owned())
        .collect();
    for request in &waiting {
        assert!(told.contains(request), "each was tried, if only once");
        assert_eq!(tasks_of(&tenant, request).await[0]["status"], "FAILED");
    }
}

async fn no_pause_passes_over_the_deadline_and_a_late_task_is_tried_on(gateway: &TestGateway) {
    let (tenant, person, receiver, _) = with_system(gateway).await;
    receiver.answers(503);
    let request = tenant.submits_access(&person).await;
    tenant.verifies(&request).await;
    let due: jiff::Timestamp =
        tenant.request(&request, "dueAt").await["dueAt"].as_str().unwrap().parse().unwrap();
    gateway.clock.set(due - Duration::from_hours(16));
    tenant.approves(&request).await;
    gateway.work().await;
    gateway.deliver().await;
    for pause in [5_u64, 10, 20, 40, 80, 160, 320, 640, 1_280, 2_560, 5_120, 10_240, 20_480] {
        gateway.clock.advance(Duration::from_secs(pause));
        gateway.deliver().await;
    }
    let before = receiver.received().len();
    gateway.clock.set(due - Duration::from_hours(1) - Duration::from_secs(1));
    assert_eq!(gateway.deliver().await, 0, "its pause is of eight hours and more");
    gateway.clock.set(due - Duration::from_hours(1));
    gateway.deliver().await;
    assert_eq!(receiver.received().len(), before + 1, "an attempt before the deadline");
    assert_eq!(figures(gateway, &tenant).await, (0, 0));
    gateway.clock.set(due + Duration::from_secs(1));
    let late = tenant.request(&request, "overdue downstreamTasks { overdue status }").await;
    let expected = json!({ "overdue": true, "downstreamTasks": [{ "overdue": true, "status": "PENDING" }] });
    assert_eq!(late, expected);
    assert_eq!(figures(gateway, &tenant).await, (0, 1));
    gateway.clock.advance(Duration::from_hours(24));
    gateway.deliver().await;
    assert_eq!(receiver.received().len(), before + 2, "what is late is owed all the same");
}

async fn a_removed_system_has_no_circuit(gateway: &TestGateway) {
    let (tenant, _, receiver, (system, _)) = with_system(gateway).await;
    receiver.answers(503);
    requests(&tenant, "bort", 4).await;
    gateway.deliver().await;
    let input = json!({ "systemId": system });
    let selection = "system { removedAt circuit { open } }";
    let removed = tenant.admin().change("removeDownstreamSystem", input, selection).await;
    assert!(removed.payload("/system/removedAt").is_string());
    assert_eq!(removed.payload("/system/circuit"), Value::Null);
    let sent = receiver.received().len();
    gateway.clock.advance(Duration::from_hours(1));
    assert_eq!(gateway.deliver().await, 0);
    assert_eq!(receiver.received().len(), sent);
}

/// In a real worker, whose poll is short here: more systems hang than there are places.
async fn many_hanging_systems_leave_places_to_the_others(gateway: &TestGateway) {
    let (tenant, hanging) = (gateway.tenant().await, Receiver::start().await);
    hanging.answers_after(Duration::from_mins(1));
    let person = tenant.registers(complete_person("vantar")).await;
    for number in 0..20 {
        hears_of_requests(&tenant, &format!("Hänger {number}"), (&hanging.url(), &["EMAIL"])).await;
    }
    tenant.submits("CONSENT_WITHDRAWAL", &person).await;
    gateway.clock.advance(Duration::from_secs(1));
    let (quick_tenant, person, quick, _) = with_system(gateway).await;
    quick_tenant.submits("CONSENT_WITHDRAWAL", &person).await;
    let (poll, sequence) = (Duration::from_millis(10), Duration::from_secs(1));
    let rhythm = gateway::worker::Rhythm { poll, lease: LEASE, sequence };
    let stop = support::tokio::sync::watch::Sender::new(false);
    let run = gateway::worker::delivery::run(gateway.service().clone(), rhythm, stop.subscribe());
    let running = support::tokio::spawn(run);
    let came = async {
        while quick.received().is_empty() {
            support::tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    // An attempt at one that hangs takes 15 seconds.
    assert!(support::tokio::time::timeout(Duration::from_secs(10), came).await.is_ok());
    assert!(hanging.received().len() > 16, "those before it had their turn");
    running.abort();
}
