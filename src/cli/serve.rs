//! `serve`: the real thing. Refuses to start on an unsafe configuration, and says which line.

use std::net::TcpListener;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Context as _, bail};
use clap::{Args, ValueEnum};

use super::signals::Signals;
use super::{logging, metrics, settings};
use crate::app::{App, Parts, Role, Running};
use crate::system::{SystemClock, SystemEntropy};

/// What `serve` takes.
#[derive(Debug, Args)]
pub struct Arguments {
    /// The configuration file; the environment alone when left out.
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// What this process does; both when left out. A worker listens on no address.
    #[arg(long)]
    role: Option<Half>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Half {
    /// Answers, and leaves due work to others.
    Gateway,
    /// Carries out due work, and answers nobody.
    Worker,
}

/// Serves until it is told to stop.
///
/// # Errors
/// When the configuration is refused, or something that it names does not work.
pub async fn run(arguments: Arguments) -> anyhow::Result<()> {
    let mut signals = Signals::listen()?;
    let config = settings::load(arguments.config.as_deref())?;
    let warnings = config.check()?;
    logging::start(&config.log, logging::Stream::Output)?;
    for warning in warnings {
        tracing::warn!(%warning, "configuration");
    }
    let listen = config.server.listen;
    let role = arguments.role;
    // Bound first, so that an address that is taken is known before anything is migrated.
    let listener = match role {
        Some(Half::Worker) => None,
        Some(Half::Gateway) | None => {
            let listener = TcpListener::bind(listen);
            Some(listener.with_context(|| format!("server.listen: {listen} cannot be listened on"))?)
        }
    };
    let metrics = if listener.is_some() { metrics::listen(config.metrics.listen)? } else { None };
    let parts = Parts { config, clock: Arc::new(SystemClock), entropy: Arc::new(SystemEntropy) };
    let app = App::open(parts).await?.measured_at(metrics);
    let running = match (listener, role) {
        (None, _) => app.work(),
        (Some(listener), Some(_)) => app.serve(listener, Role::Gateway)?,
        (Some(listener), None) => app.serve(listener, Role::GatewayAndWorker)?,
    };
    tracing::info!(address = running.address().map(tracing::field::display), "started");
    until_told(running, &mut signals).await
}

/// Runs until a signal, and stops as it should.
///
/// # Errors
/// When the server ends by itself.
pub(super) async fn until_told(mut running: Running, signals: &mut Signals) -> anyhow::Result<()> {
    let told = tokio::select! {
        () = signals.next() => true,
        () = running.failed() => false,
    };
    tracing::info!("stopping");
    running.stop().await;
    if !told {
        bail!("the server ended by itself: its last lines in the log say why");
    }
    tracing::info!("stopped");
    Ok(())
}
