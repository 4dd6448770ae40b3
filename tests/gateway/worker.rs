//! Nothing is lost and nothing is done twice, however often a worker dies (contract rule 8).

use std::time::Duration;

use gateway::service::refusal::Refusal;
use serde_json::{Value, json};
use store::{JobKind, StoreError};
use support::{Kind, LEASE, Tenant, TestGateway, complete_person, on_both_databases};

on_both_databases! {
    work_that_a_dead_worker_held_is_taken_over_when_its_lease_ends,
    a_worker_that_comes_late_changes_nothing,
    a_worker_that_is_killed_anywhere_leaves_nothing_half_done,
    a_lease_that_is_returned_is_taken_again_at_once,
    two_workers_share_the_work,
    work_that_fails_waits_longer_each_time_and_then_for_a_person,
    a_request_withdrawn_while_it_was_in_progress_makes_no_package,
}

/// How often the fulfilment was tried; the tenant has other work of its own.
const ATTEMPTS: &str = "SELECT attempts || '' FROM job WHERE kind = 'FULFIL_REQUEST'";

async fn approved(tenant: &Tenant<'_>, tag: &str) -> String {
    let person = tenant.registers(complete_person(tag)).await;
    let request = tenant.submits_access(&person).await;
    tenant.verifies(&request).await;
    tenant.approves(&request).await;
    request
}

async fn lease(gateway: &TestGateway) -> Option<store::Lease> {
    gateway.service().store.lease(LEASE).await.unwrap()
}

/// The request is answered once: one package, one step of completion, and no fulfilment left to do.
async fn is_answered_once(gateway: &TestGateway, tenant: &Tenant<'_>, request: &str) {
    let text =
        "query($id: ID!) { rightsRequest(id: $id) { status timeline { status } package { formats } } }";
    let answer = tenant.admin().query(text, json!({ "id": request })).await.data("/rightsRequest");
    assert_eq!(answer["status"], "COMPLETED");
    let steps: Vec<_> = answer["timeline"].as_array().unwrap().iter().map(|step| &step["status"]).collect();
    assert_eq!(steps.iter().filter(|status| ***status == json!("COMPLETED")).count(), 1, "{steps:?}");
    let fulfilled =
        "{ auditEvents(filter: { action: \"rightsRequest.fulfil\" }) { edges { node { allowed } } } }";
    let events = tenant.admin().query(fulfilled, Value::Null).await.data("/auditEvents/edges");
    assert_eq!(events.as_array().map(Vec::len), Some(1));
    assert_eq!(count(gateway, "SELECT count(*) || '' FROM export_package").await, "1");
    assert_eq!(count(gateway, "SELECT count(*) || '' FROM job WHERE kind = 'FULFIL_REQUEST'").await, "0");
}

async fn count(gateway: &TestGateway, query: &str) -> String {
    gateway.databases.texts(Kind::Data, query).await.remove(0)
}

async fn work_that_a_dead_worker_held_is_taken_over_when_its_lease_ends(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let request = approved(&tenant, "dor").await;
    let held = lease(gateway).await.unwrap();
    assert_eq!((held.kind, held.attempts, held.tenant()), (JobKind::FulfilRequest, 1, tenant.id));
    // The worker dies: nobody speaks of the lease again.
    gateway.clock.advance(LEASE.saturating_sub(Duration::from_millis(1)));
    gateway.work().await;
    assert_eq!(tenant.status_of(&request).await, "IN_PROGRESS", "the lease still runs");
    gateway.clock.advance(Duration::from_millis(1));
    gateway.work().await;
    is_answered_once(gateway, &tenant, &request).await;
}

async fn a_worker_that_comes_late_changes_nothing(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let request = approved(&tenant, "sen").await;
    let late = lease(gateway).await.unwrap();
    gateway.clock.advance(LEASE);
    let lost = gateway.service().fulfil(&late).await;
    assert!(matches!(lost, Err(Refusal::Store(StoreError::LeaseLost))), "its time is over");
    assert_eq!(tenant.status_of(&request).await, "IN_PROGRESS");
    let next = lease(gateway).await.unwrap();
    assert_eq!(next.attempts, 2);
    let lost = gateway.service().fulfil(&late).await;
    assert!(lost.is_err(), "another worker holds it");
    gateway.service().store.give_back(&late, "late").await.unwrap();
    gateway.service().fulfil(&next).await.unwrap();
    assert!(gateway.service().fulfil(&late).await.is_err());
    assert!(gateway.service().fulfil(&next).await.is_err(), "nor is it done a second time");
    is_answered_once(gateway, &tenant, &request).await;
}

