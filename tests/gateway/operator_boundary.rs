//! The operator's API and its database role: neither reaches data about a data subject.

use std::collections::{BTreeMap, BTreeSet};

use reqwest::Method;
use serde_json::{Value, json};
use support::{Kind, TestGateway, complete_person};

support::on_both_databases! {
    every_type_of_the_operators_schema_is_one_that_is_known_to_carry_no_personal_data,
    nothing_that_the_operator_can_read_holds_a_value_or_an_identifier_of_a_person,
    the_operators_role_reads_no_table_about_data_subjects,
    each_api_takes_its_own_tokens_alone,
    a_field_opens_for_its_scope_and_for_no_other,
}

/// What the operator's schema consists of. A type that comes to it is looked at before it is added here.
const TYPES: [&str; 19] = [
    "Agreement",
    "AgreementTemplate",
    "BreachNotice",
    "BreachSupplement",
    "Contact",
    "Document",
    "Mutation",
    "PageInfo",
    "PersonalDataBreach",
    "Query",
    "RequestFigures",
    "Subprocessor",
    "Tenant",
    "TenantClosing",
    "TenantConnection",
    "TenantEdge",
    "TenantObjection",
    "UserError",
    "Node",
];

const INTROSPECTION: &str = "{ __schema { types { name kind fields { name } } } }";

async fn every_type_of_the_operators_schema_is_one_that_is_known_to_carry_no_personal_data(
    gateway: &TestGateway,
) {
    let answer = gateway.platform().query(INTROSPECTION, Value::Null).await;
    let types = answer.data("/__schema/types");
    let named = |one: &Value| one["name"].as_str().unwrap_or_default().to_owned();
    let composite: BTreeSet<String> = types
        .as_array()
        .unwrap()
        .iter()
        .filter(|one| one["kind"] == "OBJECT" || one["kind"] == "INTERFACE")
        .map(named)
        .filter(|name| !name.starts_with("__") && !name.ends_with("Payload"))
        .collect();
    let known: BTreeSet<String> = TYPES.into_iter().map(str::to_owned).collect();
    assert_eq!(composite, known);
    let sdl = gateway.get("schema/operator.graphql").await.text();
    assert!(sdl.contains("type Tenant"), "{sdl}");
    for word in ["@personalData", "DataSubject ", "subjectId"] {
        assert!(!sdl.contains(word), "{word}");
    }
}

const EVERYTHING: &str = "{
    tenants(first: 100) { totalCount edges { node {
        id name organisationNumber country status privacyContact { name email phone } relationshipStartedOn
        relationshipEndsOn agreement { id version status documentSha256 }
        requestFigures { open dueSoon overdue failedDownstreamTasks overdueDownstreamTasks } } } }
    agreementTemplates { id name language textSha256 }
    subprocessors(includeEnded: true) { id name objections { tenant { id } reason } awaiting { id } }
    personalDataBreaches { id description notices { tenant { id } notifiedAt } }
}";

async fn nothing_that_the_operator_can_read_holds_a_value_or_an_identifier_of_a_person(
    gateway: &TestGateway,
) {
    let tenant = gateway.tenant().await;
    let person = tenant.registers(complete_person("kanariefagel")).await;
    let request = tenant.submits_access(&person).await;
    let answer = gateway.platform().query(EVERYTHING, Value::Null).await;
    let figures = answer.data("/tenants/edges/0/node/requestFigures");
    assert_eq!(
        figures,
        json!({ "open": 1, "dueSoon": 0, "overdue": 0, "failedDownstreamTasks": 0, "overdueDownstreamTasks": 0 })
    );
    for id in [&person, &request] {
        let node =
            gateway.platform().query("query($id: ID!) { node(id: $id) { id } }", json!({ "id": id })).await;
        assert_eq!(node.data("/node"), Value::Null);
    }
    assert!(!answer.text().contains("kanariefagel") && !answer.text().contains(&person));
    gateway.on("2026-03-31");
    let soon = gateway.platform().query(EVERYTHING, Value::Null).await;
    assert_eq!(soon.data("/tenants/edges/0/node/requestFigures/dueSoon"), 1);
    gateway.on("2026-05-01");
    let late = gateway.platform().query(EVERYTHING, Value::Null).await;
    let late = late.data("/tenants/edges/0/node/requestFigures");
    assert_eq!(
        late,
        json!({ "open": 1, "dueSoon": 0, "overdue": 1, "failedDownstreamTasks": 0, "overdueDownstreamTasks": 0 })
    );
}

