//! From the sections of the configuration to what each room is set to.

use std::num::NonZeroU32;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use auth::openid::{ClientConfig, OpenIdClient};
use auth::{Authenticator, KeySource};
use connector::{
    Allowed, Loopback, MailLogin, MailSecurity, Mailer, MailerSettings, REPLY_LIMIT, Resolver, Sender,
    SenderSettings,
};
use domain::clock::Clock;
use domain::deadline::{DeadlineRules, IdentityPause};
use domain::holiday::HolidayEves;
use domain::trusted::DocumentMode;
use jiff::SignedDuration;
use store::migrate::MigrationTarget;
use store::{Address, SessionTerms, StoreConfig};

use super::{AppError, Parts, masters};
use crate::config::{
    self, Config, DocumentsConfig, IssuerConfig, LimitMode, LimitsConfig, MailProtection, SchemaView, Secret,
    TokensConfig,
};
use crate::demand::{DemandTerms, Limit, Mode};
use crate::graphql::IntrospectionView;
use crate::graphql::api::ApiLimits;
use crate::graphql::limits::{LimitSet, Limits};
use crate::http::{self, AdmissionTerms, SocketTerms};
use crate::service::console::{Console, ConsoleParts, Way};
use crate::service::opendsr::{OpenDsr, Peers};
use crate::service::system::endpoint::WayOut;
use crate::service::trusted::TrustedTerms;
use crate::service::{self, ExportTerms, Gateway, ProcessorIdentity};
use crate::worker::Rhythm;

/// The platform's staff are few.
const OPERATOR_CONNECTIONS: u32 = 4;

/// How long a download link works: long enough to be followed, too short to be worth keeping.
const LINK_LIFETIME: SignedDuration = SignedDuration::from_hours(1);

pub fn store(config: &Config) -> Result<StoreConfig, AppError> {
    Ok(StoreConfig {
        data: address(config, config.database.url()),
        operator: config.database.operator_url.as_ref().map(|url| Address {
            max_connections: config.database.max_connections.min(OPERATOR_CONNECTIONS),
            ..address(config, url.reveal())
        }),
        keys: address(config, config.keys.url()),
        masters: masters::of(&config.keys)?,
        keep_keys: Duration::from_secs(config.keys.cache_seconds),
        audit_name: config.audit.name.clone(),
    })
}

pub fn migration(config: &Config) -> MigrationTarget {
    let owner = |owner: &Option<Secret>, otherwise: &str| {
        address(config, owner.as_ref().map_or(otherwise, Secret::reveal))
    };
    MigrationTarget {
        data: owner(&config.database.owner_url, config.database.url()),
        keys: owner(&config.keys.owner_url, config.keys.url()),
        serving_role: config.database.serving_role(),
        operator_role: config.database.operator_role(),
    }
}

fn address(config: &Config, url: &str) -> Address {
    Address { url: url.to_owned(), max_connections: config.database.max_connections }
}

/// An embedded database makes its file, not the folder that the file is in.
pub fn make_folders(config: &Config) -> Result<(), AppError> {
    for url in [config.database.url(), config.keys.url()] {
        if let Some(folder) = folder(url) {
            let made = make_private(folder);
            made.map_err(|source| AppError::Folder { path: folder.to_owned(), source })?;
        }
    }
    Ok(())
}

fn folder(url: &str) -> Option<&Path> {
    let path = url.strip_prefix("sqlite:")?;
    let path = path.strip_prefix("//").unwrap_or(path);
    let file = path.split('?').next().unwrap_or_default();
    Path::new(file).parent().filter(|folder| !folder.as_os_str().is_empty())
}

/// Makes a folder that others cannot enter; one that is there keeps its mode.
fn make_private(folder: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.recursive(true).create(folder)
}

pub fn service(config: &Config) -> Result<service::Settings, AppError> {
    let processor = &config.processor;
    let lines = processor.address.split(',').map(str::trim).filter(|line| !line.is_empty());
    Ok(service::Settings {
        deadlines: DeadlineRules {
            holiday_eves: match config.deadlines.holiday_eves {
                config::HolidayEves::Working => HolidayEves::Working,
                config::HolidayEves::Holiday => HolidayEves::Holiday,
            },
            identity_pause: IdentityPause::from(config.deadlines.identity_pause),
        },
        processor: ProcessorIdentity {
            name: processor.name.clone(),
            organisation_number: processor.organisation_number.clone(),
            address_lines: lines.map(str::to_owned).collect(),
            email: processor.email.clone(),
        },
        exports: ExportTerms {
            package_lifetime: SignedDuration::from_hours(config.exports.lifetime_hours.into()),
            link_lifetime: LINK_LIFETIME,
            link_uses: config.exports.downloads_per_link.try_into().unwrap_or(u16::MAX),
        },
        public_url: config.server.public_url().parse()?,
        adequacy: config.transfers.adequacy()?,
        way_out: way_out(config),
        mailer: mailer(config)?,
        opendsr: opendsr(config)?,
        opendsr_peers: Peers::new(config.opendsr.authorities()?),
        trusted: trusted(&config.documents),
        authority_hours: config.breach.authority_hours.try_into().unwrap_or(u16::MAX),
    })
}

