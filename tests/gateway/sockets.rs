//! Sockets for subscriptions: who may open one, and what may be said on it.

use serde_json::{Value, json};
use support::{Frame, Socket, TestGateway, init, on_both_databases, run, subscribe};

on_both_databases! {
    whatever_breaks_the_protocol_closes_the_socket_with_its_code,
    a_bad_token_is_closed_alike_whatever_is_wrong_with_it,
    what_http_would_refuse_is_refused_on_the_socket,
}

const FOLLOW: &str = "subscription { rightsRequestChanged { id status } }";
const PROTOCOL: (&str, &str) = ("sec-websocket-protocol", "graphql-transport-ws");

async fn whatever_breaks_the_protocol_closes_the_socket_with_its_code(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let first = init(&tenant.admin().token).to_string();
    let one = subscribe("1", FOLLOW).to_string();
    let long = format!(r#"{{"type":"ping","payload":{{"x":"{}"}}}}"#, "x".repeat(300_000));
    for (said, code) in [
        (vec!["{"], 4400),
        (vec!["[]"], 4400),
        (vec![r#"{"type":"start"}"#], 4400),
        (vec![one.as_str()], 4401),
        (vec![r#"{"type":"complete","id":"1"}"#], 4401),
        (vec![first.as_str(), first.as_str()], 4429),
        (vec![first.as_str(), one.as_str(), one.as_str()], 4409),
        (vec![first.as_str(), r#"{"type":"subscribe","id":"1","payload":{"query":7}}"#], 4400),
        (vec![first.as_str(), r#"{"type":"subscribe","id":"","payload":{"query":"{ viewer }"}}"#], 4400),
        (vec![long.as_str()], 1009),
    ] {
        let mut socket = gateway.socket().await;
        for text in &said {
            socket.sends(Frame::text(*text)).await;
        }
        let (told, reason) = socket.ends().await;
        assert_eq!(told, code, "{reason}");
        assert!(!reason.is_empty(), "{code} says what to do");
    }
    let mut socket = gateway.socket().await;
    socket.sends(Frame::binary(b"{}".to_vec())).await;
    assert_eq!(socket.ends().await.0, 4400, "messages are text");
}

async fn a_bad_token_is_closed_alike_whatever_is_wrong_with_it(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let good = tenant.admin().token;
    let expected = (4403, "the bearer token is missing or not valid".to_owned());
    for (message, what) in [
        (json!({ "type": "connection_init" }), "none"),
        (json!({ "type": "connection_init", "payload": { "authorization": good } }), "no scheme"),
        (init(&format!("{good}x")), "a broken signature"),
        (init("x"), "no token"),
        (init(&gateway.no_tenant().admin().token), "no such tenant"),
        (init(&gateway.platform().token), "the platform's own"),
    ] {
        let mut socket = gateway.socket().await;
        socket.says(message).await;
        assert_eq!(socket.ends().await, expected, "{what}");
    }
}

async fn what_http_would_refuse_is_refused_on_the_socket(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let mut socket = tenant.admin().socket().await;
    let nested =
        format!("subscription {{ rightsRequestChanged {} id {} }}", "{ subject".repeat(40), "}".repeat(40));
    for (text, code) in [
        ("{ viewer { scopes } }", "BAD_USER_INPUT"),
        (
            "mutation { submitAccessRequest(input: {subjectId: \"x\"}) { userErrors { code } } }",
            "BAD_USER_INPUT",
        ),
        ("subscription { rightsRequestChanged {", "GRAPHQL_PARSE_FAILED"),
        ("subscription { rightsRequestChanged { nothing } }", "GRAPHQL_VALIDATION_FAILED"),
        (
            "subscription { a: breachReported { id } rightsRequestChanged { id } }",
            "GRAPHQL_VALIDATION_FAILED",
        ),
        (
            "subscription { ...F } fragment F on Subscription { breachReported { id } }",
            "GRAPHQL_VALIDATION_FAILED",
        ),
        ("subscription { breachReported @skip(if: true) { id } }", "GRAPHQL_VALIDATION_FAILED"),
        ("subscription { __typename }", "GRAPHQL_VALIDATION_FAILED"),
        (nested.as_str(), "OPERATION_TOO_EXPENSIVE"),
    ] {
        socket.says(subscribe("1", text)).await;
        assert_eq!(socket.refusal("1").await, code, "{text}");
    }
    let answer = tenant.admin().query(FOLLOW, Value::Null).await;
    assert_eq!(answer.code(), "BAD_USER_INPUT", "a subscription has its socket");
    // A refused subscription leaves the socket, and its identifier, as they were.
    socket.follows("1", FOLLOW).await;
}

#[test]
fn a_handshake_is_refused_before_the_upgrade() {
    run(async {
        let gateway = TestGateway::sqlite_with(|config| {
            config.server.cors_origins = vec!["https://app.example".to_owned()];
        })
        .await;
        let base = gateway.address();
        for (headers, expected) in [
            (vec![PROTOCOL], Ok(())),
            (vec![("sec-websocket-protocol", "graphql-ws, graphql-transport-ws")], Ok(())),
            (vec![PROTOCOL, ("origin", base)], Ok(())),
            (vec![PROTOCOL, ("origin", "https://app.example")], Ok(())),
            (vec![PROTOCOL, ("origin", "https://evil.example")], Err(403)),
            (vec![PROTOCOL, ("origin", "null")], Err(403)),
            (vec![("sec-websocket-protocol", "graphql-ws")], Err(400)),
            (vec![], Err(400)),
            (vec![PROTOCOL, ("sec-websocket-version", "12")], Err(400)),
        ] {
            let opened = Socket::open(base, &headers).await;
            assert_eq!(opened.map(drop), expected, "{headers:?}");
        }
        let plain = gateway.get("graphql/ws").await;
        assert_eq!((plain.status, plain.code().as_str()), (426, "BAD_USER_INPUT"));
        let posted = gateway.send(gateway.request(reqwest::Method::POST, "graphql/ws")).await;
        assert_eq!(posted.status, 405);
        gateway.stop().await;
    });
}

#[test]
fn sockets_and_subscriptions_are_counted() {
    run(async {
        let gateway = TestGateway::sqlite_with(|config| {
            config.limits.sockets = 3;
            config.limits.sockets_per_tenant = 1;
            config.limits.socket_subscriptions = 1;
        })
        .await;
        let (one, other) = (gateway.tenant().await, gateway.tenant().await);
        let mut first = one.admin().socket().await;
        let mut second = gateway.socket().await;
        second.says(init(&one.admin().token)).await;
        assert_eq!(second.ends().await.0, 4291);
        let _others = other.admin().socket().await;
        first.follows("1", FOLLOW).await;
        first.says(subscribe("2", FOLLOW)).await;
        assert_eq!(first.refusal("2").await, "RATE_LIMITED");
        first.says(json!({ "type": "complete", "id": "1" })).await;
        first.follows("2", FOLLOW).await;
        let _silent = gateway.socket().await;
        let opened = Socket::open(gateway.address(), &[PROTOCOL]).await;
        assert_eq!(opened.map(drop), Err(503), "one acknowledged, one of another tenant, one silent");
        drop(first);
        loop {
            if Socket::open(gateway.address(), &[PROTOCOL]).await.is_ok() {
                break;
            }
        }
        gateway.stop().await;
    });
}
