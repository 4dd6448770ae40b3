//! A master key that this process holds: wraps the tenants' keys.

use aws_lc_rs::hkdf::{HKDF_SHA256, KeyType, Salt};
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

/// The key that wraps, and what the master key is known by.
const WRAPS: &[u8] = b"privacy-gateway/v2/wrap";
const NAME: &[u8] = b"privacy-gateway/v2/name";

/// Keys that wrapped before wrapped keys named their master key: the same identifier whichever master key it was.
pub(super) const UNNAMED: [(Uuid, &[u8]); 2] = [
    (Uuid::from_u128(1), b"privacy-gateway/v1/wrap-tenant-keys"),
    (Uuid::from_u128(4), b"privacy-gateway/v1/wrap-audit-signing-keys"),
];

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

    /// What wrapped keys name it by: derived from the key, so that it is the same wherever the key is; it tells nothing of
    /// the key.
    #[must_use]
    pub fn id(&self) -> Uuid {
        let mut id = [0_u8; 16];
        if let Some(name) = self.derive(NAME) {
            for (to, from) in id.iter_mut().zip(name.iter()) {
                *to = *from;
            }
        }
        uuid::Builder::from_custom_bytes(id).into_uuid()
    }

    /// The key that wraps.
    pub(super) fn wrapping(&self) -> Option<SealKey> {
        SealKey::new(self.id(), self.derive(WRAPS)?.as_slice())
    }

    /// The keys that wrapped before wrapped keys named their master key.
    pub(super) fn unnamed(&self) -> Vec<SealKey> {
        UNNAMED.iter().filter_map(|(id, label)| SealKey::new(*id, self.derive(label)?.as_slice())).collect()
    }

    /// The key for one use, by HKDF-SHA-256 (RFC 5869); it has no reason to fail.
    pub(super) fn derive(&self, label: &[u8]) -> Option<Zeroizing<[u8; 32]>> {
        let mut bytes = Zeroizing::new([0_u8; 32]);
        Salt::new(HKDF_SHA256, b"")
            .extract(self.0.as_slice())
            .expand(&[label], Length32)
            .and_then(|okm| okm.fill(bytes.as_mut()))
            .ok()?;
        Some(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_master_key_is_known_by_what_it_is_and_by_nothing_else() {
        let [one, other] = [3, 4].map(|byte| MasterKey(Zeroizing::new([byte; 32])));
        assert_eq!(one.id(), one.clone().id());
        assert_ne!(one.id(), other.id());
        assert_ne!(one.derive(WRAPS), other.derive(WRAPS));
        assert_ne!(one.derive(WRAPS), one.derive(NAME));
        assert!(UNNAMED.iter().all(|(unnamed, _)| *unnamed != one.id()));
    }
}
