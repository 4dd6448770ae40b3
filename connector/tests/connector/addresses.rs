//! The ranges, at both sides of each boundary.

use std::net::{IpAddr, SocketAddr};

use AddressKind::{
    Benchmarking, Broadcast, Documentation, LinkLocal, Loopback, Metadata, Multicast, OwnListener, Private,
    ProtocolAssignment, Reserved, SharedNat, Translation, Unspecified,
};
use connector::{AddressKind, Allowed};

use crate::receiver::{reachable, refused};

fn check(ip: &str, allowed: &Allowed) -> Option<AddressKind> {
    allowed.check(SocketAddr::new(ip.parse::<IpAddr>().unwrap(), 443)).err()
}

/// The last address before a range, its first, its last, and the one after it; beyond is another range's or nobody's.
type Range = (AddressKind, Option<&'static str>, &'static str, &'static str, Option<&'static str>);

const V4: &[Range] = &[
    (Unspecified, None, "0.0.0.0", "0.255.255.255", Some("1.0.0.0")),
    (Private, Some("9.255.255.255"), "10.0.0.0", "10.255.255.255", Some("11.0.0.0")),
    (SharedNat, Some("100.63.255.255"), "100.64.0.0", "100.127.255.255", Some("100.128.0.0")),
    (Loopback, Some("126.255.255.255"), "127.0.0.0", "127.255.255.255", Some("128.0.0.0")),
    (Metadata, Some("168.63.129.15"), "168.63.129.16", "168.63.129.16", Some("168.63.129.17")),
    (LinkLocal, Some("169.253.255.255"), "169.254.0.0", "169.254.169.253", None),
    (Metadata, None, "169.254.169.254", "169.254.169.254", None),
    (LinkLocal, None, "169.254.169.255", "169.254.255.255", Some("169.255.0.0")),
    (Private, Some("172.15.255.255"), "172.16.0.0", "172.31.255.255", Some("172.32.0.0")),
    (ProtocolAssignment, Some("191.255.255.255"), "192.0.0.0", "192.0.0.255", Some("192.0.1.0")),
    (Documentation, Some("192.0.1.255"), "192.0.2.0", "192.0.2.255", Some("192.0.3.0")),
    (Translation, Some("192.88.98.255"), "192.88.99.0", "192.88.99.255", Some("192.88.100.0")),
    (Private, Some("192.167.255.255"), "192.168.0.0", "192.168.255.255", Some("192.169.0.0")),
    (Benchmarking, Some("198.17.255.255"), "198.18.0.0", "198.19.255.255", Some("198.20.0.0")),
    (Documentation, Some("198.51.99.255"), "198.51.100.0", "198.51.100.255", Some("198.51.101.0")),
    (Documentation, Some("203.0.112.255"), "203.0.113.0", "203.0.113.255", Some("203.0.114.0")),
    (Multicast, Some("223.255.255.255"), "224.0.0.0", "239.255.255.255", None),
    (Reserved, None, "240.0.0.0", "255.255.255.254", None),
    (Broadcast, None, "255.255.255.255", "255.255.255.255", None),
];

const V6: &[Range] = &[
    (Unspecified, None, "::", "::", None),
    (Loopback, None, "::1", "::1", None),
    (Reserved, None, "::2", "::fffe:ffff:ffff", None),
    (Reserved, None, "::1:0:0:0", "64:ff9a:ffff:ffff:ffff:ffff:ffff:ffff", None),
    (Reserved, None, "64:ff9b::1:0:0", "64:ff9b:0:ffff:ffff:ffff:ffff:ffff", None),
    (Translation, None, "64:ff9b:1::", "64:ff9b:1:ffff:ffff:ffff:ffff:ffff", None),
    (Reserved, None, "64:ff9b:2::", "1fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", Some("2000::")),
    (Translation, Some("2000:ffff:ffff:ffff::"), "2001::", "2001:0:ffff:ffff:ffff:ffff:ffff:ffff", None),
    (ProtocolAssignment, None, "2001:1::", "2001:1:ffff:ffff:ffff:ffff:ffff:ffff", None),
    (Benchmarking, None, "2001:2::", "2001:2:0:ffff:ffff:ffff:ffff:ffff", None),
    (ProtocolAssignment, None, "2001:2:1::", "2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff", Some("2001:200::")),
    (Documentation, Some("2001:db7:ffff::"), "2001:db8::", "2001:db8:ffff:ffff::", Some("2001:db9::")),
    (Translation, Some("2001:ffff:ffff::"), "2002::", "2002:ffff:ffff:ffff::", Some("2003::")),
    (Documentation, Some("3ffe:ffff:ffff::"), "3fff::", "3fff:fff:ffff:ffff::", Some("3fff:1000::")),
    (Reserved, Some("3fff:ffff:ffff::"), "4000::", "fbff:ffff:ffff::", None),
    (Private, None, "fc00::", "fd00:ec2::253", None),
    (Metadata, None, "fd00:ec2::254", "fd00:ec2::254", None),
    (Private, None, "fd00:ec2::255", "fdff:ffff:ffff:ffff::", None),
    (Reserved, None, "fe00::", "fe7f:ffff:ffff:ffff::", None),
    (LinkLocal, None, "fe80::", "febf:ffff:ffff:ffff::", None),
    (Private, None, "fec0::", "feff:ffff:ffff:ffff::", None),
    (Multicast, None, "ff00::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", None),
];

