//! `[opendsr]`: the dialect in which controllers and processors pass requests on to each other. Not spoken unless a domain is
//! given.

use std::path::{Path, PathBuf};

use connector::opendsr::{Authorities, InvalidRoots, Processor, ProcessorFault};
use serde::Deserialize;

/// OpenDSR.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct OpenDsrConfig {
    /// The host name under which controllers reach the gateway, as answers and callbacks name it; absent where the dialect
    /// is not spoken.
    pub domain: Option<String>,
    /// PEM: the certificate issued to that domain, those of its issuers after it.
    pub certificate_file: Option<PathBuf>,
    /// PEM, PKCS #8: the certificate's RSA key, unreadable for others.
    pub key_file: Option<PathBuf>,
    /// PEM: authorities that are trusted, beside the public ones, to certify processors that tasks are passed on to.
    pub ca_file: Option<PathBuf>,
}

/// The dialect cannot be spoken.
#[derive(Debug, thiserror::Error)]
pub enum OpenDsrConfigError {
    /// A domain without one of its files.
    #[error("{0} is missing: with a domain both certificate_file and key_file are needed")]
    Missing(&'static str),
    /// A file cannot be read.
    #[error("{}: cannot be read: {source}", path.display())]
    Unreadable {
        /// The file that was named.
        path: PathBuf,
        /// What the operating system says.
        source: std::io::Error,
    },
    /// The authorities cannot be read.
    #[error("ca_file: {0}")]
    Authorities(#[from] InvalidRoots),
    /// The three do not fit each other.
    #[error(transparent)]
    Unfit(#[from] ProcessorFault),
}

impl OpenDsrConfig {
    /// The processor that signs; `None` where the dialect is not spoken. The files are read anew at each call.
    ///
    /// # Errors
    /// [`OpenDsrConfigError`] says what is missing or does not fit.
    pub fn processor(&self) -> Result<Option<Processor>, OpenDsrConfigError> {
        let Some(domain) = &self.domain else { return Ok(None) };
        let certificate = read("certificate_file", self.certificate_file.as_deref())?;
        let key = read("key_file", self.key_file.as_deref())?;
        Ok(Some(Processor::parse(domain, &certificate, &key)?))
    }

    /// Who is trusted to certify the processors that tasks are passed on to.
    ///
    /// # Errors
    /// [`OpenDsrConfigError`] when the file that was named cannot be read or holds no certificate.
    pub fn authorities(&self) -> Result<Authorities, OpenDsrConfigError> {
        let public = Authorities::public();
        match &self.ca_file {
            None => Ok(public),
            Some(path) => Ok(public.and(&read("ca_file", Some(path))?)?),
        }
    }
}

fn read(key: &'static str, path: Option<&Path>) -> Result<String, OpenDsrConfigError> {
    let path = path.ok_or(OpenDsrConfigError::Missing(key))?;
    let read = std::fs::read_to_string(path);
    read.map_err(|source| OpenDsrConfigError::Unreadable { path: path.to_owned(), source })
}
