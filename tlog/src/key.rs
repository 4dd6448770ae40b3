//! Keys of notes: Ed25519 under a name (signed-note, type 0x01).

use std::fmt;

use aws_lc_rs::signature::{ED25519, Ed25519KeyPair, KeyPair as _, UnparsedPublicKey};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::hash::Hash;

/// The type of Ed25519 keys.
const ED25519_TYPE: u8 = 1;

/// The text or the bytes are no key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "a verifier key is a name, a key id in hexadecimal and an Ed25519 key in base64, with + between them"
)]
pub struct InvalidKey;

/// Who may have signed a note: a public key and the name under which it signs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifierKey {
    name: String,
    public: [u8; 32],
    id: [u8; 4],
}

impl VerifierKey {
    /// A key under a name; `None` when the name is empty or has a blank, a plus or a control character.
    #[must_use]
    pub fn new(name: &str, public: [u8; 32]) -> Option<Self> {
        is_name(name).then(|| Self { name: name.to_owned(), public, id: key_id(name, &public) })
    }

    /// Reads `<name>+<key id, 8 hexadecimal digits>+<base64 of type and key>`, as `Display` writes it.
    ///
    /// # Errors
    /// [`InvalidKey`] when it has another form or type, or the key id is not that of the name and the key.
    pub fn parse(text: &str) -> Result<Self, InvalidKey> {
        let (name, key) = text.split_once('+').ok_or(InvalidKey)?;
        let (_, key) = key.split_once('+').ok_or(InvalidKey)?;
        let bytes = STANDARD.decode(key).map_err(|_| InvalidKey)?;
        let [ED25519_TYPE, public @ ..] = bytes.as_slice() else { return Err(InvalidKey) };
        let public = public.try_into().map_err(|_| InvalidKey)?;
        // A key has one spelling: that compares the key id too.
        Self::new(name, public).filter(|parsed| parsed.to_string() == text).ok_or(InvalidKey)
    }

    /// The name under which it signs.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The public key.
    #[must_use]
    pub const fn public(&self) -> [u8; 32] {
        self.public
    }

    /// The first four bytes of the hash of name, type and key: tells keys of one name apart.
    pub(crate) const fn id(&self) -> [u8; 4] {
        self.id
    }

    /// Whether it made this signature of this text.
    pub(crate) fn verifies(&self, text: &str, signature: &[u8]) -> bool {
        UnparsedPublicKey::new(&ED25519, self.public).verify(text.as_bytes(), signature).is_ok()
    }
}

impl fmt::Display for VerifierKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let key = [&[ED25519_TYPE], self.public.as_slice()].concat();
        write!(f, "{}+{:08x}+{}", self.name, u32::from_be_bytes(self.id), STANDARD.encode(key))
    }
}

/// What signs notes. It has no name of its own: one key may sign for several logs. No `Debug`.
pub struct SigningKey(Ed25519KeyPair);

impl SigningKey {
    /// The key of a seed of 32 random bytes (RFC 8032, 5.1.5: the private key).
    ///
    /// # Errors
    /// [`InvalidKey`] when the cryptographic library refuses it.
    pub fn from_seed(seed: &[u8; 32]) -> Result<Self, InvalidKey> {
        Ed25519KeyPair::from_seed_unchecked(seed).map(Self).map_err(|_| InvalidKey)
    }

    /// The public key.
    #[must_use]
    pub fn public(&self) -> [u8; 32] {
        let mut bytes = [0; 32];
        bytes.copy_from_slice(self.0.public_key().as_ref());
        bytes
    }

    /// The key that verifies what this one signs under that name; `None` when the name is no key name.
    #[must_use]
    pub fn verifier(&self, name: &str) -> Option<VerifierKey> {
        VerifierKey::new(name, self.public())
    }

    /// What stands in a note's signature line: key id and signature, in base64; `None` when the library fails.
    pub(crate) fn signature(&self, text: &str, verifier: &VerifierKey) -> Option<String> {
        let signature = self.0.try_sign(text.as_bytes()).ok()?;
        Some(STANDARD.encode([&verifier.id, signature.as_ref()].concat()))
    }
}

/// Whether a text can name a key: something, without blanks, plus and control characters.
pub(crate) fn is_name(text: &str) -> bool {
    !text.is_empty() && !text.contains(|c: char| c.is_whitespace() || c == '+' || c < ' ')
}

fn key_id(name: &str, public: &[u8; 32]) -> [u8; 4] {
    let hash = Hash::of(&[name.as_bytes(), b"\n", &[ED25519_TYPE], public].concat());
    let [a, b, c, d, ..] = *hash.as_bytes();
    [a, b, c, d]
}
