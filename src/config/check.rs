//! What the gateway refuses to start with, and what it only warns of.

use url::Url;

use super::location::is_loopback;
use super::place::Places;
use super::{Config, ConfigError, Problem, Reason, ServerConfig};

mod console;
mod demand;
mod keys;
mod mail;
mod opendsr;
mod storage;
mod trust;

/// Collects what is wrong, each with the place where it was given.
struct Findings<'a> {
    places: &'a Places,
    refusals: Vec<Problem>,
    warnings: Vec<Problem>,
}

impl Findings<'_> {
    fn refuse(&mut self, key: &str, reason: Reason) {
        self.refusals.push(self.problem(key, reason));
    }

    fn danger(&mut self, key: &str, text: impl Into<String>) {
        self.refuse(key, Reason::Unsafe(text.into()));
    }

    fn form(&mut self, key: &str, text: impl Into<String>) {
        self.refuse(key, Reason::Form(text.into()));
    }

    fn warn(&mut self, key: &str, text: impl Into<String>) {
        self.warnings.push(self.problem(key, Reason::Form(text.into())));
    }

    fn problem(&self, key: &str, reason: Reason) -> Problem {
        Problem { place: self.places.of(key), key: key.to_owned(), reason }
    }
}

pub(super) fn check(config: &Config) -> Result<Vec<Problem>, ConfigError> {
    let mut findings = Findings { places: &config.places, refusals: Vec::new(), warnings: Vec::new() };
    server(&config.server, &mut findings);
    storage::check(config, &mut findings);
    trust::check(&config.tokens, &mut findings);
    processor(config, &mut findings);
    if let Err(error) = config.transfers.adequacy() {
        findings.form("transfers.adequacy_file", error.to_string());
    }
    if !is_log_name(&config.audit.name) {
        findings.form(
            "audit.name",
            "expected a name such as vendor.example/audit: no blanks, no `+`, no slash at an end",
        );
    }
    if config.downstream.loopback {
        findings.danger(
            "downstream.loopback",
            "whoever registers a system could have messages sent to services of this machine; it is for the \
             demonstration alone",
        );
    }
    mail::check(&config.mail, &mut findings);
    opendsr::check(config, &mut findings);
    console::check(config, &mut findings);
    ranges(config, &mut findings);
    demand::check(config, &mut findings);
    if findings.refusals.is_empty() {
        Ok(findings.warnings)
    } else {
        Err(ConfigError::Refused(findings.refusals))
    }
}

fn server(server: &ServerConfig, findings: &mut Findings<'_>) {
    let listens_here_only = server.listen.ip().is_loopback();
    match &server.public_url {
        Some(url) => public_url(url, findings),
        None if listens_here_only => {}
        None => {
            findings
                .form("server.public_url", "is missing: clients need another address than this machine's");
        }
    }
    let encrypted = server.public_url.as_ref().is_some_and(|url| url.scheme() == "https");
    if !listens_here_only && !encrypted {
        findings.danger(
            "server.listen",
            "tokens would cross the network in clear; listen on 127.0.0.1, or put a proxy that terminates TLS in \
             front and give its https address as server.public_url",
        );
    }
    if server.graphiql && (encrypted || !listens_here_only) {
        findings.warn(
            "server.graphiql",
            "GraphiQL is shown to whoever reaches the gateway, not only on this machine",
        );
    }
    for origin in &server.cors_origins {
        if let Some(text) = origin_problem(origin) {
            findings.danger("server.cors_origins", text);
        }
    }
}

fn public_url(url: &Url, findings: &mut Findings<'_>) {
    let key = "server.public_url";
    match url.scheme() {
        "https" => {}
        "http" if url.host_str().is_some_and(is_loopback) => {}
        "http" => findings
            .danger(key, "tokens and downloads would cross the network in clear; give an https address"),
        _ => findings.form(key, "expected an https address"),
    }
    let bare = url.path() == "/" && url.query().is_none() && url.fragment().is_none();
    if !bare || !url.username().is_empty() || url.password().is_some() {
        findings.form(key, "expected scheme, host and port alone, such as https://gateway.example");
    }
}

