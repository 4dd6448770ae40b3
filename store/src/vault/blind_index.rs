//! Blind indexes: persons are found by keyed digests of normalised values, never by the values.

use aws_lc_rs::hmac;
use domain::personal::Personal;

/// Which value a digest stands for. Each has its own domain within the tenant's index key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum IndexKind {
    /// E-mail address; unique within the tenant.
    Email,
    /// Telephone number.
    Phone,
    /// Login name; unique within the tenant.
    LoginName,
    /// The tenant's own key; unique within the tenant.
    ExternalReference,
    /// One word of the name.
    NameWord,
}

impl IndexKind {
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::Email => "EMAIL",
            Self::Phone => "PHONE",
            Self::LoginName => "LOGIN_NAME",
            Self::ExternalReference => "EXTERNAL_REFERENCE",
            Self::NameWord => "NAME_WORD",
        }
    }

    /// Whether a tenant can hold a value of this kind for one person only.
    #[must_use]
    pub const fn is_unique(self) -> bool {
        matches!(self, Self::Email | Self::LoginName | Self::ExternalReference)
    }
}

/// A normalised value to index or to search for.
#[derive(Clone)]
pub struct Term {
    /// Which value it is.
    pub kind: IndexKind,
    /// Its normalised form.
    pub normalised: Personal<String>,
}

/// The digest of a term: HMAC-SHA-256 cut to 128 bits, which leaves accidental equality out of reach and the
/// uniqueness rules sound.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Token(Vec<u8>);

impl Token {
    /// The digest by which a person is found.
    pub(crate) fn of(key: &hmac::Key, term: &Term) -> Self {
        Self::under(key, b"", term)
    }

    /// The digest by which an address is kept from marketing. It outlives the person, so it must not be the one that
    /// the index held.
    pub(crate) fn suppressing(key: &hmac::Key, term: &Term) -> Self {
        Self::under(key, b"suppression\0", term)
    }

    fn under(key: &hmac::Key, domain: &[u8], term: &Term) -> Self {
        let mut context = hmac::Context::with_key(key);
        context.update(domain);
        context.update(term.kind.code().as_bytes());
        context.update(&[0]);
        context.update(term.normalised.reveal().as_bytes());
        Self(context.sign().as_ref().iter().take(16).copied().collect())
    }

    pub(crate) fn into_bytes(self) -> Vec<u8> {
        self.0
    }
}
