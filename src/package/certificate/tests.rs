#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use tlog::Hash;

use super::*;
use crate::package::sample::zone;

/// A proof in the shape of one, of an entry that vouches for the statement; no log has made it.
pub(in crate::package) fn proof_of(statement: &str) -> String {
    proof_that_says(Some(json!({ "v": 2, "digest": sha256_of(statement) }).to_string().into_bytes()))
}

fn proof_that_says(extra: Option<Vec<u8>>) -> String {
    let hash = Hash::from_bytes([0xA7; 32]);
    let root = STANDARD.encode([0xA7; 32]);
    let signature = STANDARD.encode([0x5C; 68]);
    let checkpoint =
        format!("audit.example/tenant_1\n109482\n{root}\n\n— audit.example/tenant_1 {signature}\n");
    LogProof { extra, index: 73_894, hashes: vec![hash, hash], checkpoint }.to_string()
}

/// The certificate as JSON, read again.
pub(in crate::package) fn file_of<S: Statement>(statement: &S) -> Value {
    let text = write(statement).unwrap();
    let proof = proof_of(&text);
    let certificate = Certificate::<S>::read((&text, &proof), zone()).unwrap();
    serde_json::from_slice(&certificate.json().unwrap()).unwrap()
}

/// The certificate as Markdown, its spaces plain.
pub(in crate::package) fn told<S: Statement>(statement: &S, language: Language) -> String {
    let text = write(statement).unwrap();
    let proof = proof_of(&text);
    Certificate::<S>::read((&text, &proof), zone()).unwrap().markdown(language).replace('\u{a0}', " ")
}

/// Fails unless the document says all of it.
pub(in crate::package) fn assert_says<S: Statement>(statement: &S, language: Language, expected: &[&str]) {
    let text = told(statement, language);
    for said in expected {
        assert!(text.contains(said), "{said}\n{text}");
    }
}

/// Fails unless each form has the same bytes each time.
pub(in crate::package) fn assert_stays_the_same<S: Statement>(statement: &S) {
    let text = write(statement).unwrap();
    let proof = proof_of(&text);
    let read = || Certificate::<S>::read((&text, &proof), zone()).unwrap();
    for language in Language::ALL {
        let first = read().pdf(*language).unwrap();
        assert!(first.starts_with(b"%PDF") && first == read().pdf(*language).unwrap());
        assert_eq!(read().markdown(*language), read().markdown(*language));
    }
    assert_eq!(read().json().unwrap(), read().json().unwrap());
}

/// The error with which a stored text and its proof are refused.
pub(in crate::package) fn refusal<S: Statement>(text: &str, proof: &str) -> Option<CertificateError> {
    match Certificate::<S>::read((text, proof), zone()) {
        Err(PackageError::Certificate(error)) => Some(error),
        _ => None,
    }
}

#[test]
fn a_proof_vouches_for_its_own_statement_alone() {
    let statement = "{}";
    let proof = proof_of(statement);
    let altered = |from: &str, to: &str| {
        assert!(proof.contains(from), "{from}");
        proof.replacen(from, to, 1)
    };
    let refused = |statement, proof: &str| vouching(statement, proof).err();
    assert_eq!(refused(statement, &proof), None);
    for (statement, proof, expected) in [
        ("{ }", proof.clone(), CertificateError::Digest),
        (statement, proof_of("{ }"), CertificateError::Digest),
        (statement, proof_that_says(Some(b"{}".to_vec())), CertificateError::Digest),
        (statement, proof_that_says(Some(b"[]".to_vec())), CertificateError::Digest),
        (statement, proof_that_says(Some(b"no JSON".to_vec())), CertificateError::Proof),
        (statement, proof_that_says(None), CertificateError::Proof),
        (statement, "no proof".to_owned(), CertificateError::Proof),
        (statement, altered("@v1", "@v2"), CertificateError::Proof),
        (statement, altered("index 73894", "index -1"), CertificateError::Proof),
        (statement, altered("\n109482\n", "\n+109482\n"), CertificateError::Proof),
    ] {
        assert_eq!(refused(statement, &proof), Some(expected), "{proof}");
    }
}
