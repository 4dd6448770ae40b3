//! The master key: wraps the tenants' keys and gives the platform's own keys by derivation.

use aws_lc_rs::hkdf::{HKDF_SHA256, KeyType, Salt};
use aws_lc_rs::hmac;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::clock::Entropy;
use uuid::Uuid;
use zeroize::{Zeroize as _, Zeroizing};

use crate::vault::envelope::SealKey;

/// The text is no master key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a master key is 32 random bytes in base64 (44 characters)")]
pub struct InvalidMasterKey;

/// 32 bytes that open everything; kept outside both databases. No `Debug`, cleared when dropped.
#[derive(Clone)]
pub struct MasterKey(Zeroizing<[u8; 32]>);

/// Labels of the derived keys: one use each.
#[derive(Clone, Copy)]
pub(crate) enum Use {
    WrapTenantKeys,
    Tickets,
    Cursors,
    WrapSigningKeys,
    ConsoleActors,
}

impl Use {
    const fn label(self) -> &'static [u8] {
        match self {
            Self::WrapTenantKeys => b"privacy-gateway/v1/wrap-tenant-keys",
            Self::Tickets => b"privacy-gateway/v1/download-tickets",
            Self::Cursors => b"privacy-gateway/v1/cursors",
            Self::WrapSigningKeys => b"privacy-gateway/v1/wrap-audit-signing-keys",
            Self::ConsoleActors => b"privacy-gateway/v1/console-actors",
        }
    }

    /// Identifier of the derived key in envelopes: constant, since the label separates the keys.
    const fn id(self) -> Uuid {
        Uuid::from_u128(match self {
            Self::WrapTenantKeys => 1,
            Self::Tickets => 2,
            Self::Cursors => 3,
            Self::WrapSigningKeys => 4,
            Self::ConsoleActors => 5,
        })
    }
}

struct Length32;

impl KeyType for Length32 {
    fn len(&self) -> usize {
        32
    }
}

impl MasterKey {
    /// A new random key.
    #[must_use]
    pub fn generate(entropy: &dyn Entropy) -> Self {
        Self(SealKey::random(entropy))
    }

    /// Reads the base64 form; blanks around it are dropped.
    ///
    /// # Errors
    /// [`InvalidMasterKey`] when it is not 32 bytes in standard base64.
    pub fn parse(text: &str) -> Result<Self, InvalidMasterKey> {
        let mut bytes = STANDARD.decode(text.trim()).map_err(|_| InvalidMasterKey)?;
        let key = <[u8; 32]>::try_from(bytes.as_slice()).map_err(|_| InvalidMasterKey);
        bytes.zeroize();
        Ok(Self(Zeroizing::new(key?)))
    }

    /// The base64 form, to be written to a file that only its owner reads.
    #[must_use]
    pub fn to_base64(&self) -> Zeroizing<String> {
        Zeroizing::new(STANDARD.encode(self.0.as_slice()))
    }

    /// The key for one use, by HKDF-SHA-256 (RFC 5869).
    pub(crate) fn derive(&self, for_use: Use) -> Option<SealKey> {
        SealKey::new(for_use.id(), self.derived(for_use)?.as_slice())
    }

    /// The key for one use that makes digests.
    pub(crate) fn derive_digesting(&self, for_use: Use) -> Option<hmac::Key> {
        Some(hmac::Key::new(hmac::HMAC_SHA256, self.derived(for_use)?.as_slice()))
    }

    fn derived(&self, for_use: Use) -> Option<Zeroizing<[u8; 32]>> {
        let mut bytes = Zeroizing::new([0_u8; 32]);
        Salt::new(HKDF_SHA256, b"")
            .extract(self.0.as_slice())
            .expand(&[for_use.label()], Length32)
            .and_then(|okm| okm.fill(bytes.as_mut()))
            .ok()?;
        Some(bytes)
    }
}
