//! Budgets: what one token and one tenant may ask for, in requests, cost units and persons, and that whoever is beyond a
//! budget is told which one and when to come again.

mod disclosed;

use std::net::{Ipv4Addr, TcpListener};
use std::time::Duration;

use gateway::app::Role;
use gateway::config::{LimitMode, LimitsConfig};
use reqwest::Method;
use serde_json::{Value, json};
use support::{Answer, Caller, TestGateway, person};

/// What a gateway is set to.
type Setup = fn(&mut LimitsConfig);

/// Costs 2.
const CHEAP: &str = "{ viewer { actorId } }";

async fn gateway(setup: impl FnOnce(&mut LimitsConfig)) -> TestGateway {
    TestGateway::sqlite_with(|config| setup(&mut config.limits)).await
}

/// Sees to it that an answer is a refusal that names the budget and says when to come again.
fn is_refused(answer: &Answer, budget: &str, seconds: u64) {
    let extensions = json!({ "code": "RATE_LIMITED", "budget": budget, "retryAfter": seconds });
    assert_eq!((answer.status, answer.at("/errors/0/extensions")), (429, extensions), "{}", answer.text());
    assert_eq!(answer.header("retry-after"), seconds.to_string());
    assert_eq!(answer.at("/data"), Value::Null);
}

async fn passes(caller: &Caller<'_>) {
    let answer = caller.query(CHEAP, Value::Null).await;
    assert_eq!((answer.status, answer.errors().len()), (200, 0), "{}", answer.text());
}

#[test]
fn a_budget_gives_what_it_holds_and_then_as_much_as_has_come_back() {
    const BUDGETS: [(&str, Setup, bool); 3] = [
        ("requestsPerMinute", |limits| limits.requests_per_minute = 5, false),
        ("costPerMinuteOfToken", |limits| limits.cost_per_minute_token = 10, false),
        ("costPerMinuteOfTenant", |limits| limits.cost_per_minute_tenant = 10, true),
    ];
    support::run(async {
        for (budget, setup, is_shared) in BUDGETS {
            let gateway = gateway(setup).await;
            let (tenant, other) = (gateway.tenant().await, gateway.tenant().await);
            let busy = tenant.named("busy", "subjects:read");
            for _ in 0..5 {
                passes(&busy).await;
            }
            is_refused(&busy.query(CHEAP, Value::Null).await, budget, 12);
            passes(&other.named("busy", "subjects:read")).await;
            let colleague = tenant.named("colleague", "subjects:read").query(CHEAP, Value::Null).await;
            assert_eq!(colleague.status, if is_shared { 429 } else { 200 }, "{budget}");
            let again = tenant.named("busy", "rights:read").query(CHEAP, Value::Null).await;
            is_refused(&again, budget, 12);
            gateway.clock.advance(Duration::from_millis(11_999));
            is_refused(&busy.query(CHEAP, Value::Null).await, budget, 1);
            gateway.clock.advance(Duration::from_millis(1));
            passes(&busy).await;
            gateway.stop().await;
        }
    });
}

#[test]
fn a_limit_that_only_measures_lets_pass_and_counts() {
    const DEAR: &str = "{ dataSubjects(first: 100) { edges { node { id name } } } }";
    const LIMITS: [(&str, Setup); 5] = [
        ("costPerOperation", |limits| (limits.cost, limits.cost_mode) = (100, LimitMode::Measure)),
        ("requestsPerMinute", |limits| {
            (limits.requests_per_minute, limits.requests_per_minute_mode) = (1, LimitMode::Measure);
        }),
        ("costPerMinuteOfToken", |limits| {
            (limits.cost_per_minute_token, limits.cost_per_minute_token_mode) = (300, LimitMode::Measure);
        }),
        ("costPerMinuteOfTenant", |limits| {
            (limits.cost_per_minute_tenant, limits.cost_per_minute_tenant_mode) = (320, LimitMode::Measure);
        }),
        ("subjectsPerHour", |limits| {
            (limits.subjects_per_hour, limits.subjects_per_hour_mode) = (1, LimitMode::Measure);
        }),
    ];
    support::run(async {
        for (limit, setup) in LIMITS {
            let gateway = gateway(setup).await;
            let tenant = gateway.tenant().await;
            for name in ["Ada Prov", "Bo Prov"] {
                tenant.registers(person(name)).await;
            }
            let reader = tenant.staff("subjects:read");
            for _ in 0..3 {
                let answer = reader.query(DEAR, Value::Null).await;
                assert_eq!(answer.data("/dataSubjects/edges").as_array().map(Vec::len), Some(2), "{limit}");
            }
            let counted = format!("limit_exceeded_total{{limit=\"{limit}\",mode=\"measure\"}} ");
            assert!(gateway.metrics().contains(&counted), "{limit}: {}", gateway.metrics());
            gateway.stop().await;
        }
    });
}

