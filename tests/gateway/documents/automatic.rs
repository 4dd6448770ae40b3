//! Automatic persisted queries: a text is kept under its own digest alone, for its tenant alone, and only if it is fit.

use serde_json::{Value, json};
use support::{Answer, Caller, TestGateway, run};

use super::{DocumentMode, PAGE, client, document, hash, of, publishes};

async fn asks(caller: &Caller<'_>, sha256: &str, text: Option<&str>) -> Answer {
    let mut body = json!({ "extensions": { "persistedQuery": { "version": 1, "sha256Hash": sha256 } } });
    if let Some(text) = text {
        body["query"] = json!(text);
    }
    caller.posts(body).await
}

#[test]
fn a_text_is_kept_under_its_own_hash_for_its_own_tenant() {
    run(async {
        let gateway = TestGateway::sqlite_with(|config| config.documents.automatic = true).await;
        let (tenant, other) = (gateway.tenant().await, gateway.tenant().await);
        let (caller, foreign) = (tenant.staff("subjects:read"), other.staff("subjects:read"));
        let unknown = asks(&caller, &hash(PAGE), None).await;
        assert_eq!(unknown.code(), "PERSISTED_QUERY_NOT_FOUND");
        asks(&caller, &hash(PAGE), Some(PAGE)).await.flawless();
        asks(&caller, &hash(PAGE), None).await.flawless();
        let never = asks(&foreign, &hash(PAGE), None).await;
        assert_eq!((never.status, never.body), (unknown.status, unknown.body), "known to one tenant alone");
        asks(&foreign, &hash(PAGE), Some(PAGE)).await.flawless();
        gateway.stop().await;
    });
}

#[test]
fn what_is_wrong_invalid_or_too_expensive_is_never_kept() {
    run(async {
        let gateway = TestGateway::sqlite_with(|config| {
            config.documents.automatic = true;
            config.limits.cost = 100;
        })
        .await;
        let tenant = gateway.tenant().await;
        let caller = tenant.staff("subjects:read");
        let expensive = "{ dataSubjects(first: 100) { edges { node { id name email } } } }";
        for (sha256, text, code) in [
            (hash("{ viewer { scopes } }"), PAGE, "BAD_USER_INPUT"),
            (hash("{ viewer {"), "{ viewer {", "GRAPHQL_PARSE_FAILED"),
            (hash("{ nothing }"), "{ nothing }", "GRAPHQL_VALIDATION_FAILED"),
            (hash(expensive), expensive, "OPERATION_TOO_EXPENSIVE"),
        ] {
            assert_eq!(asks(&caller, &sha256, Some(text)).await.code(), code, "{text}");
            assert_eq!(asks(&caller, &sha256, None).await.code(), "PERSISTED_QUERY_NOT_FOUND", "{text}");
        }
        gateway.stop().await;
    });
}

#[test]
fn nothing_is_kept_where_it_is_not_allowed_or_documents_are_required() {
    run(async {
        let plain = TestGateway::sqlite().await;
        let tenant = plain.tenant().await;
        let caller = tenant.staff("subjects:read");
        asks(&caller, &hash(PAGE), Some(PAGE)).await.flawless();
        assert_eq!(asks(&caller, &hash(PAGE), None).await.code(), "PERSISTED_QUERY_NOT_FOUND");
        plain.stop().await;

        let automatic = TestGateway::sqlite_with(|config| config.documents.automatic = true).await;
        let tenant = automatic.tenant().await;
        let other = vec![document("Other", "{ viewer { scopes } }")];
        publishes(&automatic, &client("web"), DocumentMode::Require, other).await;
        let web = of(&tenant, "web", "subjects:read");
        for text in [Some(PAGE), None] {
            assert_eq!(asks(&web, &hash(PAGE), text).await.code(), "PERSISTED_OPERATION_REQUIRED");
        }
        // What another client of the tenant has taught is no published document either.
        let free = tenant.staff("subjects:read");
        asks(&free, &hash(PAGE), Some(PAGE)).await.flawless();
        assert_eq!(asks(&web, &hash(PAGE), None).await.code(), "PERSISTED_OPERATION_REQUIRED");
        assert_eq!(free.query(PAGE, Value::Null).await.code(), "");
        automatic.stop().await;
    });
}
