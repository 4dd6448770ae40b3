//! Trusted documents: operations that a front end was built with, published under identifiers before they are sent.

use std::fmt;

use crate::coded::coded;
use crate::id::TenantId;

coded! {
    /// How documents are taken, from the most open to the strictest.
    DocumentMode {
        /// Texts alone.
        Off = "off",
        /// Texts, and identifiers of published documents.
        Prefer = "prefer",
        /// Published documents alone.
        Require = "require",
    }
}

/// The longest identifier of a document and of a client, in bytes.
pub const MAX_ID_BYTES: usize = 255;

/// Whose documents they are. What one owner has published does not exist for anybody else.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DocumentOwner {
    /// All clients of a tenant.
    Tenant(TenantId),
    /// A client by its `client_id` (RFC 9068 section 2.2), whichever tenant it acts for.
    Client(String),
}

impl DocumentOwner {
    /// The owner that `tenant:ID` or `client:ID` names; `None` for any other text.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (kind, id) = text.split_once(':')?;
        Self::from_parts(kind, id)
    }

    /// The owner by what [`Self::kind`] and [`Self::id`] say.
    #[must_use]
    pub fn from_parts(kind: &str, id: &str) -> Option<Self> {
        match kind {
            "tenant" => TenantId::parse(id).ok().map(Self::Tenant),
            "client" if is_id(id) => Some(Self::Client(id.to_owned())),
            _ => None,
        }
    }

    /// `tenant` or `client`.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Tenant(_) => "tenant",
            Self::Client(_) => "client",
        }
    }

    /// Its identifier, unique within its kind.
    #[must_use]
    pub fn id(&self) -> String {
        match self {
            Self::Tenant(tenant) => tenant.to_string(),
            Self::Client(client) => client.clone(),
        }
    }
}

impl fmt::Display for DocumentOwner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.kind(), self.id())
    }
}

/// How a request names a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentId {
    /// The identifier, without the prefix of a digest.
    pub id: String,
    /// What was said of it.
    pub form: IdForm,
}

/// What a request says of the identifier that it names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IdForm {
    /// It is the SHA-256 of the text.
    Digest,
    /// It is whatever the manifest gave.
    Any,
    /// The same, and the text may come with it to be kept.
    Automatic,
}

impl DocumentId {
    /// The digest that the identifier is; `None` where it is something else.
    #[must_use]
    pub fn digest(&self) -> Option<[u8; 32]> {
        digest(&self.id)
    }
}

/// The 32 bytes that 64 hexadecimal digits write; `None` for any other text. An identifier of this form is taken for the
/// SHA-256 of its text everywhere.
#[must_use]
pub fn digest(text: &str) -> Option<[u8; 32]> {
    let digits = text.as_bytes();
    if digits.len() != 64 {
        return None;
    }
    let mut digest = [0; 32];
    for (byte, pair) in digest.iter_mut().zip(digits.chunks_exact(2)) {
        let nibble = |digit: u8| char::from(digit).to_digit(16);
        let value = nibble(pair[0])? * 16 + nibble(pair[1])?;
        *byte = u8::try_from(value).ok()?;
    }
    Some(digest)
}

/// Whether a text can be the identifier of a document or a client: 1 to [`MAX_ID_BYTES`] bytes without control characters.
#[must_use]
pub fn is_id(text: &str) -> bool {
    !text.is_empty() && text.len() <= MAX_ID_BYTES && !text.chars().any(char::is_control)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_owner_reads_back() {
        for text in ["client:web", "client:https://app.example/", "tenant:tenant_01h2xcejqtf2nbrexx3vqjhp41"]
        {
            assert_eq!(DocumentOwner::parse(text).map(|owner| owner.to_string()).as_deref(), Some(text));
        }
        let long = format!("client:{}", "x".repeat(MAX_ID_BYTES + 1));
        for text in ["", "web", "client:", "client:a\nb", "tenant:web", "subject:web", "Client:web", &long] {
            assert_eq!(DocumentOwner::parse(text), None, "{text}");
        }
    }

    #[test]
    fn only_64_hexadecimal_digits_are_a_digest() {
        assert_eq!(
            digest(&"0aF".repeat(22)[..64]).map(|digest| digest[..3].to_vec()),
            Some(vec![0x0a, 0xf0, 0xaf])
        );
        for text in ["", "ab", &"g".repeat(64), &"a".repeat(63), &"a".repeat(65), &"+1".repeat(32)] {
            assert_eq!(digest(text), None, "{text}");
        }
    }

    #[test]
    fn the_stricter_mode_is_the_greater() {
        assert!(DocumentMode::Off < DocumentMode::Prefer && DocumentMode::Prefer < DocumentMode::Require);
    }
}