#[test]
fn whoever_asks_is_told_the_cost_and_what_is_left() {
    support::run(async {
        let gateway =
            gateway(|limits| (limits.cost_per_minute_token, limits.cost_per_minute_tenant) = (1_000, 5_000))
                .await;
        let tenant = gateway.tenant().await;
        let (curious, other) = (tenant.named("curious", "subjects:read"), tenant.named("other", ""));
        passes(&other).await;
        let asks = |text: &str| json!({ "query": text, "extensions": { "cost": true } });
        for (requested, token, left, text) in [
            (2, 998, 4_996, CHEAP),
            (4, 994, 4_992, "{ a: viewer { actorId } b: viewer { actorId } }"),
            (2, 992, 4_990, "query($n: ID!) { viewer { actorId @skip(if: true) } }"),
        ] {
            let answer = curious.posts(asks(text)).await;
            if text.contains("$n") {
                assert_eq!(answer.at("/extensions"), Value::Null, "a document that is not executed");
                continue;
            }
            let remaining = json!({ "token": token, "tenant": left });
            let cost = json!({ "requested": requested, "limit": 10_000, "remaining": remaining });
            assert_eq!(answer.at("/extensions/cost"), cost, "{}", answer.text());
        }
        assert_eq!(curious.query(CHEAP, Value::Null).await.at("/extensions"), Value::Null);
        let declined = json!({ "query": CHEAP, "extensions": { "cost": "yes" } });
        assert_eq!(curious.posts(declined).await.at("/extensions"), Value::Null);
        let told = gateway.platform().posts(asks("{ tenants(first: 1) { edges { cursor } } }")).await;
        let cost = json!({ "requested": 3, "limit": 10_000, "remaining": { "token": 997, "tenant": null } });
        assert_eq!(told.at("/extensions/cost"), cost, "{}", told.text());
        gateway.stop().await;
    });
}

#[test]
fn a_flood_of_what_cannot_be_read_meets_the_same_budget() {
    support::run(async {
        for (document, code) in [
            ("{", "GRAPHQL_PARSE_FAILED"),
            ("query A { viewer { actorId } } query B { viewer { actorId } }", "GRAPHQL_VALIDATION_FAILED"),
            ("subscription { rightsRequestChanged { id } }", "BAD_USER_INPUT"),
            (
                "{ a: retentionForecast { asOf } b: dataSubjects(first: 100) { edges { node { id name email phone position consents { purpose } } } } }",
                "OPERATION_TOO_EXPENSIVE",
            ),
        ] {
            let gateway = gateway(|limits| (limits.cost_per_minute_token, limits.cost) = (100, 1_000)).await;
            let busy = gateway.tenant().await.named("busy", "subjects:read");
            for _ in 0..10 {
                assert_eq!(busy.query(document, Value::Null).await.code(), code, "{document}");
            }
            is_refused(&busy.query(document, Value::Null).await, "costPerMinuteOfToken", 6);
            gateway.stop().await;
        }
    });
}

