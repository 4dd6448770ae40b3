//! Tokens that nobody signed, or not with the key they name.

use auth::Refusal;
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use jsonwebtoken::EncodingKey;
use serde_json::{Value, json};

use crate::door::{Door, file, issuer};
use crate::forge::{Algorithm, ISSUER, OTHER_ISSUER, Signer, good_claims, key_set, message, with};

#[tokio::test]
async fn an_algorithm_that_is_not_allowed_is_refused_however_it_is_spelled() {
    let signer = Signer::es256("k1");
    let door = Door::of(&signer).await;
    let claims = good_claims().to_string();
    for alg in [
        json!("none"),
        json!("None"),
        json!("NONE"),
        json!("nOnE"),
        json!("none "),
        json!(""),
        json!("es256"),
        json!("ES256 "),
        json!("ES256\0"),
        json!("ES384"),
        json!("ES512"),
        json!("ES256K"),
        json!("EdDSA"),
        json!("RS256"),
        json!("PS256"),
        json!("HS256"),
        json!(["ES256"]),
        json!(256),
        Value::Null,
    ] {
        let header = with(&signer.header(), "alg", alg).to_string();
        for token in [signer.signed(&header, &claims), format!("{}.", message(&header, &claims))] {
            assert_eq!(door.refusal(&token).await, Some(Refusal::AlgorithmNotAllowed), "{header}");
        }
    }
    let header = with(&signer.header(), "alg", None::<Value>).to_string();
    assert_eq!(door.refusal(&signer.signed(&header, &claims)).await, Some(Refusal::AlgorithmNotAllowed));
}

#[tokio::test]
async fn a_public_key_is_no_shared_secret() {
    let signer = Signer::es256("k1");
    let door = Door::of(&signer).await;
    let jwk = signer.jwk();
    let coordinate = |name: &str| URL_SAFE_NO_PAD.decode(jwk[name].as_str().unwrap()).unwrap();
    let point = [vec![4], coordinate("x"), coordinate("y")].concat();
    let prefix = b"\x30\x59\x30\x13\x06\x07\x2a\x86\x48\xce\x3d\x02\x01\x06\x08\x2a\x86\x48\xce\x3d\x03\x01\x07\x03\x42\x00";
    let der = [&prefix[..], &point].concat();
    let pem = format!("-----BEGIN PUBLIC KEY-----\n{}\n-----END PUBLIC KEY-----\n", STANDARD.encode(&der));

    for secret in [point, der, pem.into_bytes(), jwk.to_string().into_bytes(), b"k1".to_vec(), vec![]] {
        let secret = EncodingKey::from_secret(&secret);
        for (alg, refusal) in [("HS256", Refusal::AlgorithmNotAllowed), ("ES256", Refusal::BadSignature)] {
            let header = with(&signer.header(), "alg", json!(alg)).to_string();
            let message = message(&header, &good_claims().to_string());
            let mac = jsonwebtoken::crypto::sign(message.as_bytes(), &secret, Algorithm::HS256).unwrap();
            assert_eq!(door.refusal(&format!("{message}.{mac}")).await, Some(refusal), "{alg}");
        }
    }
}

#[tokio::test]
async fn a_signature_is_whole_and_over_this_very_text() {
    let signer = Signer::es256("k1");
    let door = Door::of(&signer).await;
    let good = signer.token(&good_claims());
    let (text, signature) = good.rsplit_once('.').unwrap();
    let signature = URL_SAFE_NO_PAD.decode(signature).unwrap();
    let (r, s) = signature.split_at(32);
    let flipped = |index: usize| {
        let mut bytes = signature.clone();
        bytes[index] ^= 1;
        bytes
    };

    assert_eq!(door.refusal(&good).await, None);
    for bytes in [
        vec![],
        vec![0],
        vec![0; 64],
        vec![0xff; 64],
        signature[..63].to_vec(),
        signature[..32].to_vec(),
        [&signature[..], &[0]].concat(),
        [&[0], &signature[..]].concat(),
        [s, r].concat(),
        [&[0x30, 0x44, 2, 32], r, &[2, 32], s].concat(),
        flipped(0),
        flipped(63),
    ] {
        let token = format!("{text}.{}", URL_SAFE_NO_PAD.encode(&bytes));
        assert_eq!(door.refusal(&token).await, Some(Refusal::BadSignature), "{bytes:?}");
    }
    let other_claims = with(&good_claims(), "sub", json!("integration-8")).to_string();
    let moved = format!(
        "{}.{}",
        message(&signer.header().to_string(), &other_claims),
        URL_SAFE_NO_PAD.encode(&signature)
    );
    assert_eq!(door.refusal(&moved).await, Some(Refusal::BadSignature));
}

#[tokio::test]
async fn a_key_counts_for_its_own_issuer_only() {
    let (ours, theirs, impostor) = (Signer::es256("k1"), Signer::es256("k2"), Signer::es256("k1"));
    let door = Door::closed(vec![
        issuer(ISSUER, file(&key_set(&[&ours]))),
        issuer(OTHER_ISSUER, file(&key_set(&[&theirs, &impostor]))),
    ]);
    door.refresh().await;
    let from_other = with(&good_claims(), "iss", json!(OTHER_ISSUER));

    assert_eq!(door.refusal(&ours.token(&good_claims())).await, None);
    assert_eq!(door.refusal(&theirs.token(&from_other)).await, None);
    assert_eq!(door.refusal(&impostor.token(&from_other)).await, None);
    assert_eq!(door.refusal(&theirs.token(&good_claims())).await, Some(Refusal::UnknownKey));
    assert_eq!(door.refusal(&impostor.token(&good_claims())).await, Some(Refusal::BadSignature));
    assert_eq!(door.refusal(&ours.token(&from_other)).await, Some(Refusal::BadSignature));
}

#[tokio::test]
async fn a_key_serves_the_algorithm_of_its_own_type_only() {
    let (es256, es384) = (Signer::es256("k1"), Signer::new(Algorithm::ES384, "k2"));
    let config = issuer(ISSUER, file(&key_set(&[&es256, &es384])));
    let algorithms = vec![auth::Algorithm::Es256, auth::Algorithm::Es384];
    let door = Door::closed(vec![auth::IssuerConfig { algorithms, ..config }]);
    door.refresh().await;
    let crossed = with(&es384.header(), "kid", json!("k1")).to_string();

    assert_eq!(door.refusal(&es256.token(&good_claims())).await, None);
    assert_eq!(door.refusal(&es384.token(&good_claims())).await, None);
    let token = es384.signed(&crossed, &good_claims().to_string());
    assert_eq!(door.refusal(&token).await, Some(Refusal::AlgorithmNotAllowed));
}
