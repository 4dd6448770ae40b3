//! What pages of the console may ask, and that nobody else can in their name.

use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};
use support::TestGateway;

use super::browser::{Browser, query};
use super::issuer::Issuer;
use super::with_an_issuer;

with_an_issuer! {
    only_the_consoles_own_documents_are_run,
    what_another_sites_page_could_send_is_refused,
    without_a_session_there_is_no_answer,
    the_limits_of_the_api_hold_for_the_console_too,
    a_session_opens_nothing_but_the_consoles_own_addresses,
}

async fn signed_in<'g>(gateway: &'g TestGateway, issuer: &Issuer) -> (Browser<'g>, String) {
    let tenant = gateway.tenant().await;
    issuer.with(|known| known.tenant = Some(tenant.id));
    let browser = Browser::new(gateway);
    browser.signs_in(issuer).await;
    let csrf = browser.csrf().await;
    (browser, csrf)
}

async fn only_the_consoles_own_documents_are_run(gateway: &TestGateway, issuer: &Issuer) {
    let (browser, csrf) = signed_in(gateway, issuer).await;
    let (id, text) = (query(), "{ viewer { actorId } }");
    let unknown = format!("sha256:{}", "0".repeat(64));
    for (body, status, code) in [
        (json!({ "documentId": id }), 200, ""),
        (
            json!({ "documentId": id, "variables": {}, "operationName": null, "extensions": { "x": 1 } }),
            200,
            "",
        ),
        (json!({ "documentId": unknown }), 400, "PERSISTED_OPERATION_REQUIRED"),
        (json!({ "query": text }), 400, "PERSISTED_OPERATION_REQUIRED"),
        (json!({ "documentId": id, "query": text }), 400, "PERSISTED_OPERATION_REQUIRED"),
        (json!({ "documentId": unknown, "query": text }), 400, "PERSISTED_OPERATION_REQUIRED"),
        (
            json!({ "extensions": { "persistedQuery": { "version": 1, "sha256Hash": &id[7..] } } }),
            400,
            "PERSISTED_OPERATION_REQUIRED",
        ),
        (json!({ "documentId": 7 }), 400, "BAD_USER_INPUT"),
        (json!([{ "documentId": id }]), 400, "BAD_USER_INPUT"),
        (json!("x"), 400, "BAD_USER_INPUT"),
        (json!({ "documentId": id, "variables": [] }), 400, "BAD_USER_INPUT"),
    ] {
        let answer = browser.asks(&body, &csrf).await;
        assert_eq!((answer.status, answer.code().as_str()), (status, code), "{body}: {}", answer.text());
    }
}

/// Where a request can come from, and whether it counts as the console's own.
const PROVENANCE: [(&[(&str, &str)], bool); 8] = [
    (&[("origin", "OWN"), ("sec-fetch-site", "same-origin")], true),
    (&[("origin", "OWN")], true),
    (&[], false),
    (&[("sec-fetch-site", "same-origin")], false),
    (&[("origin", "OWN"), ("sec-fetch-site", "same-site")], false),
    (&[("origin", "OWN"), ("sec-fetch-site", "cross-site")], false),
    (&[("origin", "https://evil.example"), ("sec-fetch-site", "cross-site")], false),
    (&[("origin", "null")], false),
];

fn from(gateway: &TestGateway, request: RequestBuilder, provenance: &[(&str, &str)]) -> RequestBuilder {
    provenance.iter().fold(request, |request, (name, value)| {
        request.header(*name, if *value == "OWN" { gateway.address() } else { value })
    })
}

