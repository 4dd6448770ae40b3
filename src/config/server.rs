//! `[server]`: the HTTP listener.

use std::net::{Ipv4Addr, SocketAddr};

use serde::{Deserialize, Deserializer};
use url::Url;

/// The HTTP listener.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ServerConfig {
    /// Address and port to listen on.
    pub listen: SocketAddr,
    /// The address under which clients reach the gateway, without a path; download links begin with it. `listen` by
    /// plain http when absent.
    #[serde(deserialize_with = "optional_url")]
    pub public_url: Option<Url>,
    /// Whether `GET /graphql` from a browser shows `GraphiQL`.
    pub graphiql: bool,
    /// Threads that serve requests; one per processor when absent.
    pub workers: Option<u16>,
    /// Longest time for one request, in milliseconds.
    pub request_timeout_ms: u64,
    /// Whether answers are compressed for clients that accept it; those that hold a secret never are.
    pub compression: bool,
    /// Largest request body, in bytes; more is answered with 413.
    pub max_body_bytes: u64,
    /// Origins whose pages may call the API from a browser; none by default.
    pub cors_origins: Vec<String>,
}

impl ServerConfig {
    /// The address under which clients reach the gateway, without a slash at its end.
    #[must_use]
    pub fn public_url(&self) -> String {
        match &self.public_url {
            Some(url) => url.as_str().trim_end_matches('/').to_owned(),
            None => format!("http://{}", self.listen),
        }
    }
}

impl Default for ServerConfig {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 8080)),
            public_url: None,
            graphiql: false,
            workers: None,
            request_timeout_ms: 10_000,
            compression: true,
            max_body_bytes: 1_048_576,
            cors_origins: Vec::new(),
        }
    }
}

/// Reads an absolute address.
pub(super) fn optional_url<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Url>, D::Error> {
    let text = String::deserialize(deserializer)?;
    match Url::parse(&text) {
        Ok(url) => Ok(Some(url)),
        Err(error) => Err(serde::de::Error::custom(format!("expected an absolute URL: {error}"))),
    }
}