async fn a_worker_that_is_killed_anywhere_leaves_nothing_half_done(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let request = approved(&tenant, "dodad").await;
    let mut done = false;
    for micros in [0, 200, 500, 1_000, 2_000, 4_000, 8_000, 15_000, 30_000] {
        let Some(held) = lease(gateway).await.filter(|held| held.kind == JobKind::FulfilRequest) else {
            done = true;
            break;
        };
        // Dropping the future is what the process's end does to it.
        let _killed =
            tokio::time::timeout(Duration::from_micros(micros), gateway.service().fulfil(&held)).await;
        // One statement, since a commit that was on its way may still arrive.
        let state = "SELECT (SELECT count(*) FROM export_package) || ' ' || status FROM rights_request";
        let state = count(gateway, state).await;
        let whole = matches!(state.as_str(), "0 IN_PROGRESS" | "1 COMPLETED");
        assert!(whole, "killed after {micros} µs: all of it or nothing, not {state}");
        gateway.clock.advance(LEASE);
    }
    if !done {
        gateway.work().await;
    }
    is_answered_once(gateway, &tenant, &request).await;
}

async fn a_lease_that_is_returned_is_taken_again_at_once(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let request = approved(&tenant, "ater").await;
    let held = lease(gateway).await.unwrap();
    assert!(lease(gateway).await.is_none(), "one holder at a time");
    gateway.service().store.return_lease(&held).await.unwrap();
    let again = lease(gateway).await.unwrap();
    assert_eq!(again.attempts, 1, "nothing was tried");
    gateway.service().fulfil(&again).await.unwrap();
    is_answered_once(gateway, &tenant, &request).await;
}

async fn two_workers_share_the_work(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let mut requests = Vec::new();
    for number in 0..6 {
        requests.push(approved(&tenant, &format!("delat{number}")).await);
    }
    tokio::join!(gateway.work(), gateway.work(), gateway.work());
    for request in &requests {
        assert_eq!(tenant.status_of(request).await, "COMPLETED");
    }
    assert_eq!(count(gateway, "SELECT count(*) || '' FROM export_package").await, "6");
}

async fn work_that_fails_waits_longer_each_time_and_then_for_a_person(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let request = approved(&tenant, "fel").await;
    // Without an authority no letter can name where to complain: the work fails each time.
    gateway.databases.run(Kind::Data, "UPDATE supervisory_authority SET country = 'FI'").await;
    for attempt in 1..=12_u32 {
        gateway.work().await;
        assert_eq!(tenant.status_of(&request).await, "IN_PROGRESS");
        assert_eq!(count(gateway, ATTEMPTS).await, attempt.to_string());
        gateway.clock.advance(Duration::from_secs(2_u64.pow(attempt) - 1));
        gateway.work().await;
        assert_eq!(count(gateway, ATTEMPTS).await, attempt.to_string(), "too early");
        gateway.clock.advance(Duration::from_secs(1));
    }
    gateway.work().await;
    assert_eq!(count(gateway, ATTEMPTS).await, "12", "it waits for a person");
    assert_eq!(count(gateway, "SELECT count(*) || '' FROM job WHERE dead_at IS NOT NULL").await, "1");
    let why = count(gateway, "SELECT last_error FROM job WHERE kind = 'FULFIL_REQUEST'").await;
    assert!(why.contains("supervisory_authority") && !why.contains("Exempelsson"), "{why}");
    assert_eq!(count(gateway, "SELECT count(*) || '' FROM export_package").await, "0");
}

async fn a_request_withdrawn_while_it_was_in_progress_makes_no_package(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let request = approved(&tenant, "angrad").await;
    let input = json!({ "requestId": request });
    tenant.admin().change("withdrawRightsRequest", input, "rightsRequest { status }").await;
    gateway.work().await;
    assert_eq!(tenant.status_of(&request).await, "WITHDRAWN");
    assert_eq!(count(gateway, "SELECT count(*) || '' FROM export_package").await, "0");
    assert_eq!(count(gateway, "SELECT count(*) || '' FROM job WHERE kind <> 'RUN_RETENTION'").await, "0");
}
