//! Trusted documents: an operation that was published is named instead of sent, by those whose it is, until its day.

mod automatic;
mod kept;
mod published;

use std::time::Duration;

use auth::development::TokenRequest;
use domain::scope::Scope;
use domain::trusted::{DocumentMode, DocumentOwner};
use gateway::service::trusted::{FRESH, sha256};
use reqwest::Method;
use serde_json::{Value, json};
use store::{Address, DocumentDesk, Earlier, Publication, TrustedDocument};
use support::{Answer, Caller, Tenant, TestGateway, on_both_databases, person, run};
use tokio::time::sleep;

on_both_databases! {
    a_published_document_is_executed_by_its_identifier_in_every_form,
    a_document_of_another_owner_is_as_if_there_were_none,
    the_stricter_mode_of_gateway_and_owners_wins,
    with_a_document_a_token_counts_no_scope_beyond_its_ceiling,
    from_its_day_on_a_document_is_as_if_there_were_none,
    a_withdrawn_document_is_gone_within_a_second,
    a_text_and_its_identifier_must_agree,
    a_subscription_can_name_its_document,
    naming_a_document_costs_no_statement,
}

const PAGE: &str = "query Page($first: Int) { dataSubjects(first: $first) { edges { node { id name } } } }";
const REGISTER: &str = "mutation Register($input: RegisterDataSubjectInput!) { registerDataSubject(input: $input) { userErrors { code } } }";
const FOLLOW: &str = "subscription Follow { breachReported { id } }";
const VIEWER: &str = "{ viewer { scopes } }";

fn client(name: &str) -> DocumentOwner {
    DocumentOwner::Client(name.to_owned())
}

/// A document that anybody may name for ever.
fn document(id: &str, text: &str) -> TrustedDocument {
    TrustedDocument {
        id: id.to_owned(),
        sha256: sha256(text),
        text: text.to_owned(),
        name: None,
        ceiling: None,
        expires_on: None,
    }
}

fn hash(text: &str) -> String {
    sha256(text).iter().fold(String::new(), |hash, byte| format!("{hash}{byte:02x}"))
}

async fn desk(gateway: &TestGateway) -> DocumentDesk {
    let url = match &gateway.databases.postgres {
        Some(databases) => databases.data.operator.clone(),
        None => format!("sqlite://{}", gateway.folder().join("gateway.db").display()),
    };
    DocumentDesk::open(&Address { url, max_connections: 1 }).await.unwrap()
}

/// Publishes documents, and waits until every process knows of them.
async fn publishes(
    gateway: &TestGateway,
    owner: &DocumentOwner,
    mode: DocumentMode,
    documents: Vec<TrustedDocument>,
) {
    let publication =
        Publication { owner: owner.clone(), mode: Some(mode), documents, earlier: Earlier::Stay };
    desk(gateway).await.publish(publication, gateway.now()).await.unwrap();
    is_known().await;
}

async fn is_known() {
    sleep(FRESH + Duration::from_millis(20)).await;
}

/// A client that acts for a tenant.
fn of<'g>(tenant: &Tenant<'g>, name: &str, scopes: &str) -> Caller<'g> {
    let gateway = tenant.gateway();
    let request = TokenRequest {
        tenant: Some(tenant.id),
        subject: None,
        actor: "app".to_owned(),
        scopes: scopes.split_whitespace().map(str::to_owned).collect(),
        lifetime: Duration::from_hours(1),
        now: gateway.now(),
    };
    gateway.with_token(gateway.issuer().mint_for(&request, Some(name)))
}

async fn names(caller: &Caller<'_>, id: &str) -> Answer {
    caller.posts(json!({ "documentId": id })).await
}

async fn gets(gateway: &TestGateway, caller: &Caller<'_>, query: &str) -> Answer {
    let request = caller.request(Method::GET, &format!("graphql?{query}"));
    gateway.send(request.header("graphql-require-preflight", "1")).await
}

