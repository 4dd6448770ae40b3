//! Tokens whose claims break a rule.

use auth::Refusal::{
    self, Expired, IssuedInFuture, LifetimeNotPositive, LifetimeTooLong, MalformedClaim, MissingClaim,
    NoTenant, NotYetValid, UnknownIssuer, WrongAudience,
};
use serde_json::{Value, json};

use crate::door::Door;
use crate::forge::{ISSUER, NOW, SUBJECT, Signer, TENANT, good_claims, with};

async fn assert_refused(cases: Vec<(&str, Option<Value>, Refusal)>) {
    let signer = Signer::es256("k1");
    let door = Door::of(&signer).await;
    assert_eq!(door.refusal(&signer.token(&good_claims())).await, None);
    for (name, value, refusal) in cases {
        let claims = with(&good_claims(), name, value);
        assert_eq!(door.refusal(&signer.token(&claims)).await, Some(refusal), "{claims}");
    }
}

#[tokio::test]
async fn the_issuer_is_one_of_those_configured_to_the_letter() {
    let mut cases = vec![("iss", None, MissingClaim("iss"))];
    for value in [json!([ISSUER]), json!(1), json!({}), Value::Null] {
        cases.push(("iss", Some(value), MalformedClaim("iss")));
    }
    for text in [
        "",
        "https://login.example/",
        "HTTPS://login.example",
        "https://login.example\0",
        "https://lоgin.example",
    ] {
        cases.push(("iss", Some(json!(text)), UnknownIssuer));
    }
    assert_refused(cases).await;
}

#[tokio::test]
async fn the_audience_is_the_gateway() {
    let mut cases = vec![("aud", None, MissingClaim("aud"))];
    for value in [
        json!(1),
        json!({}),
        Value::Null,
        json!(["https://gateway.example", 1]),
        json!([["https://gateway.example"]]),
    ] {
        cases.push(("aud", Some(value), MalformedClaim("aud")));
    }
    for value in [
        json!(""),
        json!([]),
        json!([""]),
        json!("https://gateway.example/"),
        json!("https://gateway.example https://elsewhere.example"),
        json!("https://gateway.example\0"),
        json!(["https://elsewhere.example"]),
    ] {
        cases.push(("aud", Some(value), WrongAudience));
    }
    assert_refused(cases).await;
}

#[tokio::test]
async fn the_actor_is_a_short_text_without_control_characters() {
    let mut cases = vec![("sub", None, MissingClaim("sub"))];
    for value in [
        json!(""),
        json!(7),
        json!(["integration-7"]),
        Value::Null,
        json!("integration-7\0"),
        json!("\0"),
        json!("a\nb"),
        json!("a\u{7f}"),
        json!("a\u{85}b"),
        json!("å".repeat(256)),
    ] {
        cases.push(("sub", Some(value), MalformedClaim("sub")));
    }
    assert_refused(cases).await;
}

#[tokio::test]
async fn times_are_whole_seconds_of_our_age() {
    let mut cases = vec![("exp", None, MissingClaim("exp")), ("iat", None, MissingClaim("iat"))];
    for name in ["exp", "iat", "nbf"] {
        for value in [
            json!((NOW + 1).to_string()),
            json!("soon"),
            json!(""),
            json!(true),
            json!([NOW]),
            Value::Null,
            json!(-1),
            json!(i64::MIN),
            json!(253_402_300_800_i64),
            json!(i64::MAX),
            json!(u64::MAX),
            json!(1e20),
            json!(1e308),
            json!(-0.0),
            json!(1_768_500_000.0),
            json!(1_768_500_000.5),
        ] {
            cases.push((name, Some(value), MalformedClaim(name)));
        }
    }
    assert_refused(cases).await;
}

#[tokio::test]
async fn a_token_counts_from_its_birth_to_its_end_and_a_day_at_most() {
    let day = 24 * 60 * 60;
    assert_refused(vec![
        ("exp", Some(json!(NOW - 10)), LifetimeNotPositive),
        ("exp", Some(json!(NOW - 11)), LifetimeNotPositive),
        ("exp", Some(json!(0)), LifetimeNotPositive),
        ("exp", Some(json!(NOW - 10 + day + 1)), LifetimeTooLong),
        ("exp", Some(json!(253_402_207_200_i64)), LifetimeTooLong),
        ("iat", Some(json!(0)), LifetimeTooLong),
        ("iat", Some(json!(NOW + 31)), IssuedInFuture),
        ("nbf", Some(json!(NOW + 31)), NotYetValid),
    ])
    .await;

    let signer = Signer::es256("k1");
    let door = Door::of(&signer).await;
    let longest = with(&good_claims(), "exp", json!(NOW - 10 + day));
    assert_eq!(door.refusal(&signer.token(&longest)).await, None);
    let past = with(&with(&good_claims(), "iat", json!(NOW - 60)), "exp", json!(NOW - 30));
    assert_eq!(door.refusal(&signer.token(&past)).await, Some(Expired));
}

#[tokio::test]
async fn a_token_that_was_verified_expires_all_the_same() {
    let signer = Signer::es256("k1");
    let door = Door::of(&signer).await;
    let token = signer.token(&good_claims());

    for (second, refusal) in
        [(NOW, None), (NOW + 629, None), (NOW + 630, Some(Expired)), (NOW + 631, Some(Expired))]
    {
        door.set_clock(second);
        assert_eq!(door.refusal(&token).await, refusal, "{second}");
    }
}

#[tokio::test]
async fn tenant_and_subject_are_identifiers_of_their_kind() {
    let mut cases = vec![("tenant_id", None, NoTenant)];
    for (name, other) in [("tenant_id", SUBJECT), ("subject_id", TENANT)] {
        let own = if name == "tenant_id" { TENANT } else { SUBJECT };
        for value in [
            json!(other),
            json!(""),
            json!(own.to_uppercase()),
            json!(format!("{own}\0")),
            json!(format!(" {own}")),
            json!(own.replace('_', "\u{ff3f}")),
            json!(own.replace('0', "\u{ff10}")),
            json!("0188bac7-4afa-78aa-bc3b-bd1eef28d881"),
            json!("*"),
            json!(1),
            json!([own]),
            Value::Null,
        ] {
            cases.push((name, Some(value), MalformedClaim(name)));
        }
    }
    assert_refused(cases).await;
}

#[tokio::test]
async fn scopes_are_text() {
    let values = [json!(1), json!({}), json!(true), Value::Null, json!(["subjects:read", 1]), json!([null])];
    assert_refused(values.map(|value| ("scope", Some(value), MalformedClaim("scope"))).to_vec()).await;
}
