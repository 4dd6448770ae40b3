//! Made-up data for load tests: what is promised of it is there, the same each time, and lives as what callers write.

mod command;

use gateway::seed::{self, Plan};
use jiff::civil::date;
use serde_json::{Value, json};
use support::{Kind, Tenant, TestGateway, VALUES, on_both_databases};

on_both_databases! {
    what_is_promised_is_there,
    the_same_seed_gives_the_same_answers_on_another_database,
    another_seed_gives_other_people,
    a_made_up_person_is_found_read_and_erased,
    requests_have_their_deadlines_steps_and_due_work,
    a_run_goes_on_where_an_earlier_one_was_and_adds_what_a_larger_plan_has_more,
    nothing_is_mixed_with_other_tenants_seeds_or_days,
    callers_go_on_with_the_references_after_the_made_up_ones,
}

const PLAN: Plan = Plan { tenants: 3, subjects: 41, seed: 7, as_of: date(2026, 3, 2) };

async fn seeded(gateway: &TestGateway, plan: Plan) {
    seed::run(gateway.service(), plan, &|_| ()).await.unwrap();
}

fn tenants<'g>(gateway: &'g TestGateway, plan: &Plan) -> Vec<Tenant<'g>> {
    plan.made_up().iter().map(|tenant| gateway.existing_tenant(tenant.id)).collect()
}

async fn count(gateway: &TestGateway, rows: &str) -> u64 {
    let query = format!("SELECT CAST(count(*) AS text) FROM {rows}");
    gateway.databases.texts(Kind::Data, &query).await[0].parse().unwrap()
}

/// The persons of a tenant with whatever there is about them, oldest first.
async fn people(tenant: &Tenant<'_>) -> Vec<Value> {
    let text = format!(
        "{{ dataSubjects(first: 20, purpose: RIGHTS_HANDLING) {{ edges {{ node {{
            {VALUES} id createdAt
            consents {{ id purpose grantedAt source textVersion }}
            accountingRecords {{ edges {{ node {{ id kind number issuedOn description }} }} }}
            rightsRequests(first: 2) {{ edges {{ node {{ id reference kind status channel receivedAt dueAt }} }} }}
        }} }} }} }}"
    );
    let answer = tenant.admin().query(&text, Value::Null).await;
    answer.flawless();
    let edges = answer.data("/dataSubjects/edges");
    edges.as_array().unwrap().iter().map(|edge| edge["node"].clone()).collect()
}

async fn everybody(gateway: &TestGateway, plan: &Plan) -> Vec<Value> {
    let mut all = Vec::new();
    for tenant in tenants(gateway, plan) {
        all.extend(people(&tenant).await);
    }
    all
}

fn length(list: &Value) -> usize {
    list.as_array().or_else(|| list["edges"].as_array()).unwrap().len()
}

async fn what_is_promised_is_there(gateway: &TestGateway) {
    seeded(gateway, PLAN).await;
    assert_eq!(count(gateway, "audit_pending").await, 0, "the logs are signed");
    let all = everybody(gateway, &PLAN).await;
    assert_eq!(all.len(), 41);
    for person in &all {
        for value in ["name", "position", "phone", "address", "email", "loginName", "externalReference"] {
            assert!(!person[value].is_null(), "{value}");
        }
        assert_eq!((&person["hasPassword"], &person["status"]), (&json!(true), &json!("ACTIVE")));
        assert!(person["email"].as_str().unwrap().ends_with("@example.com"));
    }
    let having = |list: &str, many: usize| all.iter().filter(|person| length(&person[list]) == many).count();
    assert_eq!((having("consents", 2), having("consents", 0)), (21, 20), "every second one");
    assert_eq!((having("rightsRequests", 1), having("rightsRequests", 0)), (21, 20), "every second one");
    assert_eq!(
        (having("accountingRecords", 2), having("accountingRecords", 0)),
        (10, 31),
        "every fourth one"
    );
    for tenant in tenants(gateway, &PLAN) {
        let answer = tenant.admin().query("{ viewer { tenant { status } } }", Value::Null).await;
        assert_eq!(answer.data("/viewer/tenant/status"), "ACTIVE", "an agreement is in force");
    }
}

async fn the_same_seed_gives_the_same_answers_on_another_database(gateway: &TestGateway) {
    let other = TestGateway::sqlite().await;
    seeded(gateway, PLAN).await;
    seeded(&other, PLAN).await;
    assert!(everybody(gateway, &PLAN).await == everybody(&other, &PLAN).await);
    let sealed = "SELECT CAST(profile AS text) FROM data_subject";
    let (here, there) =
        (gateway.databases.texts(Kind::Data, sealed).await, other.databases.texts(Kind::Data, sealed).await);
    assert!(here.iter().all(|profile| !there.contains(profile)), "under keys that are chance's");
    other.stop().await;
}

async fn another_seed_gives_other_people(gateway: &TestGateway) {
    let other = TestGateway::sqlite().await;
    let plan = Plan { seed: 8, ..PLAN };
    seeded(gateway, PLAN).await;
    seeded(&other, plan).await;
    let (ours, theirs) = (everybody(gateway, &PLAN).await, everybody(&other, &plan).await);
    assert!(ours.iter().all(|person| theirs.iter().all(|other| other["id"] != person["id"])));
    assert!(ours.iter().zip(&theirs).any(|(one, other)| one["name"] != other["name"]));
    other.stop().await;
}

