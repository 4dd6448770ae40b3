//! Signing in at the issuer, and every way in which that must not succeed.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::id::SubjectId;
use serde_json::{Value, json};
use support::{Answer, TestGateway};

use super::browser::{Browser, altered};
use super::issuer::{Issuer, Known};
use super::with_an_issuer;

with_an_issuer! {
    somebody_signs_in_at_the_issuer_and_the_browser_never_sees_a_token,
    an_attempt_is_completed_once_in_the_browser_that_began_it,
    an_answer_that_is_not_the_issuers_own_signs_nobody_in,
    an_id_token_that_breaks_a_rule_signs_nobody_in,
    an_access_token_that_opens_nothing_here_signs_nobody_in,
    nobody_is_led_out_of_the_console,
    a_sign_in_makes_a_new_session_and_ends_the_browsers_former_one,
}

/// Whether an answer refuses for this reason, and sets no session.
fn is_refused(answer: &Answer, code: &str) -> bool {
    let sets = answer.headers.get_all("set-cookie").iter();
    let session = sets.filter(|set| !set.to_str().unwrap().contains("Max-Age")).count();
    let landed = answer.header("location") == format!("/console/?error={code}");
    answer.status == 302 && landed && session == 0
}

async fn somebody_signs_in_at_the_issuer_and_the_browser_never_sees_a_token(
    gateway: &TestGateway,
    issuer: &Issuer,
) {
    let tenant = gateway.tenant().await;
    issuer.with(|known| known.tenant = Some(tenant.id));
    let browser = Browser::new(gateway);
    assert_eq!(browser.session().await, json!({ "state": "signedOut", "signIn": "oidc" }));

    let sent = browser.get("/console/sign-in?return=/console/requests?status=OPEN").await;
    assert_eq!(sent.status, 302);
    let to = sent.header("location");
    assert!(to.starts_with(&format!("{}/authorize?", issuer.uri())), "{to}");
    let callback = format!("{}/console/callback", gateway.address());
    let back = issuer.signs_in(&to);
    assert!(back.as_str().starts_with(&callback), "{back}");
    let entered = browser.comes_back(&back).await;
    assert_eq!((entered.status, entered.header("location").as_str()), (302, "/console/requests?status=OPEN"));
    let cookie = entered.header("set-cookie");
    assert!(
        cookie.contains("; HttpOnly") && cookie.contains("; SameSite=Strict") && cookie.contains("; Path=/"),
        "{cookie}"
    );
    let names: Vec<_> = browser.cookies().into_keys().collect();
    assert_eq!(names.len(), 1, "of the attempt nothing stays: {names:?}");

    let session = browser.session().await;
    let csrf = session["csrf"].as_str().unwrap().to_owned();
    let mut told = session.clone();
    told["csrf"] = Value::Null;
    let expected = json!({
        "state": "signedIn", "csrf": null, "tenantId": tenant.id.to_string(), "actor": "pia@provstad.example",
        "scopes": ["subjects:read", "rights:read", "agreements:read", "breaches:read"],
        "idleSeconds": 1800, "expiresAt": "2026-03-02T09:30:00Z", "absoluteAt": "2026-03-02T17:00:00Z",
    });
    assert_eq!(told, expected);
    let answer = browser.asks_something(&csrf).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert!(answer.json().get("errors").is_none(), "{}", answer.text());

    for token in issuer.with(|known| known.given.clone()) {
        let cookies = browser.cookies().into_values().collect::<String>();
        for seen in [&session.to_string(), &answer.text(), &format!("{:?}", entered.headers), &cookies] {
            assert!(!seen.contains(&token), "a token in {seen}");
        }
    }
}