fn origin_problem(origin: &str) -> Option<&'static str> {
    if matches!(origin, "*" | "null") {
        return Some(
            "every page of the web could call the API with a user's token; name the origins one by one",
        );
    }
    let Ok(url) = Url::parse(origin) else {
        return Some("expected origins such as https://app.example");
    };
    let trusted = url.scheme() == "https" || url.host_str().is_some_and(is_loopback);
    if url.origin().ascii_serialization() != origin {
        Some("expected origins such as https://app.example, without a path, in lower case")
    } else if !trusted {
        Some("a page fetched by plain http can be altered on its way; name https origins")
    } else {
        None
    }
}

fn processor(config: &Config, findings: &mut Findings<'_>) {
    let processor = &config.processor;
    for (key, value) in [
        ("processor.name", &processor.name),
        ("processor.organisation_number", &processor.organisation_number),
        ("processor.address", &processor.address),
        ("processor.email", &processor.email),
    ] {
        if value.trim().is_empty() {
            findings.form(key, "is missing: letters to data subjects name the processor (Art. 15(1)(c))");
        }
    }
}

/// Names of keys in signed notes hold neither blanks nor a plus.
fn is_log_name(name: &str) -> bool {
    let fits = |character: char| !character.is_whitespace() && !character.is_control() && character != '+';
    let ends_with_slash = name.starts_with('/') || name.ends_with('/');
    !name.is_empty() && name.len() <= 200 && name.chars().all(fits) && !ends_with_slash
}

fn ranges(config: &Config, findings: &mut Findings<'_>) {
    let (server, limits, worker) = (&config.server, &config.limits, &config.worker);
    for (key, value, least, most) in [
        ("server.workers", u64::from(server.workers.unwrap_or(1)), 1, 1_024),
        ("server.request_timeout_ms", server.request_timeout_ms, 100, 300_000),
        ("server.max_body_bytes", server.max_body_bytes, 1_024, 16_777_216),
        ("database.max_connections", u64::from(config.database.max_connections), 1, 1_000),
        ("keys.cache_seconds", config.keys.cache_seconds, 1, 3_600),
        ("keys.backup_days", config.keys.backup_days, 1, 365),
        ("tokens.refresh_seconds", config.tokens.refresh_seconds, 30, 86_400),
        ("limits.query_bytes", limits.query_bytes, 256, 1_048_576),
        ("limits.tokens", limits.tokens, 64, 100_000),
        ("limits.depth", limits.depth, 3, 30),
        ("limits.aliases", limits.aliases, 1, 1_000),
        ("limits.root_fields", limits.root_fields, 1, 1_000),
        ("limits.cost", limits.cost, 100, 1_000_000),
        ("limits.batch", u64::from(limits.batch), 0, 100),
        ("limits.requests_per_minute", u64::from(limits.requests_per_minute), 1, 10_000_000),
        ("limits.subjects_per_hour", u64::from(limits.subjects_per_hour), 1, 1_000_000),
        ("limits.concurrent_requests", u64::from(limits.concurrent_requests), 1, 10_000),
        ("limits.queue", u64::from(limits.queue), 0, 100_000),
        ("limits.queue_wait_ms", limits.queue_wait_ms, 0, 60_000),
        ("limits.sockets", u64::from(limits.sockets), 0, 100_000),
        ("limits.sockets_per_tenant", u64::from(limits.sockets_per_tenant), 0, 100_000),
        ("limits.socket_subscriptions", u64::from(limits.socket_subscriptions), 1, 1_000),
        ("limits.socket_init_seconds", limits.socket_init_seconds, 1, 60),
        ("limits.socket_ping_seconds", limits.socket_ping_seconds, 1, 300),
        ("breach.authority_hours", u64::from(config.breach.authority_hours), 1, 720),
        ("audit.sequence_ms", config.audit.sequence_ms, 100, 60_000),
        ("console.idle_minutes", u64::from(config.console.idle_minutes), 5, 480),
        ("console.absolute_hours", u64::from(config.console.absolute_hours), 1, 24),
        ("mail.timeout_seconds", config.mail.timeout_seconds, 1, 45),
        ("exports.lifetime_hours", u64::from(config.exports.lifetime_hours), 1, 2_160),
        ("exports.downloads_per_link", u64::from(config.exports.downloads_per_link), 1, 100),
        ("worker.poll_ms", worker.poll_ms, 10, 60_000),
        ("worker.lease_seconds", worker.lease_seconds, 5, 3_600),
    ] {
        if !(least..=most).contains(&value) {
            findings.form(key, format!("expected a number from {least} to {most}"));
        }
    }
}
