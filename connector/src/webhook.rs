//! Signatures by Standard Webhooks 1.0: HMAC-SHA-256 over `{id}.{timestamp}.{body}`, symmetric (`v1`).

use std::fmt;

use aws_lc_rs::hmac::{Context, HMAC_SHA256, Key, Tag};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::clock::Entropy;
use zeroize::{Zeroize as _, Zeroizing};

/// What a secret's text begins with.
const PREFIX: &str = "whsec_";
/// What a symmetric signature's text begins with.
const VERSION: &str = "v1,";
/// The furthest that a message's timestamp may be from the present, in seconds, either way.
const TOLERANCE_SECONDS: u64 = 5 * 60;
/// The longest identifier of a message, in bytes.
const MAX_ID_BYTES: usize = 255;

/// The text is no secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a webhook secret is `whsec_` and 24 to 64 bytes in base64")]
pub struct InvalidSecret;

/// The key that a system outside shares with the gateway: 24 to 64 bytes. No `Debug`, cleared when dropped.
#[derive(Clone)]
pub struct Secret(Zeroizing<Vec<u8>>);

impl Secret {
    /// A new random secret of 32 bytes.
    #[must_use]
    pub fn generate(entropy: &dyn Entropy) -> Self {
        let mut bytes = Zeroizing::new(vec![0_u8; 32]);
        entropy.fill(&mut bytes);
        Self(bytes)
    }

    /// Reads the text form, `whsec_` and base64.
    ///
    /// # Errors
    /// [`InvalidSecret`] when it is anything else, or not 24 to 64 bytes.
    pub fn parse(text: &str) -> Result<Self, InvalidSecret> {
        let encoded = text.strip_prefix(PREFIX).ok_or(InvalidSecret)?;
        let bytes = Zeroizing::new(STANDARD.decode(encoded).map_err(|_| InvalidSecret)?);
        if (24..=64).contains(&bytes.len()) { Ok(Self(bytes)) } else { Err(InvalidSecret) }
    }

    /// The text form, to be shown once to whoever configures the system, and to be stored sealed.
    #[must_use]
    pub fn to_text(&self) -> Zeroizing<String> {
        let mut encoded = STANDARD.encode(self.0.as_slice());
        let mut text = Zeroizing::new(String::with_capacity(PREFIX.len() + encoded.len()));
        text.push_str(PREFIX);
        text.push_str(&encoded);
        encoded.zeroize();
        text
    }

    fn tag(&self, id: &MessageId, timestamp_seconds: i64, body: &[u8]) -> Tag {
        let mut context = Context::with_key(&Key::new(HMAC_SHA256, &self.0));
        context.update(format!("{}.{timestamp_seconds}.", id.0).as_bytes());
        context.update(body);
        context.sign()
    }
}

/// The text is no identifier of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a message's identifier is 1 to 255 letters, digits, `_` or `-`")]
pub struct InvalidMessageId;

/// The value of `webhook-id`: the same at every attempt, so that a receiver can tell a repetition. It holds no full
/// stop, since that parts what is signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MessageId(String);

impl MessageId {
    /// Reads an identifier.
    ///
    /// # Errors
    /// [`InvalidMessageId`] when it is not 1 to 255 ASCII letters, digits, `_` or `-`.
    pub fn parse(text: &str) -> Result<Self, InvalidMessageId> {
        let permitted = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
        if (1..=MAX_ID_BYTES).contains(&text.len()) && text.bytes().all(permitted) {
            Ok(Self(text.to_owned()))
        } else {
            Err(InvalidMessageId)
        }
    }

    /// The identifier's text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for MessageId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The value of `webhook-signature`: one signature by each secret, so that a secret can be changed without a gap.
/// `timestamp_seconds` counts from the Unix epoch and is the attempt's, not the event's.
#[must_use]
pub fn sign(id: &MessageId, timestamp_seconds: i64, body: &[u8], secrets: &[&Secret]) -> String {
    let signature =
        |secret: &&Secret| format!("{VERSION}{}", STANDARD.encode(secret.tag(id, timestamp_seconds, body)));
    secrets.iter().map(signature).collect::<Vec<_>>().join(" ")
}

/// Why a message that came in is not believed. For the log alone: a sender is told nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotAuthentic {
    /// `webhook-id` or `webhook-timestamp` cannot be read.
    #[error("the message's identifier or timestamp cannot be read")]
    Malformed,
    /// Older or younger than five minutes: replayed, or one of the clocks is wrong.
    #[error("the message's timestamp is more than five minutes from the present")]
    Untimely,
    /// No signature by one of the secrets.
    #[error("no signature of the message is by a known secret")]
    NotSigned,
}

/// A message that came in: its three headers and its body, byte for byte.
#[derive(Clone, Copy)]
pub struct Received<'a> {
    /// `webhook-id`.
    pub id: &'a str,
    /// `webhook-timestamp`.
    pub timestamp: &'a str,
    /// `webhook-signature`: signatures parted by spaces.
    pub signature: &'a str,
    /// What was signed.
    pub body: &'a [u8],
}

impl Received<'_> {
    /// Checks that one of the signatures is by one of the `secrets`, in constant time, and that the timestamp is
    /// within five minutes of `now_seconds` (Unix time). Gives the identifier, by which a replay within these five
    /// minutes is told from a new message. Signatures of other versions are passed over.
    ///
    /// # Errors
    /// [`NotAuthentic`] says what is missing.
    pub fn verify(&self, secrets: &[&Secret], now_seconds: i64) -> Result<MessageId, NotAuthentic> {
        let id = MessageId::parse(self.id).map_err(|_| NotAuthentic::Malformed)?;
        let timestamp: i64 = self.timestamp.parse().map_err(|_| NotAuthentic::Malformed)?;
        // One spelling for each instant, so that what is signed is what was sent.
        if timestamp.to_string() != self.timestamp {
            return Err(NotAuthentic::Malformed);
        }
        if timestamp.abs_diff(now_seconds) > TOLERANCE_SECONDS {
            return Err(NotAuthentic::Untimely);
        }
        let signed = secrets.iter().any(|secret| self.bears(&secret.tag(&id, timestamp, self.body)));
        if signed { Ok(id) } else { Err(NotAuthentic::NotSigned) }
    }

    fn bears(&self, tag: &Tag) -> bool {
        self.signature
            .split(' ')
            .filter_map(|signature| STANDARD.decode(signature.strip_prefix(VERSION)?).ok())
            .any(|bytes| aws_lc_rs::constant_time::verify_slices_are_equal(&bytes, tag.as_ref()).is_ok())
    }
}
