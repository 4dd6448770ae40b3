//! Errors are told in the language of the caller, wherever they are found.

use reqwest::Method;
use serde_json::{Value, json};
use support::{Answer, Caller, TestGateway, complete_person, on_both_databases};

on_both_databases! {
    an_error_of_an_operation_is_told_in_the_callers_language,
    a_request_that_is_no_operation_is_refused_in_the_callers_language,
    a_socket_speaks_the_language_of_its_handshake,
    the_codes_can_be_had_as_data,
}

fn message(answer: &Answer) -> String {
    let message = answer.at("/errors/0/message");
    message.as_str().unwrap_or_else(|| panic!("no error in {}", answer.text())).to_owned()
}

/// Swedish, English, and what is told to whoever wishes nothing.
async fn all_three(caller: &Caller<'_>, text: &str) -> [String; 3] {
    let asks = async |language| message(&caller.clone().in_language(language).query(text, Value::Null).await);
    [asks("sv").await, asks("en, sv;q=0.5").await, asks("").await]
}

/// Who asks, for what, and some words of the message in Swedish and in English.
const OPERATIONS: &[(&str, &str, &str, &str)] = &[
    ("reader", "{ auditEvents { edges { cursor } } }", "behörigheter", "lacks the scopes"),
    ("unsigned", "{ dataSubjects { totalCount } }", "personuppgiftsbiträdesavtal", "processing agreement"),
    (
        "admin",
        "{ dataSubjects(first: 101) { totalCount } }",
        "ett tal från 0 till 100",
        "a number from 0 to 100",
    ),
    ("admin", "{ dataSubjects(after: \"x\") { totalCount } }", "markör", "not a cursor"),
    (
        "admin",
        "{ dataSubjects(filter: { email: \"x\" }) { totalCount } }",
        "filter.email: Ange",
        "filter.email: Give",
    ),
    (
        "admin",
        "{ auditConsistency(from: 3000000000, to: 1) }",
        "Ett argument har fel form",
        "an argument has the wrong form",
    ),
    (
        "admin",
        "{ dataSubjects(first: 100) { edges { node { rightsRequests(first: 100) { edges { node { timeline { status } } } } } } } }",
        "Operationen kostar",
        "the operation costs",
    ),
    ("admin", "{ viewer { actorId", "inte GraphQL från och med rad 1", "not GraphQL from line 1"),
    (
        "admin",
        "query A { viewer { actorId } } query B { viewer { actorId } }",
        "ingen sådan operation",
        "no such operation",
    ),
    ("admin", "query($id: ID!) { node(id: $id) { id } }", "$id måste ha ett värde", "$id needs a value"),
    (
        "admin",
        "subscription { breachReported { id } }",
        "följs över WebSocket",
        "followed over the WebSocket",
    ),
];

async fn an_error_of_an_operation_is_told_in_the_callers_language(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let unsigned = gateway.tenant_with(support::Terms { agreed: None, ..support::Terms::default() }).await;
    tenant.registers(complete_person("sprak")).await;
    let (admin, reader, unsigned) = (tenant.admin(), tenant.staff("subjects:read"), unsigned.admin());
    for (who, text, swedish, english) in OPERATIONS {
        let caller = match *who {
            "unsigned" => &unsigned,
            "reader" => &reader,
            _ => &admin,
        };
        let [sv, en, neither] = all_three(caller, text).await;
        assert!(sv.contains(*swedish), "{text}: {sv}");
        assert!(en.contains(*english), "{text}: {en}");
        assert_eq!(neither, sv, "{text}");
    }
    let aliases: Vec<_> = (0..200).map(|number| format!("a{number}: viewer {{ actorId }}")).collect();
    let [sv, en, _] = all_three(&admin, &format!("{{ {} }}", aliases.join(" "))).await;
    assert!(sv.contains("gränsen för") && en.contains("the limit on"), "{sv} {en}");
    // What the engine says of a query is for whoever wrote it, and English.
    let [sv, en, _] = all_three(&admin, "{ viewer { nothing } }").await;
    assert_eq!(sv, en);
}

