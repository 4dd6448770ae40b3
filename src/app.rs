//! The composition root: the one place where the rooms are put together, used by the commands and by tests alike.

mod error;
mod masters;
mod running;
mod settings;

use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;

use actix_web::web;
use auth::Authenticator;
use domain::clock::{Clock, Entropy};
use store::Store;
use tlog::VerifierKey;
use tokio::time::timeout;

pub use error::AppError;
pub use masters::make_token_keys;
pub use running::Running;
pub use settings::api_limits;

use crate::config::Config;
use crate::demand::Demand;
use crate::graphql::api::{OperatorApi, TenantApi};
use crate::http::{self, Surface, SurfaceParts};
use crate::metrics::Metrics;
use crate::service::Gateway;
use crate::service::console::{Console, DemoRoles, Way};
use running::Tasks;

/// How long the start waits for the issuers' keys; what comes later is fetched in the background.
const KEYS_PATIENCE: Duration = Duration::from_secs(5);

/// What the gateway is made of.
pub struct Parts {
    /// The settings; whoever serves others has had them checked ([`Config::check`]).
    pub config: Config,
    /// Time.
    pub clock: Arc<dyn Clock>,
    /// Chance.
    pub entropy: Arc<dyn Entropy>,
}

/// What a process that answers does beside answering.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// It answers only; due work is another process's.
    Gateway,
    /// It carries out due work too.
    GatewayAndWorker,
}

/// The gateway, put together and not running yet.
pub struct App {
    /// The use cases.
    pub gateway: Gateway,
    /// The tenant API.
    pub api: Arc<TenantApi>,
    /// The operator API.
    pub operator_api: Arc<OperatorApi>,
    /// Who is asking.
    pub authenticator: Arc<Authenticator>,
    /// What this gateway counts of itself.
    pub metrics: Arc<Metrics>,
    demand: Arc<Demand>,
    metrics_listener: Option<TcpListener>,
    /// Sessions of the console; `None` where it is not served.
    console: Option<Arc<Console>>,
    parts: Parts,
}

impl App {
    /// Opens the databases, migrates them where the settings say so, and fetches the issuers' keys. An issuer that
    /// does not answer stops nothing.
    ///
    /// # Errors
    /// [`AppError`] says what to mend.
    pub async fn open(parts: Parts) -> Result<Self, AppError> {
        let config = &parts.config;
        if config.database.migrate_at_start {
            migrate(config).await?;
        }
        let (clock, entropy) = (Arc::clone(&parts.clock), Arc::clone(&parts.entropy));
        let store = Store::open(settings::store(config)?, clock, entropy).await?;
        erase_again(&store).await?;
        let gateway = Gateway { store, settings: Arc::new(settings::service(config)?) };
        gateway.record_authorities().await?;
        gateway.publish_shipped_templates().await?;
        let limits = settings::api_limits(config);
        let metrics = Arc::new(Metrics::new()?);
        let terms = settings::demand(&config.limits);
        let demand = Arc::new(Demand::new(terms, Arc::clone(&parts.clock), Arc::clone(&metrics)));
        let api = Arc::new(TenantApi::new(gateway.clone(), limits, Arc::clone(&demand))?);
        let operator_api = Arc::new(OperatorApi::new(gateway.clone(), limits, Arc::clone(&demand))?);
        let issuers = settings::issuers(&config.tokens)?;
        let authenticator = Arc::new(Authenticator::new(issuers, Arc::clone(&parts.clock))?);
        if timeout(KEYS_PATIENCE, authenticator.refresh()).await.is_err() {
            tracing::warn!("an issuer's keys could not be fetched yet");
        }
        let metrics_listener = None;
        let way = settings::openid_client(config, &parts.clock)?.map(Box::new).map(Way::OpenId);
        let console = way.map(|way| settings::console((&gateway, &authenticator), &parts, way));
        Ok(Self {
            gateway,
            api,
            operator_api,
            authenticator,
            metrics,
            demand,
            metrics_listener,
            console,
            parts,
        })
    }

    /// Shows its metrics on a listener too, once it answers.
    #[must_use]
    pub fn measured_at(self, listener: Option<TcpListener>) -> Self {
        Self { metrics_listener: listener, ..self }
    }

    /// With a console in which everybody may be each of these roles: for the demonstration, and on this machine alone.
    #[must_use]
    pub fn with_demo_console(self, roles: DemoRoles) -> Self {
        let made_of = (&self.gateway, &self.authenticator);
        Self { console: Some(settings::console(made_of, &self.parts, Way::Demo(roles))), ..self }
    }

