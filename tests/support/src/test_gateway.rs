//! A gateway of a test's own, on a port of its own.

#![expect(clippy::expect_used, reason = "a test fails by panicking")]

use std::net::{Ipv4Addr, TcpListener};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use auth::development::{DevelopmentIssuer, Identity, TokenRequest};
use auth::{Authenticator, Authority, Refusal};
use domain::clock::{Clock as _, Entropy, SettableClock};
use domain::id::{SubjectId, TenantId};
use gateway::app::{App, Parts, Role, Running};
use gateway::config::{Config, IssuerConfig, ProcessorConfig, Secret};
use gateway::metrics::Metrics;
use gateway::service::Gateway;
use jiff::Timestamp;
use reqwest::{Method, RequestBuilder};
use store::migrate::{self, MigrationTarget};
use store::{Address, MasterKey};

use crate::answer::Answer;
use crate::caller::{Api, Caller, receive};
use crate::database::{Databases, Kind};
use crate::entropy::SeededEntropy;
use crate::postgres::{APPLICATION, DatabaseUrls, OPERATOR, TestDatabases};

/// The instant at which every test begins: 2 March 2026, a Monday, 10 o'clock in Sweden.
const BEGINS: &str = "2026-03-02T09:00:00Z";

/// How long the worker's leases last here.
pub const LEASE: Duration = Duration::from_mins(1);

/// A running gateway without a worker: [`TestGateway::work`] does the work that is due.
pub struct TestGateway {
    /// The gateway's clock, which stands still until it is moved.
    pub clock: Arc<SettableClock>,
    /// The databases behind it.
    pub databases: Databases,
    issuer: DevelopmentIssuer,
    entropy: Arc<SeededEntropy>,
    config: Config,
    authenticator: Arc<Authenticator>,
    service: Gateway,
    pub(crate) metrics: Arc<Metrics>,
    running: Mutex<Option<Running>>,
    base: String,
    client: reqwest::Client,
}

/// What outlasts the end of a gateway.
struct Lasting {
    clock: Arc<SettableClock>,
    databases: Databases,
    issuer: DevelopmentIssuer,
    entropy: Arc<SeededEntropy>,
    config: Config,
}

impl TestGateway {
    /// A gateway on SQLite.
    pub async fn sqlite() -> Self {
        Self::sqlite_with(|_| {}).await
    }

    /// A gateway on SQLite with a configuration of its own.
    pub async fn sqlite_with(setup: impl FnOnce(&mut Config)) -> Self {
        let databases = Databases::new(None);
        migrate::up(&databases.migration_target()).await.expect("the migrations run");
        Self::start(databases, setup).await
    }

    /// A gateway on PostgreSQL; `None` without PostgreSQL.
    pub async fn postgres() -> Option<Self> {
        Self::postgres_with(|_| {}).await
    }

    /// A gateway on PostgreSQL with a configuration of its own.
    pub async fn postgres_with(setup: impl FnOnce(&mut Config)) -> Option<Self> {
        let migrated = async |data: &DatabaseUrls, keys: &DatabaseUrls| {
            let address = |urls: &DatabaseUrls| Address { url: urls.owner.clone(), max_connections: 1 };
            let serving_role = Some(APPLICATION.to_owned());
            let operator_role = Some(OPERATOR.to_owned());
            let target =
                MigrationTarget { data: address(data), keys: address(keys), serving_role, operator_role };
            migrate::up(&target).await.expect("the migrations run");
        };
        let postgres = TestDatabases::from_template(migrated).await?;
        Some(Self::start(Databases::new(Some(postgres)), setup).await)
    }

    async fn start(databases: Databases, setup: impl FnOnce(&mut Config)) -> Self {
        crate::log::install();
        let identity =
            Identity { issuer: "https://issuer.example".to_owned(), audience: "gateway".to_owned() };
        let issuer = DevelopmentIssuer::generate(identity).expect("a key can be made");
        issuer.write(databases.folder()).expect("the folder is writable");
        let entropy = Arc::new(SeededEntropy::unique());
        let clock = Arc::new(SettableClock::new(BEGINS.parse().expect("an instant")));
        let mut config = config(&databases, &MasterKey::generate(entropy.as_ref()));
        setup(&mut config);
        Box::pin(Self::open(Lasting { clock, databases, issuer, entropy, config })).await
    }

