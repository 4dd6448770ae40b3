//! The demonstration data: everything that a newcomer is to see, the same at every start.

mod contracts;

use std::collections::BTreeSet;

use gateway::demo::{self, DemoTenant};
use serde_json::Value;
use support::{DECIDED, Kind, Tenant, TestGateway, on_both_databases};

on_both_databases! {
    the_demonstration_holds_what_a_newcomer_is_to_see,
    a_second_start_finds_what_is_there_and_leaves_it_as_it_is,
    a_load_that_was_killed_is_completed_by_the_next,
}

/// The first ones are served.
const SERVED: usize = 3;

async fn load(gateway: &TestGateway) -> Vec<DemoTenant> {
    demo::load(gateway.service(), gateway.authenticator(), gateway.issuer()).await.unwrap()
}

fn as_tenant<'g>(gateway: &'g TestGateway, demo: &DemoTenant) -> Tenant<'g> {
    gateway.existing_tenant(demo.id)
}

/// What a list of all tenants holds, node by node.
async fn nodes(gateway: &TestGateway, demos: &[DemoTenant], list: &str, selection: &str) -> Vec<Value> {
    let mut all = Vec::new();
    for demo in &demos[..SERVED] {
        let text = format!("{{ {list} {{ edges {{ node {{ {selection} }} }} }} }}");
        let answer = as_tenant(gateway, demo).admin().query(&text, Value::Null).await;
        let field = list.split('(').next().unwrap();
        let edges = answer.data(&format!("/{field}/edges"));
        all.extend(edges.as_array().unwrap().iter().map(|edge| edge["node"].clone()));
    }
    all
}

/// The elements of a list within each node.
fn within(nodes: &[Value], list: &str) -> Vec<Value> {
    nodes.iter().flat_map(|node| node.pointer(list).unwrap().as_array().unwrap().clone()).collect()
}

/// What stands at the places of each node, joined to one text.
fn seen(nodes: &[Value], places: &[&str]) -> BTreeSet<String> {
    let text = |value: Option<&Value>| value.and_then(Value::as_str).unwrap_or("-").to_owned();
    let joined = |node: &Value| places.iter().map(|place| text(node.pointer(place))).collect::<Vec<_>>();
    nodes.iter().map(|node| joined(node).join(" ")).collect()
}

fn set(texts: &[&str]) -> BTreeSet<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

async fn the_demonstration_holds_what_a_newcomer_is_to_see(gateway: &TestGateway) {
    let demos = load(gateway).await;
    let names: Vec<_> = demos.iter().map(|demo| demo.name.as_str()).collect();
    assert_eq!(names.len(), 6);
    assert_eq!(names[0], "Convenio AB");
    for demo in &demos[..SERVED] {
        let tenant = as_tenant(gateway, demo);
        assert!((12..=25).contains(&demo.subject_ids.len()), "{}", demo.name);
        let own = tenant.person(&demo.self_subject_id.unwrap().to_string());
        let text = "{ me { name email status accountingRecords { totalCount }
                          rightsRequests { edges { node { status package { formats } } } } } }";
        let me = own.query(text, Value::Null).await.data("/me");
        assert!(me["name"].is_string() && me["email"].is_string(), "{me}");
        assert_eq!(me["status"], "ACTIVE");
        assert!(me["accountingRecords"]["totalCount"].as_u64() > Some(1), "{me}");
        for edge in me["rightsRequests"]["edges"].as_array().filter(|edges| !edges.is_empty()).unwrap() {
            assert_eq!(edge["node"]["status"], "COMPLETED");
            assert_eq!(edge["node"]["package"]["formats"].as_array().map(Vec::len), Some(3));
        }
        let list = "{ dataSubjects(purpose: DIRECT_MARKETING) { totalCount } everybody: dataSubjects { totalCount } }";
        let counts = tenant.admin().query(list, Value::Null).await;
        let (listed, all) = (counts.data("/dataSubjects/totalCount"), counts.data("/everybody/totalCount"));
        assert!(listed.as_u64() > Some(1) && listed.as_u64() < all.as_u64(), "{listed} of {all}");
        the_books_are_of_every_kind(&tenant, demo).await;
    }
    the_requests_are_of_every_kind(gateway, &demos).await;
    the_persons_are_in_every_state(gateway, &demos).await;
    contracts::the_tenants_are_in_every_state(gateway, &demos).await;
    contracts::the_agreements_are_of_every_kind(gateway, &demos).await;
    contracts::the_sub_processors_stand_in_every_way(gateway, &demos).await;
    contracts::the_breaches_are_acknowledged_or_wait(gateway, &demos).await;
    contracts::the_one_that_has_left_has_its_certificate(gateway, &demos).await;
    let narrow = as_tenant(gateway, &demos[2]).admin();
    let input = serde_json::json!({ "name": "Bo Prov", "loginName": "bo" });
    let refused = narrow.change("registerDataSubject", input, "dataSubject { id }").await;
    assert_eq!(refused.user_errors(), ["OUTSIDE_AGREEMENT input.loginName"]);
    let unsigned = as_tenant(gateway, &demos[3]).admin();
    assert_eq!(
        unsigned.query("{ dataSubjects { totalCount } }", Value::Null).await.code(),
        "AGREEMENT_REQUIRED"
    );
    let leaving = as_tenant(gateway, &demos[4]).admin();
    let open = "{ rightsRequests(filter: { status: [RECEIVED] }) { totalCount } tenantExport { id } }";
    let open = leaving.query(open, Value::Null).await;
    assert_eq!(
        open.data(""),
        serde_json::json!({ "rightsRequests": { "totalCount": 1 }, "tenantExport": null })
    );
}