async fn a_request_that_is_no_operation_is_refused_in_the_callers_language(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let admin = tenant.admin();
    let (post, get) = (Method::POST, Method::GET);
    let json_body = ("content-type", "application/json");
    let nothing = gateway.with_token("x");
    for (caller, (method, path), header, body, status) in [
        (&nothing, (&post, "graphql"), json_body, "{}", 401),
        (&nothing, (&post, "operator/graphql"), json_body, "{}", 401),
        (&nothing, (&get, "audit/tenant_x/checkpoint"), json_body, "", 401),
        (&admin, (&post, "graphql"), ("content-type", "text/plain"), "{}", 400),
        (&admin, (&post, "graphql"), json_body, "", 400),
        (&admin, (&post, "graphql"), json_body, "[]", 400),
        (&admin, (&post, "graphql"), json_body, "{\"query\": 1}", 400),
        (&admin, (&Method::PUT, "graphql"), json_body, "{}", 405),
        (&admin, (&get, "audit/tenant_x/checkpoint"), json_body, "", 404),
        (&nothing, (&get, "nothing/here"), json_body, "", 404),
        (&nothing, (&post, "healthz"), json_body, "", 405),
        (&nothing, (&get, "downloads/AAAA"), json_body, "", 404),
        (&nothing, (&get, "graphql/ws"), json_body, "", 426),
        (&nothing, (&post, "downstream/acknowledgements"), json_body, "{}", 401),
        (&nothing, (&post, "opendsr/v2/callbacks"), json_body, "{}", 401),
    ] {
        let mut messages = Vec::new();
        for language in ["sv", "en", ""] {
            let caller = caller.clone().in_language(language);
            let request = caller.request(method.clone(), path).header(header.0, header.1);
            let answer = gateway.send(request.body(body)).await;
            assert_eq!(answer.status, status, "{method} {path} {body}: {}", answer.text());
            messages.push(message(&answer));
        }
        assert_ne!(messages[0], messages[1], "{method} {path} {body}");
        assert_eq!(messages[0], messages[2], "{method} {path} {body}");
        assert!(messages[0].ends_with('.'), "{}", messages[0]);
    }
    let acceptable = |language| {
        let caller = admin.clone().in_language(language);
        gateway.send(caller.request(Method::GET, "graphql?query=x").header("accept", "image/png"))
    };
    let (sv, en) = (acceptable("sv").await, acceptable("en").await);
    assert_eq!((sv.status, en.status), (406, 406));
    assert_ne!(message(&sv), message(&en));
}

async fn a_socket_speaks_the_language_of_its_handshake(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let mut told = Vec::new();
    for language in ["sv", "en"] {
        let protocol = ("sec-websocket-protocol", "graphql-transport-ws");
        let headers = [protocol, ("accept-language", language)];
        let socket = support::Socket::open(gateway.address(), &headers).await.unwrap();
        let mut socket = socket.is_of(&tenant.staff("subjects:read").token).await;
        socket.says(support::subscribe("1", "subscription { breachReported { id } }")).await;
        told.push(socket.hears().await["payload"][0]["message"].as_str().unwrap().to_owned());
    }
    assert!(told[0].contains("behörigheter") && told[1].contains("lacks the scopes"), "{told:?}");
}

async fn the_codes_can_be_had_as_data(gateway: &TestGateway) {
    let answer = gateway.get("schema/errors.json").await;
    assert_eq!(
        (answer.status, answer.header("content-type")),
        (200, "application/json; charset=utf-8".to_owned())
    );
    let named = |list: &str| -> Vec<Value> {
        answer.json()[list].as_array().unwrap().iter().map(|entry| entry["code"].clone()).collect()
    };
    assert!(named("errors").contains(&json!("PERSISTED_QUERY_NOT_FOUND")));
    assert!(named("userErrors").contains(&json!("RETENTION_REQUIRED")));
    assert!(named("rejections").contains(&json!("RATE_LIMITED")));
}