    async fn open(lasting: Lasting) -> Self {
        let Lasting { clock, databases, issuer, entropy, mut config } = lasting;
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port is free");
        let base = format!("http://{}", listener.local_addr().expect("a bound listener has an address"));
        config.server.public_url = base.parse().ok();
        config.server.listen = listener.local_addr().expect("a bound listener has an address");
        let parts = Parts { config: config.clone(), clock: clock.clone(), entropy: entropy.clone() };
        let app = App::open(parts).await.expect("the gateway starts");
        let (service, authenticator) = (app.gateway.clone(), Arc::clone(&app.authenticator));
        let metrics = Arc::clone(&app.metrics);
        let running = app.serve(listener, Role::Gateway).expect("the gateway listens");
        let client = client();
        let running = Mutex::new(Some(running));
        Self {
            clock,
            databases,
            issuer,
            entropy,
            config,
            authenticator,
            service,
            metrics,
            running,
            base,
            client,
        }
    }

    /// Ends the gateway, changes its databases, and starts another over them, with the same keys and the same clock.
    #[must_use]
    pub async fn restarts_after(self, change: impl AsyncFnOnce(&mut Databases)) -> Self {
        self.stop().await;
        let Self { clock, mut databases, issuer, entropy, mut config, service, .. } = self;
        drop(service);
        change(&mut databases).await;
        config.database.url = Some(Secret::new(databases.url(Kind::Data)));
        Box::pin(Self::open(Lasting { clock, databases, issuer, entropy, config })).await
    }

    /// Another gateway over the same databases, with the same keys and the same clock, as a process beside this one is; not
    /// running yet.
    pub async fn another(&self, setup: impl FnOnce(&mut Config)) -> App {
        let mut config = self.config.clone();
        setup(&mut config);
        let parts = Parts { config, clock: self.clock.clone(), entropy: self.entropy.clone() };
        App::open(parts).await.expect("the gateway starts")
    }

    /// What the gateway was started with.
    #[must_use]
    pub const fn config(&self) -> &Config {
        &self.config
    }

    /// The use cases, without HTTP.
    #[must_use]
    pub const fn service(&self) -> &Gateway {
        &self.service
    }

    /// Whom the gateway believes.
    #[must_use]
    pub fn authenticator(&self) -> &Authenticator {
        &self.authenticator
    }

    /// The issuer of all tokens.
    #[must_use]
    pub const fn issuer(&self) -> &DevelopmentIssuer {
        &self.issuer
    }

    /// The present instant.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Moves the clock to noon of a day in Sweden.
    pub fn on(&self, day: &str) {
        self.clock.set(begins(day) + Duration::from_hours(12));
    }

    /// Moves the clock to the last millisecond before a day begins in Sweden, does the work that is due by then, and
    /// moves it to the first instant of that day.
    pub async fn up_to(&self, day: &str) {
        self.clock.set(begins(day) - Duration::from_millis(1));
        self.work().await;
        self.clock.set(begins(day));
    }

    /// Randomness for identifiers.
    #[must_use]
    pub fn entropy(&self) -> &dyn Entropy {
        self.entropy.as_ref()
    }