async fn a_published_document_is_executed_by_its_identifier_in_every_form(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    for number in 0..3 {
        tenant.registers(person(&format!("Ada Prov {number}"))).await;
    }
    let documents = vec![document("Page/1", PAGE), document("Register/1", REGISTER)];
    publishes(gateway, &client("web"), DocumentMode::Prefer, documents).await;
    let web = of(&tenant, "web", "subjects:read subjects:write");
    let digest = hash(PAGE);
    let page = json!({ "first": 2 });
    for named in [
        json!({ "documentId": "Page/1" }),
        json!({ "documentId": digest }),
        json!({ "documentId": format!("sha256:{digest}") }),
        json!({ "documentId": format!("sha256:{}", digest.to_uppercase()) }),
        json!({ "documentId": "Page/1", "query": PAGE, "operationName": "Page" }),
        json!({ "extensions": { "persistedQuery": { "version": 1, "sha256Hash": digest } } }),
        json!({ "extensions": { "persistedQuery": { "version": 1, "sha256Hash": "Page/1" } } }),
    ] {
        let mut body = named.clone();
        body["variables"] = page.clone();
        let answer = web.posts(body).await;
        assert_eq!(answer.data("/dataSubjects/edges").as_array().map(Vec::len), Some(2), "{named}");
    }
    for named in [
        "documentId=Page/1".to_owned(),
        format!("documentId=sha256:{digest}"),
        format!(
            "extensions=%7B%22persistedQuery%22:%7B%22version%22:1,%22sha256Hash%22:%22{digest}%22%7D%7D"
        ),
    ] {
        let answer = gets(gateway, &web, &format!("{named}&variables=%7B%22first%22:2%7D")).await;
        assert_eq!(answer.data("/dataSubjects/edges").as_array().map(Vec::len), Some(2), "{named}");
    }
    assert_eq!(gets(gateway, &web, "documentId=Register/1").await.status, 405, "a mutation is sent by POST");
    let answer = web.posts(json!({ "documentId": "Page/1", "operationName": "Other" })).await;
    assert_eq!(answer.code(), "GRAPHQL_VALIDATION_FAILED");
    let answer = web.posts(json!({ "documentId": "Page/1", "variables": { "first": "two" } })).await;
    assert_eq!(answer.code(), "GRAPHQL_VALIDATION_FAILED");
}

async fn a_document_of_another_owner_is_as_if_there_were_none(gateway: &TestGateway) {
    let (tenant, other) = (gateway.tenant().await, gateway.tenant().await);
    publishes(gateway, &client("web"), DocumentMode::Prefer, vec![document("of-client", VIEWER)]).await;
    let owner = DocumentOwner::Tenant(tenant.id);
    publishes(gateway, &owner, DocumentMode::Prefer, vec![document("of-tenant", PAGE)]).await;
    let scopes = "subjects:read";
    for (caller, id, found) in [
        (of(&tenant, "web", scopes), "of-client", true),
        (of(&other, "web", scopes), "of-client", true),
        (of(&tenant, "other", scopes), "of-client", false),
        (tenant.staff(scopes), "of-client", false),
        (of(&tenant, "other", scopes), "of-tenant", true),
        (tenant.staff(scopes), "of-tenant", true),
        (of(&other, "web", scopes), "of-tenant", false),
        (other.staff(scopes), "of-tenant", false),
        (other.staff(scopes), &hash(PAGE), false),
        // The owner's name is no part of the identifier, and one kind of owner is not the other.
        (of(&other, &tenant.id.to_string(), scopes), "of-tenant", false),
    ] {
        let (answer, never) = (names(&caller, id).await, names(&caller, "never-published").await);
        assert_eq!(never.code(), "PERSISTED_QUERY_NOT_FOUND");
        assert_eq!(never.at("/errors/0/message"), "PersistedQueryNotFound");
        if found {
            assert_ne!(answer.data(""), Value::Null, "{id}");
        } else {
            assert_eq!((answer.status, &answer.body), (never.status, &never.body), "{id}");
        }
    }
    let operator = gateway.platform();
    assert_eq!(names(&operator, "of-client").await.code(), "PERSISTED_QUERY_NOT_FOUND");
}

