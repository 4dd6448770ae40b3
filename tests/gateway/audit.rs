//! Audit before answer: every use of personal data, allowed or denied, is on record before the answer leaves, and what
//! cannot be recorded is not disclosed (contract rule 5).

use serde_json::{Value, json};
use support::{Answer, Kind, Tenant, Terms, TestGateway, complete_person, on_both_databases};

on_both_databases! {
    every_root_field_leaves_one_event_that_tells_what_was_shown,
    a_denied_use_is_on_record,
    what_is_wrong_with_an_input_is_no_event,
    what_cannot_be_recorded_is_neither_disclosed_nor_done,
    the_log_is_filtered_by_person_actor_action_and_time,
    a_person_reads_their_own_access_log,
    a_tenant_decides_whether_persons_are_told_who_of_its_staff_acted,
    the_decision_who_is_told_is_made_once_for_a_key,
    a_download_is_on_record,
}

const EVENT: &str = "{ action actorId allowed purpose subjectIds dataCategories requestId canonicalJson }";

/// The newest events, newest first.
async fn newest(tenant: &Tenant<'_>, many: usize) -> Vec<Value> {
    let text = format!("query($first: Int) {{ auditEvents(first: $first) {{ edges {{ node {EVENT} }} }} }}");
    let answer = tenant.staff("audit:read").query(&text, json!({ "first": many })).await;
    let edges = answer.data("/auditEvents/edges");
    edges.as_array().unwrap().iter().map(|edge| edge["node"].clone()).collect()
}

/// How many events there are.
async fn count(tenant: &Tenant<'_>) -> usize {
    newest(tenant, 200).await.len()
}

async fn every_root_field_leaves_one_event_that_tells_what_was_shown(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let person = tenant.registers(complete_person("log")).await;
    let request = tenant.submits_access(&person).await;
    for (text, expected) in [
        (
            "query($id: ID!) { dataSubject(id: $id) { name email } }",
            json!(["dataSubject.read", "SERVICE_DELIVERY", [person], ["NAME", "EMAIL"]]),
        ),
        (
            "query($id: ID!) { dataSubject(id: $id, purpose: LEGAL_CLAIMS) { id } }",
            json!(["dataSubject.read", "LEGAL_CLAIMS", [person], []]),
        ),
        (
            "{ dataSubjects { edges { node { phone } } } }",
            json!(["dataSubject.list", "SERVICE_DELIVERY", [person], ["PHONE"]]),
        ),
        (
            "query($request: ID!) { rightsRequest(id: $request) { subject { address { locality } } } }",
            json!(["rightsRequest.read", "RIGHTS_HANDLING", [person], ["ADDRESS"]]),
        ),
        (
            "query($id: ID!) { node(id: $id) { ... on DataSubject { hasPassword } } }",
            json!(["node.read", "SERVICE_DELIVERY", [person], ["PASSWORD"]]),
        ),
        (
            "query($never: ID!) { dataSubject(id: $never) { name } }",
            json!(["dataSubject.read", "SERVICE_DELIVERY", [], []]),
        ),
    ] {
        gateway.clock.advance(std::time::Duration::from_millis(1));
        let before = count(&tenant).await;
        let variables =
            json!({ "id": person, "request": request, "never": "subject_01h2xcejqtf2nbrexx3vqjhp41" });
        let answer = tenant.named("läsare", "subjects:read rights:read").query(text, variables).await;
        assert_eq!(answer.code(), "", "{}", answer.text());
        assert_eq!(count(&tenant).await, before + 1, "{text}");
        let event = newest(&tenant, 1).await.remove(0);
        let told = json!([event["action"], event["purpose"], event["subjectIds"], event["dataCategories"]]);
        assert_eq!(told, expected, "{text}");
        assert_eq!((&event["actorId"], &event["allowed"]), (&json!("läsare"), &json!(true)));
        assert_eq!(event["requestId"], json!(answer.header("x-request-id")));
        let canonical: Value = serde_json::from_str(event["canonicalJson"].as_str().unwrap()).unwrap();
        assert_eq!((&canonical["action"], &canonical["subjects"]), (&event["action"], &event["subjectIds"]));
    }
    let before = count(&tenant).await;
    let twice = "query($id: ID!) { a: dataSubject(id: $id) { name } b: dataSubject(id: $id) { name } }";
    tenant.admin().query(twice, json!({ "id": person })).await;
    assert_eq!(count(&tenant).await, before + 2, "one for each root field");
}

