//! The listener of `GET /metrics`.

use std::net::TcpListener;

use anyhow::Context as _;

use crate::config::MetricsListen;

/// The listener, if metrics are to be shown and can be.
///
/// # Errors
/// When the address that was asked for cannot be listened on.
pub(super) fn listen(where_to: MetricsListen) -> anyhow::Result<Option<TcpListener>> {
    let listener = match where_to {
        MetricsListen::Off => return Ok(None),
        MetricsListen::At(address) => TcpListener::bind(address)
            .with_context(|| format!("metrics.listen: {address} cannot be listened on"))?,
        MetricsListen::WhereFree => match TcpListener::bind(MetricsListen::USUAL) {
            Ok(listener) => listener,
            Err(error) => {
                let (host, port) = MetricsListen::USUAL;
                tracing::warn!(%error, "no metrics are served: {host}:{port} is not free, and metrics.listen names no other");
                return Ok(None);
            }
        },
    };
    tracing::info!(address = %listener.local_addr()?, "metrics are served");
    Ok(Some(listener))
}