#[test]
fn the_platforms_own_staff_has_budgets_too() {
    support::run(async {
        for (budget, setup) in [
            ("requestsPerMinute", (|limits| limits.requests_per_minute = 2) as Setup),
            ("costPerMinuteOfToken", |limits| limits.cost_per_minute_token = 6),
        ] {
            let gateway = gateway(setup).await;
            let text = "{ tenants(first: 1) { edges { cursor } } }";
            for _ in 0..2 {
                assert_eq!(gateway.platform().query(text, Value::Null).await.status, 200);
            }
            is_refused(&gateway.platform().query(text, Value::Null).await, budget, 30);
            gateway.stop().await;
        }
    });
}

#[test]
fn an_event_that_no_budget_holds_ends_its_subscription() {
    support::run(async {
        // A letter costs 100: opening the subscription and its first event fit.
        let gateway = gateway(|limits| limits.cost_per_minute_token = 250).await;
        let tenant = gateway.tenant().await;
        let ada = tenant.registers(person("Ada Prov")).await;
        let mut socket = tenant.named("follower", "rights:read").socket().await;
        socket.follows("alla", "subscription { rightsRequestChanged { id letter } }").await;
        let request = tenant.submits_access(&ada).await;
        assert_eq!(socket.event("alla").await["rightsRequestChanged"]["id"], json!(request));
        tenant.verifies(&request).await;
        let ended = socket.hears().await;
        assert_eq!((&ended["type"], &ended["id"]), (&json!("error"), &json!("alla")), "{ended}");
        let extensions = &ended["payload"][0]["extensions"];
        assert_eq!(extensions["budget"], "costPerMinuteOfToken", "{ended}");
        assert!(extensions["retryAfter"].as_u64().is_some_and(|seconds| (1..=60).contains(&seconds)));
        gateway.stop().await;
    });
}

#[test]
fn metrics_are_served_on_a_listener_of_their_own_and_name_nobody() {
    support::run(async {
        let gateway = TestGateway::sqlite().await;
        let bind = || TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let (listener, metrics) = (bind(), bind());
        let scraped = format!("http://{}/metrics", metrics.local_addr().unwrap());
        let beside = gateway.another(|_| {}).await.measured_at(Some(metrics));
        let beside = beside.serve(listener, Role::Gateway).unwrap();
        let base = format!("http://{}", beside.address().unwrap());
        let tenant = gateway.tenant().await;
        let ada = tenant.registers(person("Ada Prov")).await;
        let text = format!("{{ dataSubject(id: \"{ada}\") {{ name email }} }}");
        for scopes in ["subjects:read", "consents:read"] {
            let request =
                tenant.named("Reader Readersson", scopes).request(Method::POST, &format!("{base}/graphql"));
            let body = json!({ "query": text }).to_string();
            gateway.send(request.header("content-type", "application/json").body(body)).await;
        }
        let answer = gateway.get(&scraped).await;
        assert_eq!(
            (answer.status, answer.header("content-type")),
            (200, "text/plain; version=0.0.4; charset=utf-8".to_owned())
        );
        let told = answer.text();
        for line in [
            "privacy_gateway_requests_total{api=\"tenant\",outcome=\"executed\",code=\"none\"} 1",
            "privacy_gateway_requests_total{api=\"tenant\",outcome=\"executed\",code=\"FORBIDDEN\"} 1",
            "privacy_gateway_operation_cost_sum{api=\"tenant\",outcome=\"executed\"} 6",
            "privacy_gateway_subjects_disclosed_sum 1",
            "privacy_gateway_request_duration_seconds_count{api=\"tenant\",outcome=\"executed\"} 2",
        ] {
            assert!(told.contains(line), "{line} in {told}");
        }
        for named in [ada.as_str(), &tenant.id.to_string(), "Readersson", "Ada", "dataSubject"] {
            assert!(!told.contains(named), "{named} in {told}");
        }
        assert_eq!(gateway.get(&format!("{base}/metrics")).await.status, 404, "not where callers are");
        beside.stop().await;
        gateway.stop().await;
    });
}
