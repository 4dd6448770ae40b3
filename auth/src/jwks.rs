//! Reads a JWK Set (RFC 7517) and keeps the public keys that an issuer's tokens may be signed with.

use std::collections::HashMap;
use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::DecodingKey;
use jsonwebtoken::jwk::{
    AlgorithmParameters, CommonParameters, EllipticCurve, Jwk, KeyOperations, PublicKeyUse, ThumbprintHash,
};
use serde::Deserialize;
use serde_json::Value;

use crate::algorithm::Algorithm;
use crate::jws::is_key_id;

/// The most keys that a set may hold, usable or not.
const MAX_KEYS: usize = 100;
/// The shortest RSA modulus, in bits (RFC 7518 section 3.3).
const MIN_RSA_BITS: usize = 2048;

/// A public key of an issuer, and what it may be used for.
pub(crate) struct TrustedKey {
    pub(crate) key_id: String,
    /// Those that the issuer, the key's type and its `alg` all allow; never none.
    pub(crate) algorithms: Vec<Algorithm>,
    pub(crate) key: DecodingKey,
    /// The RFC 7638 thumbprint: tells a key from another one that took over its `kid`.
    pub(crate) thumbprint: String,
}

/// An issuer's keys by `kid`.
pub(crate) type TrustedKeys = HashMap<String, Arc<TrustedKey>>;

/// Why a key set is not taken over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum JwksError {
    #[error("the answer is not a JWK Set")]
    NotAKeySet,
    #[error("the key set holds more than 100 keys")]
    TooManyKeys,
    #[error("the key set holds no key that serves an allowed algorithm")]
    NoUsableKey,
}

#[derive(Deserialize)]
struct KeySet {
    keys: Vec<Value>,
}

/// The keys of a set that serve one of the `allowed` algorithms. Others are passed over, as RFC 7517 section 5 asks;
/// of two keys with one `kid` the first counts.
pub(crate) fn parse(json: &[u8], allowed: &[Algorithm]) -> Result<TrustedKeys, JwksError> {
    let set: KeySet = serde_json::from_slice(json).map_err(|_| JwksError::NotAKeySet)?;
    if set.keys.len() > MAX_KEYS {
        return Err(JwksError::TooManyKeys);
    }
    let mut trusted = TrustedKeys::new();
    for key in set.keys.into_iter().filter_map(|key| trust(key, allowed)) {
        trusted.entry(key.key_id.clone()).or_insert_with(|| Arc::new(key));
    }
    if trusted.is_empty() { Err(JwksError::NoUsableKey) } else { Ok(trusted) }
}

fn trust(key: Value, allowed: &[Algorithm]) -> Option<TrustedKey> {
    let jwk: Jwk = serde_json::from_value(key).ok()?;
    let key_id = jwk.common.key_id.clone().filter(|kid| is_key_id(kid))?;
    if !is_for_signatures(&jwk.common) {
        return None;
    }
    let mut algorithms = served_by(&jwk.algorithm)?.to_vec();
    algorithms.retain(|algorithm| allowed.contains(algorithm));
    if let Some(only) = jwk.common.key_algorithm {
        algorithms.retain(|algorithm| only == algorithm.verifier().into());
    }
    if algorithms.is_empty() {
        return None;
    }
    let thumbprint = jwk.thumbprint(ThumbprintHash::SHA256).ok()?;
    Some(TrustedKey { key_id, algorithms, key: DecodingKey::from_jwk(&jwk).ok()?, thumbprint })
}

fn is_for_signatures(common: &CommonParameters) -> bool {
    common.public_key_use.as_ref().is_none_or(|purpose| *purpose == PublicKeyUse::Signature)
        && common.key_operations.as_ref().is_none_or(|allowed| allowed.contains(&KeyOperations::Verify))
}

/// The algorithms that a key of this type, curve and size serves; `None` for symmetric and unknown keys and for
/// those whose parts do not have the length of their kind.
fn served_by(parameters: &AlgorithmParameters) -> Option<&'static [Algorithm]> {
    match parameters {
        AlgorithmParameters::EllipticCurve(key) => {
            let (bytes, algorithms): (usize, &'static [Algorithm]) = match key.curve {
                EllipticCurve::P256 => (32, &[Algorithm::Es256]),
                EllipticCurve::P384 => (48, &[Algorithm::Es384]),
                _ => return None,
            };
            (length(&key.x)? == bytes && length(&key.y)? == bytes).then_some(algorithms)
        }
        AlgorithmParameters::OctetKeyPair(key) => {
            let fits = key.curve == EllipticCurve::Ed25519 && length(&key.x)? == 32;
            fits.then_some(&[Algorithm::EdDsa])
        }
        AlgorithmParameters::RSA(key) => {
            (bits(&key.n)? >= MIN_RSA_BITS).then_some(&[Algorithm::Rs256, Algorithm::Ps256])
        }
        _ => None,
    }
}

fn length(part: &str) -> Option<usize> {
    Some(URL_SAFE_NO_PAD.decode(part).ok()?.len())
}

