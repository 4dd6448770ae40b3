//! The address of a system outside, as far as its text can be judged.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use url::{Host, Url};

use crate::guard::{AddressKind, Allowed, Loopback};

/// The longest address, in bytes.
const MAX_BYTES: usize = 2_048;

/// Which rule an address breaks. The texts are for the person who entered it and repeat nothing of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidEndpoint {
    /// Over 2,048 bytes, as typed or as written out.
    #[error("the address is longer than 2,048 characters")]
    TooLong,
    /// Not an absolute URL with a host, or one with blanks, control characters, backslashes or port 0.
    #[error("the address is no complete URL such as https://crm.example.com/privacy")]
    NotAUrl,
    /// Another scheme.
    #[error("the address does not begin with https://")]
    NotHttps,
    /// A user name or password.
    #[error("the address holds a user name or password: messages are signed instead")]
    UserInformation,
    /// A part that is never sent.
    #[error("the address holds a fragment (#)")]
    Fragment,
    /// A host that must not be reached.
    #[error("the address is not reachable from the public Internet: it is {0}")]
    Address(AddressKind),
}

/// An address that messages may be sent to, as far as its text tells; what its name leads to is judged at every
/// delivery. No `Display`, and a `Debug` that shows nothing: a path or query often holds a credential.
#[derive(Clone, PartialEq, Eq)]
pub struct Endpoint(Url);

impl Endpoint {
    /// Reads an address: https, or http to the machine itself where that may be reached.
    ///
    /// # Errors
    /// [`InvalidEndpoint`] names the first rule that the text breaks.
    pub fn parse(text: &str, allowed: &Allowed) -> Result<Self, InvalidEndpoint> {
        let url = read(text)?;
        check_form(&url, allowed.loopback)?;
        let endpoint = Self(url);
        for address in endpoint.written_addresses() {
            allowed.check(address).map_err(InvalidEndpoint::Address)?;
        }
        Ok(endpoint)
    }

    /// Reads an address that a person opens and that nothing is ever posted to: https, and none of the parts that have no
    /// place in a link. Where it leads is the person's matter: a tenant's inner pages are as good as any.
    ///
    /// # Errors
    /// [`InvalidEndpoint`] names the first rule that the text breaks.
    pub fn check_link(text: &str) -> Result<String, InvalidEndpoint> {
        let url = read(text)?;
        check_form(&url, Loopback::Refused)?;
        Ok(url.into())
    }

    /// The address written out in normal form, to be stored and shown to its tenant.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    pub(crate) const fn url(&self) -> &Url {
        &self.0
    }

    /// Whether the transport is not protected.
    pub(crate) fn is_plain_http(&self) -> bool {
        self.0.scheme() == "http"
    }

    /// The port, written or implied.
    pub(crate) fn port(&self) -> u16 {
        self.0.port_or_known_default().unwrap_or_default()
    }

    /// The addresses that the text itself names, without a look-up.
    pub(crate) fn written_addresses(&self) -> Vec<SocketAddr> {
        let hosts: Vec<IpAddr> = match self.0.host() {
            Some(Host::Ipv4(v4)) => vec![v4.into()],
            Some(Host::Ipv6(v6)) => vec![v6.into()],
            // RFC 6761 section 6.3: these names mean the machine itself, whatever a resolver says.
            Some(Host::Domain(name)) if is_localhost(name) => {
                vec![Ipv4Addr::LOCALHOST.into(), Ipv6Addr::LOCALHOST.into()]
            }
            Some(Host::Domain(_)) | None => Vec::new(),
        };
        hosts.into_iter().map(|host| SocketAddr::new(host, self.port())).collect()
    }
}

impl fmt::Debug for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Endpoint(..)")
    }
}

fn read(text: &str) -> Result<Url, InvalidEndpoint> {
    if text.len() > MAX_BYTES {
        return Err(InvalidEndpoint::TooLong);
    }
    // The URL standard drops or repairs these; what is kept is to be what was typed.
    if text.contains(|c: char| c.is_whitespace() || c.is_control() || c == '\\') {
        return Err(InvalidEndpoint::NotAUrl);
    }
    Url::parse(text).map_err(|_| InvalidEndpoint::NotAUrl)
}

fn check_form(url: &Url, loopback: Loopback) -> Result<(), InvalidEndpoint> {
    if url.as_str().len() > MAX_BYTES {
        return Err(InvalidEndpoint::TooLong);
    }
    match url.scheme() {
        "https" => {}
        "http" if loopback == Loopback::Reachable && names_loopback(url) => {}
        _ => return Err(InvalidEndpoint::NotHttps),
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(InvalidEndpoint::UserInformation);
    }
    if url.fragment().is_some() {
        return Err(InvalidEndpoint::Fragment);
    }
    if url.port() == Some(0) { Err(InvalidEndpoint::NotAUrl) } else { Ok(()) }
}

fn names_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(v4)) => v4.is_loopback(),
        Some(Host::Ipv6(v6)) => v6.to_canonical().is_loopback(),
        Some(Host::Domain(name)) => is_localhost(name),
        None => false,
    }
}

fn is_localhost(name: &str) -> bool {
    let name = name.strip_suffix('.').unwrap_or(name);
    name == "localhost" || name.ends_with(".localhost")
}