async fn what_another_sites_page_could_send_is_refused(gateway: &TestGateway, issuer: &Issuer) {
    let (browser, csrf) = signed_in(gateway, issuer).await;
    let (other, other_csrf) = signed_in(gateway, issuer).await;
    let body = json!({ "documentId": query() }).to_string();
    let post =
        || browser.request(Method::POST, "/console/graphql").header("content-type", "application/json");
    for (provenance, own) in PROVENANCE {
        let request = from(gateway, post(), provenance).header("x-csrf-token", &csrf).body(body.clone());
        let answer = browser.sends(request).await;
        let expected = if own { (200, "") } else { (403, "FORBIDDEN") };
        assert_eq!((answer.status, answer.code().as_str()), expected, "{provenance:?}");
    }
    for repeated in ["", "x", &csrf[1..], &other_csrf, &format!("{csrf}, {csrf}")] {
        assert_eq!(browser.asks(&json!({ "documentId": query() }), repeated).await.status, 403, "{repeated}");
        assert_eq!(browser.signs_out(repeated).await.status, 403, "{repeated}");
    }
    let own = from(gateway, post(), PROVENANCE[0].0).body(body.clone());
    assert_eq!(browser.sends(own).await.status, 403, "without the header");
    let plain = browser.own(Method::POST, "/console/graphql").header("content-type", "text/plain");
    assert_eq!(browser.sends(plain.header("x-csrf-token", &csrf).body(body.clone())).await.status, 400);
    let by_address = format!("/console/graphql?documentId={}", query());
    assert_eq!(browser.get(&by_address).await.status, 405);

    let leave = || browser.request(Method::DELETE, "/console/session").header("x-csrf-token", &csrf);
    for (provenance, own) in PROVENANCE.iter().rev() {
        let answer = browser.sends(from(gateway, leave(), provenance)).await;
        if *own {
            break;
        }
        assert_eq!(answer.status, 403, "{provenance:?}");
    }
    assert_eq!(browser.session().await["state"], "signedOut", "the last one was the console's own");
    assert_eq!(other.session().await["state"], "signedIn", "the other one's session goes on");
}

async fn without_a_session_there_is_no_answer(gateway: &TestGateway, issuer: &Issuer) {
    let (browser, csrf) = signed_in(gateway, issuer).await;
    let stranger = Browser::new(gateway);
    let (name, value) = browser.session_cookie().unwrap();
    let refused = stranger.asks_something(&csrf).await;
    assert_eq!((refused.status, refused.code().as_str()), (401, "UNAUTHENTICATED"));
    for cookie in ["", "x", &value[1..], &format!("{value}{value}"), &format!("{value}; {name}={value}")] {
        stranger.keeps(&name, cookie);
        let answer = stranger.asks_something(&csrf).await;
        assert!([401, 403].contains(&answer.status), "{cookie}: {}", answer.status);
        assert_eq!(stranger.session().await["state"], "signedOut", "{cookie}");
    }
    // A token is none here, and a cookie none elsewhere.
    let token = gateway.tenant().await.admin().token;
    let request = Browser::new(gateway).own(Method::POST, "/console/graphql").bearer_auth(token);
    let request = request.header("content-type", "application/json").header("x-csrf-token", &csrf);
    let answer = gateway.send(request.body(json!({ "documentId": query() }).to_string())).await;
    assert_eq!(answer.status, 401);
}

async fn the_limits_of_the_api_hold_for_the_console_too(gateway: &TestGateway, issuer: &Issuer) {
    let (browser, csrf) = signed_in(gateway, issuer).await;
    let long = json!({ "documentId": query(), "variables": { "x": "x".repeat(1_100_000) } });
    assert_eq!(browser.asks(&long, &csrf).await.status, 413);
    let mut deep = Value::Null;
    for _ in 0..100 {
        deep = json!([deep]);
    }
    let deep = browser.asks(&json!({ "documentId": query(), "variables": { "x": deep } }), &csrf).await;
    assert_eq!(deep.code(), "OPERATION_TOO_EXPENSIVE", "{}", deep.text());
    let asked = browser.own(Method::POST, "/console/graphql").header("accept", "text/html");
    let asked = asked.header("content-type", "application/json").header("x-csrf-token", &csrf);
    assert_eq!(browser.sends(asked.body("{}")).await.status, 406);
}

async fn a_session_opens_nothing_but_the_consoles_own_addresses(gateway: &TestGateway, issuer: &Issuer) {
    let (browser, _) = signed_in(gateway, issuer).await;
    let body = json!({ "query": "{ viewer { actorId } }" }).to_string();
    for path in ["/graphql", "/operator/graphql"] {
        let request = browser.own(Method::POST, path).header("content-type", "application/json");
        assert_eq!(browser.sends(request.body(body.clone())).await.status, 401, "{path}");
    }
    assert_eq!(browser.get("/audit/tenant_01h2xcejqtf2nbrexx3vqjhp41/checkpoint").await.status, 401);
}
