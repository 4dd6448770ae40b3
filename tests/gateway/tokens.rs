//! Who is asking: a request without a good token is refused alike, whatever is wrong with it.

use std::time::Duration;

use auth::development::{DevelopmentIssuer, Identity, TokenRequest};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use reqwest::Method;
use serde_json::{Value, json};
use support::{Tenant, TestGateway, on_both_databases};

on_both_databases! {
    every_bad_token_gets_the_very_same_refusal,
    a_token_counts_until_it_expires,
    a_good_token_is_known_by_its_bearer,
}

const QUERY: &str = "{ viewer { actorId } }";

fn forged(header: &Value, claims: &Value) -> String {
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    format!("{}.{}.{}", part(header), part(claims), URL_SAFE_NO_PAD.encode([0; 64]))
}

fn issuer(name: &str, audience: &str) -> DevelopmentIssuer {
    DevelopmentIssuer::generate(Identity { issuer: name.to_owned(), audience: audience.to_owned() }).unwrap()
}

/// Tokens that break one rule each, and which.
fn bad_tokens(gateway: &TestGateway, tenant: &Tenant<'_>) -> Vec<(&'static str, String)> {
    let good = tenant.admin().token;
    let (head, rest) = good.split_once('.').unwrap();
    let (claims, signature) = rest.split_once('.').unwrap();
    let said: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(claims).unwrap()).unwrap();
    let request = |lifetime, now| TokenRequest {
        tenant: Some(tenant.id),
        subject: None,
        actor: "x".to_owned(),
        scopes: vec!["subjects:read".to_owned()],
        lifetime,
        now,
    };
    let (hour, now) = (Duration::from_hours(1), gateway.now());
    let with = |claim: &str, value: &str| {
        let mut claims = said.clone();
        claims[claim] = json!(value);
        format!("{head}.{}.{signature}", URL_SAFE_NO_PAD.encode(claims.to_string()))
    };
    let hs256 = json!({ "alg": "HS256", "typ": "at+jwt", "kid": gateway.issuer().key_id() });
    vec![
        ("nothing", String::new()),
        ("no token at all", "x".to_owned()),
        ("another key", issuer("https://issuer.example", "gateway").mint(&request(hour, now))),
        ("another issuer", issuer("https://other.example", "gateway").mint(&request(hour, now))),
        ("another tenant pasted in", with("tenant_id", "tenant_01h2xcejqtf2nbrexx3vqjhp41")),
        ("more scopes pasted in", with("scope", "rights:decide")),
        ("alg none", forged(&json!({ "alg": "none", "typ": "at+jwt" }), &said)),
        ("alg HS256", forged(&hs256, &said)),
        ("no signature", format!("{head}.{claims}.")),
        ("two parts", format!("{head}.{claims}")),
        ("two tokens", format!("{good} {good}")),
        ("expired", gateway.issuer().mint(&request(hour, now - Duration::from_hours(2)))),
        ("too long a life", gateway.issuer().mint(&request(Duration::from_hours(25), now))),
        ("from the future", gateway.issuer().mint(&request(hour, now + Duration::from_hours(2)))),
        ("no tenant", gateway.mint(None, None, ("x", "subjects:read"))),
        ("a tenant that does not exist", gateway.no_tenant().admin().token),
        ("9 KiB", format!("{good}{}", "A".repeat(9 * 1_024))),
    ]
}

async fn every_bad_token_gets_the_very_same_refusal(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let body = json!({ "query": QUERY }).to_string();
    let post = || {
        let request = gateway.request(Method::POST, "graphql").header("content-type", "application/json");
        let request = request.header("accept-language", "en");
        request.body(body.clone())
    };
    let refusal = gateway.send(post()).await;
    assert_eq!(refusal.status, 401);
    assert_eq!(refusal.header("www-authenticate"), "Bearer error=\"invalid_token\"");
    assert_eq!((refusal.errors().len(), refusal.code().as_str()), (1, "UNAUTHENTICATED"));
    let mutation = "mutation { registerDataSubject(input: { name: \"x\" }) { userErrors { code } } }";
    for (why, token) in bad_tokens(gateway, &tenant) {
        for query in [QUERY, mutation, "{ unknown }", "{"] {
            let answer = gateway.with_token(token.clone()).query(query, Value::Null).await;
            assert_eq!((answer.status, &answer.body), (401, &refusal.body), "{why}: {query}");
            assert_eq!(answer.header("www-authenticate"), refusal.header("www-authenticate"), "{why}");
        }
    }
    let good = tenant.admin().token;
    for (scheme, status) in [("Basic", 401), ("Token", 401), ("BearerX", 401), ("bearer", 200)] {
        let answer = gateway.send(post().header("authorization", format!("{scheme} {good}"))).await;
        assert_eq!(answer.status, status, "{scheme}");
    }
}

async fn a_token_counts_until_it_expires(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let caller = tenant.admin();
    assert_eq!(caller.query(QUERY, Value::Null).await.status, 200);
    gateway.clock.advance(Duration::from_secs(3_600 + 29));
    assert_eq!(caller.query(QUERY, Value::Null).await.status, 200, "within the leeway");
    gateway.clock.advance(Duration::from_secs(2));
    assert_eq!(caller.query(QUERY, Value::Null).await.status, 401, "remembered or not");
}

async fn a_good_token_is_known_by_its_bearer(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let caller =
        tenant.named("Ada på växeln", "rights:read operator:tenants unknown:scope subjects:read self:read");
    let text = "{ viewer { actorId scopes expiresAt subject { id } tenant { id name country organisationNumber \
                privacyContact { name email phone } relationshipStartedOn } } }";
    let viewer = caller.query(text, Value::Null).await.data("/viewer");
    assert_eq!(
        viewer,
        json!({
            "actorId": "Ada på växeln", "scopes": ["subjects:read", "rights:read"], "subject": null,
            "expiresAt": "2026-03-02T10:00:00.000Z",
            "tenant": {
                "id": tenant.id.to_string(), "name": "Provtryckeriet AB", "country": "SE", "organisationNumber": null,
                "relationshipStartedOn": "2024-01-01",
                "privacyContact": { "name": "Dataskydd", "email": "dataskydd@provstad.example", "phone": null },
            },
        })
    );
}
