//! What only a browser holds: 256 random bits in a cookie, from which everything else is derived.

use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::hkdf::{HKDF_SHA256, KeyType, Salt};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::clock::Entropy;
use zeroize::Zeroizing;

use crate::error::StoreError;
use crate::vault::SealKey;

/// 256 random bits that a cookie holds. Neither `Debug` nor `Display`; cleared when dropped.
#[derive(Clone)]
pub struct BrowserSecret(Zeroizing<[u8; 32]>);

struct Length32;

impl KeyType for Length32 {
    fn len(&self) -> usize {
        32
    }
}

impl BrowserSecret {
    /// A new one.
    #[must_use]
    pub fn new(entropy: &dyn Entropy) -> Self {
        Self(SealKey::random(entropy))
    }

    /// Reads the text of a cookie; `None` for what is not 32 bytes in base64url without padding (RFC 4648 section 5).
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = Zeroizing::new(URL_SAFE_NO_PAD.decode(text).ok()?);
        Some(Self(Zeroizing::new(<[u8; 32]>::try_from(bytes.as_slice()).ok()?)))
    }

    /// The text for a cookie, 43 characters.
    #[must_use]
    pub fn text(&self) -> Zeroizing<String> {
        Zeroizing::new(URL_SAFE_NO_PAD.encode(self.0.as_slice()))
    }

    /// 32 bytes for one use, by HKDF-SHA-256 (RFC 5869); they tell nothing of the secret or of those for another use.
    ///
    /// # Errors
    /// When the cryptographic library fails.
    pub fn derive(&self, label: &[&[u8]]) -> Result<Zeroizing<[u8; 32]>, StoreError> {
        let mut bytes = Zeroizing::new([0_u8; 32]);
        Salt::new(HKDF_SHA256, b"privacy-gateway/v1/console")
            .extract(self.0.as_slice())
            .expand(label, Length32)
            .and_then(|okm| okm.fill(bytes.as_mut()))
            .map_err(|_| StoreError::Tampered { table: "console_session" })?;
        Ok(bytes)
    }

    /// By what the session is found; the secret cannot be told from it.
    pub(super) fn digest(&self) -> String {
        hex::encode(digest(&SHA256, self.0.as_slice()))
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    struct Counting;

    impl Entropy for Counting {
        fn fill(&self, bytes: &mut [u8]) {
            for (byte, value) in bytes.iter_mut().zip(0_u8..) {
                *byte = value;
            }
        }
    }

    #[test]
    fn a_secret_survives_the_way_into_a_cookie_and_back() {
        let secret = BrowserSecret::new(&Counting);
        let read = BrowserSecret::parse(&secret.text()).unwrap();
        assert_eq!(read.digest(), secret.digest());
        assert_eq!(secret.text().len(), 43);
    }

    #[test]
    fn what_is_no_secret_is_not_taken_for_one() {
        let good = BrowserSecret::new(&Counting).text();
        for text in ["", "x", &good[..42], &format!("{}=", *good), &format!("{}AA", *good), " "] {
            assert!(BrowserSecret::parse(text).is_none(), "{text:?}");
        }
    }

    #[test]
    fn what_is_derived_differs_by_its_label() {
        let secret = BrowserSecret::new(&Counting);
        let one = secret.derive(&[b"one"]).unwrap();
        assert!(*one == *secret.derive(&[b"one"]).unwrap());
        assert!(*one != *secret.derive(&[b"other"]).unwrap());
    }
}
