//! Verifying what another processor signed: by its certificate, which a trusted authority issued to its domain and which is
//! valid at that moment. What is signed is not read before.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, ServerName, SignatureVerificationAlgorithm, TrustAnchor, UnixTime};
use webpki::aws_lc_rs::{
    ECDSA_P256_SHA256, ECDSA_P256_SHA384, ECDSA_P384_SHA256, ECDSA_P384_SHA384, RSA_PKCS1_2048_8192_SHA256,
    RSA_PKCS1_2048_8192_SHA384, RSA_PKCS1_2048_8192_SHA512,
};
use webpki::{EndEntityCert, KeyUsage, anchor_from_trusted_cert};

/// The most certificates that are read of one text.
const MOST_CERTIFICATES: usize = 8;

/// What may have signed a certificate.
const ISSUING: &[&dyn SignatureVerificationAlgorithm] = &[
    RSA_PKCS1_2048_8192_SHA256,
    RSA_PKCS1_2048_8192_SHA384,
    RSA_PKCS1_2048_8192_SHA512,
    ECDSA_P256_SHA256,
    ECDSA_P256_SHA384,
    ECDSA_P384_SHA256,
    ECDSA_P384_SHA384,
];

/// What may have signed a body: the dialect knows SHA-256 alone, RSA in practice, and whatever else FIPS 186-4 lets stand.
const SIGNING: &[&dyn SignatureVerificationAlgorithm] =
    &[RSA_PKCS1_2048_8192_SHA256, ECDSA_P256_SHA256, ECDSA_P384_SHA256];

/// The text holds no certificate that could be trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no certificate of an authority in PEM")]
pub struct InvalidRoots;

/// Why a signature is not believed. For the log alone: a sender is told nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SignatureFault {
    /// The certificate cannot be read.
    #[error("the processor's certificate cannot be read")]
    Certificate,
    /// No trusted authority issued it, or it is not valid now.
    #[error("the processor's certificate is not by a trusted authority, or not valid now")]
    Untrusted,
    /// It was issued to another domain.
    #[error("the processor's certificate is another domain's")]
    OtherDomain,
    /// The signature is not the certificate's over this body.
    #[error("the signature is not the processor's")]
    Signature,
}

/// The authorities that are trusted to issue certificates.
#[derive(Debug, Clone)]
pub struct Authorities(Vec<TrustAnchor<'static>>);

impl Authorities {
    /// The public ones.
    #[must_use]
    pub fn public() -> Self {
        Self(webpki_roots::TLS_SERVER_ROOTS.to_vec())
    }

    /// These, and those whose certificates a PEM text holds.
    ///
    /// # Errors
    /// [`InvalidRoots`] when it holds none, or one that cannot be read.
    pub fn and(mut self, pem: &str) -> Result<Self, InvalidRoots> {
        let before = self.0.len();
        for certificate in CertificateDer::pem_slice_iter(pem.as_bytes()) {
            let certificate = certificate.map_err(|_| InvalidRoots)?;
            let anchor = anchor_from_trusted_cert(&certificate).map_err(|_| InvalidRoots)?;
            self.0.push(anchor.to_owned());
        }
        if self.0.len() > before { Ok(self) } else { Err(InvalidRoots) }
    }
}

/// A processor's certificate as it publishes it, with those of its issuers.
#[derive(Debug, Clone)]
pub struct PublishedCertificate {
    leaf: CertificateDer<'static>,
    issuers: Vec<CertificateDer<'static>>,
}

impl PublishedCertificate {
    /// Reads what was fetched: PEM, the processor's own certificate first.
    ///
    /// # Errors
    /// [`SignatureFault::Certificate`] when there is none, or too many.
    pub fn parse(pem: &[u8]) -> Result<Self, SignatureFault> {
        let read = CertificateDer::pem_slice_iter(pem).take(MOST_CERTIFICATES + 1);
        let mut read = read.collect::<Result<Vec<_>, _>>().map_err(|_| SignatureFault::Certificate)?;
        if read.is_empty() || read.len() > MOST_CERTIFICATES {
            return Err(SignatureFault::Certificate);
        }
        let leaf = read.remove(0);
        Ok(Self { leaf, issuers: read })
    }

    /// Checks that `signature` (base64) is the certificate's over `body`, and the certificate the domain's, by one of the
    /// authorities, and valid at `now_seconds` (Unix time). Whether it was revoked is not asked: whoever revokes it publishes
    /// another one.
    ///
    /// # Errors
    /// [`SignatureFault`] says what is missing.
    pub fn verify(
        &self,
        (authorities, now_seconds): (&Authorities, i64),
        domain: &str,
        (body, signature): (&[u8], &str),
    ) -> Result<(), SignatureFault> {
        let leaf = EndEntityCert::try_from(&self.leaf).map_err(|_| SignatureFault::Certificate)?;
        let now = UnixTime::since_unix_epoch(Duration::from_secs(u64::try_from(now_seconds).unwrap_or(0)));
        let usage = KeyUsage::server_auth();
        leaf.verify_for_usage(ISSUING, &authorities.0, &self.issuers, now, usage, None, None)
            .map_err(|_| SignatureFault::Untrusted)?;
        let name = ServerName::try_from(domain).map_err(|_| SignatureFault::OtherDomain)?;
        leaf.verify_is_valid_for_subject_name(&name).map_err(|_| SignatureFault::OtherDomain)?;
        let signature = STANDARD.decode(signature.trim()).map_err(|_| SignatureFault::Signature)?;
        let genuine =
            SIGNING.iter().any(|algorithm| leaf.verify_signature(*algorithm, body, &signature).is_ok());
        if genuine { Ok(()) } else { Err(SignatureFault::Signature) }
    }
}
