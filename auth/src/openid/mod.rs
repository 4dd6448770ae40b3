//! The client's side of a sign-in: `OpenID` Connect with the authorisation code and PKCE (RFC 9700 section 2.1.1). What comes of
//! it is an access token like any other, which [`crate::Authenticator`] judges.

mod discovery;
mod tokens;

use std::sync::Arc;

use arc_swap::ArcSwapOption;
use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::clock::Clock;
use jiff::{SignedDuration, Timestamp};
use url::Url;

use crate::config::is_loopback_http;
use crate::key_source::client_for;
use discovery::Metadata;

pub use tokens::Grant;

/// How long an issuer's description is taken for true.
const FRESH: SignedDuration = SignedDuration::from_hours(1);

/// What a client is to its issuer. No `Debug`: it holds the secret.
#[derive(Clone)]
pub struct ClientConfig {
    /// `iss`, exactly; its description is at `/.well-known/openid-configuration` below it.
    pub issuer: String,
    /// The client's name at the issuer.
    pub client_id: String,
    /// Its secret there.
    pub client_secret: String,
    /// Where browsers come back to, as it is registered at the issuer.
    pub redirect_uri: String,
    /// Which scopes are asked for, separated by blanks; `openid` among them.
    pub scope: String,
    /// Whom the access token shall be for, where the issuer has to be told (RFC 8707).
    pub resource: Option<String>,
}

/// The client cannot be used as it is configured.
#[derive(Debug, thiserror::Error)]
pub enum ClientError {
    /// The issuer's name is no address that a description could be fetched from.
    #[error("the issuer must be an https address, or http on a loopback host")]
    Address,
    /// No client for the issuer's address could be made.
    #[error("no HTTPS client could be made: check that the system's root certificates are installed")]
    Client(#[source] reqwest::Error),
}

/// Why the issuer gives nothing. The texts name nothing of what it said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum IssuerFault {
    /// It does not answer, or not with what the protocol asks for; a later attempt may succeed.
    #[error("the issuer does not answer as it should: {0}")]
    Unavailable(&'static str),
    /// It refuses: the code or the refresh token is not, or no longer, good.
    #[error("the issuer refuses")]
    Refused,
}

/// The random texts of one attempt to sign in.
#[derive(Clone, Copy)]
pub struct Attempt<'a> {
    /// Comes back in the address.
    pub state: &'a str,
    /// Comes back in the ID token.
    pub nonce: &'a str,
    /// Proves at the exchange that the code was asked for here (RFC 7636); its digest alone is sent before.
    pub verifier: &'a str,
}

/// A client of one issuer.
pub struct OpenIdClient {
    config: ClientConfig,
    description: Url,
    http: reqwest::Client,
    clock: Arc<dyn Clock>,
    held: ArcSwapOption<(Timestamp, Metadata)>,
}

impl OpenIdClient {
    /// A client that knows nothing of its issuer yet.
    ///
    /// # Errors
    /// [`ClientError`] when it could not work or would not be safe.
    pub fn new(config: ClientConfig, clock: Arc<dyn Clock>) -> Result<Self, ClientError> {
        let address = format!("{}/.well-known/openid-configuration", config.issuer.trim_end_matches('/'));
        let description: Url = address.parse().map_err(|_| ClientError::Address)?;
        if description.scheme() != "https" && !is_loopback_http(&description) {
            return Err(ClientError::Address);
        }
        let http = client_for(&description).map_err(ClientError::Client)?;
        Ok(Self { config, description, http, clock, held: ArcSwapOption::empty() })
    }

    /// The client's name at the issuer.
    #[must_use]
    pub fn client_id(&self) -> &str {
        &self.config.client_id
    }

    /// The issuer, as configured.
    #[must_use]
    pub fn issuer(&self) -> &str {
        &self.config.issuer
    }

    /// Where a browser goes to sign in (`OpenID` Connect Core 1.0 section 3.1.2.1).
    ///
    /// # Errors
    /// [`IssuerFault`] when the issuer's description cannot be had.
    pub async fn authorization_address(&self, attempt: Attempt<'_>) -> Result<Url, IssuerFault> {
        let metadata = self.metadata().await?;
        let challenge = URL_SAFE_NO_PAD.encode(digest(&SHA256, attempt.verifier.as_bytes()));
        let mut address = metadata.1.authorization_endpoint.clone();
        address
            .query_pairs_mut()
            .append_pair("response_type", "code")
            .append_pair("client_id", &self.config.client_id)
            .append_pair("redirect_uri", &self.config.redirect_uri)
            .append_pair("scope", &self.config.scope)
            .append_pair("state", attempt.state)
            .append_pair("nonce", attempt.nonce)
            .append_pair("code_challenge", &challenge)
            .append_pair("code_challenge_method", "S256");
        if let Some(resource) = &self.config.resource {
            address.query_pairs_mut().append_pair("resource", resource);
        }
        Ok(address)
    }

    /// Whether an answer with this `iss` can be the issuer's own: mixing up two issuers is how codes are stolen (RFC 9207).
    ///
    /// # Errors
    /// [`IssuerFault`] when the issuer's description cannot be had.
    pub async fn speaks(&self, iss: Option<&str>) -> Result<bool, IssuerFault> {
        match iss {
            Some(iss) => Ok(iss == self.config.issuer),
            None => Ok(!self.metadata().await?.1.names_itself),
        }
    }

    /// Where a browser ends its session at the issuer too (OpenID Connect RP-Initiated Logout 1.0); `None` where the issuer
    /// has no such address or does not answer.
    pub async fn end_session_address(&self, id_token: Option<&str>) -> Option<Url> {
        let metadata = self.metadata().await.ok()?;
        let mut address = metadata.1.end_session_endpoint.clone()?;
        address.query_pairs_mut().append_pair("client_id", &self.config.client_id);
        if let Some(id_token) = id_token {
            address.query_pairs_mut().append_pair("id_token_hint", id_token);
        }
        Some(address)
    }

    /// The description that is held, or a new one; an old one is better than none.
    async fn metadata(&self) -> Result<Arc<(Timestamp, Metadata)>, IssuerFault> {
        let now = self.clock.now();
        let held = self.held.load_full();
        if let Some(held) = &held
            && now.duration_since(held.0).abs() < FRESH
        {
            return Ok(Arc::clone(held));
        }
        match Metadata::fetch(&self.http, &self.description, &self.config.issuer).await {
            Ok(metadata) => {
                let new = Arc::new((now, metadata));
                self.held.store(Some(Arc::clone(&new)));
                Ok(new)
            }
            Err(fault) => held.ok_or(fault),
        }
    }
}