#[test]
fn a_range_is_refused_from_its_first_address_to_its_last() {
    for (kind, before, first, last, after) in V4.iter().chain(V6).copied() {
        for outside in [before, after].into_iter().flatten() {
            assert_eq!(check(outside, &refused()), None, "{outside}");
        }
        for inside in [first, last] {
            assert_eq!(check(inside, &refused()), Some(kind), "{inside}");
        }
    }
}

#[test]
fn an_address_that_holds_another_is_judged_by_what_it_leads_to() {
    for (kind, before, first, last, after) in V4.iter().copied() {
        for outside in [before, after].into_iter().flatten() {
            for text in [format!("::ffff:{outside}"), format!("64:ff9b::{outside}")] {
                assert_eq!(check(&text, &refused()), None, "{text}");
            }
        }
        for inside in [first, last] {
            assert_eq!(check(&format!("::ffff:{inside}"), &refused()), Some(kind), "{inside}");
            assert_eq!(check(&format!("64:ff9b::{inside}"), &refused()), Some(Translation), "{inside}");
        }
    }
}

#[test]
fn an_address_behind_a_tunnel_is_refused_even_if_it_is_public() {
    for text in ["2002:909:909::1", "2001:0:909:909::1", "64:ff9b:1::909:909"] {
        assert_eq!(check(text, &refused()), Some(Translation), "{text}");
    }
    // IPv4-compatible and IPv4-translated addresses are not in use.
    for text in ["::9.9.9.9", "::ffff:0:9.9.9.9"] {
        assert_eq!(check(text, &refused()), Some(Reserved), "{text}");
    }
}

#[test]
fn allowing_the_machine_itself_allows_nothing_else() {
    for (kind, _, first, last, _) in V4.iter().chain(V6).copied() {
        for inside in [first, last] {
            let refusal = (kind != Loopback).then_some(kind);
            assert_eq!(check(inside, &reachable()), refusal, "{inside}");
        }
    }
    assert_eq!(check("::ffff:127.0.0.1", &reachable()), None);
    assert_eq!(check("64:ff9b::127.0.0.1", &reachable()), Some(Translation));
}

#[test]
fn a_public_listener_of_the_gateway_is_refused_at_its_port_alone() {
    let mut allowed = refused();
    allowed.own = vec!["9.9.9.9:443".parse().unwrap(), "[2620:fe::9]:8443".parse().unwrap()];
    for (address, refusal) in [
        ("9.9.9.9:443", Some(OwnListener)),
        ("[::ffff:9.9.9.9]:443", Some(OwnListener)),
        ("[64:ff9b::9.9.9.9]:443", Some(OwnListener)),
        ("9.9.9.9:8443", None),
        ("9.9.9.10:443", None),
        ("[2620:fe::9]:443", None),
        ("[2620:fe::9]:8443", Some(OwnListener)),
    ] {
        assert_eq!(allowed.check(address.parse().unwrap()).err(), refusal, "{address}");
    }
}

#[test]
fn a_listener_on_all_interfaces_bars_its_port_on_this_machine_and_nowhere_else() {
    let mut allowed = reachable();
    allowed.own = vec!["[::]:443".parse().unwrap()];
    for (address, refusal) in
        [("127.0.0.1:443", Some(OwnListener)), ("127.0.0.1:444", None), ("9.9.9.9:443", None)]
    {
        assert_eq!(allowed.check(address.parse().unwrap()).err(), refusal, "{address}");
    }
}

#[test]
fn what_is_inside_the_machine_cannot_be_found_out_by_trying_ports() {
    let mut allowed = refused();
    allowed.own = vec!["127.0.0.1:443".parse().unwrap(), "10.0.0.1:443".parse().unwrap()];
    assert_eq!(check("127.0.0.1", &allowed), Some(Loopback));
    assert_eq!(check("10.0.0.1", &allowed), Some(Private));
}