async fn an_attempt_is_completed_once_in_the_browser_that_began_it(gateway: &TestGateway, issuer: &Issuer) {
    let tenant = gateway.tenant().await;
    issuer.with(|known| known.tenant = Some(tenant.id));
    let begins = async || {
        let browser = Browser::new(gateway);
        let to = browser.get("/console/sign-in").await.header("location");
        (browser, to)
    };

    let (browser, to) = begins().await;
    let (other, _) = begins().await;
    let back = issuer.signs_in(&to);
    assert!(is_refused(&Browser::new(gateway).comes_back(&back).await, "stale"), "without a cookie");
    assert!(is_refused(&other.comes_back(&back).await, "stale"), "with another attempt's");
    for (what, from, to) in [
        ("another state", "state=", "state=x"),
        ("no state", "state=", "stat="),
        ("two states", "state=", "state=x&state="),
    ] {
        let changed: url::Url = back.as_str().replace(from, to).parse().unwrap();
        assert!(is_refused(&browser.comes_back(&changed).await, "stale"), "{what}");
    }
    for (what, change) in [
        ("another secret", altered as fn(&str) -> String),
        ("another place", |value| format!("{}.L2NvbnNvbGUvYQ", value.rsplit_once('.').unwrap().0)),
        ("another time", |value| value.replacen(".17", ".18", 1)),
        ("nothing", |_| String::new()),
        ("more", |value| format!("{value}.x")),
    ] {
        let (tampered, to) = begins().await;
        let (name, value) = tampered.cookies().pop_first().unwrap();
        assert_ne!(change(&value), value, "{what}");
        tampered.keeps(&name, &change(&value));
        assert!(is_refused(&tampered.comes_back(&issuer.signs_in(&to)).await, "stale"), "{what}");
    }
    assert_eq!(issuer.with(|known| known.exchanges), 0, "and no code was sent on");
    assert_eq!(browser.comes_back(&back).await.header("location"), "/console/");

    // Once: not with the same code, and not with another one that somebody had the issuer give for it.
    let (browser, to) = begins().await;
    let kept = browser.cookies();
    assert_eq!(browser.comes_back(&issuer.signs_in(&to)).await.header("location"), "/console/");
    for back in [back, issuer.signs_in(&to)] {
        let again = Browser::new(gateway);
        again.keeps_all(&kept);
        assert!(is_refused(&again.comes_back(&back).await, "stale"), "{back}");
    }
    let csrf = browser.csrf().await;
    browser.signs_out(&csrf).await;
    let again = Browser::new(gateway);
    again.keeps_all(&kept);
    assert!(is_refused(&again.comes_back(&issuer.signs_in(&to)).await, "stale"), "nor after the session");

    let (late, to) = begins().await;
    gateway.clock.advance(Duration::from_secs(601));
    assert!(is_refused(&late.comes_back(&issuer.signs_in(&to)).await, "stale"), "after ten minutes");
}

async fn an_answer_that_is_not_the_issuers_own_signs_nobody_in(gateway: &TestGateway, issuer: &Issuer) {
    let tenant = gateway.tenant().await;
    issuer.with(|known| known.tenant = Some(tenant.id));
    for (what, change, code) in [
        (
            "denied",
            (|back: &str| back.replace("code=", "error=access_denied&x=")) as fn(&str) -> String,
            "denied",
        ),
        ("an error of its own", |back| back.replace("code=", "error=%3Cscript%3E&x="), "issuer"),
        ("no code", |back| back.replace("code=", "x="), "issuer"),
        ("an unknown code", |back| back.replace("code=", "code=x"), "issuer"),
        ("another issuer", |back| back.replace("iss=http", "iss=https"), "issuer"),
        ("an issuer that does not say so", |back| back.replace("iss=", "x="), "issuer"),
    ] {
        let browser = Browser::new(gateway);
        let back = issuer.signs_in(&browser.get("/console/sign-in").await.header("location"));
        let answer = browser.comes_back(&change(back.as_str()).parse().unwrap()).await;
        assert!(is_refused(&answer, code), "{what}: {:?}", answer.headers);
        assert_eq!(browser.session().await["state"], "signedOut", "{what}");
        assert!(browser.cookies().is_empty(), "{what}: the attempt is over");
    }
    issuer.with(|known| known.status = 500);
    assert!(is_refused(&Browser::new(gateway).signs_in(issuer).await, "issuer"));
}

/// A token with another header, and a signature of nobody's.
fn headed(token: &str, header: &Value) -> String {
    let claims = token.split('.').nth(1).unwrap();
    format!("{}.{claims}.c2ln", URL_SAFE_NO_PAD.encode(header.to_string()))
}

type Spoil = fn(&mut Known);

/// What an ID token can be instead of what it should be.
fn wrong() -> [(&'static str, Spoil, &'static str); 17] {
    [
        ("none", |known| known.forge = |_| None, "issuer"),
        ("no token", |known| known.forge = |_| Some("x".to_owned()), "refused"),
        ("an access token", |known| known.typ = "at+jwt", "refused"),
        (
            "unsigned",
            |known| known.forge = |token| Some(headed(&token, &json!({ "alg": "none", "kid": "k" }))),
            "refused",
        ),
        (
            "HS256",
            |known| known.forge = |token| Some(headed(&token, &json!({ "alg": "HS256", "kid": "k" }))),
            "refused",
        ),
        (
            "another signature",
            |known| known.forge = |token| Some(format!("{}AAAA", &token[..token.len() - 4])),
            "refused",
        ),
        (
            "another issuer",
            |known| known.change = Box::new(|claims| claims["iss"] = json!("https://issuer.example")),
            "refused",
        ),
        (
            "another client",
            |known| known.change = Box::new(|claims| claims["aud"] = json!("other")),
            "refused",
        ),
        (
            "several clients",
            |known| known.change = Box::new(|claims| claims["aud"] = json!(["console", "other"])),
            "refused",
        ),
        (
            "for another party",
            |known| known.change = Box::new(|claims| claims["azp"] = json!("other")),
            "refused",
        ),
        ("another nonce", |known| known.change = Box::new(|claims| claims["nonce"] = json!("x")), "refused"),
        ("no nonce", |known| known.change = Box::new(|claims| claims["nonce"] = Value::Null), "refused"),
        (
            "expired",
            |known| known.change = Box::new(|claims| claims["exp"] = json!(1_700_000_000)),
            "refused",
        ),
        (
            "of the future",
            |known| known.change = Box::new(|claims| claims["iat"] = json!(1_900_000_000)),
            "refused",
        ),
        ("no subject", |known| known.change = Box::new(|claims| claims["sub"] = Value::Null), "refused"),
        (
            "another subject",
            |known| known.change = Box::new(|claims| claims["sub"] = json!("somebody else")),
            "issuer",
        ),
        ("no time", |known| known.change = Box::new(|claims| claims["exp"] = Value::Null), "refused"),
    ]
}

