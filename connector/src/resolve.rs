//! From a name to the addresses that a connection is then held to.

use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::{fmt, io};

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use url::Host;

use crate::endpoint::Endpoint;
use crate::guard::{AddressKind, Allowed};
use crate::sender::SendError;

type Found = Pin<Box<dyn Future<Output = io::Result<Vec<SocketAddr>>> + Send>>;

/// How a name is looked up.
#[derive(Clone)]
pub struct Resolver(Arc<dyn Fn(String, u16) -> Found + Send + Sync>);

impl Resolver {
    /// As this machine does it.
    #[must_use]
    pub fn system() -> Self {
        Self::of(|name, port| async move {
            tokio::net::lookup_host((name, port)).await.map(Iterator::collect::<Vec<_>>)
        })
    }

    /// By a look-up of one's own, which is given name and port.
    pub fn of<F>(look_up: impl Fn(String, u16) -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = io::Result<Vec<SocketAddr>>> + Send + 'static,
    {
        Self(Arc::new(move |name, port| Box::pin(look_up(name, port))))
    }
}

impl fmt::Debug for Resolver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Resolver(..)")
    }
}

/// Looks an endpoint's name up, once, and gives the addresses if every one of them may be reached. An answer that
/// mixes public and inner addresses is refused whole: no honest name has one.
pub(crate) async fn resolve(
    endpoint: &Endpoint,
    resolver: &Resolver,
    allowed: &Allowed,
) -> Result<Vec<SocketAddr>, SendError> {
    let port = endpoint.port();
    let addresses = match endpoint.url().host() {
        Some(Host::Domain(name)) => {
            (resolver.0)(name.to_owned(), port).await.map_err(|_| SendError::Unresolved)?
        }
        Some(Host::Ipv4(v4)) => vec![SocketAddr::new(v4.into(), port)],
        Some(Host::Ipv6(v6)) => vec![SocketAddr::new(v6.into(), port)],
        None => Vec::new(),
    };
    check_all(&addresses, endpoint, allowed)?;
    Ok(addresses)
}

fn check_all(addresses: &[SocketAddr], endpoint: &Endpoint, allowed: &Allowed) -> Result<(), SendError> {
    if addresses.is_empty() {
        return Err(SendError::Unresolved);
    }
    for address in addresses {
        allowed.check(*address).map_err(SendError::Forbidden)?;
        if endpoint.is_plain_http() && !address.ip().to_canonical().is_loopback() {
            return Err(SendError::Forbidden(AddressKind::NotLoopback));
        }
    }
    Ok(())
}

/// Answers every look-up with the addresses that were checked, whatever name is asked for: a second look-up, which
/// could tell another story (DNS rebinding), never happens.
pub(crate) struct Pinned(pub(crate) Vec<SocketAddr>);

impl Resolve for Pinned {
    fn resolve(&self, _name: Name) -> Resolving {
        let addresses: Addrs = Box::new(self.0.clone().into_iter());
        Box::pin(std::future::ready(Ok(addresses)))
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use crate::guard::Loopback;

    #[test]
    fn an_answer_counts_only_if_every_address_in_it_may_be_reached() {
        let inner = Some(SendError::Forbidden(AddressKind::Private));
        for (answer, refusal) in [
            (&["9.9.9.9:443", "[2620:fe::9]:443"][..], None),
            (&["9.9.9.9:443", "10.0.0.1:443"], inner),
            (&["10.0.0.1:443", "9.9.9.9:443"], inner),
            (&["[fd12::1]:443", "[2620:fe::9]:443"], inner),
            (&["127.0.0.1:443"], Some(SendError::Forbidden(AddressKind::Loopback))),
            (&[], Some(SendError::Unresolved)),
        ] {
            let allowed = Allowed { loopback: Loopback::Refused, own: Vec::new() };
            let endpoint = Endpoint::parse("https://crm.example/", &allowed).unwrap();
            let addresses: Vec<SocketAddr> = answer.iter().map(|address| address.parse().unwrap()).collect();
            assert_eq!(check_all(&addresses, &endpoint, &allowed).err(), refusal, "{answer:?}");
        }
    }

    #[tokio::test]
    async fn a_connection_is_held_to_what_was_checked_whatever_name_it_asks_for() {
        let checked: Vec<SocketAddr> = vec!["9.9.9.9:443".parse().unwrap()];
        for name in ["crm.example", "localhost", "10.0.0.1"] {
            let found = Pinned(checked.clone()).resolve(name.parse().unwrap()).await.ok().unwrap();
            assert_eq!(found.collect::<Vec<_>>(), checked, "{name}");
        }
    }

    #[test]
    fn http_stays_on_the_machine_whatever_its_name_leads_to() {
        let allowed = Allowed { loopback: Loopback::Reachable, own: Vec::new() };
        let endpoint = Endpoint::parse("http://crm.localhost:8080/", &allowed).unwrap();
        let outside = ["9.9.9.9:8080".parse().unwrap()];
        let refusal = check_all(&outside, &endpoint, &allowed).err();
        assert_eq!(refusal, Some(SendError::Forbidden(AddressKind::NotLoopback)));
    }
}
