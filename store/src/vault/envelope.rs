//! Authenticated encryption that knows its place.
//!
//! Sealed bytes: format version (1; 2 where a token outside this process seals, with AES-256-GCM), key identifier (16), nonce (12), ciphertext and tag. The plaintext is its
//! length (4, big-endian), itself, and zeros up to a multiple of 32, so that lengths tell little. Associated data:
//! version, key identifier and the [`Place`], each part behind its length, so that sealed bytes open nowhere but
//! where they were put (threat T14).

use aws_lc_rs::aead::{AES_256_GCM_SIV, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use domain::clock::Entropy;
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::error::StoreError;

/// The format that is sealed with AES-256-GCM-SIV in this process.
const VERSION: u8 = 1;
pub(super) const HEADER: usize = 1 + 16 + NONCE_LEN;
const BUCKET: usize = 32;

/// Bytes that seal nothing twice.
pub(super) type SealNonce = [u8; NONCE_LEN];

/// Where a sealed value belongs.
#[derive(Clone, Copy)]
pub(crate) struct Place<'a> {
    pub tenant: Uuid,
    /// The person; nil for keys of the tenant itself.
    pub subject: Uuid,
    pub table: &'static str,
    /// Column, or category within a column.
    pub column: &'a str,
    pub row: Uuid,
}

/// A key that seals and opens. Its bytes live in the cryptographic library alone, which clears them.
pub(crate) struct SealKey {
    id: Uuid,
    key: LessSafeKey,
}

impl SealKey {
    /// A key of 32 bytes; `None` for any other length.
    pub(crate) fn new(id: Uuid, bytes: &[u8]) -> Option<Self> {
        let key = UnboundKey::new(&AES_256_GCM_SIV, bytes).ok()?;
        Some(Self { id, key: LessSafeKey::new(key) })
    }

    /// The key's identifier, as sealed bytes name it.
    pub(crate) const fn id(&self) -> Uuid {
        self.id
    }

    /// The identifier of the key that bytes were sealed under; `None` for what is too short to be sealed.
    pub(crate) fn id_of(sealed: &[u8]) -> Option<Uuid> {
        Uuid::from_slice(sealed.get(1..17)?).ok()
    }

    /// New random key bytes.
    pub(crate) fn random(entropy: &dyn Entropy) -> Zeroizing<[u8; 32]> {
        let mut bytes = Zeroizing::new([0_u8; 32]);
        entropy.fill(bytes.as_mut());
        bytes
    }

    pub(crate) fn seal(
        &self,
        place: Place<'_>,
        plaintext: &[u8],
        entropy: &dyn Entropy,
    ) -> Result<Vec<u8>, StoreError> {
        let sealed = self.seal_in(&place.context(), plaintext, new_nonce(entropy));
        sealed.ok_or(StoreError::Tampered { table: place.table })
    }

    /// Seals for a place that is given by its bytes.
    pub(super) fn seal_in(&self, context: &[u8], plaintext: &[u8], nonce: SealNonce) -> Option<Vec<u8>> {
        let mut body = padded(plaintext)?;
        let aad = Aad::from(associated(VERSION, self.id, context));
        let unique = Nonce::assume_unique_for_key(nonce);
        let tag = self.key.seal_in_place_separate_tag(unique, aad, &mut body).ok()?;
        Some(enveloped((VERSION, self.id), nonce, &[&body, tag.as_ref()]))
    }

    pub(crate) fn open(&self, place: Place<'_>, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, StoreError> {
        self.open_in(&place.context(), sealed).ok_or(StoreError::Tampered { table: place.table })
    }

    /// Opens what was sealed for a place that is given by its bytes.
    pub(super) fn open_in(&self, context: &[u8], sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        let (nonce, body) = opened_envelope((VERSION, self.id), sealed)?;
        let nonce = Nonce::assume_unique_for_key(nonce);
        let mut body = Zeroizing::new(body.to_vec());
        let aad = Aad::from(associated(VERSION, self.id, context));
        let length = self.key.open_in_place(nonce, aad, &mut body).ok()?.len();
        body.truncate(length);
        unpadded(body)
    }
}

impl Place<'_> {
    /// The place as bytes, each part behind its length.
    pub(super) fn context(&self) -> Vec<u8> {
        let mut context = Vec::new();
        for part in [
            self.tenant.as_bytes().as_slice(),
            self.subject.as_bytes(),
            self.table.as_bytes(),
            self.column.as_bytes(),
            self.row.as_bytes(),
        ] {
            extend(&mut context, part);
        }
        context
    }
}

/// A fresh nonce.
pub(super) fn new_nonce(entropy: &dyn Entropy) -> SealNonce {
    let mut nonce = [0_u8; NONCE_LEN];
    entropy.fill(&mut nonce);
    nonce
}

/// What is authenticated beside the sealed bytes: the format, the key, the place.
pub(super) fn associated(version: u8, key: Uuid, context: &[u8]) -> Vec<u8> {
    let mut associated = vec![version];
    extend(&mut associated, key.as_bytes());
    associated.extend_from_slice(context);
    associated
}

fn extend(bytes: &mut Vec<u8>, part: &[u8]) {
    let length = u32::try_from(part.len()).unwrap_or(u32::MAX);
    bytes.extend_from_slice(&length.to_be_bytes());
    bytes.extend_from_slice(part);
}

