//! An error says where it belongs: the path of the field that failed, by the names and the places of the answer, or, of what
//! was found before anything was executed, a place in the document.

use serde_json::{Value, json};
use support::{Caller, TestGateway, complete_person, on_both_databases};

on_both_databases! {
    an_error_of_a_field_has_the_path_of_that_field,
    what_is_found_before_execution_has_a_place_in_the_document_and_no_path,
    an_error_of_a_mutation_has_the_path_of_the_answer,
    an_error_of_a_subscription_has_the_path_of_the_event,
    an_error_of_the_operators_api_has_its_path,
}

/// Each error as its code and its path, in the order of the paths.
fn told(errors: &[Value]) -> Vec<String> {
    let part = |part: &Value| part.as_str().map_or_else(|| part.to_string(), str::to_owned);
    let told = errors.iter().map(|error| {
        let path: Vec<_> = error["path"].as_array().into_iter().flatten().map(part).collect();
        format!("{} {}", error["extensions"]["code"].as_str().unwrap(), path.join(".")).trim_end().to_owned()
    });
    let mut told: Vec<_> = told.collect();
    told.sort();
    told
}

/// The scopes of a token, what it asks for, and the errors of the answer.
const FIELDS: &[(&str, &str, &[&str])] = &[
    // A nullable field, by its alias, in a list: each item has its own, and the rest of the page stays.
    (
        "rights:read",
        "{ page: rightsRequests { edges { node { whom: subject { called: name id } } } } }",
        &["FORBIDDEN page.edges.0.node.whom.called", "FORBIDDEN page.edges.1.node.whom.called"],
    ),
    // A field that is not nullable takes its parents with it, and the path is still its own.
    (
        "subjects:read",
        "{ page: dataSubjects { edges { node { id agreed: consents { id } } } } }",
        &["FORBIDDEN page.edges.0.node.agreed"],
    ),
    (
        "subjects:read",
        "{ page: dataSubjects @include(if: true) { edges { ...E } } } fragment E on DataSubjectEdge { node { ... on Node { ... on DataSubject { consents { id } } } } }",
        &["FORBIDDEN page.edges.0.node.consents"],
    ),
    (
        "subjects:read",
        "query($ids: [ID!]!) { both: nodes(ids: $ids) { ... on DataSubject { id consents { id } } } }",
        &["FORBIDDEN both.0.consents", "FORBIDDEN both.1.consents"],
    ),
    (
        "subjects:read",
        "query($person: ID!) { it: node(id: $person) { ... on DataSubject { log: accessLog { edges { cursor } } } } }",
        &["FORBIDDEN it.log"],
    ),
    // Two fields of one object, one that stops at itself and one that does not.
    (
        "rights:read",
        "{ rightsRequests(first: 1) { edges { node { subject { name email } } } } }",
        &[
            "FORBIDDEN rightsRequests.edges.0.node.subject.email",
            "FORBIDDEN rightsRequests.edges.0.node.subject.name",
        ],
    ),
    // Lists within lists keep every place.
    (
        "subjects:read rights:read",
        "{ dataSubjects { edges { node { rightsRequests { edges { node { subject { consents { id } } } } } } } } }",
        &["FORBIDDEN dataSubjects.edges.0.node.rightsRequests.edges.0.node.subject.consents"],
    ),
    // Arguments: ours, and those that only the engine's reading of the value finds out.
    ("subjects:read", "{ all: dataSubjects(first: 101) { totalCount } }", &["BAD_USER_INPUT all"]),
    (
        "subjects:read rights:read",
        "{ dataSubjects(first: 1) { edges { node { rightsRequests(first: 101) { totalCount } } } } }",
        &["BAD_USER_INPUT dataSubjects.edges.0.node.rightsRequests"],
    ),
    (
        "subjects:read",
        "query($person: ID!) { dataSubject(id: $person) { asOf: rightsRequests(after: \"x\") { totalCount } } }",
        &["FORBIDDEN dataSubject.asOf"],
    ),
    ("audit:read", "{ all: auditConsistency(from: 3000000000, to: 1) }", &["BAD_USER_INPUT all"]),
    (
        "subjects:read",
        "query($filter: DataSubjectFilter) { all: dataSubjects(filter: $filter) { totalCount } other: viewer { actorId } }",
        &["BAD_USER_INPUT all"],
    ),
];

async fn an_error_of_a_field_has_the_path_of_that_field(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let mut ids = Vec::new();
    for tag in ["en", "tva"] {
        let person = tenant.registers(complete_person(tag)).await;
        tenant.submits_access(&person).await;
        ids.push(person);
    }
    let (person, ids) = (&ids[0], json!(ids));
    let variables = json!({ "person": person, "ids": ids });
    for (scopes, text, expected) in FIELDS {
        let mut variables = variables.clone();
        variables["filter"] = json!({ "email": "no address" });
        let used = |name: &str| text.contains(&format!("${name}"));
        let variables: serde_json::Map<_, _> =
            variables.as_object().unwrap().clone().into_iter().filter(|(name, _)| used(name)).collect();
        let answer = tenant.staff(scopes).query(text, Value::Object(variables)).await;
        assert_eq!(told(&answer.errors()), *expected, "{text}: {}", answer.text());
    }
}

