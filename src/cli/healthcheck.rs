//! `healthcheck`: for the health checks of containers.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context as _, bail};
use clap::Args;
use url::Url;

use super::settings;

/// For the whole answer; `/readyz` itself gives its checks three seconds.
const PATIENCE: Duration = Duration::from_secs(4);

/// What `healthcheck` takes.
#[derive(Debug, Args)]
pub struct Arguments {
    /// The configuration file of the gateway to ask; the environment alone when left out.
    #[arg(long, value_name = "FILE", conflicts_with = "url")]
    config: Option<PathBuf>,
    /// Its address, such as <http://127.0.0.1:8080>.
    #[arg(long, value_name = "URL")]
    url: Option<Url>,
}

/// Asks `/readyz`.
///
/// # Errors
/// When it is not ready or does not answer.
pub async fn run(arguments: Arguments) -> anyhow::Result<()> {
    let url = match arguments.url {
        Some(url) => url,
        None => own(settings::load(arguments.config.as_deref())?.server.listen)?,
    };
    let url = url.join("/readyz")?;
    let status = ask(&url).await.with_context(|| format!("{url} does not answer"))?;
    if status != 200 {
        bail!("{url} answers {status}: open it to see which check fails");
    }
    Ok(())
}

/// Asks an address, whatever proxies the environment names.
///
/// # Errors
/// When there is no answer.
pub(super) async fn ask(url: &Url) -> Result<u16, reqwest::Error> {
    let client =
        reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none()).timeout(PATIENCE);
    // Small images have no root certificates, and plain http needs none.
    let client = if url.scheme() == "http" { client.tls_certs_only([]) } else { client };
    let client = client.build()?;
    Ok(client.get(url.clone()).send().await?.status().as_u16())
}

/// A gateway that listens everywhere is asked on this machine.
fn own(listen: SocketAddr) -> Result<Url, url::ParseError> {
    let address = match listen.ip() {
        IpAddr::V4(address) if address.is_unspecified() => IpAddr::V4(Ipv4Addr::LOCALHOST),
        IpAddr::V6(address) if address.is_unspecified() => IpAddr::V6(Ipv6Addr::LOCALHOST),
        address => address,
    };
    format!("http://{}", SocketAddr::new(address, listen.port())).parse()
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn a_gateway_is_asked_where_this_machine_reaches_it() {
        for (listen, expected) in [
            ("127.0.0.1:8080", "http://127.0.0.1:8080/"),
            ("0.0.0.0:8080", "http://127.0.0.1:8080/"),
            ("[::]:8080", "http://[::1]:8080/"),
            ("10.0.0.7:80", "http://10.0.0.7/"),
        ] {
            assert_eq!(own(listen.parse().unwrap()).unwrap().as_str(), expected);
        }
    }
}
