//! What is known of a processor: its discovery document and its certificate, fetched under the same guard as everything that
//! leaves, and kept for a while.

use std::fmt;
use std::sync::Arc;

use connector::SendError;
use connector::opendsr::{Authorities, PublishedCertificate, SignatureFault};
use domain::id::SystemId;
use jiff::{SignedDuration, Timestamp};
use moka::sync::Cache;
use url::Url;

use super::discovery::Discovery;
use crate::service::Gateway;
use crate::service::system::delivery::Undelivered;

/// How long what was fetched is taken for true.
const KEPT: SignedDuration = SignedDuration::from_hours(1);
/// How soon it is fetched anew where it does not verify a signature: a certificate may have been changed, and forgeries are
/// not to make the gateway fetch on and on.
const AGAIN: SignedDuration = SignedDuration::from_mins(1);
/// Of how many processors something is kept.
const MOST: u64 = 1_000;

/// The processors that tasks are passed on to, and who is trusted to certify them.
#[derive(Clone)]
pub struct Peers {
    known: Cache<SystemId, Arc<Peer>>,
    authorities: Authorities,
}

/// A processor as it was found at an instant.
pub(super) struct Peer {
    found_at: Timestamp,
    /// The host that it is reached at, which is its domain.
    pub domain: String,
    /// What it can do; `None` where it did not say so.
    pub discovery: Option<Discovery>,
    certificate: Option<PublishedCertificate>,
}

impl Peers {
    /// None known yet.
    #[must_use]
    pub fn new(authorities: Authorities) -> Self {
        Self { known: Cache::new(MOST), authorities }
    }
}

impl fmt::Debug for Peers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Peers").finish_non_exhaustive()
    }
}

/// An address below a processor's own; its query, which can be a credential, stays.
pub(super) fn below(endpoint: &str, parts: &[&str]) -> Option<String> {
    let mut url = Url::parse(endpoint).ok()?;
    url.path_segments_mut().ok()?.pop_if_empty().extend(parts);
    Some(url.into())
}

impl Gateway {
    /// What is known of a processor, no older than an hour.
    pub(super) async fn peer(&self, system: SystemId, endpoint: &str) -> Result<Arc<Peer>, Undelivered> {
        let peer = self.peer_since(KEPT, (system, endpoint)).await?;
        // One that did not answer is asked again sooner.
        if peer.discovery.is_some() { Ok(peer) } else { self.peer_since(AGAIN, (system, endpoint)).await }
    }

    async fn peer_since(
        &self,
        oldest: SignedDuration,
        (system, endpoint): (SystemId, &str),
    ) -> Result<Arc<Peer>, Undelivered> {
        let (known, now) = (&self.settings.opendsr_peers.known, self.store.clock().now());
        if let Some(peer) = known.get(&system).filter(|peer| now.duration_since(peer.found_at) < oldest) {
            return Ok(peer);
        }
        let peer = Arc::new(self.find_peer(endpoint, now).await?);
        known.insert(system, Arc::clone(&peer));
        Ok(peer)
    }

    async fn find_peer(&self, endpoint: &str, now: Timestamp) -> Result<Peer, Undelivered> {
        let host = Url::parse(endpoint).ok().and_then(|url| url.host_str().map(str::to_owned));
        let domain = host.ok_or(Undelivered::Unusable)?;
        let at = below(endpoint, &["discovery"]).ok_or(Undelivered::Unusable)?;
        let found = match self.fetch(&at).await {
            Ok(found) => found,
            Err(error @ (Undelivered::Address | Undelivered::Unusable)) => return Err(error),
            Err(Undelivered::Sent(_)) => {
                return Ok(Peer { found_at: now, domain, discovery: None, certificate: None });
            }
        };
        let discovery = Discovery::read(&found, &domain);
        let certificate = match &discovery {
            Some(discovery) => self.fetch(&discovery.certificate).await.ok(),
            None => None,
        };
        let certificate = certificate.and_then(|pem| PublishedCertificate::parse(&pem).ok());
        Ok(Peer { found_at: now, domain, discovery, certificate })
    }

    async fn fetch(&self, address: &str) -> Result<Vec<u8>, Undelivered> {
        let endpoint = self.endpoint(address).map_err(|_| Undelivered::Address)?;
        let fetched = self.settings.way_out.sender.fetch(&endpoint, &[]).await;
        fetched.map(|fetched| fetched.body).map_err(Undelivered::Sent)
    }

    /// Checks that a processor has signed a body. Where what is known of it does not say so, it is asked anew.
    pub(super) async fn verify_peer(
        &self,
        (system, endpoint): (SystemId, &str),
        (domain, signature): (&str, &str),
        body: &[u8],
    ) -> Result<(), SignatureFault> {
        let mut fault = SignatureFault::Certificate;
        for oldest in [KEPT, AGAIN] {
            let Ok(peer) = self.peer_since(oldest, (system, endpoint)).await else { continue };
            if !peer.domain.eq_ignore_ascii_case(domain) {
                return Err(SignatureFault::OtherDomain);
            }
            let Some(certificate) = &peer.certificate else { continue };
            let now = self.store.clock().now().as_second();
            let authorities = &self.settings.opendsr_peers.authorities;
            match certificate.verify((authorities, now), &peer.domain, (body, signature)) {
                Ok(()) => return Ok(()),
                Err(found) => fault = found,
            }
        }
        Err(fault)
    }
}

/// Whether an answer says that the request is wrong, or known already, and no later attempt will be answered otherwise.
pub(super) const fn is_final(error: SendError) -> bool {
    matches!(error, SendError::Status(400 | 409 | 422))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_below_keeps_the_query() {
        for (endpoint, expected) in [
            ("https://p.example", "https://p.example/requests/x"),
            ("https://p.example/", "https://p.example/requests/x"),
            ("https://p.example/opendsr/v2", "https://p.example/opendsr/v2/requests/x"),
            ("https://p.example/opendsr/v2/?key=1", "https://p.example/opendsr/v2/requests/x?key=1"),
        ] {
            assert_eq!(below(endpoint, &["requests", "x"]).as_deref(), Some(expected));
        }
    }
}
