//! What a token is shown of the schema: all of it, or what its scopes open, and the same whichever way it asks.

use std::collections::BTreeSet;

use reqwest::Method;
use serde_json::{Value, json};
use support::{Answer, Caller, TestGateway};

const FIELDS: &str = "{ __schema { types { name fields(includeDeprecated: true) { name } } } }";

fn with_views(test: impl AsyncFnOnce(&TestGateway)) {
    support::run(async {
        let scopes = gateway::config::SchemaView::Scopes;
        let gateway = TestGateway::sqlite_with(|config| config.introspection.view = scopes).await;
        test(&gateway).await;
        gateway.stop().await;
    });
}

/// All fields as introspection tells them, as `Type.field`.
async fn introspected(caller: &Caller<'_>) -> BTreeSet<String> {
    let answer = caller.query(FIELDS, Value::Null).await;
    let types = answer.data("/__schema/types").as_array().unwrap().clone();
    let own = types.iter().filter(|one| !one["name"].as_str().unwrap().starts_with("__"));
    let fields = own.flat_map(|one| {
        let fields = one["fields"].as_array().cloned().unwrap_or_default();
        fields.into_iter().map(|field| format!("{}.{}", one["name"], field["name"]).replace('"', ""))
    });
    fields.collect()
}

/// What a token's scopes open, as it is printed.
async fn view(caller: &Caller<'_>, path: &str) -> Answer {
    let request = caller.request(Method::GET, &format!("schema/{path}.graphql?view=scopes"));
    caller.sends(request).await
}

/// All fields of a schema as it is printed.
fn printed(sdl: &str) -> BTreeSet<String> {
    let mut of = "";
    let mut fields = BTreeSet::new();
    for line in sdl.lines() {
        if let Some(name) = line.strip_prefix("type ").or_else(|| line.strip_prefix("interface ")) {
            of = name.split([' ', '{']).next().unwrap();
        } else if line.starts_with('}') {
            of = "";
        } else if let Some(field) = line.strip_prefix("  ")
            && !of.is_empty()
            && let Some((name, _)) = field.split_once([':', '('])
            && !name.is_empty()
            && name.chars().all(|letter| letter.is_ascii_alphanumeric())
        {
            fields.insert(format!("{of}.{name}"));
        }
    }
    fields
}

#[test]
fn a_token_is_shown_what_its_scopes_open_whichever_way_it_asks() {
    with_views(async |gateway| {
        let tenant = gateway.tenant().await;
        let whole = printed(&gateway.get("schema/gateway.graphql").await.text());
        for (scopes, shown, hidden) in [
            ("", "Query.viewer", "Query.dataSubjects"),
            ("subjects:read", "DataSubject.name", "Mutation.registerDataSubject"),
            ("consents:read", "Consent.purpose", "Query.dataSubjects"),
            ("breaches:acknowledge", "Mutation.acknowledgeBreach", "Query.personalDataBreaches"),
            ("audit:read subjects:read", "AuditEvent.proof", "DataSubject.consents"),
        ] {
            let caller = tenant.staff(scopes);
            let told = introspected(&caller).await;
            assert!(told.contains(shown) && !told.contains(hidden), "{scopes}: {told:?}");
            assert_eq!(told, printed(&view(&caller, "gateway").await.text()), "{scopes}");
            assert!(told.is_subset(&whole), "{scopes}");
        }
        let everything = view(&tenant.admin(), "gateway").await;
        assert!(everything.text().contains("registerDataSubject") && !everything.text().contains("  me:"));
    });
}

#[test]
fn an_operator_is_shown_its_part_of_its_own_schema() {
    with_views(async |gateway| {
        let staff = gateway.operator("operator:breaches");
        let told = introspected(&staff).await;
        assert!(told.contains("Query.personalDataBreaches") && !told.contains("Query.tenants"), "{told:?}");
        assert_eq!(told, printed(&view(&staff, "operator").await.text()));
        assert_eq!(view(&staff, "gateway").await.status, 401);
    });
}

#[test]
fn the_same_scopes_have_the_same_digest_in_whatever_order() {
    support::on_sqlite(async |gateway: &TestGateway| {
        let tenant = gateway.tenant().await;
        let digest = async |scopes: &str| {
            let answer = view(&tenant.staff(scopes), "gateway").await;
            assert_eq!((answer.status, answer.header("cache-control").as_str()), (200, "no-store"));
            assert_eq!(answer.header("etag"), format!("\"{}\"", answer.header("x-schema-digest")));
            answer.header("x-schema-digest")
        };
        let one = digest("subjects:read consents:read").await;
        assert_eq!(one, digest("consents:read subjects:read unknown:scope subjects:read").await);
        assert_ne!(one, digest("subjects:read").await);
        let request = tenant.staff("consents:read subjects:read");
        let again = request.request(Method::GET, "schema/gateway.graphql?view=scopes");
        let again = again.header("if-none-match", format!("\"{one}\""));
        assert_eq!(gateway.send(again).await.status, 304);
        assert_eq!(gateway.get("schema/gateway.graphql?view=all").await.status, 400);
    });
}

#[test]
fn the_schema_is_asked_for_by_itself_where_tokens_see_a_part() {
    with_views(async |gateway| {
        let caller = gateway.tenant().await.staff("subjects:read").token;
        let caller = gateway.with_token(caller);
        for text in [
            "{ __schema { types { name } } viewer { actorId } }",
            "{ viewer { actorId } ...A } fragment A on Query { __type(name: \"Mutation\") { name } }",
        ] {
            let mixed = caller.query(text, Value::Null).await;
            assert_eq!(mixed.code(), "GRAPHQL_VALIDATION_FAILED", "{text}");
            assert!(!mixed.text().contains("registerDataSubject"), "{text}");
        }
        let document = "query A { __type(name: \"Mutation\") { name } } query B { viewer { actorId } }";
        let hidden = caller.posts(json!({ "query": document, "operationName": "A" })).await;
        assert_eq!(hidden.data("/__type"), Value::Null, "the other operations of a document change nothing");
        let data = caller.posts(json!({ "query": document, "operationName": "B" })).await;
        assert_eq!(data.status, 200);
        let named = caller
            .query("{ __type(name: \"RightsRequest\") { fields { name } } __typename }", Value::Null)
            .await;
        assert_eq!(named.data("/__typename"), "Query");
    });
}

#[test]
fn what_is_hidden_is_refused_as_before() {
    with_views(async |gateway| {
        let tenant = gateway.tenant().await;
        let refused =
            tenant.staff("subjects:read").query("{ auditEvents { edges { cursor } } }", Value::Null).await;
        assert_eq!(refused.code(), "FORBIDDEN", "{}", refused.text());
        assert_eq!(gateway.with_token("").query(FIELDS, Value::Null).await.status, 401);
    });
}

#[test]
fn without_views_every_valid_token_is_shown_the_whole() {
    support::on_sqlite(async |gateway: &TestGateway| {
        let tenant = gateway.tenant().await;
        let whole = printed(&gateway.get("schema/gateway.graphql").await.text());
        assert_eq!(introspected(&tenant.staff("subjects:read")).await, whole);
        assert_eq!(gateway.with_token("").query(FIELDS, Value::Null).await.status, 401);
    });
}