async fn a_denied_use_is_on_record(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let person = tenant.registers(complete_person("nekad")).await;
    let input = json!({ "name": "Bo Prov" });
    for (scopes, action) in [("audit:read", "dataSubject.read"), ("subjects:read", "dataSubject.register")] {
        gateway.clock.advance(std::time::Duration::from_millis(1));
        let caller = tenant.staff(scopes);
        let answer = match action {
            "dataSubject.read" => caller.reads(&person).await,
            _ => caller.change("registerDataSubject", input.clone(), "dataSubject { id }").await,
        };
        assert_eq!(answer.code(), "FORBIDDEN");
        let event = newest(&tenant, 1).await.remove(0);
        let told = json!([event["action"], event["allowed"], event["subjectIds"], event["dataCategories"]]);
        assert_eq!(told, json!([action, false, [], []]));
    }
    let unsigned = gateway.tenant_with(Terms { agreed: None, ..Terms::default() }).await;
    assert_eq!(
        unsigned.admin().query("{ dataSubjects { totalCount } }", Value::Null).await.code(),
        "AGREEMENT_REQUIRED"
    );
    let register = unsigned.admin().change("registerDataSubject", input, "dataSubject { id }").await;
    assert_eq!(register.code(), "AGREEMENT_REQUIRED");
    let agreed = Terms::default();
    let terms = domain::agreement::AgreementTerms {
        categories: agreed.agreed.unwrap(),
        effective_from: agreed.from,
        effective_to: None,
    };
    unsigned.signs(1, terms).await;
    let mut events: Vec<_> =
        newest(&unsigned, 10).await.iter().map(|event| json!([event["action"], event["allowed"]])).collect();
    events.retain(|event| event[0].as_str().is_some_and(|action| action.starts_with("dataSubject")));
    events.sort_by_key(Value::to_string);
    assert_eq!(events, [json!(["dataSubject.list", false]), json!(["dataSubject.register", false])]);
}

async fn what_is_wrong_with_an_input_is_no_event(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let before = count(&tenant).await;
    let refused =
        tenant.admin().change("registerDataSubject", json!({ "name": "" }), "dataSubject { id }").await;
    assert_eq!(refused.user_errors().len(), 1);
    for text in ["{ nonsense }", "{ dataSubjects(", "{ dataSubject(id: 1.5) { id } }"] {
        assert_ne!(tenant.admin().query(text, Value::Null).await.code(), "");
    }
    assert_eq!(count(&tenant).await, before);
}

async fn what_cannot_be_recorded_is_neither_disclosed_nor_done(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let person = tenant.registers(complete_person("tyst")).await;
    let request = tenant.submits_access(&person).await;
    let rows = "SELECT count(*) || '' FROM data_subject";
    let before = gateway.databases.texts(Kind::Data, rows).await;
    gateway.databases.run(Kind::Data, "ALTER TABLE audit_event RENAME TO unreachable").await;

    let admin = tenant.admin();
    let mut answers = vec![
        admin.reads(&person).await,
        admin.query("{ dataSubjects { edges { node { name } } } }", Value::Null).await,
        tenant.person(&person).query("{ me { name } }", Value::Null).await,
        admin.change("registerDataSubject", complete_person("ny"), "dataSubject { name }").await,
        admin
            .change("withdrawRightsRequest", json!({ "requestId": request }), "rightsRequest { status }")
            .await,
    ];
    answers.push(tenant.staff("audit:read").reads(&person).await);
    for answer in &answers {
        assert_eq!(answer.code(), "INTERNAL", "{}", answer.text());
        let text = answer.text();
        assert!(!text.contains("Exempelsson") && !text.contains("audit_event"), "{text}");
        assert!(text.contains(&answer.header("x-request-id")), "the caller can report it: {text}");
    }
    gateway.databases.run(Kind::Data, "ALTER TABLE unreachable RENAME TO audit_event").await;
    assert_eq!(gateway.databases.texts(Kind::Data, rows).await, before, "nothing was done");
    assert_eq!(tenant.status_of(&request).await, "RECEIVED");
    assert_eq!(
        admin.reads(&person).await.data("/dataSubject/name"),
        "Åsa tyst Exempelsson",
        "and it goes on"
    );
}