    /// The data folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.databases.folder()
    }

    /// Statements sent to both databases so far.
    #[must_use]
    pub fn statements(&self) -> u64 {
        self.service.store.statements()
    }

    /// A token of the tests' issuer, good for an hour.
    #[must_use]
    pub fn mint(
        &self,
        tenant: Option<TenantId>,
        subject: Option<SubjectId>,
        (actor, scopes): (&str, &str),
    ) -> String {
        self.issuer.mint(&TokenRequest {
            tenant,
            subject,
            actor: actor.to_owned(),
            scopes: scopes.split_whitespace().map(str::to_owned).collect(),
            lifetime: Duration::from_hours(1),
            now: self.now(),
        })
    }

    /// What a token proves.
    ///
    /// # Errors
    /// When it proves nothing.
    pub async fn authenticate(&self, token: &str) -> Result<Authority, Refusal> {
        self.authenticator.authenticate(token).await
    }

    /// Somebody with this text as a token.
    #[must_use]
    pub fn with_token(&self, token: impl Into<String>) -> Caller<'_> {
        Caller { gateway: self, token: token.into(), language: "en", api: Api::Tenant }
    }

    /// The platform's staff with these scopes, separated by blanks.
    #[must_use]
    pub fn operator(&self, scopes: &str) -> Caller<'_> {
        self.with_token(self.mint(None, None, ("drift", scopes))).at_the_operator_api()
    }

    /// The platform's staff with every scope of the operator.
    #[must_use]
    pub fn platform(&self) -> Caller<'_> {
        self.operator("operator:tenants operator:agreements operator:subprocessors operator:breaches")
    }

    /// A request without a token; the path may be an address that the gateway handed out.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let url = if path.starts_with("http") { path.to_owned() } else { format!("{}/{path}", self.base) };
        self.client.request(method, url)
    }

    /// Sends a request and reads the whole answer.
    pub async fn send(&self, request: RequestBuilder) -> Answer {
        receive(request).await
    }

    /// Fetches a path, or an address that the gateway handed out, without a token.
    pub async fn get(&self, path: &str) -> Answer {
        self.send(self.request(Method::GET, path)).await
    }

    /// The gateway's own address.
    #[must_use]
    pub fn address(&self) -> &str {
        &self.base
    }

    /// Ends the gateway; what is in hand is finished first. Its databases stay for as long as this value.
    pub async fn stop(&self) {
        let running = self.running.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(running) = running {
            running.stop().await;
        }
    }
}

fn config(databases: &Databases, master: &MasterKey) -> Config {
    let mut config = Config::default();
    config.server.workers = Some(1);
    config.database.url = Some(Secret::new(databases.url(Kind::Data)));
    config.database.operator_url = databases.operator_url().map(Secret::new);
    config.database.max_connections = 4;
    config.database.migrate_at_start = false;
    config.keys.url = Some(Secret::new(databases.url(Kind::Keys)));
    config.keys.master_key = Some(Secret::new(master.to_base64().to_string()));
    config.tokens.issuer = vec![IssuerConfig {
        issuer: "https://issuer.example".to_owned(),
        audience: "gateway".to_owned(),
        jwks_url: None,
        jwks_file: Some(databases.folder().join(auth::development::JWKS_FILE)),
        algorithms: vec!["ES256".to_owned()],
    }];
    config.limits.requests_per_minute = 1_000_000;
    config.limits.cost_per_minute_token = 100_000_000;
    config.limits.cost_per_minute_tenant = 100_000_000;
    config.limits.subjects_per_hour = 1_000_000;
    config.downstream.loopback = true;
    config.processor = ProcessorConfig {
        name: "Convenio AB".to_owned(),
        organisation_number: "559004-2809".to_owned(),
        address: "Långvretsvägen 14, 163 46 Spånga".to_owned(),
        email: "info@convenio.com".to_owned(),
    };
    config
}

/// The first instant of a day in Sweden.
///
/// # Panics
/// When `day` is no date.
#[must_use]
pub fn begins(day: &str) -> Timestamp {
    let day: jiff::civil::Date = day.parse().expect("a date");
    day.in_tz("Europe/Stockholm").expect("the time zone is known").timestamp()
}

/// Plain http to this machine needs no root certificates, which a bare machine may not have.
fn client() -> reqwest::Client {
    let builder = reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none());
    builder
        .tls_certs_only([])
        .pool_max_idle_per_host(0)
        .timeout(Duration::from_mins(1))
        .build()
        .expect("a client can be made")
}
