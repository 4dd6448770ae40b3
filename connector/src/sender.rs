//! One attempt to bring one message to one endpoint.

use std::error::Error;
use std::io;
use std::time::Duration;

use reqwest::header::{CONTENT_TYPE, HeaderMap};
use reqwest::redirect::Policy;
use reqwest::{Client, Response};
use tokio::time::{Instant, timeout_at};

use crate::endpoint::Endpoint;
use crate::guard::{AddressKind, Allowed};
use crate::resolve::{Pinned, Resolver, resolve};
use crate::webhook::{MessageId, Secret, sign};

/// How much of a reply's body is read, in bytes, unless a setting says otherwise.
pub const REPLY_LIMIT: usize = 64 * 1024;

/// How messages are sent.
#[derive(Debug, Clone)]
pub struct SenderSettings {
    /// The longest that connecting may take, TLS included.
    pub connect_timeout: Duration,
    /// The longest that an attempt may take, from the look-up of the name to the reply's last byte.
    pub total_timeout: Duration,
    /// How much of a reply's body is read, in bytes: [`REPLY_LIMIT`].
    pub reply_limit: usize,
    /// What may be reached.
    pub allowed: Allowed,
    /// How names are looked up: [`Resolver::system`].
    pub resolver: Resolver,
}

/// What is sent. No `Debug`: the body may hold personal data.
#[derive(Clone, Copy)]
pub struct Message<'a> {
    /// The same at every attempt.
    pub id: &'a MessageId,
    /// When this attempt is made, in seconds of Unix time.
    pub timestamp_seconds: i64,
    /// The bytes that are signed and sent.
    pub body: &'a [u8],
    /// The body's media type.
    pub content_type: &'a str,
}

/// What is sent whose signature is made by whoever sends it. No `Debug`: the body may hold personal data.
#[derive(Clone, Copy)]
pub struct Signed<'a> {
    /// The bytes that are sent.
    pub body: &'a [u8],
    /// The body's media type.
    pub content_type: &'a str,
    /// Further header fields, the signature among them.
    pub headers: &'a [(&'static str, &'a str)],
}

/// What a system answered to a message that it took. No `Debug`: the body is whatever the system wrote.
pub struct Reply {
    /// The HTTP status: 200 to 299.
    pub status: u16,
    /// The body as far as it was read: up to the limit, the time allowed or a broken connection. The status alone
    /// says that the message was delivered.
    pub body: Vec<u8>,
}

/// What was fetched. No `Debug`: it is whatever the system wrote.
pub struct Fetched {
    headers: HeaderMap,
    /// The whole body.
    pub body: Vec<u8>,
}

impl Fetched {
    /// A header field as text; empty where there is none.
    #[must_use]
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }
}

/// Why a message was not delivered. The texts name neither address nor content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SendError {
    /// The name leads, in whole or in part, where messages must not go.
    #[error("the endpoint's address is {0}")]
    Forbidden(AddressKind),
    /// The name leads nowhere.
    #[error("the endpoint's name has no address")]
    Unresolved,
    /// No answer in time.
    #[error("the endpoint did not answer in time")]
    TimedOut,
    /// No connection, or one that ended before an answer.
    #[error("the endpoint could not be reached")]
    Unreachable,
    /// No protected connection, or no root certificates on this machine to judge the other's by.
    #[error("no TLS connection that can be trusted was made")]
    Tls,
    /// An answer other than 200 to 299, a redirect included.
    #[error("the endpoint answered with status {0}")]
    Status(u16),
    /// No secret to sign with, or a media type that is none: a fault of the caller, nothing was sent.
    #[error("the message cannot be put into a signed request")]
    Unsendable,
}

/// Sends messages, each over a connection of its own.
#[derive(Debug, Clone)]
pub struct Sender {
    settings: SenderSettings,
}

impl Sender {
    /// A sender with the given limits.
    #[must_use]
    pub const fn new(settings: SenderSettings) -> Self {
        Self { settings }
    }

    /// Makes one attempt: resolves, checks, connects, posts, and reads the reply. The message bears one signature
    /// for each of `secrets`, of which there must be one.
    ///
    /// # Errors
    /// [`SendError`] says why the message counts as not delivered; whether it arrived all the same is not known
    /// after a [`SendError::TimedOut`] or [`SendError::Unreachable`].
    pub async fn post(
        &self,
        endpoint: &Endpoint,
        message: &Message<'_>,
        secrets: &[&Secret],
    ) -> Result<Reply, SendError> {
        if secrets.is_empty() {
            return Err(SendError::Unsendable);
        }
        let timestamp = message.timestamp_seconds;
        let signature = sign(message.id, timestamp, message.body, secrets);
        let timestamp = timestamp.to_string();
        let signed = Signed {
            body: message.body,
            content_type: message.content_type,
            headers: &[
                ("webhook-id", message.id.as_str()),
                ("webhook-timestamp", &timestamp),
                ("webhook-signature", &signature),
            ],
        };
        self.post_signed(endpoint, &signed).await
    }

