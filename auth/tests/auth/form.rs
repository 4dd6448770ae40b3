//! Tokens whose form or header breaks a rule.

use auth::Refusal;
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde_json::{Value, json};

use crate::door::Door;
use crate::forge::{Signer, good_claims, message, with};

#[tokio::test]
async fn a_token_is_three_canonical_parts() {
    let signer = Signer::es256("k1");
    let door = Door::of(&signer).await;
    let good = signer.token(&good_claims());
    let parts: Vec<&str> = good.split('.').collect();
    let [header, payload, signature] = parts[..] else { unreachable!() };
    // The signature's last character carries two bits; the other four are zero in canonical base64url.
    let uncanonical = format!("{}{}", &good[..good.len() - 1], next(signature));

    assert_eq!(door.refusal(&good).await, None);
    for token in [
        "",
        ".",
        "..",
        "...",
        "a.b.c",
        "null",
        &format!("{header}.{payload}"),
        &format!("{header}.{payload}."),
        &format!("{header}..{signature}"),
        &format!(".{payload}.{signature}"),
        &format!("{good}."),
        &format!(".{good}"),
        &format!("{good}.{signature}"),
        &format!("{good}.{signature}.{signature}"),
        &format!("{good}=="),
        &format!("{good}\n"),
        &format!("{good} "),
        &format!(" {good}"),
        &format!("{good}\0"),
        &format!("{good}å"),
        &format!("Bearer {good}"),
        &format!("{header}=.{payload}.{signature}"),
        &format!("{header}.{payload} .{signature}"),
        &format!("{header}.{payload}.{}", STANDARD.encode([0xfb; 64])),
        &uncanonical,
    ] {
        let refusal = door.refusal(token).await;
        let expected =
            if token.ends_with(&format!("{payload}.")) { Refusal::BadSignature } else { Refusal::Malformed };
        assert_eq!(refusal, Some(expected), "{token:?}");
    }
}

/// The character after the text's last one in the alphabet, so that one of the unused bits is set.
fn next(text: &str) -> String {
    const ALPHABET: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let last = text.chars().last().unwrap();
    let index = ALPHABET.find(last).unwrap();
    ALPHABET.chars().nth(index + 1).unwrap().to_string()
}

#[tokio::test]
async fn header_and_claims_are_json_objects_and_nothing_besides() {
    let signer = Signer::es256("k1");
    let door = Door::of(&signer).await;
    let (header, claims) = (signer.header().to_string(), good_claims().to_string());
    let nested = signer.token(&good_claims());
    let nesting = with(&signer.header(), "cty", json!("JWT")).to_string();
    let deep = format!("{{\"a\":{}1{}}}", "[".repeat(1000), "]".repeat(1000));
    let huge_number = claims.replace("\"iat\":", "\"x\":1e999,\"iat\":");

    assert_eq!(door.refusal(&signer.signed(&header, &claims)).await, None);
    for (header, payload) in [
        (&header[..], ""),
        (&header, "null"),
        (&header, "[]"),
        (&header, "\"text\""),
        (&header, &claims[..claims.len() - 1]),
        (&header, &format!("{claims}{claims}")),
        (&header, &format!("{claims}\0")),
        (&header, &format!("\u{feff}{claims}")),
        (&header, &claims.replace("integration-7", "\\ud800")),
        (&header, &huge_number),
        (&header, &deep),
        (&header, &nested),
        (&nesting, &nested),
        ("", &claims),
        ("[]", &claims),
        (&format!("{header}x"), &claims),
    ] {
        let refusal = door.refusal(&signer.signed(header, payload)).await;
        assert_eq!(refusal, Some(Refusal::Malformed), "{header:?} {payload:?}");
    }
}

#[tokio::test]
async fn a_name_occurs_once() {
    let signer = Signer::es256("k1");
    let door = Door::of(&signer).await;
    let (header, claims) = (signer.header().to_string(), good_claims().to_string());
    let twice = |json: &str, member: &str| format!("{},{member}}}", json.strip_suffix('}').unwrap());

    for member in [r#""tenant_id":"tenant_00000000000000000000000000""#, r#""\u0073ub":"a""#, r#""exp":1"#] {
        let token = signer.signed(&header, &twice(&claims, member));
        assert_eq!(door.refusal(&token).await, Some(Refusal::DuplicateClaim), "{member}");
    }
    for member in [r#""alg":"none""#, r#""kid":"k1""#, r#""t\u0079p":"JWT""#] {
        let token = signer.signed(&twice(&header, member), &claims);
        assert_eq!(door.refusal(&token).await, Some(Refusal::DuplicateHeader), "{member}");
    }
}

