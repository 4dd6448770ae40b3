//! Which issuers are trusted, and with what.

use std::collections::HashSet;
use std::path::PathBuf;

use url::{Host, Url};

use crate::algorithm::Algorithm;

/// An issuer of access tokens that the operator trusts.
#[derive(Debug, Clone)]
pub struct IssuerConfig {
    /// The exact text of `iss`.
    pub issuer: String,
    /// The text that `aud` must hold.
    pub audience: String,
    /// Where the issuer's public keys are.
    pub keys: KeySource,
    /// The algorithms that its tokens may be signed with; at least one.
    pub algorithms: Vec<Algorithm>,
}

/// Where a JWK Set (RFC 7517 section 5) is read from.
#[derive(Debug, Clone)]
pub enum KeySource {
    /// An address: https, or http on a loopback host.
    Address(Url),
    /// A file, read again at every refresh.
    File(PathBuf),
}

/// The configured issuers cannot be used as they are.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// Nobody could ever be let in.
    #[error("no issuer is configured: name at least one, with its audience, keys and algorithms")]
    NoIssuers,
    /// An issuer without a name.
    #[error("an issuer has an empty name: set it to the exact text of the `iss` claim")]
    EmptyIssuer,
    /// An issuer without an audience.
    #[error(
        "issuer {issuer}: the audience is empty: set it to the text that the issuer puts into `aud` for this gateway"
    )]
    EmptyAudience {
        /// The issuer at fault.
        issuer: String,
    },
    /// An issuer without an algorithm.
    #[error(
        "issuer {issuer}: no algorithm is allowed: list at least one of ES256, ES384, EdDSA, RS256, PS256"
    )]
    NoAlgorithms {
        /// The issuer at fault.
        issuer: String,
    },
    /// Two issuers of one name.
    #[error("issuer {issuer} is configured twice: keep one entry for each issuer")]
    DuplicateIssuer {
        /// The issuer at fault.
        issuer: String,
    },
    /// Keys that anyone on the way could replace.
    #[error(
        "issuer {issuer}: the key address is neither https nor http on a loopback host: use https, or a key file"
    )]
    InsecureAddress {
        /// The issuer at fault.
        issuer: String,
    },
    /// No client for the key address could be made.
    #[error(
        "issuer {issuer}: no HTTPS client could be made: check that the system's root certificates are installed"
    )]
    Client {
        /// The issuer at fault.
        issuer: String,
        /// What the client says.
        source: reqwest::Error,
    },
}

pub(crate) fn check(issuers: &[IssuerConfig]) -> Result<(), ConfigError> {
    if issuers.is_empty() {
        return Err(ConfigError::NoIssuers);
    }
    let mut names = HashSet::new();
    for config in issuers {
        let issuer = config.issuer.clone();
        if issuer.is_empty() {
            return Err(ConfigError::EmptyIssuer);
        }
        if config.audience.is_empty() {
            return Err(ConfigError::EmptyAudience { issuer });
        }
        if config.algorithms.is_empty() {
            return Err(ConfigError::NoAlgorithms { issuer });
        }
        if matches!(&config.keys, KeySource::Address(url) if url.scheme() != "https" && !is_loopback_http(url))
        {
            return Err(ConfigError::InsecureAddress { issuer });
        }
        if !names.insert(&config.issuer) {
            return Err(ConfigError::DuplicateIssuer { issuer });
        }
    }
    Ok(())
}

pub(crate) fn is_loopback_http(url: &Url) -> bool {
    let loopback = match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    };
    loopback && url.scheme() == "http"
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    fn issuer(address: &str) -> IssuerConfig {
        IssuerConfig {
            issuer: "https://login.example".to_owned(),
            audience: "gateway".to_owned(),
            keys: KeySource::Address(Url::parse(address).unwrap()),
            algorithms: vec![Algorithm::Es256],
        }
    }

    #[test]
    fn keys_come_over_https_or_from_the_machine_itself() {
        for (address, accepted) in [
            ("https://login.example/jwks.json", true),
            ("http://127.0.0.1:8080/jwks.json", true),
            ("http://[::1]:8080/jwks.json", true),
            ("http://localhost/jwks.json", true),
            ("http://login.example/jwks.json", false),
            ("http://localhost.login.example/jwks.json", false),
            ("http://10.0.0.1/jwks.json", false),
            ("ftp://127.0.0.1/jwks.json", false),
            ("file:///jwks.json", false),
        ] {
            let checked = check(&[issuer(address)]);
            assert_eq!(checked.is_ok(), accepted, "{address}");
            assert!(matches!(checked, Ok(()) | Err(ConfigError::InsecureAddress { .. })), "{address}");
        }
    }

    #[test]
    fn an_issuer_that_could_not_work_is_refused_with_what_to_do() {
        let good = issuer("https://login.example/jwks.json");
        for (issuers, advice) in [
            (vec![], "name at least one"),
            (vec![IssuerConfig { issuer: String::new(), ..good.clone() }], "exact text of the `iss` claim"),
            (vec![IssuerConfig { audience: String::new(), ..good.clone() }], "puts into `aud`"),
            (vec![IssuerConfig { algorithms: vec![], ..good.clone() }], "list at least one of ES256"),
            (vec![good.clone(), good], "keep one entry"),
        ] {
            assert!(check(&issuers).unwrap_err().to_string().contains(advice), "{advice}");
        }
    }
}
