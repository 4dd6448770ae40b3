//! Distinct persons disclosed to a token within an hour.

use std::time::Duration;

use serde_json::{Value, json};
use support::{Tenant, TestGateway, complete_person, person, postgres};

use super::is_refused;

const BUDGET: &str = "subjectsPerHour";
const PAGE: &str = "{ dataSubjects(first: 10) { edges { node { id name email } } } }";

/// Runs a case on both databases, with room for so many persons.
fn with_room_for(persons: u32, name: &str, case: &impl AsyncFn(&TestGateway)) {
    support::run(async {
        let sqlite = TestGateway::sqlite_with(|config| config.limits.subjects_per_hour = persons).await;
        case(&sqlite).await;
        sqlite.stop().await;
        match TestGateway::postgres_with(|config| config.limits.subjects_per_hour = persons).await {
            Some(gateway) => {
                case(&gateway).await;
                gateway.stop().await;
            }
            None => postgres::skipped_loudly(name),
        }
    });
}

async fn register(tenant: &Tenant<'_>, many: usize) -> Vec<String> {
    let mut ids = Vec::new();
    for number in 0..many {
        ids.push(tenant.registers(complete_person(&format!("rakna{number}"))).await);
    }
    ids
}

/// Decision, number of persons and categories of the newest event of an action.
async fn newest(tenant: &Tenant<'_>, action: &str) -> Value {
    let text = "query($action: String!) { auditEvents(first: 1, filter: { action: $action }) { \
                edges { node { allowed subjectIds dataCategories } } } }";
    let answer = tenant.named("revisor", "audit:read").query(text, json!({ "action": action })).await;
    let event = answer.data("/auditEvents/edges/0/node");
    let persons = event["subjectIds"].as_array().map(Vec::len);
    json!([event["allowed"], persons, event["dataCategories"]])
}

#[test]
fn a_page_of_more_persons_than_the_budget_is_not_sent_and_on_record_as_refused() {
    let name = "a_page_of_more_persons_than_the_budget_is_not_sent_and_on_record_as_refused";
    with_room_for(3, name, &async |gateway: &TestGateway| {
        let tenant = gateway.tenant().await;
        let ids = register(&tenant, 4).await;
        let reader = tenant.staff("subjects:read");
        for id in [&ids[0], &ids[0], &ids[1]] {
            assert_eq!(reader.reads(id).await.status, 200);
        }
        gateway.clock.advance(Duration::from_millis(1));
        let page = reader.query(PAGE, Value::Null).await;
        is_refused(&page, BUDGET, 3_600);
        assert!(!ids.iter().any(|id| page.text().contains(id)) && !page.text().contains("rakna"));
        assert_eq!(newest(&tenant, "dataSubject.list").await, json!([false, 4, []]));
        assert_eq!(reader.reads(&ids[2]).await.status, 200, "nobody of the page was counted");
        is_refused(&reader.reads(&ids[3]).await, BUDGET, 3_600);
        assert_eq!(reader.reads(&ids[0]).await.status, 200, "whoever was told already counts once");
        let colleague = tenant.named("colleague", "subjects:read");
        is_refused(&colleague.query(PAGE, Value::Null).await, BUDGET, 3_600);
        assert_eq!(colleague.reads(&ids[3]).await.status, 200, "everybody has a budget of their own");
        gateway.clock.advance(Duration::from_hours(1));
        assert_eq!(tenant.staff("subjects:read").reads(&ids[3]).await.status, 200);
    });
}

#[test]
fn several_root_fields_and_rights_handling_do_not_evade_the_budget() {
    let name = "several_root_fields_and_rights_handling_do_not_evade_the_budget";
    with_room_for(1, name, &async |gateway: &TestGateway| {
        let tenant = gateway.tenant().await;
        let ids = register(&tenant, 2).await;
        let reader = tenant.staff("subjects:read rights:read");
        let both = format!(
            "{{ a: dataSubject(id: \"{}\", purpose: RIGHTS_HANDLING) {{ name }} b: dataSubject(id: \"{}\") {{ name }} }}",
            ids[0], ids[1]
        );
        is_refused(&reader.query(&both, Value::Null).await, BUDGET, 3_600);
        assert_eq!(reader.reads_for(&ids[0], "RIGHTS_HANDLING").await.status, 200);
        is_refused(&reader.reads_for(&ids[1], "RIGHTS_HANDLING").await, BUDGET, 3_600);
    });
}

#[test]
fn a_mutation_is_refused_before_it_is_done_and_counts_whom_its_payload_shows() {
    let name = "a_mutation_is_refused_before_it_is_done_and_counts_whom_its_payload_shows";
    with_room_for(1, name, &async |gateway: &TestGateway| {
        let tenant = gateway.tenant().await;
        let writer = tenant.named("skrivare", "subjects:read subjects:write");
        let mut ids = Vec::new();
        for name in ["Ada Prov", "Bo Prov"] {
            let registered = writer.change("registerDataSubject", person(name), "dataSubject { id }").await;
            ids.push(registered.payload("/dataSubject/id").as_str().unwrap().to_owned());
        }
        let moves = async |id: &str| {
            let input = json!({ "subjectId": id, "position": "Flyttad" });
            writer.change("updateDataSubject", input, "dataSubject { name position }").await
        };
        moves(&ids[0]).await.succeeded();
        is_refused(&moves(&ids[1]).await, BUDGET, 3_600);
        let read = tenant.staff("subjects:read").reads(&ids[1]).await;
        assert_ne!(read.data("/dataSubject/position"), "Flyttad", "it was not done");
    });
}

#[test]
fn a_person_who_reads_their_own_data_meets_no_budget() {
    let name = "a_person_who_reads_their_own_data_meets_no_budget";
    with_room_for(1, name, &async |gateway: &TestGateway| {
        let tenant = gateway.tenant().await;
        // The same actor for both, as far as a token tells.
        for id in register(&tenant, 2).await {
            let own = tenant.person(&id).query("{ viewer { subject { name email } } }", Value::Null).await;
            assert_eq!(own.status, 200, "{}", own.text());
        }
    });
}

#[test]
fn an_event_about_one_person_too_many_ends_its_subscription_untold() {
    let name = "an_event_about_one_person_too_many_ends_its_subscription_untold";
    with_room_for(1, name, &async |gateway: &TestGateway| {
        let tenant = gateway.tenant().await;
        let ids = register(&tenant, 2).await;
        let mut socket = tenant.named("follower", "rights:read").socket().await;
        socket.follows("alla", "subscription { rightsRequestChanged { id status } }").await;
        tenant.submits_access(&ids[0]).await;
        socket.event("alla").await;
        gateway.clock.advance(Duration::from_millis(1));
        tenant.submits_access(&ids[1]).await;
        assert_eq!(socket.refusal("alla").await, "RATE_LIMITED");
        assert_eq!(newest(&tenant, "rightsRequest.follow").await, json!([false, 1, []]));
    });
}