#[tokio::test]
async fn a_token_is_at_most_8_kib() {
    let signer = Signer::es256("k1");
    let door = Door::of(&signer).await;
    let padded = |bytes: usize| signer.token(&with(&good_claims(), "padding", json!("x".repeat(bytes))));
    let longest = (5700..6000).map(padded).take_while(|token| token.len() <= 8192).last().unwrap();

    assert!(longest.len() > 8188);
    assert_eq!(door.refusal(&longest).await, None);
    for bytes in [6_000, 7_000, 1_000_000] {
        assert_eq!(door.refusal(&padded(bytes)).await, Some(Refusal::TooLong), "{bytes}");
    }
    assert_eq!(door.refusal(&"å".repeat(4097)).await, Some(Refusal::TooLong));
}

#[tokio::test]
async fn a_header_says_what_it_must_and_nothing_that_could_mislead() {
    let signer = Signer::es256("k1");
    let door = Door::of(&signer).await;
    let key = signer.jwk();
    let certificate = json!([STANDARD.encode("certificate")]);
    for (name, value, refusal) in [
        ("typ", None, Refusal::WrongType),
        ("typ", Some(json!("JWT")), Refusal::WrongType),
        ("typ", Some(json!("id+jwt")), Refusal::WrongType),
        ("typ", Some(json!("at+jwt ")), Refusal::WrongType),
        ("typ", Some(json!("at+jwt\0")), Refusal::WrongType),
        ("typ", Some(json!("text/at+jwt")), Refusal::WrongType),
        ("typ", Some(json!(["at+jwt"])), Refusal::WrongType),
        ("typ", Some(Value::Null), Refusal::WrongType),
        ("crit", Some(json!(["exp"])), Refusal::CriticalHeader),
        ("crit", Some(json!([])), Refusal::CriticalHeader),
        ("crit", Some(Value::Null), Refusal::CriticalHeader),
        ("b64", Some(json!(false)), Refusal::CriticalHeader),
        ("b64", Some(json!(true)), Refusal::CriticalHeader),
        ("jwk", Some(key), Refusal::EmbeddedKey),
        ("jku", Some(json!("https://login.example/jwks.json")), Refusal::EmbeddedKey),
        ("x5u", Some(json!("https://login.example/certificate.pem")), Refusal::EmbeddedKey),
        ("x5c", Some(certificate), Refusal::EmbeddedKey),
        ("x5c", Some(Value::Null), Refusal::EmbeddedKey),
        ("kid", None, Refusal::MalformedKeyId),
        ("kid", Some(json!("")), Refusal::MalformedKeyId),
        ("kid", Some(json!(1)), Refusal::MalformedKeyId),
        ("kid", Some(json!(["k1"])), Refusal::MalformedKeyId),
        ("kid", Some(json!("k".repeat(257))), Refusal::MalformedKeyId),
        ("kid", Some(json!("k".repeat(256))), Refusal::UnknownKey),
        ("kid", Some(json!("../../../../dev/null")), Refusal::UnknownKey),
        ("kid", Some(json!("k1' OR '1'='1")), Refusal::UnknownKey),
        ("kid", Some(json!("k1\0")), Refusal::UnknownKey),
        ("kid", Some(json!("K1")), Refusal::UnknownKey),
    ] {
        let header = with(&signer.header(), name, value);
        let token = signer.signed(&header.to_string(), &good_claims().to_string());
        assert_eq!(door.refusal(&token).await, Some(refusal), "{header}");
    }
}

#[tokio::test]
async fn an_encrypted_token_is_refused() {
    let signer = Signer::es256("k1");
    let header = json!({ "typ": "at+jwt", "alg": "dir", "enc": "A256GCM" }).to_string();
    let token = format!("{}.{}.{}", message(&header, ""), URL_SAFE_NO_PAD.encode([0; 12]), "AA.AA");

    assert_eq!(Door::of(&signer).await.refusal(&token).await, Some(Refusal::Malformed));
}