/// The tables that the operator's role may read; the rest of the database is refused by name.
const READ: [&str; 18] = [
    "agreement",
    "agreement_template",
    "breach",
    "breach_notice",
    "breach_supplement",
    "closing_certificate",
    "erasure_confirmation",
    "operator_idempotency",
    "seaql_migrations",
    "subprocessor",
    "subprocessor_notice",
    "supervisory_authority",
    "tenant",
    "tenant_closing",
    "tenant_export",
    "tenant_export_download",
    "trusted_document",
    "trusted_owner",
];

const REFUSED: &str = "42501";

async fn the_operators_role_reads_no_table_about_data_subjects(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    tenant.registers(complete_person("rollen")).await;
    let tables = gateway.databases.tables(Kind::Data).await;
    assert!(tables.len() > READ.len());
    let mut read = BTreeMap::new();
    for table in &tables {
        let Some(got) = gateway.databases.as_operator(&format!("SELECT * FROM {table}")).await else {
            // SQLite has no roles: there the types of the store are the whole defence.
            return;
        };
        read.insert(table.as_str(), got);
    }
    for (table, got) in read {
        let expected = if READ.contains(&table) { Ok(()) } else { Err(REFUSED.to_owned()) };
        assert_eq!(got, expected, "{table}");
    }
    for statement in [
        "SELECT object_id FROM notice",
        "UPDATE data_subject SET status = 'ERASED'",
        "DELETE FROM audit_event",
        "UPDATE agreement SET controller_signed_at = now()",
        "UPDATE agreement_signature SET signatory_name = 'x'",
        "TRUNCATE tenant CASCADE",
        "SET ROLE gateway_app",
    ] {
        let got = gateway.databases.as_operator(statement).await.unwrap();
        assert_eq!(got, Err(REFUSED.to_owned()), "{statement}");
    }
}

async fn each_api_takes_its_own_tokens_alone(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let at_operator =
        tenant.admin().at_the_operator_api().query("{ agreementTemplates { id } }", Value::Null).await;
    assert_eq!((at_operator.status, at_operator.code().as_str()), (401, "UNAUTHENTICATED"));
    let token = gateway.platform().token;
    let at_tenant = gateway.with_token(token).query("{ viewer { actorId } }", Value::Null).await;
    assert_eq!((at_tenant.status, at_tenant.code().as_str()), (401, "UNAUTHENTICATED"));
    let nobody = gateway.request(Method::POST, "operator/graphql").header("content-type", "application/json");
    let nobody = gateway.send(nobody.body(r#"{"query":"{ __typename }"}"#)).await;
    assert_eq!(nobody.status, 401);
}

async fn a_field_opens_for_its_scope_and_for_no_other(gateway: &TestGateway) {
    let fields = [
        ("operator:tenants", "{ tenants { totalCount } }"),
        ("operator:agreements", "{ agreementTemplates { id } }"),
        ("operator:subprocessors", "{ subprocessors { id } }"),
        ("operator:breaches", "{ personalDataBreaches { id } }"),
    ];
    for (needed, query) in fields {
        for (held, _) in fields {
            let answer = gateway.operator(held).query(query, Value::Null).await;
            let expected = if held == needed { "" } else { "FORBIDDEN" };
            assert_eq!(answer.code(), expected, "{query} with {held}");
        }
    }
}