async fn an_id_token_that_breaks_a_rule_signs_nobody_in(gateway: &TestGateway, issuer: &Issuer) {
    let tenant = gateway.tenant().await;
    for (what, spoil, code) in wrong() {
        issuer.with(|known| {
            known.tenant = Some(tenant.id);
            known.typ = "JWT";
            known.forge = Some;
            known.change = Box::new(|_| {});
            spoil(known);
        });
        let browser = Browser::new(gateway);
        let answer = browser.signs_in(issuer).await;
        assert!(is_refused(&answer, code), "{what}: {:?}", answer.headers);
        assert_eq!(browser.session().await["state"], "signedOut", "{what}");
    }
    issuer.with(|known| {
        known.change = Box::new(|claims| {
            claims["aud"] = json!(["console", "other"]);
            claims["azp"] = json!("console");
        });
    });
    let good = Browser::new(gateway).signs_in(issuer).await;
    assert_eq!(good.header("location"), "/console/requests?status=OPEN", "named as the party it is for");
}

async fn an_access_token_that_opens_nothing_here_signs_nobody_in(gateway: &TestGateway, issuer: &Issuer) {
    let tenant = gateway.tenant().await;
    let nowhere = gateway.no_tenant().id;
    let person = SubjectId::new(gateway.now(), gateway.entropy());
    for (what, tenant, subject) in [
        ("a tenant that does not exist", Some(nowhere), None),
        ("the platform's staff", None, None),
        ("a data subject's own", Some(tenant.id), Some(person)),
    ] {
        issuer.with(|known| (known.tenant, known.subject) = (tenant, subject));
        assert!(is_refused(&Browser::new(gateway).signs_in(issuer).await, "refused"), "{what}");
    }
    issuer.with(|known| {
        (known.tenant, known.subject) = (Some(tenant.id), None);
        known.forge_access = |token| format!("{}AAAA", &token[..token.len() - 4]);
    });
    assert!(is_refused(&Browser::new(gateway).signs_in(issuer).await, "refused"), "a broken one");
}

async fn nobody_is_led_out_of_the_console(gateway: &TestGateway, issuer: &Issuer) {
    let tenant = gateway.tenant().await;
    issuer.with(|known| known.tenant = Some(tenant.id));
    for (wish, expected) in [
        ("/console/people%3Fq%3Dx", "/console/people?q=x"),
        ("", "/console/"),
        ("https://evil.example/", "/console/"),
        ("//evil.example/console/", "/console/"),
        ("/%5Cevil.example", "/console/"),
        ("/console/..%2F..%2Fgraphql", "/console/"),
        ("/console/%252e%252e/graphql", "/console/"),
        ("/console//evil.example", "/console/"),
        ("/console/%0d%0aset-cookie:x%3Dy", "/console/"),
        ("javascript:alert(1)", "/console/"),
        ("/console/a&return=https://evil.example", "/console/"),
    ] {
        let browser = Browser::new(gateway);
        let sent = browser.get(&format!("/console/sign-in?return={wish}")).await;
        let entered = browser.comes_back(&issuer.signs_in(&sent.header("location"))).await;
        assert_eq!(entered.header("location"), expected, "{wish}");
    }
}

async fn a_sign_in_makes_a_new_session_and_ends_the_browsers_former_one(
    gateway: &TestGateway,
    issuer: &Issuer,
) {
    let tenant = gateway.tenant().await;
    issuer.with(|known| known.tenant = Some(tenant.id));
    let browser = Browser::new(gateway);
    browser.signs_in(issuer).await;
    let (name, first) = browser.session_cookie().unwrap();
    // A value that somebody else has put there is never taken up.
    let planted = Browser::new(gateway);
    let chosen = URL_SAFE_NO_PAD.encode([7; 32]);
    planted.keeps(&name, &chosen);
    planted.signs_in(issuer).await;
    assert_ne!(planted.session_cookie().unwrap().1, chosen);
    planted.keeps(&name, &chosen);
    assert_eq!(planted.session().await["state"], "signedOut");

    browser.signs_in(issuer).await;
    let (_, second) = browser.session_cookie().unwrap();
    assert_ne!(first, second);
    assert_eq!(browser.session().await["state"], "signedIn");
    browser.keeps(&name, &first);
    assert_eq!(browser.session().await["state"], "signedOut", "the former one is over");
}