async fn what_is_found_before_execution_has_a_place_in_the_document_and_no_path(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let by_id = "query($id: ID!) { dataSubject(id: $id) { id } }";
    let by_size = "query($first: Int) { dataSubjects(first: $first) { totalCount } }";
    for (text, variables, code) in [
        ("{ viewer {", json!({}), "GRAPHQL_PARSE_FAILED"),
        ("{ viewer { nothing } }", json!({}), "GRAPHQL_VALIDATION_FAILED"),
        ("{ dataSubjects(first: \"x\") { totalCount } }", json!({}), "GRAPHQL_VALIDATION_FAILED"),
        (by_id, json!({}), "GRAPHQL_VALIDATION_FAILED"),
        (by_id, json!({ "id": null }), "GRAPHQL_VALIDATION_FAILED"),
        (by_size, json!({ "first": "x" }), "GRAPHQL_VALIDATION_FAILED"),
        ("query($nothing: Nothing) { viewer { actorId } }", json!({}), "GRAPHQL_VALIDATION_FAILED"),
    ] {
        let answer = tenant.admin().query(text, variables).await;
        assert!(!answer.errors().is_empty(), "{text}: {}", answer.text());
        for error in answer.errors() {
            assert_eq!(
                (&error["extensions"]["code"], &error["path"]),
                (&json!(code), &Value::Null),
                "{text}"
            );
            assert!(error["locations"][0]["line"].as_u64().unwrap() > 0, "{text}: {error}");
        }
        assert_eq!(answer.json().get("data"), None, "{text}");
    }
    assert_eq!(tenant.admin().query(by_size, json!({})).await.data("/dataSubjects/totalCount"), 0);
}

async fn an_error_of_a_mutation_has_the_path_of_the_answer(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let person = tenant.registers(complete_person("andrad")).await;
    let changed = format!(
        "updateDataSubject(input: {{ subjectId: \"{person}\", position: \"Ny titel\" }}) {{ who: dataSubject {{ id name }} }}"
    );
    let writer = tenant.staff("subjects:write");
    let answer = writer.query(&format!("mutation {{ done: {changed} }}"), Value::Null).await;
    assert_eq!(told(&answer.errors()), ["FORBIDDEN done.who.name"]);
    assert_eq!(answer.at("/data/done/who"), json!({ "id": person, "name": null }));
    let refused = "removeDownstreamSystem(input: { systemId: \"x\" }) { userErrors { code } }";
    let answer = writer.query(&format!("mutation {{ one: {changed} two: {refused} }}"), Value::Null).await;
    assert_eq!(told(&answer.errors()), ["FORBIDDEN one.who.name", "FORBIDDEN two"]);
    assert_eq!(answer.at("/data"), Value::Null, "a payload is not nullable");
}

async fn an_error_of_a_subscription_has_the_path_of_the_event(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let person = tenant.registers(complete_person("foljd")).await;
    let text = "subscription { changed: rightsRequestChanged { id whom: subject { called: name } } }";
    let refuses = async |caller: Caller<'_>| {
        let mut socket = caller.socket().await;
        socket.says(support::subscribe("1", text)).await;
        let message = socket.hears().await;
        assert_eq!(message["type"], "error", "{message}");
        told(message["payload"].as_array().unwrap())
    };
    assert_eq!(refuses(tenant.staff("subjects:read")).await, ["FORBIDDEN changed"]);
    let mut socket = tenant.staff("rights:read").socket().await;
    socket.follows("1", text).await;
    let request = tenant.submits_access(&person).await;
    let message = socket.hears().await;
    assert_eq!(
        message["payload"]["data"],
        json!({ "changed": { "id": request, "whom": { "called": null } } })
    );
    assert_eq!(told(message["payload"]["errors"].as_array().unwrap()), ["FORBIDDEN changed.whom.called"]);
}

async fn an_error_of_the_operators_api_has_its_path(gateway: &TestGateway) {
    gateway.tenant().await;
    for (text, expected) in [
        ("{ found: node(id: \"x\") { id } list: agreementTemplates { id } }", "FORBIDDEN list"),
        ("{ all: tenants(after: \"x\") { totalCount } }", "BAD_USER_INPUT all"),
    ] {
        let answer = gateway.operator("operator:tenants").query(text, Value::Null).await;
        assert_eq!(told(&answer.errors()), [expected], "{text}: {}", answer.text());
    }
}