    /// Answers on a listener.
    ///
    /// # Errors
    /// [`AppError`] when the listener cannot be used or the schema may not be served.
    pub fn serve(mut self, listener: TcpListener, role: Role) -> Result<Running, AppError> {
        let address = listener.local_addr().map_err(AppError::Listener)?;
        let surface = web::Data::new(self.surface()?);
        let server = http::start(listener, surface.clone(), running::PATIENCE).map_err(AppError::Listener)?;
        let metrics = self.metrics_listener.take();
        let metrics = metrics.map(|listener| http::start_metrics(listener, Arc::clone(&self.metrics)));
        let metrics = metrics.transpose().map_err(AppError::Listener)?;
        let mut tasks = self.tasks();
        tasks.listen(&self.gateway);
        if let Some(console) = &self.console {
            tasks.sweep(console);
        }
        if role == Role::GatewayAndWorker {
            tasks.work(&self.gateway, settings::rhythm(&self.parts.config));
        }
        Ok(tasks.running().answering(address, surface, (server, metrics)))
    }

    /// Carries out due work and answers nobody.
    pub fn work(self) -> Running {
        let tasks = self.tasks();
        tasks.work(&self.gateway, settings::rhythm(&self.parts.config));
        tasks.running()
    }

    fn tasks(&self) -> Tasks {
        let every = Duration::from_secs(self.parts.config.tokens.refresh_seconds);
        Tasks::new(Arc::clone(&self.authenticator).keep_fresh(every))
    }

    fn surface(&self) -> Result<Surface, AppError> {
        Ok(Surface::new(SurfaceParts {
            gateway: self.gateway.clone(),
            api: Arc::clone(&self.api),
            sdl: TenantApi::sdl()?,
            operator_api: Arc::clone(&self.operator_api),
            operator_sdl: OperatorApi::sdl()?,
            demand: Arc::clone(&self.demand),
            authenticator: Arc::clone(&self.authenticator),
            console: self.console.clone(),
            clock: Arc::clone(&self.parts.clock),
            entropy: Arc::clone(&self.parts.entropy),
            settings: settings::http(&self.parts.config),
        }))
    }
}

/// Nothing is served from a restored backup before what was erased since is erased again.
async fn erase_again(store: &Store) -> Result<(), AppError> {
    let replayed = store.replay_erasures().await?;
    if replayed.closings > 0 {
        tracing::warn!(
            tenants = replayed.closings,
            "tenants that had been closed were restored and are closed again"
        );
    }
    if replayed.tenants > 0 {
        let (tenants, persons) = (replayed.tenants, replayed.persons);
        tracing::warn!(
            tenants,
            persons,
            "the data was older than the record of erasures and was brought up to it"
        );
    }
    Ok(())
}

/// The use cases alone, for a command that makes up data. Only an empty database is migrated: whether one with anything in it
/// is the right one is not known yet.
///
/// # Errors
/// [`AppError`] says what to mend.
pub async fn for_seeding(parts: Parts) -> Result<Gateway, AppError> {
    let config = &parts.config;
    settings::make_folders(config)?;
    if migration_status(config).await?.iter().all(|step| !step.applied) {
        migrate(config).await?;
    }
    let store = Store::open(settings::store(config)?, parts.clock, parts.entropy).await?;
    Ok(Gateway { store, settings: Arc::new(settings::service(config)?) })
}

/// Retires the key that signs the heads of the audit logs, and makes a new one. Gives the verifying halves of the retired one
/// and the new one under the platform's name; `None` where there is no key yet, since the first head makes the first.
///
/// # Errors
/// [`AppError`] when a database does not answer, or the master key does not open the present key.
pub async fn rotate_signing_key(parts: Parts) -> Result<Option<[VerifierKey; 2]>, AppError> {
    let name = parts.config.audit.name.clone();
    let name = name.as_str();
    let store = store(parts).await?;
    let Some(retired) = store.verifier_keys(name).await?.into_iter().next() else { return Ok(None) };
    store.rotate_signing_key().await?;
    let new = store.verifier_keys(name).await?.into_iter().next();
    Ok(new.map(|new| [retired, new]))
}

/// Opens both databases for a command that works beside running gateways.
///
/// # Errors
/// [`AppError`] says what to mend.
pub async fn store(parts: Parts) -> Result<Store, AppError> {
    Ok(Store::open(settings::store(&parts.config)?, parts.clock, parts.entropy).await?)
}

/// Applies outstanding migrations of both databases as the role that owns them.
///
/// # Errors
/// [`AppError`] when a database does not answer or refuses a step.
pub async fn migrate(config: &Config) -> Result<(), AppError> {
    settings::make_folders(config)?;
    Ok(store::migrate::up(&settings::migration(config)).await?)
}

/// Every migration of both databases, and whether it is applied.
///
/// # Errors
/// [`AppError`] when a database does not answer.
pub async fn migration_status(config: &Config) -> Result<Vec<store::migrate::MigrationStatus>, AppError> {
    settings::make_folders(config)?;
    Ok(store::migrate::status(&settings::migration(config)).await?)
}