fn bits(modulus: &str) -> Option<usize> {
    let bytes = URL_SAFE_NO_PAD.decode(modulus).ok()?;
    let first = bytes.iter().position(|byte| *byte != 0)?;
    let unused = usize::try_from(bytes.get(first)?.leading_zeros()).ok()?;
    Some((bytes.len() - first) * 8 - unused)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use serde_json::json;

    use super::*;

    fn part(bytes: &[u8]) -> String {
        URL_SAFE_NO_PAD.encode(bytes)
    }

    fn rsa(modulus: &[u8]) -> Value {
        json!({ "kty": "RSA", "kid": "k", "n": part(modulus), "e": "AQAB" })
    }

    fn with(mut key: Value, name: &str, value: Value) -> Value {
        key[name] = value;
        key
    }

    fn served(key: &Value) -> Option<Vec<Algorithm>> {
        let set = json!({ "keys": [key] }).to_string();
        let keys = parse(set.as_bytes(), &Algorithm::ALL).ok()?;
        Some(keys.get("k").unwrap().algorithms.clone())
    }

    #[test]
    fn a_key_serves_the_algorithms_of_its_type_and_its_alg() {
        use Algorithm::{EdDsa, Es256, Es384, Ps256, Rs256};
        let p256 =
            json!({ "kty": "EC", "kid": "k", "crv": "P-256", "x": part(&[1; 32]), "y": part(&[1; 32]) });
        let p384 =
            json!({ "kty": "EC", "kid": "k", "crv": "P-384", "x": part(&[1; 48]), "y": part(&[1; 48]) });
        let ed25519 = json!({ "kty": "OKP", "kid": "k", "crv": "Ed25519", "x": part(&[1; 32]) });
        let long = rsa(&[0x80; 256]);
        for (key, algorithms) in [
            (p256.clone(), Some(vec![Es256])),
            (p384.clone(), Some(vec![Es384])),
            (ed25519.clone(), Some(vec![EdDsa])),
            (long.clone(), Some(vec![Rs256, Ps256])),
            (with(long.clone(), "alg", json!("PS256")), Some(vec![Ps256])),
            (with(long.clone(), "use", json!("sig")), Some(vec![Rs256, Ps256])),
            (with(long.clone(), "key_ops", json!(["verify"])), Some(vec![Rs256, Ps256])),
            (with(long.clone(), "use", json!("enc")), None),
            (with(long.clone(), "key_ops", json!(["encrypt"])), None),
            (with(long.clone(), "alg", json!("RS512")), None),
            (with(long.clone(), "alg", json!("ES256")), None),
            (with(long, "alg", json!("RSA-OAEP")), None),
            (with(p256.clone(), "alg", json!("HS256")), None),
            (with(p256, "crv", json!("P-384")), None),
            (with(p384, "crv", json!("P-521")), None),
            (with(ed25519, "x", json!(part(&[1; 31]))), None),
            (json!({ "kty": "oct", "kid": "k", "k": part(&[1; 32]) }), None),
        ] {
            assert_eq!(served(&key), algorithms, "{key}");
        }
    }

    #[test]
    fn an_rsa_key_has_2048_bits_at_least() {
        let padded = |modulus: &[u8]| [&[0; 128], modulus].concat();
        for (modulus, trusted) in [
            (vec![0x80; 256], true),
            (padded(&[0x80; 256]), true),
            (vec![0x80; 512], true),
            (vec![0x7f; 256], false),
            (vec![0xff; 128], false),
            (padded(&[0xff; 128]), false),
            (vec![0; 256], false),
            (vec![], false),
        ] {
            assert_eq!(served(&rsa(&modulus)).is_some(), trusted, "{} bytes", modulus.len());
        }
    }

    #[test]
    fn a_set_counts_when_it_is_of_bounded_size_and_has_a_usable_key() {
        let good = rsa(&[0x80; 256]);
        let unusable = json!({ "kty": "oct", "kid": "k", "k": "AAAA" });
        let parsed = |keys: Vec<Value>| {
            parse(json!({ "keys": keys }).to_string().as_bytes(), &[Algorithm::Rs256]).map(|keys| keys.len())
        };

        assert_eq!(parsed([vec![unusable.clone(); 99], vec![good.clone()]].concat()), Ok(1));
        assert_eq!(parsed(vec![good; 101]), Err(JwksError::TooManyKeys));
        assert_eq!(parsed(vec![unusable; 100]), Err(JwksError::NoUsableKey));
        assert_eq!(parsed(vec![]), Err(JwksError::NoUsableKey));
        assert_eq!(parse(b"{}", &Algorithm::ALL).err(), Some(JwksError::NotAKeySet));
    }

    #[test]
    fn of_two_keys_with_one_name_the_first_counts() {
        let (first, second) = (rsa(&[0x80; 256]), rsa(&[0x81; 256]));
        let thumbprint = |keys: &Value| {
            let keys = parse(json!({ "keys": keys }).to_string().as_bytes(), &Algorithm::ALL).unwrap();
            keys.get("k").unwrap().thumbprint.clone()
        };

        assert_eq!(thumbprint(&json!([first, second])), thumbprint(&json!([first])));
        assert_ne!(thumbprint(&json!([first, second])), thumbprint(&json!([second])));
    }
}