/// Every kind of request in every state in which it can rest.
async fn the_requests_are_of_every_kind(gateway: &TestGateway, demos: &[DemoTenant]) {
    let selection =
        "kind status overdue purpose identityAskedAt extension { reason } decision { refusalGround }
                     restrictionGround rectifications { category } package { formats }
                     outcomes { action retentionGround }";
    let requests = nodes(gateway, demos, "rightsRequests(first: 100)", selection).await;
    let resting = ["RECEIVED", "AWAITING_IDENTITY", "UNDER_REVIEW", "COMPLETED", "REFUSED", "WITHDRAWN"];
    let decided = DECIDED.iter().flat_map(|kind| resting.map(|status| format!("{kind} {status}")));
    let mut expected: BTreeSet<_> = decided.collect();
    expected.extend(set(&["ERASURE PARTIALLY_COMPLETED", "CONSENT_WITHDRAWAL COMPLETED"]));
    assert_eq!(seen(&requests, &["/kind", "/status"]), expected);
    let grounds = set(&[
        "-",
        "COMPELLING_GROUNDS",
        "CONDITIONS_NOT_MET",
        "EXCESSIVE",
        "EXEMPT",
        "IDENTITY_NOT_VERIFIED",
        "MANIFESTLY_UNFOUNDED",
        "RIGHTS_OF_OTHERS",
    ]);
    assert_eq!(seen(&requests, &["/decision/refusalGround"]), grounds);
    let some = |what: &str, is: &dyn Fn(&Value) -> bool| assert!(requests.iter().any(is), "no {what}");
    some("overdue request", &|request| request["overdue"] == true);
    some("extended request", &|request| {
        request["status"] == "UNDER_REVIEW" && request["extension"]["reason"].is_string()
    });
    some("paused clock", &|request| {
        request["status"] == "AWAITING_IDENTITY" && request["identityAskedAt"].is_string()
    });
    some("objection to marketing", &|request| {
        request["kind"] == "OBJECTION" && request["purpose"] == "DIRECT_MARKETING"
    });
    some("upheld objection", &|request| {
        request["purpose"] == "SERVICE_DELIVERY" && request["status"] == "COMPLETED"
    });
    some("package of a portability request", &|request| {
        request["kind"] == "PORTABILITY" && request["package"]["formats"].is_array()
    });
    let outcomes = within(&requests, "/outcomes");
    for kept in
        ["RETAINED BOOKKEEPING_ACT", "RETAINED LEGAL_CLAIMS", "ERASED -", "RECTIFIED -", "PURPOSE_ENDED -"]
    {
        assert!(seen(&outcomes, &["/action", "/retentionGround"]).contains(kept), "no {kept}");
    }
}

