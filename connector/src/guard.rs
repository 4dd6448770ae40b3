//! Which addresses may be reached: those that IANA's special-purpose registries leave to the public Internet.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, UdpSocket};

use AddressKind::{
    Benchmarking, Broadcast, Documentation, LinkLocal, Metadata, Multicast, Private, ProtocolAssignment,
    Reserved, SharedNat, Translation, Unspecified,
};

/// Why an address must not be reached. The text completes the sentence "the address is …".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AddressKind {
    /// 0.0.0.0/8 and `::`, which many systems take for themselves.
    Unspecified,
    /// 127.0.0.0/8 and `::1`: the gateway's own machine.
    Loopback,
    /// RFC 1918, unique local (RFC 4193) and the former site-local addresses.
    Private,
    /// 169.254.0.0/16 and `fe80::/10`.
    LinkLocal,
    /// 100.64.0.0/10, behind a provider's address translation (RFC 6598).
    SharedNat,
    /// Where a cloud hands its machines their credentials.
    Metadata,
    /// 224.0.0.0/4 and `ff00::/8`.
    Multicast,
    /// 255.255.255.255.
    Broadcast,
    /// Addresses for examples.
    Documentation,
    /// Addresses for measurements of networks.
    Benchmarking,
    /// An address that a translator or tunnel turns into another one that is not public or cannot be told.
    Translation,
    /// Held back by the IETF for its protocols.
    ProtocolAssignment,
    /// Not given to anyone.
    Reserved,
    /// Where the gateway itself listens.
    OwnListener,
    /// Another machine's, over http, which is for the gateway's own machine alone.
    NotLoopback,
}

impl fmt::Display for AddressKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Unspecified => "unspecified",
            Self::Loopback => "a loopback address",
            Self::Private => "private",
            Self::LinkLocal => "link-local",
            Self::SharedNat => "shared behind a provider's address translation",
            Self::Metadata => "a cloud's metadata service",
            Self::Multicast => "a multicast address",
            Self::Broadcast => "the broadcast address",
            Self::Documentation => "reserved for documentation",
            Self::Benchmarking => "reserved for benchmarking",
            Self::Translation => "one that is translated or tunnelled",
            Self::ProtocolAssignment => "reserved for protocols",
            Self::Reserved => "reserved",
            Self::OwnListener => "the gateway's own",
            Self::NotLoopback => "not a loopback address, as http demands",
        })
    }
}

/// Whether the gateway's own machine may be reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Loopback {
    /// Never: the rule.
    Refused,
    /// Over http and https: for the demonstration and for tests.
    Reachable,
}

/// What may be reached, besides the public Internet and less the gateway itself.
#[derive(Debug, Clone)]
pub struct Allowed {
    /// Whether loopback addresses are.
    pub loopback: Loopback,
    /// Where the gateway listens, on every interface where the address is unspecified. An address by which a proxy
    /// in front of the gateway is reached belongs here too: the gateway cannot know it.
    pub own: Vec<SocketAddr>,
}

impl Allowed {
    /// Whether a connection may be made to `address`.
    ///
    /// # Errors
    /// The [`AddressKind`] that forbids it.
    pub fn check(&self, address: SocketAddr) -> Result<(), AddressKind> {
        // Ranges come first, so that nobody learns the gateway's inner ports by trying addresses.
        match kind_of(address.ip()) {
            Some(AddressKind::Loopback) if self.loopback == Loopback::Reachable => {}
            Some(kind) => return Err(kind),
            None => {}
        }
        let (ip, port) = (reached(address.ip()), address.port());
        let own = self.own.iter().any(|own| own.port() == port && listens(own.ip(), ip));
        if own { Err(AddressKind::OwnListener) } else { Ok(()) }
    }
}

/// Whether a listener on `own` is reached by connecting to `ip`.
fn listens(own: IpAddr, ip: IpAddr) -> bool {
    if own.is_unspecified() { ip.is_loopback() || is_of_this_machine(ip) } else { own.to_canonical() == ip }
}

/// A socket can be bound to the machine's own addresses alone, of all interfaces.
fn is_of_this_machine(ip: IpAddr) -> bool {
    UdpSocket::bind((ip, 0)).is_ok()
}

/// The range that forbids an address; `None` for a globally routable unicast address.
pub(crate) fn kind_of(ip: IpAddr) -> Option<AddressKind> {
    match ip.to_canonical() {
        IpAddr::V4(v4) => kind_of_v4(v4),
        IpAddr::V6(v6) => match behind_nat64(v6) {
            Some(v4) => kind_of_v4(v4).map(|_| Translation),
            None => kind_of_v6(v6),
        },
    }
}

/// The address at which a connection ends.
fn reached(ip: IpAddr) -> IpAddr {
    match ip.to_canonical() {
        IpAddr::V6(v6) => behind_nat64(v6).map_or(IpAddr::V6(v6), IpAddr::V4),
        v4 @ IpAddr::V4(_) => v4,
    }
}