async fn the_stricter_mode_of_gateway_and_owners_wins(gateway: &TestGateway) {
    let (tenant, other) = (gateway.tenant().await, gateway.tenant().await);
    publishes(gateway, &client("web"), DocumentMode::Prefer, vec![document("Page", PAGE)]).await;
    let owner = DocumentOwner::Tenant(tenant.id);
    publishes(gateway, &owner, DocumentMode::Require, vec![document("Viewer", VIEWER)]).await;
    let web = of(&tenant, "web", "subjects:read");
    for (body, code) in [
        (json!({ "documentId": "Page" }), ""),
        (json!({ "documentId": "Viewer" }), ""),
        // A text that is a published one is the published one.
        (json!({ "query": PAGE }), ""),
        (json!({ "query": VIEWER }), ""),
        (json!({ "query": format!("{VIEWER} ") }), "PERSISTED_OPERATION_REQUIRED"),
        (json!({ "query": "{ __schema { queryType { name } } }" }), "PERSISTED_OPERATION_REQUIRED"),
        (json!({ "query": "no GraphQL at all {{{" }), "PERSISTED_OPERATION_REQUIRED"),
        (json!({ "query": "x".repeat(200_000) }), "PERSISTED_OPERATION_REQUIRED"),
        (json!({ "documentId": "unknown" }), "PERSISTED_OPERATION_REQUIRED"),
        (json!({ "documentId": "unknown", "query": "{ viewer { name } }" }), "PERSISTED_OPERATION_REQUIRED"),
    ] {
        let short = body.to_string().chars().take(80).collect::<String>();
        assert_eq!(web.posts(body).await.code(), code, "{short}");
    }
    // It binds the one tenant, whatever the client, and nobody else.
    assert_eq!(
        tenant.admin().query("{ viewer { __typename } }", Value::Null).await.code(),
        "PERSISTED_OPERATION_REQUIRED"
    );
    of(&other, "web", "subjects:read").query("{ viewer { __typename } }", Value::Null).await.flawless();
    publishes(gateway, &client("strict"), DocumentMode::Require, vec![document("Page", PAGE)]).await;
    let strict = of(&other, "strict", "subjects:read").query("{ viewer { __typename } }", Value::Null).await;
    assert_eq!(strict.code(), "PERSISTED_OPERATION_REQUIRED", "a client's mode binds it with every tenant");
}

async fn with_a_document_a_token_counts_no_scope_beyond_its_ceiling(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let reading = TrustedDocument { ceiling: Some([Scope::SubjectsRead].into()), ..document("Page", PAGE) };
    let nothing = TrustedDocument { ceiling: Some([Scope::AuditRead].into()), ..document("Other", PAGE) };
    let writing =
        TrustedDocument { ceiling: Some([Scope::SubjectsRead].into()), ..document("Write", REGISTER) };
    let following =
        TrustedDocument { ceiling: Some([Scope::AuditRead].into()), ..document("Follow", FOLLOW) };
    let documents = vec![reading, nothing, writing, following];
    publishes(gateway, &client("web"), DocumentMode::Prefer, documents).await;
    let web = of(&tenant, "web", "subjects:read subjects:write breaches:read");
    names(&web, "Page").await.flawless();
    assert_eq!(names(&web, "Other").await.code(), "FORBIDDEN", "the ceiling lacks the scope");
    let input = json!({ "input": person("Ada Prov") });
    let answer = web.posts(json!({ "documentId": "Write", "variables": input })).await;
    assert_eq!(answer.code(), "FORBIDDEN", "the ceiling holds for mutations");
    let poor = of(&tenant, "web", "audit:read");
    assert_eq!(names(&poor, "Page").await.code(), "FORBIDDEN", "a ceiling gives nothing");
    let mut socket = web.socket().await;
    socket.says(json!({ "type": "subscribe", "id": "1", "payload": { "documentId": "Follow" } })).await;
    assert_eq!(socket.refusal("1").await, "FORBIDDEN", "and for subscriptions");
}

async fn from_its_day_on_a_document_is_as_if_there_were_none(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let expiring =
        TrustedDocument { expires_on: Some("2026-03-05".parse().unwrap()), ..document("Page", PAGE) };
    publishes(gateway, &client("web"), DocumentMode::Prefer, vec![expiring]).await;
    let code = async || names(&of(&tenant, "web", "subjects:read"), "Page").await.code();
    gateway.clock.set(support::begins("2026-03-05") - Duration::from_millis(1));
    assert_eq!(code().await, "");
    gateway.clock.set(support::begins("2026-03-05"));
    assert_eq!(code().await, "PERSISTED_QUERY_NOT_FOUND");
    desk(gateway).await.set_mode(&client("web"), DocumentMode::Require).await.unwrap();
    is_known().await;
    assert_eq!(code().await, "PERSISTED_OPERATION_REQUIRED");
    let text = of(&tenant, "web", "subjects:read").query(PAGE, Value::Null).await;
    assert_eq!(text.code(), "PERSISTED_OPERATION_REQUIRED", "the expired text is no published one");
}

async fn a_withdrawn_document_is_gone_within_a_second(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let documents = vec![document("Page", PAGE), document("Viewer", VIEWER)];
    publishes(gateway, &client("web"), DocumentMode::Prefer, documents).await;
    let web = of(&tenant, "web", "subjects:read");
    names(&web, "Page").await.flawless();
    assert_eq!(desk(gateway).await.withdraw(&client("web"), &["Page".to_owned()]).await.unwrap(), 1);
    is_known().await;
    assert_eq!(names(&web, "Page").await.code(), "PERSISTED_QUERY_NOT_FOUND");
    names(&web, "Viewer").await.flawless();
}

