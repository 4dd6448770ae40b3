//! Which addresses may be registered.

use AddressKind::{LinkLocal, Metadata, OwnListener, Private, Translation, Unspecified};
use InvalidEndpoint::{Address, Fragment, NotAUrl, NotHttps, TooLong, UserInformation};
use connector::{AddressKind, Endpoint, InvalidEndpoint};

use crate::receiver::{reachable, refused};

const LOOPBACK: InvalidEndpoint = Address(AddressKind::Loopback);

#[test]
fn an_endpoint_is_an_https_address_on_the_public_internet() {
    for (text, fault) in [
        ("https://crm.example.com", None),
        ("https://crm.example.com:8443/privacy?key=k", None),
        ("HTTPS://CRM.example.com/", None),
        ("https://räksmörgås.example/", None),
        ("https://9.9.9.9/", None),
        ("https://[2620:fe::9]:8443/", None),
        ("", Some(NotAUrl)),
        ("crm.example.com", Some(NotAUrl)),
        ("https://", Some(NotAUrl)),
        ("/privacy", Some(NotAUrl)),
        ("https://crm.example.com:0/", Some(NotAUrl)),
        ("https://crm.example.com:65536/", Some(NotAUrl)),
        (" https://crm.example.com/", Some(NotAUrl)),
        ("https://crm.exa\tmple.com/", Some(NotAUrl)),
        ("https://crm.example.com/\r\nx: y", Some(NotAUrl)),
        ("https://crm.example.com\\@10.0.0.1/", Some(NotAUrl)),
        ("http://crm.example.com/", Some(NotHttps)),
        ("http://127.0.0.1/", Some(NotHttps)),
        ("ftp://crm.example.com/", Some(NotHttps)),
        ("file:///etc/passwd", Some(NotHttps)),
        ("data:text/plain,x", Some(NotHttps)),
        ("https://user@crm.example.com/", Some(UserInformation)),
        ("https://user:pass@crm.example.com/", Some(UserInformation)),
        ("https://:pass@crm.example.com/", Some(UserInformation)),
        ("https://9.9.9.9@10.0.0.1/", Some(UserInformation)),
        ("https://crm.example.com/#x", Some(Fragment)),
        ("https://crm.example.com/#", Some(Fragment)),
    ] {
        assert_eq!(Endpoint::parse(text, &refused()).err(), fault, "{text}");
    }
}

/// The gateway's own tests send each of them through its API.
#[test]
fn a_hostile_address_is_none() {
    let all: Vec<String> = serde_json::from_str(include_str!("../hostile-endpoints.json")).unwrap();
    assert!(all.len() >= 150, "{}", all.len());
    for text in &all {
        assert!(Endpoint::parse(text, &refused()).is_err(), "{text}");
    }
}

#[test]
fn an_inner_address_is_known_in_every_spelling() {
    for (text, kind) in [
        ("https://127.0.0.1/", LOOPBACK),
        ("https://127.1/", LOOPBACK),
        ("https://2130706433/", LOOPBACK),
        ("https://0x7f000001/", LOOPBACK),
        ("https://0177.0.0.1/", LOOPBACK),
        ("https://127.0.0.1./", LOOPBACK),
        ("https://%31%32%37.0.0.1/", LOOPBACK),
        ("https://①②⑦.0.0.1/", LOOPBACK),
        ("https://[::1]/", LOOPBACK),
        ("https://[::ffff:127.0.0.1]/", LOOPBACK),
        ("https://localhost/", LOOPBACK),
        ("https://LocalHost./", LOOPBACK),
        ("https://crm.localhost/", LOOPBACK),
        ("https://0/", Address(Unspecified)),
        ("https://[::]/", Address(Unspecified)),
        ("https://10.1/", Address(Private)),
        ("https://[::ffff:a00:1]/", Address(Private)),
        ("https://169.254.1.1/", Address(LinkLocal)),
        ("https://169.254.169.254/latest/meta-data/", Address(Metadata)),
        ("https://[fd00:ec2::254]/", Address(Metadata)),
        ("https://[64:ff9b::10.0.0.1]/", Address(Translation)),
    ] {
        assert_eq!(Endpoint::parse(text, &refused()).err(), Some(kind), "{text}");
    }
}

#[test]
fn the_machine_itself_is_an_endpoint_only_where_that_is_allowed() {
    let mut allowed = reachable();
    allowed.own = vec!["127.0.0.1:8080".parse().unwrap(), "0.0.0.0:9464".parse().unwrap()];
    for (text, fault) in [
        ("http://127.0.0.1:8081/", None),
        ("http://127.9.9.9/", None),
        ("http://[::1]:8080/", None),
        ("http://localhost:8081/", None),
        ("https://localhost:8081/", None),
        ("https://crm.example.com/", None),
        ("http://127.0.0.1:8080/", Some(Address(OwnListener))),
        ("https://127.0.0.1:8080/", Some(Address(OwnListener))),
        ("http://localhost:8080/", Some(Address(OwnListener))),
        ("http://127.0.0.1:9464/", Some(Address(OwnListener))),
        ("http://[::1]:9464/", Some(Address(OwnListener))),
        ("http://10.0.0.1/", Some(NotHttps)),
        ("http://crm.example.com/", Some(NotHttps)),
        ("http://localhost.example.com/", Some(NotHttps)),
        ("https://10.0.0.1/", Some(Address(Private))),
    ] {
        assert_eq!(Endpoint::parse(text, &allowed).err(), fault, "{text}");
    }
}

#[test]
fn an_endpoint_has_at_most_2048_characters_typed_or_written_out() {
    let base = "https://crm.example.com/";
    for (path, fits) in [("x".repeat(2_024), true), ("x".repeat(2_025), false), ("å".repeat(400), false)] {
        let fault = (!fits).then_some(TooLong);
        assert_eq!(Endpoint::parse(&format!("{base}{path}"), &refused()).err(), fault);
    }
}

#[test]
fn nothing_prints_an_endpoint_by_accident() {
    let endpoint = Endpoint::parse("https://crm.example.com/hook?key=k", &refused()).unwrap();
    assert_eq!(format!("{endpoint:?}"), "Endpoint(..)");
    assert_eq!(endpoint.as_str(), "https://crm.example.com/hook?key=k");
}