/// The IPv4 address in `64:ff9b::/96` (RFC 6052), by which a machine without IPv4 reaches the rest of the world.
fn behind_nat64(v6: Ipv6Addr) -> Option<Ipv4Addr> {
    let [first, second, zeros @ .., high, low] = v6.segments();
    let [a, b] = high.to_be_bytes();
    let [c, d] = low.to_be_bytes();
    (first == 0x64 && second == 0xff9b && zeros == [0; 4]).then(|| Ipv4Addr::new(a, b, c, d))
}

fn kind_of_v4(v4: Ipv4Addr) -> Option<AddressKind> {
    let within = |(network, prefix, _): &&(Ipv4Addr, u32, AddressKind)| {
        (u32::from(v4) ^ u32::from(*network)).leading_zeros() >= *prefix
    };
    V4.iter().find(within).map(|(_, _, kind)| *kind)
}

fn kind_of_v6(v6: Ipv6Addr) -> Option<AddressKind> {
    let within = |(network, prefix, _): &&(Ipv6Addr, u32, AddressKind)| {
        (u128::from(v6) ^ u128::from(*network)).leading_zeros() >= *prefix
    };
    let special = V6.iter().find(within).map(|(_, _, kind)| *kind);
    // Global unicast is 2000::/3 (RFC 4291); what lies outside and is not named has no owner.
    let global_unicast = v6.segments()[0] >> 13 == 1;
    special.or((!global_unicast).then_some(Reserved))
}

/// The IANA IPv4 special-purpose registry, less what it calls globally reachable; the first match counts.
const V4: &[(Ipv4Addr, u32, AddressKind)] = &[
    (Ipv4Addr::new(169, 254, 169, 254), 32, Metadata),
    // Azure's: a public address that is answered within the machine's own network.
    (Ipv4Addr::new(168, 63, 129, 16), 32, Metadata),
    (Ipv4Addr::UNSPECIFIED, 8, Unspecified),
    (Ipv4Addr::new(10, 0, 0, 0), 8, Private),
    (Ipv4Addr::new(100, 64, 0, 0), 10, SharedNat),
    (Ipv4Addr::new(127, 0, 0, 0), 8, AddressKind::Loopback),
    (Ipv4Addr::new(169, 254, 0, 0), 16, LinkLocal),
    (Ipv4Addr::new(172, 16, 0, 0), 12, Private),
    (Ipv4Addr::new(192, 0, 0, 0), 24, ProtocolAssignment),
    (Ipv4Addr::new(192, 0, 2, 0), 24, Documentation),
    // The relays of 6to4 (RFC 7526).
    (Ipv4Addr::new(192, 88, 99, 0), 24, Translation),
    (Ipv4Addr::new(192, 168, 0, 0), 16, Private),
    (Ipv4Addr::new(198, 18, 0, 0), 15, Benchmarking),
    (Ipv4Addr::new(198, 51, 100, 0), 24, Documentation),
    (Ipv4Addr::new(203, 0, 113, 0), 24, Documentation),
    (Ipv4Addr::new(224, 0, 0, 0), 4, Multicast),
    (Ipv4Addr::BROADCAST, 32, Broadcast),
    (Ipv4Addr::new(240, 0, 0, 0), 4, Reserved),
];

/// The same for IPv6. 6to4 and Teredo are refused whole: both are given up, and a relay could lead anywhere.
const V6: &[(Ipv6Addr, u32, AddressKind)] = &[
    (Ipv6Addr::UNSPECIFIED, 128, Unspecified),
    (Ipv6Addr::LOCALHOST, 128, AddressKind::Loopback),
    (Ipv6Addr::new(0xfd00, 0xec2, 0, 0, 0, 0, 0, 0x254), 128, Metadata),
    (Ipv6Addr::new(0xfc00, 0, 0, 0, 0, 0, 0, 0), 7, Private),
    (Ipv6Addr::new(0xfe80, 0, 0, 0, 0, 0, 0, 0), 10, LinkLocal),
    (Ipv6Addr::new(0xfec0, 0, 0, 0, 0, 0, 0, 0), 10, Private),
    (Ipv6Addr::new(0xff00, 0, 0, 0, 0, 0, 0, 0), 8, Multicast),
    // NAT64 within one network (RFC 8215): where the IPv4 address stands in it is that network's choice.
    (Ipv6Addr::new(0x64, 0xff9b, 1, 0, 0, 0, 0, 0), 48, Translation),
    (Ipv6Addr::new(0x2001, 0, 0, 0, 0, 0, 0, 0), 32, Translation),
    (Ipv6Addr::new(0x2001, 2, 0, 0, 0, 0, 0, 0), 48, Benchmarking),
    (Ipv6Addr::new(0x2001, 0, 0, 0, 0, 0, 0, 0), 23, ProtocolAssignment),
    (Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 0), 32, Documentation),
    (Ipv6Addr::new(0x2002, 0, 0, 0, 0, 0, 0, 0), 16, Translation),
    (Ipv6Addr::new(0x3fff, 0, 0, 0, 0, 0, 0, 0), 20, Documentation),
];
