//! What a law kept goes by itself on the day after its last day, and not a millisecond before (contract rule 13).

use std::time::Duration;

use serde_json::{Value, json};
use support::{Kind, PURPOSES, Tenant, TestGateway, begins, complete_person, on_both_databases, shown};

on_both_databases! {
    what_the_act_kept_goes_on_the_day_after_its_last_day,
    records_of_different_years_go_one_by_one_and_the_name_with_the_last,
    a_worker_that_was_away_on_the_day_does_it_when_it_comes_back,
    a_category_that_was_kept_goes_later_and_the_person_stays,
    the_last_of_a_person_goes_once,
}

/// A person of whom records of these fiscal years are kept, erased as far as the act allows; with the request.
async fn kept_for(tenant: &Tenant<'_>, tag: &str, years: &[&str]) -> (String, String) {
    let id = tenant.registers(complete_person(tag)).await;
    for (number, year) in years.iter().enumerate() {
        tenant.files_invoice(&id, &format!("{tag}-{number}"), year).await;
    }
    let request = tenant.carries_out("ERASURE", &id, json!({})).await;
    assert_eq!(tenant.status_of(&request).await, "PARTIALLY_COMPLETED");
    (id, request)
}

const KEPT: [&str; 3] = ["name", "address", "accounting"];

async fn what_the_act_kept_goes_on_the_day_after_its_last_day(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let mut all = Vec::new();
    for (tag, fiscal_year_end, day) in [
        ("ett", "2019-12-31", "2027-01-01"),
        ("tva", "2020-06-30", "2028-01-01"),
        ("tre", "2021-01-01", "2029-01-01"),
        ("fyra", "2024-02-29", "2032-01-01"),
        ("fem", "2026-12-31", "2034-01-01"),
    ] {
        all.push((kept_for(&tenant, tag, &[fiscal_year_end]).await, day, tag));
    }
    for ((id, request), day, tag) in &all {
        gateway.up_to(day).await;
        gateway.clock.set(begins(day) - Duration::from_millis(1));
        assert_eq!(tenant.shown_for(id, "BOOKKEEPING").await, KEPT, "{day}, a millisecond before");
        assert_eq!(tenant.state_of(id).await, "PARTIALLY_ERASED");
        gateway.clock.set(begins(day));
        gateway.work().await;
        assert_eq!(tenant.state_of(id).await, "ERASED", "{day} at midnight in Sweden");
        for purpose in PURPOSES {
            assert_eq!(tenant.shown_for(id, purpose).await, Vec::<&str>::new(), "{purpose}");
        }
        assert_eq!(tenant.finds("BOOKKEEPING", json!({ "nameWords": tag })).await, 0);
        let left = tenant.subject(id, "erasedAt accountingRecords { totalCount }").await;
        assert_eq!(left["erasedAt"], json!(format!("{:.3}", begins(day))));
        assert_eq!(left["accountingRecords"]["totalCount"], 0);
        assert_eq!(tenant.status_of(request).await, "COMPLETED");
        let outcomes = tenant.outcomes_of(request).await;
        let last: Vec<_> = outcomes[outcomes.len() - 3..].iter().map(|told| told.split(' ').next()).collect();
        assert_eq!(last, [Some("NAME"), Some("ADDRESS"), Some("ACCOUNTING")]);
        assert!(
            outcomes[outcomes.len() - 3..].iter().all(|outcome| outcome.ends_with("ERASED")),
            "{outcomes:?}"
        );
        assert_eq!(outcomes.len(), 11, "what was told stays, what came later is added: {outcomes:?}");
    }
    assert_eq!(gateway.databases.texts(Kind::Keys, "SELECT class FROM subject_key").await, [""; 0]);
    assert_eq!(tenant.events("rightsRequest.completeRemainder").await, all.len());
}

async fn records_of_different_years_go_one_by_one_and_the_name_with_the_last(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let (id, request) = kept_for(&tenant, "flera", &["2021-12-31", "2020-12-31", "2023-08-31"]).await;
    let numbers = async |tenant: &Tenant<'_>| {
        let seen = tenant.admin().sees(&id, "BOOKKEEPING").await.data("/dataSubject");
        let edges = seen["accountingRecords"]["edges"].as_array().cloned().unwrap_or_default();
        let mut all: Vec<_> = edges.iter().map(|edge| edge["node"]["number"].clone()).collect();
        all.sort_by_key(Value::to_string);
        (shown(&seen), all)
    };
    for (day, left) in [
        ("2027-12-31", &["flera-0", "flera-1", "flera-2"][..]),
        ("2028-01-01", &["flera-0", "flera-2"]),
        ("2029-01-01", &["flera-2"]),
        ("2030-12-31", &["flera-2"]),
    ] {
        gateway.up_to(day).await;
        gateway.work().await;
        let (shown, found) = numbers(&tenant).await;
        assert_eq!(json!(found), json!(left), "{day}");
        assert_eq!(shown, KEPT, "{day}: what is left can still be read");
        assert_eq!(tenant.status_of(&request).await, "PARTIALLY_COMPLETED", "{day}");
    }
    gateway.up_to("2031-01-01").await;
    gateway.work().await;
    assert_eq!(numbers(&tenant).await, (Vec::new(), Vec::new()));
    assert_eq!(tenant.state_of(&id).await, "ERASED");
    assert_eq!(tenant.status_of(&request).await, "COMPLETED");
}

async fn a_worker_that_was_away_on_the_day_does_it_when_it_comes_back(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let (id, request) = kept_for(&tenant, "sent", &["2025-12-31"]).await;
    gateway.on("2033-05-17");
    gateway.work().await;
    assert_eq!(tenant.state_of(&id).await, "ERASED");
    assert_eq!(tenant.status_of(&request).await, "COMPLETED");
}

async fn a_category_that_was_kept_goes_later_and_the_person_stays(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let id = tenant.registers(complete_person("stannar")).await;
    tenant.files_invoice(&id, "F-1", "2025-12-31").await;
    let some = json!({ "categories": ["ADDRESS", "EMAIL", "ACCOUNTING"] });
    let request = tenant.carries_out("ERASURE", &id, some).await;
    assert_eq!(tenant.status_of(&request).await, "PARTIALLY_COMPLETED");
    assert_eq!(tenant.state_of(&id).await, "ACTIVE");
    gateway.up_to("2033-01-01").await;
    gateway.work().await;
    assert_eq!(tenant.status_of(&request).await, "COMPLETED");
    let left = tenant.shown_for(&id, "RIGHTS_HANDLING").await;
    assert_eq!(left, ["name", "position", "phone", "loginName", "hasPassword"]);
    assert_eq!(tenant.state_of(&id).await, "ACTIVE");
}

async fn the_last_of_a_person_goes_once(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let (id, request) = kept_for(&tenant, "engang", &["2025-12-31"]).await;
    gateway.up_to("2033-01-01").await;
    tokio::join!(gateway.work(), gateway.work());
    let steps = tenant.statuses_of(&request).await;
    assert_eq!(steps.iter().filter(|status| *status == "COMPLETED").count(), 1, "{steps:?}");
    let outcomes = tenant.outcomes_of(&request).await;
    gateway.on("2034-01-01");
    gateway.work().await;
    assert_eq!(tenant.outcomes_of(&request).await, outcomes);
    assert_eq!(tenant.state_of(&id).await, "ERASED");
    assert_eq!(tenant.events("rightsRequest.completeRemainder").await, 1);
}
