//! Makes tokens as no library would.

use aws_lc_rs::encoding::AsDer;
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, ECDSA_P384_SHA384_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair,
    RsaKeyPair,
};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use jsonwebtoken::EncodingKey;
use jsonwebtoken::jwk::Jwk;
use serde_json::{Value, json};

pub use jsonwebtoken::Algorithm;

pub const ISSUER: &str = "https://login.example";
pub const OTHER_ISSUER: &str = "https://other.example";
pub const AUDIENCE: &str = "https://gateway.example";
pub const TENANT: &str = "tenant_01h2xcejqtf2nbrexx3vqjhp41";
pub const SUBJECT: &str = "subject_01h2xcejqtf2nbrexx3vqjhp42";
/// The second at which every test's clock starts.
pub const NOW: i64 = 1_768_500_000;

/// A private key and the name it goes by.
pub struct Signer {
    pub algorithm: Algorithm,
    pub key: EncodingKey,
    pub kid: String,
}

impl Signer {
    pub fn new(algorithm: Algorithm, kid: &str) -> Self {
        let key = match algorithm {
            Algorithm::ES256 => {
                let pair = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).unwrap();
                EncodingKey::from_ec_der(pair.to_pkcs8v1().unwrap().as_ref())
            }
            Algorithm::ES384 => {
                let pair = EcdsaKeyPair::generate(&ECDSA_P384_SHA384_FIXED_SIGNING).unwrap();
                EncodingKey::from_ec_der(pair.to_pkcs8v1().unwrap().as_ref())
            }
            Algorithm::EdDSA => {
                EncodingKey::from_ed_der(Ed25519KeyPair::generate().unwrap().to_pkcs8v1().unwrap().as_ref())
            }
            _ => {
                let der = RsaKeyPair::generate(KeySize::Rsa2048).unwrap().as_der().unwrap();
                let base64 = STANDARD.encode(der.as_ref());
                let pem = format!("-----BEGIN PRIVATE KEY-----\n{base64}\n-----END PRIVATE KEY-----\n");
                EncodingKey::from_rsa_pem(pem.as_bytes()).unwrap()
            }
        };
        Self { algorithm, key, kid: kid.to_owned() }
    }

    pub fn es256(kid: &str) -> Self {
        Self::new(Algorithm::ES256, kid)
    }

    /// The public key as an issuer publishes it.
    pub fn jwk(&self) -> Value {
        let mut jwk = json!(Jwk::from_encoding_key(&self.key, self.algorithm).unwrap());
        jwk["kid"] = json!(self.kid);
        jwk["use"] = json!("sig");
        jwk
    }

    pub fn header(&self) -> Value {
        json!({ "typ": "at+jwt", "alg": self.algorithm, "kid": self.kid })
    }

    /// A token with the right header and these claims.
    pub fn token(&self, claims: &Value) -> String {
        self.signed(&self.header().to_string(), &claims.to_string())
    }

    /// A token of any two texts, with a right signature.
    pub fn signed(&self, header: &str, payload: &str) -> String {
        let message = message(header, payload);
        let signature = jsonwebtoken::crypto::sign(message.as_bytes(), &self.key, self.algorithm).unwrap();
        format!("{message}.{signature}")
    }
}

/// What a signature is made over.
pub fn message(header: &str, payload: &str) -> String {
    format!("{}.{}", URL_SAFE_NO_PAD.encode(header), URL_SAFE_NO_PAD.encode(payload))
}

/// A key set of these keys.
pub fn key_set(signers: &[&Signer]) -> Value {
    json!({ "keys": signers.iter().map(|signer| signer.jwk()).collect::<Vec<_>>() })
}

/// Claims that keep every rule.
pub fn good_claims() -> Value {
    json!({
        "iss": ISSUER,
        "aud": AUDIENCE,
        "sub": "integration-7",
        "iat": NOW - 10,
        "exp": NOW + 600,
        "tenant_id": TENANT,
        "scope": "subjects:read",
    })
}

/// The object with one member set, or with `None` taken out.
pub fn with(object: &Value, name: &str, value: impl Into<Option<Value>>) -> Value {
    let mut object = object.clone();
    let members = object.as_object_mut().unwrap();
    match value.into() {
        Some(value) => members.insert(name.to_owned(), value),
        None => members.remove(name),
    };
    object
}
