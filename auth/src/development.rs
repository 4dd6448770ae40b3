//! An issuer for demonstrations and tests: makes its own key and mints any token it is asked for. Whoever has its key
//! file has every right of every tenant, so it has no place in front of real data.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use domain::id::{SubjectId, TenantId};
use jiff::Timestamp;
use jsonwebtoken::jwk::{Jwk, JwkSet, PublicKeyUse, ThumbprintHash};
use jsonwebtoken::{EncodingKey, Header};
use serde_json::{Value, json};

use crate::algorithm::Algorithm;
use crate::config::{IssuerConfig, KeySource};

/// The name of the private key's file.
pub const KEY_FILE: &str = "signing-key.pem";
/// The name of the public key set's file.
pub const JWKS_FILE: &str = "jwks.json";

/// The mode of the private key's file.
const OWNER_ONLY: u32 = 0o600;
/// The mode of the public key set's file.
const FOR_ALL: u32 = 0o644;

/// Who the development issuer says it is, and for whom it issues.
#[derive(Debug, Clone)]
pub struct Identity {
    /// The text of `iss`.
    pub issuer: String,
    /// The text of `aud`.
    pub audience: String,
}

/// An issuer whose ES256 key is its own.
pub struct DevelopmentIssuer {
    identity: Identity,
    key: EncodingKey,
    key_pem: String,
    key_id: String,
    jwks: JwkSet,
}

/// What a minted token shall say.
#[derive(Debug, Clone)]
pub struct TokenRequest {
    /// `tenant_id`; `None` makes an operator's token.
    pub tenant: Option<TenantId>,
    /// `subject_id`; makes a data subject's own token.
    pub subject: Option<SubjectId>,
    /// `sub`.
    pub actor: String,
    /// `scope`, word by word.
    pub scopes: Vec<String>,
    /// From `iat` to `exp`, in whole seconds.
    pub lifetime: Duration,
    /// `iat`, in whole seconds.
    pub now: Timestamp,
}

/// The development issuer's key could not be made, read or written.
#[derive(Debug, thiserror::Error)]
pub enum DevelopmentError {
    /// The text is not the PKCS#8 PEM of a P-256 key.
    #[error("not a P-256 private key in PKCS#8 PEM")]
    Key,
    /// A file could not be read or written.
    #[error("{}: {source}", path.display())]
    File {
        /// Which one.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
}

impl DevelopmentIssuer {
    /// An issuer with a new key. The key comes out of the cryptographic library's own generator, which takes no
    /// randomness from outside.
    ///
    /// # Errors
    /// [`DevelopmentError::Key`] when the library cannot make a key.
    pub fn generate(identity: Identity) -> Result<Self, DevelopmentError> {
        let pair =
            EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).map_err(|_| DevelopmentError::Key)?;
        let der = pair.to_pkcs8v1().map_err(|_| DevelopmentError::Key)?;
        Self::from_pem(identity, pem(der.as_ref()))
    }

    /// The issuer whose key [`Self::write`] left in `dir`.
    ///
    /// # Errors
    /// [`DevelopmentError`] when the key file is missing or does not hold a P-256 key.
    pub fn load(identity: Identity, dir: &Path) -> Result<Self, DevelopmentError> {
        let path = dir.join(KEY_FILE);
        let pem = fs::read_to_string(&path).map_err(|source| DevelopmentError::File { path, source })?;
        Self::from_pem(identity, pem)
    }

    /// Writes `signing-key.pem`, readable by its owner alone, and `jwks.json` into `dir`, which is made if need be.
    ///
    /// # Errors
    /// [`DevelopmentError::File`] when a file cannot be written.
    pub fn write(&self, dir: &Path) -> Result<(), DevelopmentError> {
        let in_dir = |source| DevelopmentError::File { path: dir.to_owned(), source };
        fs::create_dir_all(dir).map_err(in_dir)?;
        replace(&dir.join(KEY_FILE), OWNER_ONLY, &self.key_pem)?;
        replace(&dir.join(JWKS_FILE), FOR_ALL, &self.jwks().to_string())
    }

    /// The `kid` of its tokens: the key's thumbprint (RFC 7638).
    #[must_use]
    pub fn key_id(&self) -> &str {
        &self.key_id
    }