async fn a_made_up_person_is_found_read_and_erased(gateway: &TestGateway) {
    seeded(gateway, PLAN).await;
    let tenant = tenants(gateway, &PLAN).remove(0);
    let all = people(&tenant).await;
    let person = all.iter().find(|person| length(&person["rightsRequests"]) == 0).unwrap();
    let (id, email) = (person["id"].as_str().unwrap(), person["email"].as_str().unwrap());
    for filter in [
        json!({ "email": email }),
        json!({ "loginName": person["loginName"] }),
        json!({ "externalReference": person["externalReference"] }),
    ] {
        assert_eq!(tenant.finds("SERVICE_DELIVERY", filter.clone()).await, 1);
    }
    assert_eq!(tenant.person(id).sees_themselves().await["email"], email);

    let request = tenant.carries_out("ERASURE", id, json!({})).await;
    assert_eq!(tenant.status_of(&request).await, "COMPLETED");
    assert_eq!(tenant.finds("RIGHTS_HANDLING", json!({ "email": email })).await, 0);
    let buyer = all.iter().find(|person| length(&person["accountingRecords"]) > 0).unwrap();
    let open = &buyer["rightsRequests"]["edges"][0]["node"];
    if open["kind"] != "ERASURE" {
        let request = tenant.carries_out("ERASURE", buyer["id"].as_str().unwrap(), json!({})).await;
        assert_eq!(tenant.status_of(&request).await, "PARTIALLY_COMPLETED", "the act keeps the records");
    }
}

async fn requests_have_their_deadlines_steps_and_due_work(gateway: &TestGateway) {
    let plan = Plan { tenants: 1, subjects: 49, ..PLAN };
    seeded(gateway, plan).await;
    let tenant = tenants(gateway, &plan).remove(0);
    let text = "{ rightsRequests(first: 50) { edges { node { status dueAt timeline { status } } } } }";
    let answer = tenant.admin().query(text, Value::Null).await;
    let edges = answer.data("/rightsRequests/edges");
    let requests: Vec<_> = edges.as_array().unwrap().iter().map(|edge| &edge["node"]).collect();
    assert_eq!(requests.len(), 25);
    let open = requests.iter().filter(|request| request["status"] != "WITHDRAWN").count();
    assert!(open > 10 && open < 25, "{open}");
    let now = json!(gateway.now().to_string());
    assert!(requests.iter().all(|request| request["dueAt"].as_str() > now.as_str()), "none is overdue");
    let steps = requests.iter().map(|request| length(&request["timeline"])).sum::<usize>();
    assert_eq!(steps, 25 + (25 - open), "one step, and one more of those that were taken back");
    let reminders = count(gateway, "job WHERE kind = 'REMIND_DEADLINE'").await;
    assert_eq!(reminders, u64::try_from(open).unwrap());
    gateway.work().await;
    assert_eq!(count(gateway, "job WHERE kind = 'REMIND_DEADLINE'").await, reminders, "none is due yet");
    gateway.on("2026-04-20");
    gateway.work().await;
    assert_eq!(count(gateway, "request_event WHERE step = 'OVERDUE'").await, reminders);
}

async fn a_run_goes_on_where_an_earlier_one_was_and_adds_what_a_larger_plan_has_more(gateway: &TestGateway) {
    let other = TestGateway::sqlite().await;
    seeded(gateway, Plan { subjects: 20, ..PLAN }).await;
    seeded(gateway, PLAN).await;
    let events = count(gateway, "audit_event").await;
    seeded(gateway, PLAN).await;
    assert_eq!(count(gateway, "data_subject").await, 41);
    assert_eq!(count(gateway, "audit_event").await, events, "nothing was left to be done");
    seeded(&other, PLAN).await;
    assert!(everybody(gateway, &PLAN).await == everybody(&other, &PLAN).await);
    other.stop().await;
}

async fn nothing_is_mixed_with_other_tenants_seeds_or_days(gateway: &TestGateway) {
    seeded(gateway, PLAN).await;
    let day = Plan { as_of: date(2026, 3, 1), ..PLAN };
    for (plan, told) in [
        (Plan { seed: 8, ..PLAN }, "these arguments do not make"),
        (Plan { tenants: 2, ..PLAN }, "these arguments do not make"),
        (day, "as of 2026-03-02, not of 2026-03-01"),
    ] {
        let refused = seed::run(gateway.service(), plan, &|_| ()).await.unwrap_err().to_string();
        assert!(refused.contains(told), "{refused}");
    }
    gateway.tenant().await;
    assert!(seed::run(gateway.service(), PLAN, &|_| ()).await.is_err(), "beside a customer");
    assert_eq!(count(gateway, "data_subject").await, 41);
}

async fn callers_go_on_with_the_references_after_the_made_up_ones(gateway: &TestGateway) {
    let plan = Plan { tenants: 1, subjects: 10, ..PLAN };
    seeded(gateway, plan).await;
    let tenant = tenants(gateway, &plan).remove(0);
    let all = people(&tenant).await;
    let mut references: Vec<_> = all
        .iter()
        .filter_map(|person| person["rightsRequests"]["edges"][0]["node"]["reference"].as_str())
        .collect();
    references.sort_unstable();
    assert_eq!((references[0], references[4]), ("RR-2026-000001", "RR-2026-000005"));
    let asking = all.iter().find(|person| length(&person["rightsRequests"]) == 0).unwrap();
    let request = tenant.submits_access(asking["id"].as_str().unwrap()).await;
    assert_eq!(tenant.request(&request, "reference").await["reference"], "RR-2026-000006");
}
