//! The HTTP surface: what is refused before it becomes an operation, and that nothing can be made to cost much.

use std::time::{Duration, Instant};

use reqwest::Method;
use serde_json::{Value, json};
use support::{TestGateway, on_both_databases, person};

on_both_databases! {
    the_gateway_says_that_it_is_alive_and_ready,
    every_answer_bears_a_request_id,
    a_request_that_another_sites_page_could_send_is_refused,
    a_mutation_is_never_sent_by_get,
}

const QUERY: &str = "{ viewer { actorId } }";
const MUTATION: &str =
    "mutation { registerDataSubject(input: { name: \"Ada Prov\" }) { dataSubject { id } } }";

async fn the_gateway_says_that_it_is_alive_and_ready(gateway: &TestGateway) {
    assert_eq!(gateway.get("healthz").await.status, 200);
    let ready = gateway.get("readyz").await;
    assert_eq!(ready.status, 200, "{}", ready.text());
    let absent = gateway.get("nothing/here").await;
    assert_eq!((absent.status, absent.errors().len()), (404, 1));
    for (path, own) in
        [("schema/gateway.graphql", "type DataSubject"), ("schema/operator.graphql", "type TenantEdge")]
    {
        let sdl = gateway.get(path).await;
        assert!(sdl.status == 200 && sdl.text().contains(own), "{path}");
    }
}

async fn every_answer_bears_a_request_id(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let own = "018f4e2a-0000-7000-8000-00000000abcd";
    for path in ["healthz", "nothing/here", "graphql", "downloads/AAAA", "schema/gateway.graphql"] {
        let made = gateway.get(path).await.header("x-request-id");
        assert_eq!(made.len(), 36, "{path}: {made}");
        let echoed = gateway.send(gateway.request(Method::GET, path).header("x-request-id", own)).await;
        assert_eq!(echoed.header("x-request-id"), own, "{path}");
    }
    for text in ["x", "018f4e2a", "018f4e2a-0000-7000-8000-00000000abcd; x", "🦀"] {
        let request =
            tenant.admin().request(Method::POST, "graphql").header("content-type", "application/json");
        let request = request.header("x-request-id", text).body(json!({ "query": QUERY }).to_string());
        let answer = gateway.send(request).await;
        assert!(answer.status == 200 && answer.header("x-request-id") != text, "{text}");
    }
}

async fn a_request_that_another_sites_page_could_send_is_refused(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let body = json!({ "query": QUERY }).to_string();
    for (content_type, header, status) in [
        ("application/json", None, 200),
        ("application/json; charset=utf-8", None, 200),
        ("text/plain", None, 400),
        ("application/x-www-form-urlencoded", None, 400),
        ("multipart/form-data; boundary=x", None, 400),
        ("", None, 400),
        ("text/plain", Some("graphql-require-preflight"), 415),
        ("application/jsonx", None, 400),
    ] {
        let mut request = tenant.admin().request(Method::POST, "graphql");
        if !content_type.is_empty() {
            request = request.header("content-type", content_type);
        }
        if let Some(header) = header {
            request = request.header(header, "1");
        }
        let answer = gateway.send(request.body(body.clone())).await;
        assert_eq!(answer.status, status, "{content_type} {header:?}: {}", answer.text());
    }
    let query = format!("graphql?query={}", url_encoded(QUERY));
    for (header, status) in
        [(None, 400), (Some("x-apollo-operation-name"), 200), (Some("graphql-require-preflight"), 200)]
    {
        let mut request = tenant.admin().request(Method::GET, &query);
        if let Some(header) = header {
            request = request.header(header, "1");
        }
        assert_eq!(gateway.send(request).await.status, status, "GET with {header:?}");
    }
    let preflight = gateway.request(Method::OPTIONS, "graphql").header("origin", "https://evil.example");
    let answer = gateway.send(preflight.header("access-control-request-method", "POST")).await;
    assert_eq!(
        answer.header("access-control-allow-origin"),
        "",
        "no origin is let in unless it is configured"
    );
}