    /// The same with a message that is signed already, in whichever form.
    ///
    /// # Errors
    /// As [`Sender::post`].
    pub async fn post_signed(&self, endpoint: &Endpoint, signed: &Signed<'_>) -> Result<Reply, SendError> {
        let deadline = Instant::now() + self.settings.total_timeout;
        let answer = timeout_at(deadline, self.answer(endpoint, signed));
        let response = answer.await.map_err(|_| SendError::TimedOut)??;
        let status = response.status();
        if !status.is_success() {
            return Err(SendError::Status(status.as_u16()));
        }
        let mut body = Vec::new();
        // Running out of time here changes nothing: what the status said stands.
        drop(timeout_at(deadline, read_into(&mut body, response, self.settings.reply_limit)).await);
        Ok(Reply { status: status.as_u16(), body })
    }

    /// Fetches what is at an endpoint, under the same rules as a message is sent: resolves, checks, connects, asks, and reads
    /// the reply.
    ///
    /// # Errors
    /// [`SendError`] says why there is nothing; a reply that is longer than the limit counts as broken off.
    pub async fn fetch(
        &self,
        endpoint: &Endpoint,
        headers: &[(&'static str, &str)],
    ) -> Result<Fetched, SendError> {
        let deadline = Instant::now() + self.settings.total_timeout;
        let asked = timeout_at(deadline, async {
            let pinned = Pinned(resolve(endpoint, &self.settings.resolver, &self.settings.allowed).await?);
            let mut request = self.client(endpoint, pinned)?.get(endpoint.url().clone());
            for (name, value) in headers {
                request = request.header(*name, *value);
            }
            request.send().await.map_err(|error| reason(&error))
        });
        let response = asked.await.map_err(|_| SendError::TimedOut)??;
        if !response.status().is_success() {
            return Err(SendError::Status(response.status().as_u16()));
        }
        let (headers, mut body) = (response.headers().clone(), Vec::new());
        let read = read_into(&mut body, response, self.settings.reply_limit.saturating_add(1));
        timeout_at(deadline, read).await.map_err(|_| SendError::TimedOut)?;
        if body.len() > self.settings.reply_limit {
            return Err(SendError::Unreachable);
        }
        Ok(Fetched { headers, body })
    }

    async fn answer(&self, endpoint: &Endpoint, signed: &Signed<'_>) -> Result<Response, SendError> {
        let pinned = Pinned(resolve(endpoint, &self.settings.resolver, &self.settings.allowed).await?);
        let mut request = self.client(endpoint, pinned)?.post(endpoint.url().clone());
        request = request.header(CONTENT_TYPE, signed.content_type);
        for (name, value) in signed.headers {
            request = request.header(*name, *value);
        }
        request.body(signed.body.to_vec()).send().await.map_err(|error| reason(&error))
    }

    /// A client for one attempt: what it is pinned to holds for no other.
    fn client(&self, endpoint: &Endpoint, pinned: Pinned) -> Result<Client, SendError> {
        let builder = Client::builder()
            .user_agent("privacy-gateway")
            .redirect(Policy::none())
            .no_proxy()
            .retry(reqwest::retry::never())
            .dns_resolver(pinned)
            .connect_timeout(self.settings.connect_timeout)
            .pool_max_idle_per_host(0);
        let builder = if endpoint.is_plain_http() {
            // Without TLS no root certificates are needed, which a bare machine may not have.
            builder.tls_certs_only([])
        } else {
            builder.https_only(true)
        };
        builder.build().map_err(|_| SendError::Tls)
    }
}

/// Reads a body up to `limit` bytes; a connection that breaks ends it too.
async fn read_into(body: &mut Vec<u8>, mut response: Response, limit: usize) {
    while body.len() < limit {
        let Ok(Some(chunk)) = response.chunk().await else { return };
        body.extend(chunk.iter().take(limit - body.len()));
    }
}

fn reason(error: &reqwest::Error) -> SendError {
    if error.is_timeout() {
        SendError::TimedOut
    } else if error.is_builder() {
        SendError::Unsendable
    } else if is_of_tls(error) {
        SendError::Tls
    } else {
        SendError::Unreachable
    }
}

fn is_of_tls(error: &reqwest::Error) -> bool {
    std::iter::successors(error.source(), |&cause| cause_of(cause)).any(<dyn Error>::is::<rustls::Error>)
}

/// An I/O error leaves the error that it wraps out of its sources.
fn cause_of<'a>(error: &'a (dyn Error + 'static)) -> Option<&'a (dyn Error + 'static)> {
    match error.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
        Some(wrapped) => Some(wrapped),
        None => error.source(),
    }
}