fn trusted(documents: &DocumentsConfig) -> TrustedTerms {
    TrustedTerms {
        mode: match documents.mode {
            config::DocumentsMode::Off => DocumentMode::Off,
            config::DocumentsMode::Prefer => DocumentMode::Prefer,
            config::DocumentsMode::Require => DocumentMode::Require,
        },
        automatic: documents.automatic,
    }
}

fn opendsr(config: &Config) -> Result<Option<OpenDsr>, AppError> {
    let processor = config.opendsr.processor()?;
    Ok(processor.map(|processor| OpenDsr { processor: Arc::new(processor) }))
}

/// An attempt at a delivery ends well before the lease on it.
fn way_out(config: &Config) -> WayOut {
    let loopback = if config.downstream.loopback { Loopback::Reachable } else { Loopback::Refused };
    let allowed = Allowed { loopback, own: vec![config.server.listen] };
    let sender = Sender::new(SenderSettings {
        connect_timeout: Duration::from_secs(5),
        total_timeout: Duration::from_secs(15),
        reply_limit: REPLY_LIMIT,
        allowed: allowed.clone(),
        resolver: Resolver::system(),
    });
    WayOut { allowed, sender }
}

/// The mail server, where one is configured. It is greeted with the name by which clients know the gateway.
fn mailer(config: &Config) -> Result<Option<Mailer>, AppError> {
    let mail = &config.mail;
    let (Some(host), Some(from)) = (&mail.host, &mail.from) else { return Ok(None) };
    let unreadable = |file: &PathBuf| {
        let file = file.clone();
        move |source| AppError::MailRoots { path: file, source }
    };
    let roots = mail.ca_file.as_ref().map(|file| std::fs::read(file).map_err(unreadable(file)));
    let public_url: url::Url = config.server.public_url().parse()?;
    let login = mail.user_name.clone().zip(mail.password.as_ref());
    Ok(Some(Mailer::new(MailerSettings {
        host: host.trim_start_matches('[').trim_end_matches(']').to_owned(),
        port: mail.port(),
        security: match mail.security {
            MailProtection::Tls => MailSecurity::Tls,
            MailProtection::StartTls => MailSecurity::StartTls,
            MailProtection::None => MailSecurity::Plain,
        },
        roots_pem: roots.transpose()?,
        login: login
            .map(|(user_name, password)| MailLogin { user_name, password: password.reveal().to_owned() }),
        hello: public_url.host_str().unwrap_or("localhost").to_owned(),
        from: from.clone(),
        from_name: config.processor.name.clone(),
        reply_to: mail.reply_to.clone(),
        timeout: Duration::from_secs(mail.timeout_seconds),
    })?))
}

/// The client of the console's issuer, where one is configured.
pub fn openid_client(config: &Config, clock: &Arc<dyn Clock>) -> Result<Option<OpenIdClient>, AppError> {
    let console = &config.console;
    let (Some(issuer), Some(client_id)) = (&console.issuer, &console.client_id) else { return Ok(None) };
    let client = ClientConfig {
        issuer: issuer.clone(),
        client_id: client_id.clone(),
        client_secret: console
            .client_secret
            .as_ref()
            .map(|secret| secret.reveal().to_owned())
            .unwrap_or_default(),
        redirect_uri: format!("{}/console/callback", config.server.public_url()),
        scope: console.scope.clone(),
        resource: console.resource.clone(),
    };
    Ok(Some(OpenIdClient::new(client, Arc::clone(clock))?))
}

/// The console's sessions.
pub fn console(
    (gateway, authenticator): (&Gateway, &Arc<Authenticator>),
    parts: &Parts,
    way: Way,
) -> Arc<Console> {
    let config = &parts.config.console;
    Arc::new(Console::new(ConsoleParts {
        store: gateway.store.clone(),
        authenticator: Arc::clone(authenticator),
        clock: Arc::clone(&parts.clock),
        terms: SessionTerms {
            idle: SignedDuration::from_mins(config.idle_minutes.into()),
            absolute: SignedDuration::from_hours(config.absolute_hours.into()),
        },
        way,
    }))
}

pub fn issuers(tokens: &TokensConfig) -> Result<Vec<auth::IssuerConfig>, AppError> {
    tokens.issuer.iter().map(issuer).collect()
}

