//! Reads an issuer's key set from where it is published, and never more of it than a key set can need.

use std::path::PathBuf;
use std::time::Duration;

use reqwest::redirect::Policy;
use tokio::io::AsyncReadExt;
use url::Url;

use crate::config::{KeySource, is_loopback_http};

/// The largest key set that is read, in bytes.
const MAX_BYTES: usize = 256 * 1024;
/// The longest that a fetch may take, from the connection to the last byte.
const TIMEOUT: Duration = Duration::from_secs(5);

/// Why there is no key set. The texts go to the log and name nothing of what was read.
#[derive(Debug, thiserror::Error)]
pub(crate) enum FetchError {
    #[error("the address could not be reached")]
    Unreachable,
    #[error("the answer took longer than five seconds")]
    TimedOut,
    #[error("the answer's status is {0}")]
    Status(u16),
    #[error("the file could not be read: {0}")]
    File(std::io::ErrorKind),
    #[error("what was read is larger than 256 KiB")]
    TooLarge,
}

/// A place that can be read again and again.
pub(crate) enum Reader {
    Address { client: reqwest::Client, address: Url },
    File(PathBuf),
}

impl Reader {
    pub(crate) fn open(source: KeySource) -> Result<Self, reqwest::Error> {
        Ok(match source {
            KeySource::Address(address) => Self::Address { client: client_for(&address)?, address },
            KeySource::File(path) => Self::File(path),
        })
    }

    pub(crate) async fn read(&self) -> Result<Vec<u8>, FetchError> {
        match self {
            Self::Address { client, address } => fetch(client, address).await,
            Self::File(path) => read_file(path).await.map_err(|error| FetchError::File(error.kind()))?,
        }
    }
}

/// Neither redirects nor proxies: what is asked for comes from the configured address or not at all.
pub(crate) fn client_for(address: &Url) -> Result<reqwest::Client, reqwest::Error> {
    let builder = reqwest::Client::builder()
        .redirect(Policy::none())
        .no_proxy()
        .timeout(TIMEOUT)
        // Fetches are minutes apart, and each web worker has a runtime of its own that a kept connection would be
        // bound to.
        .pool_max_idle_per_host(0);
    if is_loopback_http(address) {
        // Without TLS no root certificates are needed, which a bare machine may not have.
        builder.tls_certs_only([]).build()
    } else {
        builder.https_only(true).build()
    }
}

pub(crate) async fn fetch(client: &reqwest::Client, address: &Url) -> Result<Vec<u8>, FetchError> {
    let (status, body) = send(client.get(address.clone())).await?;
    if status == 200 { Ok(body) } else { Err(FetchError::Status(status)) }
}

/// The status and the body of an answer.
pub(crate) async fn send(request: reqwest::RequestBuilder) -> Result<(u16, Vec<u8>), FetchError> {
    let failed = |error: reqwest::Error| {
        if error.is_timeout() { FetchError::TimedOut } else { FetchError::Unreachable }
    };
    let mut response = request.send().await.map_err(failed)?;
    let status = response.status().as_u16();
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(failed)? {
        if body.len() + chunk.len() > MAX_BYTES {
            return Err(FetchError::TooLarge);
        }
        body.extend_from_slice(&chunk);
    }
    Ok((status, body))
}

async fn read_file(path: &PathBuf) -> std::io::Result<Result<Vec<u8>, FetchError>> {
    let mut body = Vec::new();
    let limit = u64::try_from(MAX_BYTES).unwrap_or(u64::MAX);
    tokio::fs::File::open(path).await?.take(limit + 1).read_to_end(&mut body).await?;
    Ok(if body.len() > MAX_BYTES { Err(FetchError::TooLarge) } else { Ok(body) })
}
