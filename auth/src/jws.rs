//! The outer form of a token: a JWS in compact serialisation (RFC 7515) whose header keeps to RFC 9068 and RFC 8725.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::algorithm::Algorithm;
use crate::members::{Fault, Members};
use crate::refusal::Refusal;

/// The longest token that is looked at, in bytes.
pub(crate) const MAX_TOKEN_BYTES: usize = 8 * 1024;
/// The longest `kid`, in characters.
pub(crate) const MAX_KEY_ID_CHARS: usize = 256;

/// What a token is for; one kind is never taken for another (RFC 8725 section 3.11).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// An access token (RFC 9068 section 2.1).
    Access,
    /// An ID token (`OpenID` Connect Core 1.0 section 2), whose `typ` is JWT where it has one.
    Identity,
}

impl Kind {
    /// RFC 7515 section 4.1.9 lets the prefix be left out; media types are case insensitive.
    fn is_named(self, typ: Option<&str>) -> bool {
        let known: &[&str] = match (self, typ) {
            (Self::Identity, None) => return true,
            (Self::Identity, Some(_)) => &["JWT", "application/jwt"],
            (Self::Access, _) => &["at+jwt", "application/at+jwt"],
        };
        typ.is_some_and(|typ| known.iter().any(|known| typ.eq_ignore_ascii_case(known)))
    }
}

/// A token whose form is right and whose signature has not been checked yet.
pub(crate) struct Jws<'a> {
    pub(crate) algorithm: Algorithm,
    pub(crate) key_id: String,
    pub(crate) claims: Members,
    signed: &'a str,
    signature: &'a str,
}

impl<'a> Jws<'a> {
    pub(crate) fn parse(token: &'a str, kind: Kind) -> Result<Self, Refusal> {
        if token.len() > MAX_TOKEN_BYTES {
            return Err(Refusal::TooLong);
        }
        let (signed, signature) = token.rsplit_once('.').ok_or(Refusal::Malformed)?;
        // A second dot within the payload part would be no base64url.
        let (header, payload) = signed.split_once('.').ok_or(Refusal::Malformed)?;
        let (header, payload) = (decode(header)?, decode(payload)?);
        decode(signature)?;

        let header = Members::parse(&header).map_err(|fault| fault.refusal(Refusal::DuplicateHeader))?;
        let (algorithm, key_id) = check_header(&header, kind)?;
        let claims = Members::parse(&payload).map_err(|fault| fault.refusal(Refusal::DuplicateClaim))?;
        Ok(Self { algorithm, key_id, claims, signed, signature })
    }

    /// Whether the signature is that of `key`, which must serve the algorithm.
    pub(crate) fn is_signed_by(&self, key: &jsonwebtoken::DecodingKey) -> bool {
        let algorithm = self.algorithm.verifier();
        jsonwebtoken::crypto::verify(self.signature, self.signed.as_bytes(), key, algorithm).unwrap_or(false)
    }
}

impl Fault {
    const fn refusal(self, duplicate: Refusal) -> Refusal {
        match self {
            Self::NotAnObject => Refusal::Malformed,
            Self::Duplicate => duplicate,
        }
    }
}

/// The alphabet's decoder refuses padding, line breaks and trailing bits that are not zero, so that a part has one
/// spelling only.
fn decode(part: &str) -> Result<Vec<u8>, Refusal> {
    URL_SAFE_NO_PAD.decode(part).map_err(|_| Refusal::Malformed)
}

fn check_header(header: &Members, kind: Kind) -> Result<(Algorithm, String), Refusal> {
    let text = |name| header.get(name).and_then(serde_json::Value::as_str);
    let has = |names: &[&str]| names.iter().any(|name| header.get(name).is_some());

    if !kind.is_named(text("typ")) || (header.get("typ").is_some() && text("typ").is_none()) {
        return Err(Refusal::WrongType);
    }
    if has(&["crit", "b64"]) {
        return Err(Refusal::CriticalHeader);
    }
    if has(&["jwk", "jku", "x5u", "x5c"]) {
        return Err(Refusal::EmbeddedKey);
    }
    let algorithm = text("alg").and_then(|name| name.parse().ok()).ok_or(Refusal::AlgorithmNotAllowed)?;
    let key_id = text("kid").filter(|kid| is_key_id(kid)).ok_or(Refusal::MalformedKeyId)?;
    Ok((algorithm, key_id.to_owned()))
}

/// Whether a text can be a `kid`, in a token as in a key set.
pub(crate) fn is_key_id(text: &str) -> bool {
    (1..=MAX_KEY_ID_CHARS).contains(&text.chars().count())
}