/// Holds and restrictions on every ground, consents, and persons in every state.
async fn the_persons_are_in_every_state(gateway: &TestGateway, demos: &[DemoTenant]) {
    let selection =
        "status consents { status } legalHolds { ground releasedAt } restrictions { ground liftedAt }";
    let persons = nodes(gateway, demos, "dataSubjects(first: 50)", selection).await;
    assert_eq!(seen(&persons, &["/status"]), set(&["ACTIVE", "ERASED", "PARTIALLY_ERASED", "RESTRICTED"]));
    assert_eq!(seen(&within(&persons, "/consents"), &["/status"]), set(&["GRANTED", "WITHDRAWN"]));
    let holds = within(&persons, "/legalHolds");
    let grounds = set(&[
        "CONTRACT_PERFORMANCE",
        "COURT_OR_AUTHORITY_ORDER",
        "LEGAL_CLAIMS",
        "LEGITIMATE_INTERESTS",
        "OTHER_LEGAL_OBLIGATION",
    ]);
    assert_eq!(seen(&holds, &["/ground"]), grounds);
    assert!(holds.iter().any(|hold| hold["releasedAt"].is_string()), "no released hold");
    let restrictions = within(&persons, "/restrictions");
    let [in_force, lifted] = [Value::is_null, Value::is_string].map(|is: fn(&Value) -> bool| {
        restrictions.iter().filter(|found| is(&found["liftedAt"])).cloned().collect::<Vec<_>>()
    });
    let expected = ["ACCURACY_CONTESTED", "LEGAL_CLAIM", "OBJECTION_PENDING", "UNLAWFUL_PROCESSING"];
    assert_eq!(seen(&in_force, &["/ground"]), set(&expected));
    assert_eq!(seen(&lifted, &["/ground"]), set(&expected[..3]));
    let rules = "{ retentionRules { category trigger months } }";
    let rules = as_tenant(gateway, &demos[1]).admin().query(rules, Value::Null).await.data("/retentionRules");
    let phone = serde_json::json!({ "category": "PHONE", "trigger": "SUBJECT_INACTIVE", "months": 24 });
    assert!(rules.as_array().unwrap().contains(&phone), "{rules}");
}

/// Statutory and other documents, some over several years and some whose last day is near, of several persons.
async fn the_books_are_of_every_kind(tenant: &Tenant<'_>, demo: &DemoTenant) {
    let selection = "accountingRecords { edges { node { kind issuedOn fiscalYearEndsOn retainedThrough } } }";
    let text = format!(
        "{{ dataSubjects(first: 25, purpose: BOOKKEEPING) {{ edges {{ node {{ {selection} }} }} }} }}"
    );
    let edges = tenant.admin().query(&text, Value::Null).await.data("/dataSubjects/edges");
    let edges = edges.as_array().unwrap();
    let of_persons: Vec<_> = edges
        .iter()
        .map(|edge| within(std::slice::from_ref(edge), "/node/accountingRecords/edges"))
        .collect();
    assert!(of_persons.iter().filter(|records| !records.is_empty()).count() > 3, "{}", demo.name);
    let records: Vec<Value> = of_persons.concat().iter().map(|edge| edge["node"].clone()).collect();
    assert_eq!(seen(&records, &["/kind"]), set(&["CONTRACT", "INVOICE", "QUOTE"]));
    let year = |record: &Value, of: &str| record[of].as_str().and_then(|day| day[..4].parse::<i32>().ok());
    let some = |what: &str, is: &dyn Fn(&Value) -> bool| {
        assert!(records.iter().any(is), "{}: no {what}", demo.name);
    };
    some("document that no law keeps", &|record| record["retainedThrough"].is_null());
    some("contract over several years", &|record| {
        record["kind"] == "CONTRACT"
            && year(record, "fiscalYearEndsOn") > year(record, "issuedOn").map(|year| year + 1)
    });
    some("document whose last day is near", &|record| record["retainedThrough"] == "2026-12-31");
}