    /// The public key set, as an issuer publishes it.
    #[must_use]
    pub fn jwks(&self) -> Value {
        json!(self.jwks)
    }

    /// How an [`crate::Authenticator`] comes to trust this issuer, with its keys at `keys`.
    #[must_use]
    pub fn config(&self, keys: KeySource) -> IssuerConfig {
        let Identity { issuer, audience } = self.identity.clone();
        IssuerConfig { issuer, audience, keys, algorithms: vec![Algorithm::Es256] }
    }

    /// A signed token that says what is asked, whether or not the gateway would accept it.
    #[must_use]
    pub fn mint(&self, request: &TokenRequest) -> String {
        self.mint_for(request, None)
    }

    /// The same for a client, by its `client_id`.
    #[must_use]
    pub fn mint_for(&self, request: &TokenRequest, client: Option<&str>) -> String {
        let issued_at = request.now.as_second();
        let lifetime = i64::try_from(request.lifetime.as_secs()).unwrap_or(i64::MAX);
        let mut claims = json!({
            "iss": self.identity.issuer,
            "aud": self.identity.audience,
            "sub": request.actor,
            "iat": issued_at,
            "exp": issued_at.saturating_add(lifetime),
            "scope": request.scopes.join(" "),
        });
        if let Some(tenant) = request.tenant {
            claims["tenant_id"] = json!(tenant.to_string());
        }
        if let Some(subject) = request.subject {
            claims["subject_id"] = json!(subject.to_string());
        }
        if let Some(client) = client {
            claims["client_id"] = json!(client);
        }
        self.sign("at+jwt", &claims)
    }

    /// A signed token of any type (`typ`) that says anything.
    #[must_use]
    #[expect(
        clippy::missing_panics_doc,
        clippy::expect_used,
        reason = "the key was checked when it was read; only exhausted memory is left"
    )]
    pub fn sign(&self, typ: &str, claims: &Value) -> String {
        let mut header = Header::new(jsonwebtoken::Algorithm::ES256);
        header.typ = Some(typ.to_owned());
        header.kid = Some(self.key_id.clone());
        jsonwebtoken::encode(&header, claims, &self.key).expect("a checked key signs")
    }

    fn from_pem(identity: Identity, key_pem: String) -> Result<Self, DevelopmentError> {
        let unusable = |_| DevelopmentError::Key;
        let key = EncodingKey::from_ec_pem(key_pem.as_bytes()).map_err(unusable)?;
        let mut jwk = Jwk::from_encoding_key(&key, jsonwebtoken::Algorithm::ES256).map_err(unusable)?;
        let key_id = jwk.thumbprint(ThumbprintHash::SHA256).map_err(unusable)?;
        jwk.common.key_id = Some(key_id.clone());
        jwk.common.public_key_use = Some(PublicKeyUse::Signature);
        Ok(Self { identity, key, key_pem, key_id, jwks: JwkSet { keys: vec![jwk] } })
    }
}

/// RFC 7468: lines of 64 characters.
fn pem(der: &[u8]) -> String {
    let base64 = STANDARD.encode(der);
    let mut pem = String::from("-----BEGIN PRIVATE KEY-----\n");
    for (index, character) in base64.chars().enumerate() {
        if index > 0 && index % 64 == 0 {
            pem.push('\n');
        }
        pem.push(character);
    }
    pem.push_str("\n-----END PRIVATE KEY-----\n");
    pem
}

/// Puts a new file in the place of an old one, so that the old one's mode is not kept and no reader sees a half.
fn replace(path: &Path, mode: u32, text: &str) -> Result<(), DevelopmentError> {
    let in_path = |source| DevelopmentError::File { path: path.to_owned(), source };
    let new = path.with_extension("new");
    match fs::remove_file(&new) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(in_path(error)),
        _ => {}
    }
    let mut file = new_file(mode).open(&new).map_err(in_path)?;
    file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).map_err(in_path)?;
    fs::rename(&new, path).map_err(in_path)
}

#[cfg_attr(not(unix), expect(unused_variables, reason = "other systems know no file modes"))]
fn new_file(mode: u32) -> fs::OpenOptions {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, mode);
    options
}