async fn the_log_is_filtered_by_person_actor_action_and_time(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let (one, other) =
        (tenant.registers(complete_person("a")).await, tenant.registers(complete_person("b")).await);
    let start = gateway.now();
    gateway.clock.advance(std::time::Duration::from_secs(10));
    tenant.named("Ada", "subjects:read").reads(&one).await;
    gateway.clock.advance(std::time::Duration::from_secs(10));
    tenant.named("Bo", "subjects:read").reads(&other).await;
    tenant.named("Bo", "rights:read").reads(&other).await;
    let middle = start + jiff::SignedDuration::from_secs(15);
    let text = "query($filter: AuditEventFilter) { auditEvents(filter: $filter) { edges { node { actorId action allowed } } } }";
    for (filter, expected) in [
        (json!({ "subjectId": one }), vec![("Ada", true), ("admin", true)]),
        (json!({ "subjectId": other }), vec![("Bo", true), ("admin", true)]),
        (json!({ "subjectId": "subject_01h2xcejqtf2nbrexx3vqjhp41" }), vec![]),
        (json!({ "subjectId": "nonsense" }), vec![]),
        (json!({ "actorId": "Ada" }), vec![("Ada", true)]),
        (json!({ "allowed": false }), vec![("Bo", false)]),
        (json!({ "action": "dataSubject.read", "allowed": true }), vec![("Bo", true), ("Ada", true)]),
        (json!({ "action": "dataSubject" }), vec![]),
        (json!({ "until": middle.to_string(), "actorId": "Ada" }), vec![("Ada", true)]),
        (json!({ "from": middle.to_string(), "actorId": "Ada" }), vec![]),
        (json!({ "from": middle.to_string(), "allowed": true }), vec![("Bo", true)]),
    ] {
        let answer = tenant.staff("audit:read").query(text, json!({ "filter": filter })).await;
        let edges = answer.data("/auditEvents/edges");
        let node = |edge: &Value| (edge["node"]["actorId"].clone(), edge["node"]["allowed"].clone());
        let told: Vec<_> = edges.as_array().unwrap().iter().map(node).collect();
        let expected: Vec<_> =
            expected.into_iter().map(|(actor, allowed)| (json!(actor), json!(allowed))).collect();
        assert_eq!(told, expected, "{filter}");
    }
    let refused = tenant.admin().query(text, json!({ "filter": { "from": "2026-01-01" } })).await;
    assert_eq!(refused.code(), "BAD_USER_INPUT");
}

async fn a_person_reads_their_own_access_log(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let (me, other) =
        (tenant.registers(complete_person("jag")).await, tenant.registers(complete_person("du")).await);
    tenant.admin().reads(&other).await;
    gateway.clock.advance(std::time::Duration::from_secs(1));
    tenant.named("läsare", "subjects:read").reads(&me).await;
    gateway.clock.advance(std::time::Duration::from_secs(1));
    let text = "{ me { accessLog { edges { node { actorId actorRole subjectIds dataCategories } } } } }";
    tenant.person(&me).query("{ me { name } }", Value::Null).await;
    gateway.clock.advance(std::time::Duration::from_secs(1));
    tenant
        .named("läsare", "subjects:read")
        .query("{ dataSubjects { edges { node { name } } } }", Value::Null)
        .await;
    let log = tenant.person(&me).query(text, Value::Null).await.data("/me/accessLog/edges");
    let nodes: Vec<_> = log.as_array().unwrap().iter().map(|edge| &edge["node"]).collect();
    assert!(nodes.iter().all(|node| node["subjectIds"] == json!([me])), "{nodes:?}");
    let who: Vec<_> = nodes.iter().map(|node| (node["actorId"].clone(), node["actorRole"].clone())).collect();
    let staff = (json!("STAFF"), json!("STAFF"));
    let expected = [staff.clone(), (json!(me), json!("DATA_SUBJECT")), staff.clone(), staff];
    assert_eq!(who, expected, "roles, not names");
    assert_eq!(nodes[2]["dataCategories"].as_array().map(Vec::len), Some(7));
    for withheld in ["canonicalJson", "proof"] {
        let text = format!("{{ me {{ accessLog {{ edges {{ node {{ {withheld} }} }} }} }} }}");
        let refused = tenant.person(&me).query(&text, Value::Null).await;
        assert_eq!(refused.code(), "FORBIDDEN", "{withheld} names other persons");
    }
}

/// Who acted on a person's data, newest first, as the person is told.
async fn told(tenant: &Tenant<'_>, person: &str) -> Vec<String> {
    let text = "{ me { accessLog(first: 200) { edges { node { actorId } } } } }";
    let log = tenant.person(person).query(text, Value::Null).await.data("/me/accessLog/edges");
    let who = |edge: &Value| edge["node"]["actorId"].as_str().unwrap().to_owned();
    log.as_array().unwrap().iter().map(who).collect()
}

