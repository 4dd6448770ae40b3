//! Issuers that are down, or answer with something else than keys.

use std::net::TcpListener;
use std::time::Duration;

use auth::{KeySource, Refusal};
use serde_json::{Value, json};
use wiremock::{MockServer, ResponseTemplate};

use crate::door::{Door, issuer};
use crate::forge::{Algorithm, ISSUER, Signer, good_claims, key_set, with};
use crate::published::{Published, good};

/// Sets that are well formed but hold no key that could be used.
fn unusable_sets(signer: &Signer) -> Vec<Value> {
    let jwk = signer.jwk();
    let keys = [
        with(&jwk, "use", json!("enc")),
        with(&jwk, "key_ops", json!(["encrypt"])),
        with(&jwk, "alg", json!("ES384")),
        with(&jwk, "alg", json!("HS256")),
        with(&jwk, "crv", json!("P-521")),
        with(&jwk, "crv", json!("secp256k1")),
        with(&jwk, "kid", None::<Value>),
        with(&jwk, "kid", json!("k".repeat(257))),
        with(&jwk, "x", json!("AAAA")),
        with(&jwk, "y", json!("")),
        with(&jwk, "x", json!("not base64url")),
        Signer::new(Algorithm::ES384, "k1").jwk(),
        Signer::new(Algorithm::EdDSA, "k1").jwk(),
        json!({ "kty": "oct", "kid": "k1", "alg": "HS256", "k": "c2VjcmV0" }),
        json!({ "kty": "RSA", "kid": "k1", "alg": "RS256", "n": "gAAB", "e": "AQAB" }),
        json!({ "kty": "AKP", "kid": "k1" }),
        json!("k1"),
        Value::Null,
    ];
    let mut sets: Vec<Value> = keys.into_iter().map(|key| json!({ "keys": [key] })).collect();
    sets.push(json!({ "keys": vec![jwk; 101] }));
    sets.extend([json!({ "keys": [] }), json!({ "keys": {} }), json!({}), json!([]), Value::Null]);
    sets
}

fn failures(signer: &Signer, elsewhere: &str) -> Vec<ResponseTemplate> {
    let set = key_set(&[signer]);
    let large = json!({ "keys": [signer.jwk()], "padding": "x".repeat(256 * 1024) });
    let mut answers: Vec<_> = unusable_sets(signer).iter().map(good).collect();
    answers.extend(
        [201, 204, 304, 403, 404, 429, 500, 503]
            .map(|status| ResponseTemplate::new(status).set_body_json(&set)),
    );
    answers.extend(
        [301, 302, 307, 308].map(|status| ResponseTemplate::new(status).insert_header("location", elsewhere)),
    );
    answers.push(good(&large));
    answers.push(ResponseTemplate::new(200));
    answers.push(ResponseTemplate::new(200).set_body_string("<html>maintenance</html>"));
    answers.push(ResponseTemplate::new(200).set_body_string(&set.to_string()[1..]));
    answers
}

#[tokio::test]
async fn whatever_an_issuer_answers_its_keys_stay_in_use() {
    let signer = Signer::es256("k1");
    let published = Published::new(&key_set(&[&signer])).await;
    let elsewhere = Published::new(&key_set(&[&Signer::es256("planted")])).await;
    let door = Door::trusting(published.source()).await;
    let refreshed_at = door.authenticator().readiness().first().unwrap().refreshed_at;
    assert!(refreshed_at.is_some());

    for (number, answer) in failures(&signer, &elsewhere.uri()).into_iter().enumerate() {
        published.answer_with(answer);
        door.advance(Duration::from_secs(1));
        door.refresh().await;

        let token = signer.token(&with(&good_claims(), "jti", json!(number.to_string())));
        assert_eq!(door.refusal(&token).await, None, "{number}");
        let readiness = door.authenticator().readiness();
        assert_eq!(readiness.first().unwrap().keys, 1, "{number}");
        assert_eq!(readiness.first().unwrap().refreshed_at, refreshed_at, "{number}");
    }
    assert_eq!(elsewhere.fetches().await, 0);
}

#[tokio::test]
async fn usable_keys_are_taken_from_among_unusable_ones() {
    let signer = Signer::es256("good");
    let mut keys: Vec<Value> = unusable_sets(&signer)
        .into_iter()
        .filter_map(|set| Some(set["keys"].as_array()?.first()?.clone()))
        .collect();
    keys.retain(|key| *key != signer.jwk());
    keys.push(signer.jwk());
    let published = Published::new(&json!({ "keys": keys })).await;
    let door = Door::trusting(published.source()).await;
    assert_eq!(door.keys(), 1);
    assert_eq!(door.refusal(&signer.token(&good_claims())).await, None);
}

#[tokio::test]
async fn an_issuer_that_is_down_at_the_start_is_asked_again() {
    let signer = Signer::es256("k1");
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let source = KeySource::Address(format!("http://{address}/jwks.json").parse().unwrap());
    let door = Door::trusting(source).await;
    let token = signer.token(&good_claims());
    assert_eq!(door.keys(), 0);
    assert_eq!(door.refusal(&token).await, Some(Refusal::KeysUnavailable));

    let listener = TcpListener::bind(address).unwrap();
    let server = MockServer::builder().listener(listener).start().await;
    let _published = Published::on(server, &key_set(&[&signer])).await;
    assert_eq!(door.refusal(&token).await, Some(Refusal::KeysUnavailable));

    door.advance(Duration::from_secs(30));
    assert_eq!(door.refusal(&token).await, None);
}

#[tokio::test]
async fn one_issuer_s_outage_is_not_the_other_s() {
    let signer = Signer::es256("k1");
    let published = Published::new(&key_set(&[&signer])).await;
    let down = Published::new(&json!({})).await;
    down.answer_with(ResponseTemplate::new(503));
    let door =
        Door::closed(vec![issuer("https://down.example", down.source()), issuer(ISSUER, published.source())]);
    door.refresh().await;

    let keys: Vec<usize> = door.authenticator().readiness().iter().map(|issuer| issuer.keys).collect();
    assert_eq!(keys, [0, 1]);
    assert_eq!(door.refusal(&signer.token(&good_claims())).await, None);
}

#[tokio::test]
async fn an_issuer_that_answers_too_slowly_has_not_answered() {
    let (signer, late) = (Signer::es256("k1"), Signer::es256("late"));
    let published = Published::new(&key_set(&[&signer])).await;
    let door = Door::trusting(published.source()).await;
    published.answer_with(good(&key_set(&[&late])).set_delay(Duration::from_secs(20)));

    tokio::time::timeout(Duration::from_secs(15), door.refresh()).await.unwrap();

    assert_eq!(door.refusal(&signer.token(&good_claims())).await, None);
}
