//! Signatures of OpenDSR 2.0: SHA-256 with RSA over the bytes of a body, made by the key of a certificate that is issued to
//! the processor's domain. A processor publishes the certificate, and whoever hears from it checks both.

mod verify;

use std::fmt;

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeyPair;
use aws_lc_rs::signature::{KeyPair as _, RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_SHA256, UnparsedPublicKey};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivatePkcs8KeyDer, ServerName};
use webpki::EndEntityCert;

pub use verify::{Authorities, InvalidRoots, PublishedCertificate, SignatureFault};

/// The shortest modulus, in bytes: 2,048 bits (FIPS 186-4).
const LEAST_MODULUS: usize = 256;

/// Why a certificate and a key do not make a processor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ProcessorFault {
    /// Not a host name.
    #[error("the domain is no host name, such as opendsr.processor.example in lower case")]
    Domain,
    /// No certificate at the beginning of the text, or one that cannot be read.
    #[error("the certificate file does not begin with an X.509 certificate in PEM")]
    Certificate,
    /// The certificate names other domains.
    #[error("the certificate is not issued to the domain: its subject alternative names lack it")]
    OtherDomain,
    /// Not an RSA key of 2,048 bits or more.
    #[error("the key is no RSA key of 2,048 bits or more in PKCS #8 PEM (BEGIN PRIVATE KEY)")]
    Key,
    /// The certificate is another key's.
    #[error("the certificate does not belong to the key")]
    OtherKey,
}

/// A processor that signs: its domain, its certificate and the key of it. `Debug` shows the domain alone.
pub struct Processor {
    domain: String,
    certificate: String,
    key: KeyPair,
}

impl Processor {
    /// Puts a processor together. `certificate` is PEM, its own certificate first and those of its issuers after it, as
    /// it is published; `key` is PKCS #8 in PEM. Whether the certificate is still valid is the verifier's matter.
    ///
    /// # Errors
    /// [`ProcessorFault`] says which of the three does not fit.
    pub fn parse(domain: &str, certificate: &str, key: &str) -> Result<Self, ProcessorFault> {
        let name = ServerName::try_from(domain).map_err(|_| ProcessorFault::Domain)?;
        if !matches!(name, ServerName::DnsName(_)) || domain.bytes().any(|byte| byte.is_ascii_uppercase()) {
            return Err(ProcessorFault::Domain);
        }
        let der = CertificateDer::from_pem_slice(certificate.as_bytes());
        let der = der.map_err(|_| ProcessorFault::Certificate)?;
        let leaf = EndEntityCert::try_from(&der).map_err(|_| ProcessorFault::Certificate)?;
        leaf.verify_is_valid_for_subject_name(&name).map_err(|_| ProcessorFault::OtherDomain)?;
        let pkcs8 = PrivatePkcs8KeyDer::from_pem_slice(key.as_bytes()).map_err(|_| ProcessorFault::Key)?;
        let key = KeyPair::from_pkcs8(pkcs8.secret_pkcs8_der()).map_err(|_| ProcessorFault::Key)?;
        if key.public_modulus_len() < LEAST_MODULUS {
            return Err(ProcessorFault::Key);
        }
        let processor = Self { domain: domain.to_owned(), certificate: certificate.to_owned(), key };
        let probe = processor.raw_signature(domain.as_bytes()).ok_or(ProcessorFault::Key)?;
        leaf.verify_signature(webpki::aws_lc_rs::RSA_PKCS1_2048_8192_SHA256, domain.as_bytes(), &probe)
            .map_err(|_| ProcessorFault::OtherKey)?;
        Ok(processor)
    }

    /// The domain, as `X-OpenDSR-Processor-Domain` names it.
    #[must_use]
    pub fn domain(&self) -> &str {
        &self.domain
    }

    /// The certificate with those of its issuers, in PEM.
    #[must_use]
    pub fn certificate(&self) -> &str {
        &self.certificate
    }

    /// The value of `X-OpenDSR-Signature` for a body. The same body has the same signature always.
    #[must_use]
    pub fn sign(&self, body: &[u8]) -> String {
        // Parsing has shown that the key signs.
        self.raw_signature(body).map(|signature| STANDARD.encode(signature)).unwrap_or_default()
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "the padding of PKCS #1 v1.5 has no random part; the argument is not used"
    )]
    fn raw_signature(&self, body: &[u8]) -> Option<Vec<u8>> {
        let mut signature = vec![0; self.key.public_modulus_len()];
        self.key.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), body, &mut signature).ok()?;
        let public = UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, self.key.public_key().as_ref());
        // A fault while a signature was computed can lay the key open (RFC 8017 section 8.2); such a one never leaves.
        public.verify(body, &signature).ok().map(|()| signature)
    }
}

impl fmt::Debug for Processor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Processor").field("domain", &self.domain).finish_non_exhaustive()
    }
}