async fn decides(tenant: &Tenant<'_>, input: Value) -> Answer {
    let selection = "tenant { id accessLogActors }";
    tenant.staff("rights:decide").change("setAccessLogActors", input, selection).await
}

async fn a_tenant_decides_whether_persons_are_told_who_of_its_staff_acted(gateway: &TestGateway) {
    let mut tenants = Vec::new();
    for _ in 0..2 {
        let tenant = gateway.tenant().await;
        let person = tenant.registers(complete_person("insyn")).await;
        gateway.clock.advance(std::time::Duration::from_secs(1));
        tenant.answers_access(&person).await;
        gateway.clock.advance(std::time::Duration::from_secs(1));
        tenant.named("läsare", "subjects:read").reads(&person).await;
        gateway.clock.advance(std::time::Duration::from_secs(1));
        tenants.push((tenant, person));
    }
    let [(one, mine), (other, theirs)] = &tenants[..] else { panic!("two tenants") };
    let by_role = told(one, mine).await;
    assert_eq!(by_role[0], "STAFF");
    assert!(by_role.contains(&"gateway".to_owned()), "what the gateway did by itself: {by_role:?}");
    assert!(!by_role.contains(&"admin".to_owned()), "{by_role:?}");

    let decided = decides(one, json!({ "accessLogActors": "IDENTIFIER" })).await;
    let expected = json!({ "id": one.id.to_string(), "accessLogActors": "IDENTIFIER" });
    assert_eq!(decided.payload("/tenant"), expected);
    assert_eq!(one.events("accessLog.setActors").await, 1);
    let by_identifier = told(one, mine).await;
    // Their own look at the log came on top.
    assert_eq!(by_identifier[..2], [mine.clone(), "läsare".to_owned()]);
    assert!(by_identifier.contains(&"admin".to_owned()), "{by_identifier:?}");
    assert!(by_identifier.contains(&"gateway".to_owned()), "{by_identifier:?}");

    assert!(told(other, theirs).await.contains(&"STAFF".to_owned()), "another tenant's own decision");
    let setting = "{ viewer { tenant { accessLogActors } } }";
    let setting = other.staff("agreements:read").query(setting, Value::Null).await;
    assert_eq!(setting.data("/viewer/tenant/accessLogActors"), "ROLE");

    decides(one, json!({ "accessLogActors": "ROLE" })).await.succeeded();
    assert!(!told(one, mine).await.contains(&"läsare".to_owned()));
}

async fn the_decision_who_is_told_is_made_once_for_a_key(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let first = json!({ "accessLogActors": "IDENTIFIER", "idempotencyKey": "a" });
    decides(&tenant, first.clone()).await.succeeded();
    decides(&tenant, json!({ "accessLogActors": "ROLE" })).await.succeeded();
    let again = decides(&tenant, first).await;
    assert_eq!(again.payload("/tenant/accessLogActors"), "ROLE", "it was done once");
    assert_eq!(tenant.events("accessLog.setActors").await, 2);
    let other = decides(&tenant, json!({ "accessLogActors": "ROLE", "idempotencyKey": "a" })).await;
    assert_eq!(other.user_errors(), ["IDEMPOTENCY_MISMATCH input.idempotencyKey"]);
}

async fn a_download_is_on_record(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let person = tenant.registers(complete_person("hamtar")).await;
    let request = tenant.answers_access(&person).await;
    let link = tenant.link(&request, "JSON").await;
    gateway.clock.advance(std::time::Duration::from_secs(1));
    let file = gateway.get(&link).await;
    assert_eq!(file.status, 200);
    let event = newest(&tenant, 1).await.remove(0);
    assert_eq!((&event["action"], &event["actorId"]), (&json!("exportPackage.download"), &json!("admin")));
    assert_eq!(event["subjectIds"], json!([person]));
    assert_eq!(event["dataCategories"].as_array().map(Vec::len), Some(7));
    assert_eq!(event["requestId"], json!(file.header("x-request-id")));

    gateway.databases.run(Kind::Data, "ALTER TABLE audit_event RENAME TO unreachable").await;
    let withheld = gateway.get(&link).await;
    assert_eq!(withheld.status, 500);
    assert!(!withheld.text().contains("Exempelsson"));
}
