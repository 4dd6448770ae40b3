//! `[metrics]`: the listener of `GET /metrics`.

use std::net::{Ipv4Addr, SocketAddr};

use serde::Deserialize;

/// The listener of `GET /metrics`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct MetricsConfig {
    /// Where it is.
    pub listen: MetricsListen,
}

/// Where metrics are served.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub enum MetricsListen {
    /// At [`MetricsListen::USUAL`], where that is free: several gateways on one machine are no reason not to start.
    #[default]
    WhereFree,
    /// At this address, or not at all.
    At(SocketAddr),
    /// Nowhere.
    Off,
}

impl MetricsListen {
    /// Where metrics are served unless told otherwise.
    pub const USUAL: (Ipv4Addr, u16) = (Ipv4Addr::LOCALHOST, 9_464);
}

impl TryFrom<String> for MetricsListen {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        match text.as_str() {
            "off" => Ok(Self::Off),
            address => {
                let expected = "expected an address and a port such as 127.0.0.1:9464, or off";
                address.parse().map(Self::At).map_err(|_| expected)
            }
        }
    }
}