async fn a_text_and_its_identifier_must_agree(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    publishes(gateway, &client("web"), DocumentMode::Prefer, vec![document("Page", PAGE)]).await;
    let web = of(&tenant, "web", "subjects:read");
    for (id, text, code) in [
        ("Page", PAGE, ""),
        ("Page", VIEWER, "BAD_USER_INPUT"),
        (&hash(PAGE), VIEWER, "BAD_USER_INPUT"),
        (&hash("{ never }"), VIEWER, "BAD_USER_INPUT"),
        // What names nothing is no word about the text.
        ("unknown", VIEWER, ""),
    ] {
        let answer = web.posts(json!({ "documentId": id, "query": text })).await;
        assert_eq!(answer.code(), code, "{id} with {text}");
    }
    for (body, status) in [
        (json!({ "documentId": "", "query": VIEWER }), 400),
        (json!({ "documentId": 7 }), 400),
        (json!({ "documentId": "sha256:abc" }), 400),
        (json!({ "documentId": "x".repeat(256) }), 400),
        (
            json!({ "documentId": "Page", "extensions": { "persistedQuery": { "version": 1, "sha256Hash": "x" } } }),
            400,
        ),
        (json!({ "extensions": { "persistedQuery": { "version": 2, "sha256Hash": "x" } } }), 400),
        (json!({ "extensions": { "persistedQuery": null } }), 400),
    ] {
        let answer = web.posts(body.clone()).await;
        assert_eq!((answer.status, answer.code().as_str()), (status, "BAD_USER_INPUT"), "{body}");
    }
}

async fn a_subscription_can_name_its_document(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    publishes(gateway, &client("web"), DocumentMode::Require, vec![document("Follow", FOLLOW)]).await;
    let mut socket = of(&tenant, "web", "breaches:read").socket().await;
    socket.says(support::subscribe("1", "subscription { breachReported { __typename } }")).await;
    assert_eq!(socket.refusal("1").await, "PERSISTED_OPERATION_REQUIRED");
    for payload in [
        json!({ "documentId": "Follow" }),
        json!({ "extensions": { "persistedQuery": { "version": 1, "sha256Hash": hash(FOLLOW) } } }),
    ] {
        socket.says(json!({ "type": "subscribe", "id": "1", "payload": payload })).await;
        socket.says(json!({ "type": "ping" })).await;
        assert_eq!(socket.hears().await, json!({ "type": "pong" }));
        socket.says(json!({ "type": "complete", "id": "1" })).await;
    }
}

async fn naming_a_document_costs_no_statement(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    publishes(gateway, &client("web"), DocumentMode::Prefer, vec![document("Page", PAGE)]).await;
    let (web, staff) = (of(&tenant, "web", "subjects:read"), tenant.staff("subjects:read"));
    names(&web, "Page").await.flawless();
    staff.query(PAGE, Value::Null).await.flawless();
    let mut costs = Vec::new();
    // The second round looks at the revision again, which is no statement of a request.
    for _ in 0..2 {
        for (caller, body) in [(&staff, json!({ "query": PAGE })), (&web, json!({ "documentId": "Page" }))] {
            let before = gateway.statements();
            caller.posts(body).await.flawless();
            costs.push(gateway.statements() - before);
        }
        is_known().await;
    }
    assert!(costs.iter().all(|cost| *cost == costs[0]), "{costs:?}");
}

#[test]
fn where_documents_are_off_only_an_owner_who_requires_them_has_any() {
    run(async {
        let gateway =
            TestGateway::sqlite_with(|config| config.documents.mode = gateway::config::DocumentsMode::Off)
                .await;
        let tenant = gateway.tenant().await;
        publishes(&gateway, &client("prefers"), DocumentMode::Prefer, vec![document("Viewer", VIEWER)]).await;
        publishes(&gateway, &client("requires"), DocumentMode::Require, vec![document("Viewer", VIEWER)])
            .await;
        for (name, named, text) in
            [("prefers", "PERSISTED_QUERY_NOT_FOUND", ""), ("requires", "", "PERSISTED_OPERATION_REQUIRED")]
        {
            let caller = of(&tenant, name, "subjects:read");
            assert_eq!(names(&caller, "Viewer").await.code(), named, "{name}");
            assert_eq!(caller.query("{ viewer { __typename } }", Value::Null).await.code(), text, "{name}");
        }
        gateway.stop().await;
    });
}
