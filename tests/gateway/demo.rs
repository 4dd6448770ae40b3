//! The demonstration data: everything that a newcomer is to see, the same at every start.

use std::collections::BTreeSet;

use gateway::demo::{self, DemoTenant};
use serde_json::Value;
use support::{Kind, Tenant, TestGateway, on_both_databases};

on_both_databases! {
    the_demonstration_holds_what_a_newcomer_is_to_see,
    a_second_start_finds_what_is_there_and_leaves_it_as_it_is,
    a_load_that_was_killed_is_completed_by_the_next,
}

async fn load(gateway: &TestGateway) -> Vec<DemoTenant> {
    demo::load(gateway.service(), gateway.authenticator(), gateway.issuer()).await.unwrap()
}

fn as_tenant<'g>(gateway: &'g TestGateway, demo: &DemoTenant) -> Tenant<'g> {
    gateway.existing_tenant(demo.id)
}

async fn statuses(tenant: &Tenant<'_>) -> BTreeSet<String> {
    let text = "{ rightsRequests(first: 100) { edges { node { status } } } }";
    let edges = tenant.admin().query(text, Value::Null).await.data("/rightsRequests/edges");
    edges.as_array().unwrap().iter().map(|edge| edge["node"]["status"].as_str().unwrap().to_owned()).collect()
}

async fn the_demonstration_holds_what_a_newcomer_is_to_see(gateway: &TestGateway) {
    let demos = load(gateway).await;
    let names: Vec<_> = demos.iter().map(|demo| demo.name.as_str()).collect();
    assert_eq!(names.len(), 4);
    assert_eq!(names[0], "Convenio AB");
    let mut seen = BTreeSet::new();
    for demo in &demos[..3] {
        let tenant = as_tenant(gateway, demo);
        assert!((12..=25).contains(&demo.subject_ids.len()), "{}", demo.name);
        let viewer = tenant.admin().query("{ viewer { tenant { name status } } }", Value::Null).await;
        assert_eq!(viewer.data("/viewer/tenant/status"), "ACTIVE");
        seen.extend(statuses(&tenant).await);
        let own = tenant.person(&demo.self_subject_id.unwrap().to_string());
        let me = own.query("{ me { name email consents { status } rightsRequests { edges { node { status package { formats } } } } } }", Value::Null);
        let me = me.await.data("/me");
        assert!(me["name"].is_string() && me["email"].is_string(), "{me}");
        assert_eq!(me["rightsRequests"]["edges"][0]["node"]["status"], "COMPLETED");
        assert_eq!(
            me["rightsRequests"]["edges"][0]["node"]["package"]["formats"].as_array().map(Vec::len),
            Some(3)
        );
        let list = "{ dataSubjects(purpose: DIRECT_MARKETING) { totalCount } everybody: dataSubjects { totalCount } }";
        let counts = tenant.admin().query(list, Value::Null).await;
        let (listed, all) = (counts.data("/dataSubjects/totalCount"), counts.data("/everybody/totalCount"));
        assert!(listed.as_u64() > Some(1) && listed.as_u64() < all.as_u64(), "{listed} of {all}");
    }
    let expected = ["COMPLETED", "RECEIVED", "REFUSED", "UNDER_REVIEW", "WITHDRAWN"];
    assert_eq!(seen.iter().map(String::as_str).collect::<Vec<_>>(), expected);
    let narrow = as_tenant(gateway, &demos[2]).admin();
    let input = serde_json::json!({ "name": "Bo Prov", "loginName": "bo" });
    let refused = narrow.change("registerDataSubject", input, "dataSubject { id }").await;
    assert_eq!(refused.user_errors(), ["OUTSIDE_AGREEMENT input.loginName"]);
    let unsigned = as_tenant(gateway, &demos[3]).admin();
    assert_eq!(
        unsigned.query("{ dataSubjects { totalCount } }", Value::Null).await.code(),
        "AGREEMENT_REQUIRED"
    );
}

async fn a_second_start_finds_what_is_there_and_leaves_it_as_it_is(gateway: &TestGateway) {
    let first = load(gateway).await;
    let tenant = as_tenant(gateway, &first[0]);
    let text = "{ rightsRequests(filter: { status: [RECEIVED] }) { edges { node { id } } } }";
    let received = tenant.admin().query(text, Value::Null).await.string("/rightsRequests/edges/0/node/id");
    let input = serde_json::json!({ "requestId": received });
    tenant.admin().change("withdrawRightsRequest", input, "rightsRequest { id }").await;
    let another = first[0].subject_ids.iter().find(|id| Some(**id) != first[0].self_subject_id).unwrap();
    let renamed = serde_json::json!({ "subjectId": another.to_string(), "externalReference": "X-1" });
    tenant.admin().change("updateDataSubject", renamed, "dataSubject { id }").await;
    tenant.registers(support::person("Tillagd Person")).await;
    let rows = async || {
        let count = |table: &str| format!("SELECT count(*) || ' {table}' FROM {table}");
        let mut all = Vec::new();
        for table in
            ["tenant", "data_subject", "consent", "rights_request", "request_event", "subprocessor", "job"]
        {
            all.extend(gateway.databases.texts(Kind::Data, &count(table)).await);
        }
        all
    };
    let before = rows().await;
    gateway.clock.advance(std::time::Duration::from_hours(24));
    assert_eq!(load(gateway).await, first);
    assert_eq!(rows().await, before);
    assert_eq!(tenant.status_of(&received).await, "WITHDRAWN");
}

async fn a_load_that_was_killed_is_completed_by_the_next(gateway: &TestGateway) {
    for millis in [1, 20, 60, 120, 250, 400, 600] {
        let patience = std::time::Duration::from_millis(millis);
        let load = demo::load(gateway.service(), gateway.authenticator(), gateway.issuer());
        let _killed = tokio::time::timeout(patience, load).await;
    }
    let demos = load(gateway).await;
    // What a killed load's worker held is taken over when its lease has run out.
    gateway.clock.advance(std::time::Duration::from_mins(5));
    gateway.work().await;
    let mut persons = 0;
    for demo in &demos[..3] {
        let tenant = as_tenant(gateway, demo);
        persons += demo.subject_ids.len();
        let list = tenant.admin().query("{ dataSubjects { totalCount } }", Value::Null).await;
        assert_eq!(
            list.data("/dataSubjects/totalCount"),
            demo.subject_ids.len(),
            "{} has nobody twice",
            demo.name
        );
        assert!(statuses(&tenant).await.contains("COMPLETED"));
    }
    let count = |what: &str| format!("SELECT count(*) || '' FROM {what}");
    for (what, expected) in [
        ("data_subject", persons),
        ("rights_request", 20),
        ("consent", 15),
        ("subprocessor", 3),
        ("supervisory_authority", 2),
        ("tenant", 4),
    ] {
        assert_eq!(gateway.databases.texts(Kind::Data, &count(what)).await, [expected.to_string()], "{what}");
    }
}