fn url_encoded(text: &str) -> String {
    url::form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

async fn a_mutation_is_never_sent_by_get(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let query = format!("graphql?query={}", url_encoded(MUTATION));
    let request = tenant.admin().request(Method::GET, &query).header("graphql-require-preflight", "1");
    let refused = gateway.send(request).await;
    assert_eq!(refused.status, 405);
    assert!(refused.header("allow").contains("POST"), "{:?}", refused.headers);
    let count = "{ dataSubjects { totalCount } }";
    assert_eq!(tenant.admin().query(count, Value::Null).await.data("/dataSubjects/totalCount"), 0);
    tenant.admin().query(MUTATION, Value::Null).await;
    assert_eq!(tenant.admin().query(count, Value::Null).await.data("/dataSubjects/totalCount"), 1);
}

#[test]
fn a_body_over_one_mebibyte_is_refused() {
    support::on_sqlite(async |gateway: &TestGateway| {
        let tenant = gateway.tenant().await;
        for (length, status) in [(1 << 20, 200), ((1 << 20) + 1, 413), (8 << 20, 413)] {
            let mut body = json!({ "query": QUERY }).to_string();
            body.push_str(&" ".repeat(length - body.len()));
            let request =
                tenant.admin().request(Method::POST, "graphql").header("content-type", "application/json");
            // A gateway that stops reading may close the connection before all was sent.
            match request.body(body).send().await {
                Ok(answer) => assert_eq!(answer.status().as_u16(), status, "{length}"),
                Err(_) => assert_eq!((status, length), (413, 8 << 20)),
            }
        }
    });
}

#[test]
fn bombs_are_refused_before_they_cost_anything() {
    support::on_sqlite(async |gateway: &TestGateway| {
        let tenant = gateway.tenant().await;
        let doubling: String = (0..40).fold(String::from("{ ...f0 }"), |text, number| {
            let next = number + 1;
            format!("{text} fragment f{number} on Query {{ a{number}: viewer {{ actorId }} ...f{next} ...f{next} }}")
        }) + " fragment f40 on Query { viewer { actorId } }";
        let aliases: Vec<_> = (0..5_000).map(|number| format!("a{number}: viewer {{ actorId }}")).collect();
        let aliases = aliases.join(" ");
        for (bomb, text) in [
            ("a list nested 1,800 deep", format!("{{ nodes(ids: {}1{}) {{ id }} }}", "[".repeat(1_800), "]".repeat(1_800))),
            ("an object nested 3,000 deep", format!("{{ node(id: {}1{}) {{ id }} }}", "{a:".repeat(3_000), "}".repeat(3_000))),
            ("braces alone", "{".repeat(60_000)),
            ("fragments that double", doubling),
            ("5,000 aliases", format!("{{ {aliases} }}")),
            ("directives", format!("{{ viewer {} {{ actorId }} }}", "@include(if: true)".repeat(3_000))),
            ("a fragment round in a circle", "{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }".to_owned()),
            ("introspection round in a circle", format!("{{ __schema {{ types {}name{} }} }}", "{ fields { type ".repeat(8), " } }".repeat(8))),
            ("long pages in long pages", "{ dataSubjects(first: 100) { edges { node { rightsRequests(first: 100) { edges { node { timeline { status } } } } } } } }".to_owned()),
            ("100 KB of text", format!("{{ viewer {{ actorId }} }} # {}", "x".repeat(100_000))),
        ] {
            let began = Instant::now();
            let answer = tenant.admin().query(&text, Value::Null).await;
            assert_ne!(answer.code(), "", "{bomb}: {}", answer.text());
            assert!(began.elapsed() < Duration::from_secs(2), "{bomb} took {:?}", began.elapsed());
        }
        let nested = format!("{}1{}", "[".repeat(100), "]".repeat(100));
        let body = format!(
            "{{\"query\":\"query($ids: [ID!]!) {{ nodes(ids: $ids) {{ id }} }}\",\"variables\":{{\"ids\":{nested}}}}}"
        );
        let request =
            tenant.admin().request(Method::POST, "graphql").header("content-type", "application/json");
        assert_ne!(gateway.send(request.body(body)).await.code(), "", "variables count too");
        assert_eq!(tenant.admin().query(QUERY, Value::Null).await.status, 200, "and it still answers");
    });
}

#[test]
fn an_operation_that_costs_too_much_is_told_its_cost() {
    support::on_sqlite(async |gateway: &TestGateway| {
        let tenant = gateway.tenant().await;
        let text = "{ a: dataSubjects(first: 100) { edges { node { accessLog(first: 200) { edges { node { id } } } } } } }";
        let refused = tenant.admin().query(text, Value::Null).await;
        assert_eq!(refused.code(), "OPERATION_TOO_EXPENSIVE");
        let extensions = refused.at("/errors/0/extensions");
        assert!(extensions["cost"].as_u64() > extensions["limit"].as_u64(), "{extensions}");
    });
}

#[test]
fn a_caller_that_asks_too_often_is_told_to_wait() {
    support::run(async {
        let gateway = TestGateway::sqlite_with(|config| config.limits.requests_per_minute = 5).await;
        let tenant = gateway.tenant().await;
        let (busy, other) = (tenant.named("busy", "subjects:read"), tenant.named("other", "subjects:read"));
        let mut statuses = Vec::new();
        for _ in 0..8 {
            statuses.push(busy.query(QUERY, Value::Null).await);
        }
        let limited: Vec<_> = statuses.iter().filter(|answer| answer.status == 429).collect();
        assert!((2..=3).contains(&limited.len()), "{}", limited.len());
        assert_eq!(limited[0].code(), "RATE_LIMITED");
        assert!(limited[0].header("retry-after").parse::<u32>().is_ok_and(|seconds| seconds > 0));
        assert_eq!(other.query(QUERY, Value::Null).await.status, 200, "others are not kept waiting");
        gateway.stop().await;
    });
}

#[test]
fn a_client_that_hangs_up_leaves_its_mutation_whole() {
    support::on_sqlite(async |gateway: &TestGateway| {
        let tenant = gateway.tenant().await;
        for number in 0..20_u64 {
            let admin = tenant.admin();
            let name = person(&format!("Ada {number}"));
            let sent = admin.change("registerDataSubject", name, "dataSubject { id }");
            let _hung_up = tokio::time::timeout(Duration::from_micros(number * 400), sent).await;
        }
        // What is still under way may be done or not yet: one statement sees a person with the entry about it, or neither.
        let without = "SELECT ((SELECT count(*) FROM data_subject) \
                       - (SELECT count(*) FROM audit_event WHERE action = 'dataSubject.register')) || ''";
        for _ in 0..10 {
            assert_eq!(gateway.databases.texts(support::Kind::Data, without).await, ["0"]);
            tokio::time::sleep(Duration::from_millis(30)).await;
        }
        tenant.registers(person("Efter Avbrotten")).await;
    });
}
