//! Issuers: what would let a stranger make tokens.

use super::super::location::is_loopback;
use super::super::{IssuerConfig, TokensConfig};
use super::Findings;

/// Signature algorithms that can be allowed.
const ALGORITHMS: [&str; 5] = ["ES256", "ES384", "EdDSA", "RS256", "PS256"];

pub(super) fn check(tokens: &TokensConfig, findings: &mut Findings<'_>) {
    if tokens.issuer.is_empty() {
        findings.form(
            "tokens.issuer",
            "is missing: without an issuer nobody can be let in; add [[tokens.issuer]]",
        );
    }
    for (index, issuer) in tokens.issuer.iter().enumerate() {
        let key = |name: &str| format!("tokens.issuer[{index}].{name}");
        for (name, value) in [("issuer", &issuer.issuer), ("audience", &issuer.audience)] {
            if value.trim().is_empty() {
                findings.form(&key(name), "is empty");
            }
        }
        if tokens.issuer[..index].iter().any(|earlier| earlier.issuer == issuer.issuer) {
            findings.form(&key("issuer"), "is configured twice");
        }
        keys(issuer, key, findings);
        algorithms(issuer, &key("algorithms"), findings);
    }
}

fn keys(issuer: &IssuerConfig, key: impl Fn(&str) -> String, findings: &mut Findings<'_>) {
    match (&issuer.jwks_url, &issuer.jwks_file) {
        (Some(_), Some(_)) => findings.form(&key("jwks_file"), "given beside jwks_url; keep one of them"),
        (None, None) => findings.form(&key("jwks_url"), "is missing: give jwks_url or jwks_file"),
        (Some(url), None) => {
            let loopback = url.scheme() == "http" && url.host_str().is_some_and(is_loopback);
            if url.scheme() != "https" && !loopback {
                findings.danger(
                    &key("jwks_url"),
                    "keys fetched by plain http can be anyone's; give an https address",
                );
            }
        }
        (None, Some(_)) => {}
    }
}

fn algorithms(issuer: &IssuerConfig, key: &str, findings: &mut Findings<'_>) {
    if issuer.algorithms.is_empty() {
        findings.form(key, "is empty: name the algorithms that the issuer signs with");
    }
    for algorithm in &issuer.algorithms {
        let upper = algorithm.to_uppercase();
        if ALGORITHMS.contains(&algorithm.as_str()) {
            continue;
        }
        if upper.starts_with("HS") {
            findings.danger(
                key,
                "whoever can check an HMAC can also make one; use ES256 or another of the allowed",
            );
        } else if upper == "NONE" {
            findings.danger(key, "an unsigned token is anyone's");
        } else {
            findings.form(key, format!("expected one of {}", ALGORITHMS.join(", ")));
        }
    }
}