async fn a_second_start_finds_what_is_there_and_leaves_it_as_it_is(gateway: &TestGateway) {
    let first = load(gateway).await;
    let tenant = as_tenant(gateway, &first[0]);
    let text = "{ rightsRequests(filter: { status: [RECEIVED] }) { edges { node { id } } } }";
    let received = tenant.admin().query(text, Value::Null).await.string("/rightsRequests/edges/0/node/id");
    let input = serde_json::json!({ "requestId": received });
    tenant.admin().change("withdrawRightsRequest", input, "rightsRequest { id }").await;
    let text = "{ dataSubjects(filter: { externalReference: \"C-1002\" }) { edges { node { id } } } }";
    let another = tenant.admin().query(text, Value::Null).await.string("/dataSubjects/edges/0/node/id");
    let renamed = serde_json::json!({ "subjectId": another, "externalReference": "X-1" });
    tenant.admin().change("updateDataSubject", renamed, "dataSubject { id }").await.succeeded();
    tenant.registers(support::person("Tillagd Person")).await;
    let shop = as_tenant(gateway, &first[1]).admin();
    let listed = "{ subprocessors { id standing } }";
    let listed = shop.query(listed, Value::Null).await.data("/subprocessors");
    let objected = listed.as_array().unwrap().iter().find(|one| one["standing"] == "OBJECTED_TO").unwrap();
    let input = serde_json::json!({ "subprocessorId": objected["id"] });
    shop.change("authoriseSubprocessor", input, "subprocessor { id }").await.succeeded();
    let rows = async || {
        let count = |table: &str| format!("SELECT count(*) || ' {table}' FROM {table}");
        let mut all = Vec::new();
        for table in [
            "tenant",
            "data_subject",
            "consent",
            "rights_request",
            "request_event",
            "restriction",
            "legal_hold",
            "accounting_record",
            "retention_rule",
            "agreement",
            "agreement_signature",
            "instruction",
            "subprocessor",
            "subprocessor_notice",
            "erasure_confirmation",
            "breach",
            "breach_notice",
            "breach_supplement",
            "job",
        ] {
            all.extend(gateway.databases.texts(Kind::Data, &count(table)).await);
        }
        all
    };
    let before = rows().await;
    gateway.clock.advance(std::time::Duration::from_hours(24));
    assert_eq!(load(gateway).await, first);
    assert_eq!(rows().await, before);
    assert_eq!(tenant.status_of(&received).await, "WITHDRAWN");
    let objections = "SELECT count(*) || '' FROM subprocessor_notice WHERE answer = 'OBJECTED'";
    assert_eq!(gateway.databases.texts(Kind::Data, objections).await, ["0"]);
}

async fn a_load_that_was_killed_is_completed_by_the_next(gateway: &TestGateway) {
    // Killed until one gets through, so that some die in each part of the load.
    for millis in [1, 20, 60, 120, 250, 400].into_iter().chain([600; 20]) {
        let patience = std::time::Duration::from_millis(millis);
        let load = demo::load(gateway.service(), gateway.authenticator(), gateway.issuer());
        if tokio::time::timeout(patience, load).await.is_ok() {
            break;
        }
        // A process that is killed has no commit under way that its successor could not see yet.
        gateway.databases.come_to_rest().await;
    }
    let demos = load(gateway).await;
    // What a killed load's worker held is taken over when its lease has run out, which is ten minutes in a closing.
    gateway.clock.advance(std::time::Duration::from_mins(11));
    gateway.work().await;
    let mut persons = 0;
    for demo in [&demos[..SERVED], &demos[4..5]].concat() {
        let tenant = as_tenant(gateway, &demo);
        persons += demo.subject_ids.len();
        let list = "{ dataSubjects(purpose: RIGHTS_HANDLING) { totalCount } }";
        let list = tenant.admin().query(list, Value::Null).await;
        assert_eq!(
            list.data("/dataSubjects/totalCount"),
            demo.subject_ids.len(),
            "{} has nobody twice",
            demo.name
        );
    }
    let erased =
        "(SELECT 1 AS one FROM data_subject WHERE status IN ('ERASED', 'PARTIALLY_ERASED')) AS erased";
    let in_progress = "(SELECT 1 AS one FROM rights_request WHERE status = 'IN_PROGRESS') AS at_work";
    let count = |what: &str| format!("SELECT count(*) || '' FROM {what}");
    for (what, expected) in [
        ("data_subject", persons),
        (erased, 6),
        ("rights_request", 71),
        (in_progress, 0),
        ("consent", 18),
        ("restriction", 13),
        ("legal_hold", 9),
        ("accounting_record", 31),
        ("agreement", 7),
        ("agreement_signature", 13),
        ("subprocessor", 6),
        ("erasure_confirmation", 2),
        ("breach", 2),
        ("breach_notice", 3),
        ("breach_supplement", 1),
        ("supervisory_authority", 2),
        ("tenant", 6),
        ("(SELECT 1 AS one FROM tenant WHERE closed_at IS NOT NULL) AS closed", 1),
    ] {
        assert_eq!(gateway.databases.texts(Kind::Data, &count(what)).await, [expected.to_string()], "{what}");
    }
}
