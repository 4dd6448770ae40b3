//! What every address works with.

use std::sync::Arc;
use std::time::Duration;

use auth::Authenticator;
use domain::clock::{Clock, Entropy};
use tokio::runtime::Handle;
use tokio::sync::watch;

use super::admission::{Admission, AdmissionTerms};
use super::console::{Cookies, Manifest};
use super::health::LastCheck;
use super::rejection::Rejection;
use super::representation::Representation;
use super::schema;
use super::socket::{Places, SocketTerms};
use crate::demand::Demand;
use crate::graphql::api::{OperatorApi, TenantApi};
use crate::service::Gateway;
use crate::service::console::Console;

/// What the surface is set to.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Whether a browser is shown `GraphiQL`.
    pub graphiql: bool,
    /// Origins whose pages may read answers.
    pub cors_origins: Vec<String>,
    /// Whether answers are compressed for clients that accept it.
    pub compression: bool,
    /// Operations of one request; with 0 one that is no array.
    pub batch: usize,
    /// Longest body, in bytes.
    pub max_body_bytes: usize,
    /// Longest time for one request.
    pub request_timeout: Duration,
    /// Threads that serve connections; one per processor when absent.
    pub threads: Option<usize>,
    /// Operations at the same time.
    pub admission: AdmissionTerms,
    /// How sockets are held.
    pub sockets: SocketTerms,
}

/// What a surface is put on.
pub struct SurfaceParts {
    /// The use cases.
    pub gateway: Gateway,
    /// The tenant API.
    pub api: Arc<TenantApi>,
    /// The tenant API in the schema definition language.
    pub sdl: String,
    /// The operator API.
    pub operator_api: Arc<OperatorApi>,
    /// The operator API in the schema definition language.
    pub operator_sdl: String,
    /// What callers may ask for.
    pub demand: Arc<Demand>,
    /// Who is asking.
    pub authenticator: Arc<Authenticator>,
    /// Sessions of the console; `None` where it is not served.
    pub console: Option<Arc<Console>>,
    /// Time.
    pub clock: Arc<dyn Clock>,
    /// Chance.
    pub entropy: Arc<dyn Entropy>,
    /// What it is set to.
    pub settings: Settings,
}

/// The parts, and what is kept between requests.
pub struct Surface {
    pub(super) gateway: Gateway,
    pub(super) api: Arc<TenantApi>,
    pub(super) sdl: Representation,
    pub(super) operator_api: Arc<OperatorApi>,
    pub(super) operator_sdl: Representation,
    pub(super) authenticator: Arc<Authenticator>,
    pub(super) console: Option<Arc<Console>>,
    pub(super) cookies: Cookies,
    pub(super) documents: Manifest,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) entropy: Arc<dyn Entropy>,
    pub(super) settings: Settings,
    pub(super) admission: Admission,
    pub(super) demand: Arc<Demand>,
    pub(super) last_check: LastCheck,
    pub(super) places: Places,
    stopping: watch::Sender<bool>,
    runtime: Handle,
}

impl Surface {
    /// A surface whose tasks run on the present runtime.
    #[must_use]
    pub fn new(parts: SurfaceParts) -> Self {
        Self {
            cookies: Cookies::new(&parts.gateway.settings.public_url),
            admission: Admission::new(parts.settings.admission),
            demand: parts.demand,
            last_check: LastCheck::default(),
            places: Places::default(),
            stopping: watch::Sender::new(false),
            runtime: Handle::current(),
            gateway: parts.gateway,
            api: parts.api,
            sdl: schema::of_sdl(parts.sdl),
            operator_api: parts.operator_api,
            operator_sdl: schema::of_sdl(parts.operator_sdl),
            authenticator: parts.authenticator,
            documents: Manifest::embedded(),
            console: parts.console,
            clock: parts.clock,
            entropy: parts.entropy,
            settings: parts.settings,
        }
    }

    /// Has all sockets closed, and opens no more.
    pub fn close_sockets(&self) {
        self.stopping.send_replace(true);
    }

    /// Turns true when all sockets are to close.
    pub(super) fn stopping(&self) -> watch::Receiver<bool> {
        self.stopping.subscribe()
    }

    /// Runs work for as long as it takes, on the process's runtime.
    pub(super) fn spawn(&self, work: impl Future<Output = ()> + Send + 'static) {
        self.runtime.spawn(work);
    }

    /// Returns when no operation runs any more.
    pub async fn idle(&self) {
        self.admission.idle().await;
    }

    /// Runs work that goes on to its end even if nobody waits for it. It runs on the process's runtime and not on the
    /// connection's: database connections belong to the runtime that opened them, and must outlive a server thread.
    pub(super) async fn to_its_end<T, F>(&self, work: F) -> Result<T, Rejection>
    where
        F: Future<Output = T> + Send + 'static,
        T: Send + 'static,
    {
        self.runtime.spawn(work).await.map_err(|error| {
            // The error's own text can hold the panic's message, and that a value.
            tracing::error!(panicked = error.is_panic(), "an operation ended without an answer");
            Rejection::internal()
        })
    }
}
