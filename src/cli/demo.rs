//! `demo`: the newcomer's whole set-up, on this machine alone.

pub(in crate::cli) mod folder;
pub(super) mod issuer;
mod record;

use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, bail};
use auth::development::DevelopmentIssuer;
use clap::Args;
use domain::clock::{Clock, Entropy};

use super::signals::Signals;
use super::{healthcheck, logging, metrics, serve, terminal};
use crate::app::{App, Parts, Role, Running};
use crate::config::{Config, IssuerConfig, LogConfig, LogFormat, ProcessorConfig, Secret};
use crate::demo::DemoTenant;
use crate::service::console::DemoRoles;
use crate::system::{SystemClock, SystemEntropy};
use folder::Folder;
use record::Record;

/// What `demo` takes.
#[derive(Debug, Args)]
pub struct Arguments {
    /// Where everything is kept.
    #[arg(long, value_name = "DIR", default_value = "data/demo")]
    data_dir: PathBuf,
    /// The port on 127.0.0.1; 0 picks a free one.
    #[arg(long, value_name = "P", default_value_t = 8_080)]
    port: u16,
}

/// Sets up what is missing, serves, and tells where, until it is told to stop.
///
/// # Errors
/// When the folder is in use, the port is taken, or the set-up fails.
pub async fn run(arguments: Arguments) -> anyhow::Result<()> {
    let mut signals = Signals::listen()?;
    let log = LogConfig { format: LogFormat::Human, level: "info".to_owned() };
    logging::start(&log, logging::Stream::Error)?;
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let entropy: Arc<dyn Entropy> = Arc::new(SystemEntropy);
    let mut folder = Folder::take(&arguments.data_dir)?;
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, arguments.port)).with_context(|| {
        format!("port {} cannot be had: choose another with --port, or 0 for a free one", arguments.port)
    })?;
    let address = listener.local_addr()?;
    folder.serves_at(address)?;
    folder.make_master_key(entropy.as_ref())?;
    let issuer = Arc::new(issuer::find_or_make(folder.path())?);
    folder.forget_record()?;
    let config = config(&folder, address)?;
    let metrics = metrics::listen(config.metrics.listen)?;
    let app = App::open(Parts { config, clock: Arc::clone(&clock), entropy }).await?.measured_at(metrics);
    let tenants = crate::demo::load(&app.gateway, &app.authenticator, &issuer).await?;
    let roles = DemoRoles { issuer: Arc::clone(&issuer), roles: crate::demo::console_roles(&tenants) };
    let app = app.with_demo_console(roles);
    let running = app.serve(listener, Role::GatewayAndWorker)?;
    tell(&folder, &running, (&issuer, tenants), clock.as_ref()).await?;
    serve::until_told(running, &mut signals).await
}

/// Writes `demo.json` and tells the person at the terminal, once the gateway answers.
async fn tell(
    folder: &Folder,
    running: &Running,
    (issuer, tenants): (&DevelopmentIssuer, Vec<DemoTenant>),
    clock: &dyn Clock,
) -> anyhow::Result<()> {
    let address = running.address().context("nothing listens")?;
    let ready = format!("http://{address}/readyz").parse()?;
    let mut tries = 0;
    while !matches!(healthcheck::ask(&ready).await, Ok(200)) {
        tries += 1;
        if tries == 50 {
            bail!("the gateway does not get ready: open {ready} to see which check fails");
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    let record = Record::new(address, issuer, tenants, clock.now());
    let path = record.write(folder)?;
    terminal::print(&record.greeting(&path));
    Ok(())
}

fn config(folder: &Folder, address: SocketAddr) -> anyhow::Result<Config> {
    let mut config = Config::default();
    config.server.listen = address;
    config.server.graphiql = true;
    config.downstream.loopback = true;
    config.database.url = Some(Secret::new(folder.database("gateway.db")?));
    config.keys.url = Some(Secret::new(folder.database("keys.db")?));
    config.keys.master_key_file = Some(folder.master_key());
    config.tokens.issuer = vec![IssuerConfig {
        issuer: issuer::ISSUER.to_owned(),
        audience: issuer::AUDIENCE.to_owned(),
        jwks_url: None,
        jwks_file: Some(folder.path().join(auth::development::JWKS_FILE)),
        algorithms: vec![issuer::ALGORITHM.to_owned()],
    }];
    config.processor = ProcessorConfig {
        name: "Convenio AB".to_owned(),
        organisation_number: "559004-2809".to_owned(),
        address: "Långvretsvägen 14, 163 46 Spånga".to_owned(),
        email: "privacy@convenio.example".to_owned(),
    };
    Ok(config)
}