fn issuer(issuer: &IssuerConfig) -> Result<auth::IssuerConfig, AppError> {
    let name = issuer.issuer.clone();
    let keys = match (&issuer.jwks_url, &issuer.jwks_file) {
        (Some(url), _) => KeySource::Address(url.clone()),
        (None, Some(file)) => KeySource::File(file.clone()),
        (None, None) => return Err(AppError::NoKeys(name)),
    };
    let algorithms = issuer.algorithms.iter().map(|algorithm| algorithm.parse()).collect::<Result<_, _>>();
    let algorithms = algorithms.map_err(|source| AppError::Algorithm { issuer: name.clone(), source })?;
    Ok(auth::IssuerConfig { issuer: name, audience: issuer.audience.clone(), keys, algorithms })
}

/// What operations may ask for. The settings are about what reaches data; for documents that ask for the schema alone the
/// built-in limits hold.
#[must_use]
pub fn api_limits(config: &Config) -> ApiLimits {
    let limits = &config.limits;
    let ordinary = Limits {
        bytes: limits.query_bytes,
        tokens: limits.tokens,
        depth: limits.depth,
        aliases: limits.aliases,
        root_fields: limits.root_fields,
        ..Limits::default()
    };
    let documents = LimitSet { ordinary, ..LimitSet::default() };
    let introspection = match config.introspection.view {
        SchemaView::Whole => IntrospectionView::Whole,
        SchemaView::Scopes => IntrospectionView::Scopes,
    };
    ApiLimits { documents, kept_bytes: config.documents.cache_bytes, introspection }
}

/// What callers may ask for.
pub fn demand(limits: &LimitsConfig) -> DemandTerms {
    let units = |most: u32, mode| {
        let most = NonZeroU32::new(most).unwrap_or(NonZeroU32::MIN);
        Limit { most, mode: limit_mode(mode) }
    };
    DemandTerms {
        cost_per_operation: Limit { most: limits.cost, mode: limit_mode(limits.cost_mode) },
        requests_per_minute: units(limits.requests_per_minute, limits.requests_per_minute_mode),
        cost_per_minute_of_token: units(limits.cost_per_minute_token, limits.cost_per_minute_token_mode),
        cost_per_minute_of_tenant: units(limits.cost_per_minute_tenant, limits.cost_per_minute_tenant_mode),
        subjects_per_hour: Limit {
            most: limits.subjects_per_hour.try_into().unwrap_or(usize::MAX),
            mode: limit_mode(limits.subjects_per_hour_mode),
        },
    }
}

const fn limit_mode(mode: LimitMode) -> Mode {
    match mode {
        LimitMode::Enforce => Mode::Enforce,
        LimitMode::Measure => Mode::Measure,
    }
}

pub fn http(config: &Config) -> http::Settings {
    let (server, limits) = (&config.server, &config.limits);
    http::Settings {
        graphiql: server.graphiql,
        cors_origins: server.cors_origins.clone(),
        compression: server.compression,
        batch: limits.batch.into(),
        max_body_bytes: server.max_body_bytes.try_into().unwrap_or(usize::MAX),
        request_timeout: Duration::from_millis(server.request_timeout_ms),
        threads: server.workers.map(usize::from),
        admission: AdmissionTerms {
            concurrent: limits.concurrent_requests,
            queue: limits.queue,
            wait: Duration::from_millis(limits.queue_wait_ms),
        },
        sockets: SocketTerms {
            most: limits.sockets,
            per_tenant: limits.sockets_per_tenant,
            subscriptions: limits.socket_subscriptions,
            init: Duration::from_secs(limits.socket_init_seconds),
            ping: Duration::from_secs(limits.socket_ping_seconds),
        },
    }
}

pub fn rhythm(config: &Config) -> Rhythm {
    Rhythm {
        poll: Duration::from_millis(config.worker.poll_ms),
        lease: Duration::from_secs(config.worker.lease_seconds),
        sequence: Duration::from_millis(config.audit.sequence_ms),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_folder_of_an_embedded_database_is_known() {
        for (url, expected) in [
            ("sqlite://data/gateway.db", Some("data")),
            ("sqlite:///var/lib/gateway/gateway.db?mode=rwc", Some("/var/lib/gateway")),
            ("sqlite:data/keys.db", Some("data")),
            ("sqlite://gateway.db", None),
            ("sqlite::memory:", None),
            ("postgres://app@localhost/gateway", None),
        ] {
            assert_eq!(folder(url), expected.map(Path::new), "{url}");
        }
    }

    #[test]
    fn migrations_run_as_the_owner_where_there_is_one() {
        let mut config = Config::default();
        assert_eq!(migration(&config).data.url, config.database.url());
        config.database.url = Some(Secret::new("postgres://gateway_app@localhost/gateway".to_owned()));
        let owner = "postgres://gateway_owner@localhost/gateway";
        config.database.owner_url = Some(Secret::new(owner.to_owned()));
        let target = migration(&config);
        assert_eq!(target.data.url, owner);
        assert_eq!(target.serving_role.as_deref(), Some("gateway_app"));
    }
}