/// Sealed bytes behind their header.
pub(super) fn enveloped((version, key): (u8, Uuid), nonce: SealNonce, parts: &[&[u8]]) -> Vec<u8> {
    let mut sealed = Vec::with_capacity(HEADER + parts.iter().map(|part| part.len()).sum::<usize>());
    sealed.push(version);
    sealed.extend_from_slice(key.as_bytes());
    sealed.extend_from_slice(&nonce);
    for part in parts {
        sealed.extend_from_slice(part);
    }
    sealed
}

/// Nonce and sealed bytes of an envelope; `None` for another format or another key.
pub(super) fn opened_envelope((version, key): (u8, Uuid), sealed: &[u8]) -> Option<(SealNonce, &[u8])> {
    let (header, body) = sealed.split_at_checked(HEADER)?;
    let (version_and_id, nonce) = header.split_at_checked(17)?;
    let fits = version_and_id.first() == Some(&version)
        && version_and_id.get(1..) == Some(key.as_bytes().as_slice());
    fits.then_some((SealNonce::try_from(nonce).ok()?, body))
}

/// The plaintext in its bucket.
pub(super) fn padded(plaintext: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let length = u32::try_from(plaintext.len()).ok()?;
    let whole = (plaintext.len() + 4).next_multiple_of(BUCKET);
    let mut body = Zeroizing::new(Vec::with_capacity(whole));
    body.extend_from_slice(&length.to_be_bytes());
    body.extend_from_slice(plaintext);
    body.resize(whole, 0);
    Some(body)
}

/// The plaintext out of its bucket.
pub(super) fn unpadded(mut body: Zeroizing<Vec<u8>>) -> Option<Zeroizing<Vec<u8>>> {
    let (length, rest) = body.split_first_chunk::<4>()?;
    let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
    if length > rest.len() {
        return None;
    }
    body.drain(..4);
    body.truncate(length);
    Some(body)
}
#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    struct Counting(std::sync::atomic::AtomicU8);

    impl Entropy for Counting {
        fn fill(&self, bytes: &mut [u8]) {
            for byte in bytes {
                *byte = self.0.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
            }
        }
    }

    fn counting() -> Counting {
        Counting(std::sync::atomic::AtomicU8::new(7))
    }

    fn id(n: u128) -> Uuid {
        Uuid::from_u128(n)
    }

    const fn place(column: &str) -> Place<'_> {
        Place {
            tenant: Uuid::from_u128(1),
            subject: Uuid::from_u128(2),
            table: "data_subject",
            column,
            row: Uuid::from_u128(2),
        }
    }

    #[test]
    fn what_was_sealed_opens_where_it_was_put_and_nowhere_else() {
        let key = SealKey::new(id(9), &[3; 32]).unwrap();
        let sealed = key.seal(place("NAME"), b"clear", &counting()).unwrap();
        assert_eq!(key.open(place("NAME"), &sealed).unwrap().as_slice(), b"clear");
        let here = place("NAME");
        for elsewhere in [
            place("EMAIL"),
            Place { tenant: id(5), ..here },
            Place { subject: id(5), ..here },
            Place { row: id(5), ..here },
            Place { table: "consent", ..here },
        ] {
            assert!(key.open(elsewhere, &sealed).is_err());
        }
    }

    #[test]
    fn truncated_changed_and_downgraded_bytes_do_not_open() {
        let key = SealKey::new(id(9), &[3; 32]).unwrap();
        let sealed = key.seal(place("NAME"), b"clear", &counting()).unwrap();
        for length in 0..sealed.len() {
            assert!(key.open(place("NAME"), &sealed[..length]).is_err(), "cut to {length}");
        }
        for at in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[at] ^= 1;
            assert!(key.open(place("NAME"), &changed).is_err(), "changed at {at}");
        }
        let mut longer = sealed.clone();
        longer.push(0);
        assert!(key.open(place("NAME"), &longer).is_err());
        let mut older_format = sealed;
        older_format[0] = 0;
        assert!(key.open(place("NAME"), &older_format).is_err());
    }

    #[test]
    fn a_value_sealed_under_a_former_key_does_not_replay_under_the_next() {
        let former = SealKey::new(id(9), &[3; 32]).unwrap();
        let next = SealKey::new(id(10), &[4; 32]).unwrap();
        let same_bytes_other_name = SealKey::new(id(11), &[3; 32]).unwrap();
        let sealed = former.seal(place("NAME"), b"clear", &counting()).unwrap();
        assert!(next.open(place("NAME"), &sealed).is_err());
        assert!(same_bytes_other_name.open(place("NAME"), &sealed).is_err());
    }

    #[test]
    fn lengths_within_a_bucket_look_alike() {
        let key = SealKey::new(id(9), &[3; 32]).unwrap();
        let short = key.seal(place("NAME"), b"a", &counting()).unwrap();
        let longer = key.seal(place("NAME"), &[b'a'; 28], &counting()).unwrap();
        assert_eq!(short.len(), longer.len());
        let empty = key.seal(place("NAME"), b"", &counting()).unwrap();
        assert!(key.open(place("NAME"), &empty).unwrap().is_empty());
    }
}
