//! The gateway's certificate and key, made once for all tests, and the verification of what it signs by another
//! implementation than the one that signs.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use aws_lc_rs::signature::{RSA_PKCS1_2048_8192_SHA256, UnparsedPublicKey};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use gateway::config::Config;
use rcgen::{CertificateParams, KeyPair, PKCS_RSA_SHA256, PublicKeyData as _, RsaKeySize};

/// The gateway's domain as a processor.
pub const DOMAIN: &str = "opendsr.prov.example";

struct Made {
    certificate_file: PathBuf,
    key_file: PathBuf,
    public: Vec<u8>,
}

fn made() -> &'static Made {
    static MADE: OnceLock<Made> = OnceLock::new();
    MADE.get_or_init(|| {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("opendsr-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let key = KeyPair::generate_rsa_for(&PKCS_RSA_SHA256, RsaKeySize::_2048).unwrap();
        let certificate = CertificateParams::new([DOMAIN.to_owned()]).unwrap().self_signed(&key).unwrap();
        let (certificate_file, key_file) = (folder.join("certificate.pem"), folder.join("key.pem"));
        std::fs::write(&certificate_file, certificate.pem()).unwrap();
        std::fs::write(&key_file, key.serialize_pem()).unwrap();
        Made { certificate_file, key_file, public: key.der_bytes().to_vec() }
    })
}

/// Has the gateway speak OpenDSR.
pub fn speaks(config: &mut Config) {
    let made = made();
    config.opendsr.domain = Some(DOMAIN.to_owned());
    config.opendsr.certificate_file = Some(made.certificate_file.clone());
    config.opendsr.key_file = Some(made.key_file.clone());
}

/// The certificate as it was configured.
pub fn certificate() -> String {
    std::fs::read_to_string(&made().certificate_file).unwrap()
}

/// Whether the header is the gateway's signature over the body.
pub fn is_signature(header: &str, body: &[u8]) -> bool {
    let key = UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, &made().public);
    STANDARD.decode(header).is_ok_and(|signature| key.verify(body, &signature).is_ok())
}
