//! The console's socket: who opens one, what it follows, and that it ends with its session.

use std::time::Duration;

use serde_json::json;
use support::{Frame, Socket, TestGateway};

use super::browser::{Browser, altered, init, query, subscription};
use super::issuer::Issuer;
use super::with_an_issuer;

with_an_issuer! {
    a_page_follows_what_changes_by_its_own_documents_alone,
    a_socket_is_opened_by_the_consoles_own_pages_with_a_session,
    a_socket_ends_with_its_session,
}

async fn signed_in<'g>(gateway: &'g TestGateway, issuer: &Issuer) -> Browser<'g> {
    let tenant = gateway.tenant().await;
    issuer.with(|known| {
        known.tenant = Some(tenant.id);
        known.lifetime = Duration::from_hours(24);
    });
    let browser = Browser::new(gateway);
    browser.signs_in(issuer).await;
    browser
}

async fn follows(socket: &mut Socket, payload: serde_json::Value) {
    socket.says(json!({ "type": "subscribe", "id": "1", "payload": payload })).await;
}

async fn a_page_follows_what_changes_by_its_own_documents_alone(gateway: &TestGateway, issuer: &Issuer) {
    let browser = signed_in(gateway, issuer).await;
    let tenant = issuer.with(|known| known.tenant.unwrap());
    let mut socket = browser.socket().await;
    let text = "subscription { rightsRequestChanged { id } }";
    for payload in [
        json!({ "query": text }),
        json!({ "documentId": format!("sha256:{}", "0".repeat(64)) }),
        json!({ "documentId": subscription(), "query": text }),
    ] {
        follows(&mut socket, payload.clone()).await;
        assert_eq!(socket.refusal("1").await, "PERSISTED_OPERATION_REQUIRED", "{payload}");
    }
    follows(&mut socket, json!({ "documentId": query() })).await;
    assert_eq!(socket.refusal("1").await, "BAD_USER_INPUT", "the socket carries subscriptions");

    follows(&mut socket, json!({ "documentId": subscription() })).await;
    socket.says(json!({ "type": "ping" })).await;
    assert_eq!(socket.hears().await["type"], "pong");
    let breach = json!({
        "tenantIds": [tenant.to_string()], "description": "En säkerhetskopia låg öppen.",
        "detectedAt": "2026-03-02T07:30:00+01:00", "dataCategories": ["NAME"],
        "consequences": "Oönskade utskick.", "measures": "Nycklarna är bytta.",
    });
    gateway.platform().change("reportBreach", breach, "breach { id }").await.succeeded();
    assert_eq!(socket.hears().await["type"], "next");
}

async fn a_socket_is_opened_by_the_consoles_own_pages_with_a_session(gateway: &TestGateway, issuer: &Issuer) {
    let browser = signed_in(gateway, issuer).await;
    let own = gateway.address();
    for (origin, expected) in [
        (Some(own), Ok(())),
        (None, Err(403)),
        (Some("https://evil.example"), Err(403)),
        (Some("null"), Err(403)),
    ] {
        assert_eq!(browser.socket_from(origin).await.map(drop), expected, "{origin:?}");
    }
    assert_eq!(Browser::new(gateway).socket_from(Some(own)).await.map(drop), Err(401), "without a cookie");

    let csrf = browser.csrf().await;
    let token = gateway.tenant().await.admin().token;
    let (name, value) = browser.session_cookie().unwrap();
    let stranger = Browser::new(gateway);
    stranger.keeps(&name, &altered(&value));
    for (what, from, first) in [
        ("no csrf", &browser, json!({ "type": "connection_init" })),
        ("another csrf", &browser, init("x")),
        ("a token", &browser, support::init(&token)),
        ("another cookie", &stranger, init(&csrf)),
    ] {
        let mut socket = from.socket_from(Some(own)).await.unwrap();
        socket.sends(Frame::text(first.to_string())).await;
        assert_eq!(socket.ends().await.0, 4403, "{what}");
    }
    let mut early = browser.socket_from(Some(own)).await.unwrap();
    follows(&mut early, json!({ "documentId": subscription() })).await;
    assert_eq!(early.ends().await.0, 4401);
}

async fn a_socket_ends_with_its_session(gateway: &TestGateway, issuer: &Issuer) {
    let expected = (4403, "the session is over: sign in again".to_owned());
    let browser = signed_in(gateway, issuer).await;
    let mut followed = browser.socket().await;
    follows(&mut followed, json!({ "documentId": subscription() })).await;
    let mut quiet = browser.socket().await;
    let other = signed_in(gateway, issuer).await;
    let mut kept = other.socket().await;
    let csrf = browser.csrf().await;
    browser.signs_out(&csrf).await;
    assert_eq!(followed.ends().await, expected, "signed out");
    assert_eq!(quiet.ends().await, expected);
    kept.says(json!({ "type": "ping" })).await;
    assert_eq!(kept.hears().await["type"], "pong", "another session's stays");

    // Following is no use: a page that nobody touches ends like one that is closed.
    gateway.clock.advance(Duration::from_mins(30));
    assert_eq!(kept.ends().await, expected, "idle");
}
