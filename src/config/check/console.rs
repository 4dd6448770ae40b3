//! The console: a sign-in that could not succeed.

use url::Url;

use super::super::location::is_loopback;
use super::super::{Config, ConsoleConfig};
use super::Findings;

pub(super) fn check(config: &Config, findings: &mut Findings<'_>) {
    let console = &config.console;
    let Some(issuer) = &console.issuer else {
        let (idle_minutes, absolute_hours) = (console.idle_minutes, console.absolute_hours);
        if *console != (ConsoleConfig { idle_minutes, absolute_hours, ..ConsoleConfig::default() }) {
            findings.form("console.issuer", "is missing: name an issuer, or leave the whole section out");
        }
        return;
    };
    if !config.tokens.issuer.iter().any(|known| known.issuer == *issuer) {
        findings.form("console.issuer", "is none of tokens.issuer: its tokens would open nothing");
    }
    let url = Url::parse(issuer).ok();
    let is_safe = |url: &Url| url.scheme() == "https" || url.host_str().is_some_and(is_loopback);
    if !url.as_ref().is_some_and(is_safe) {
        findings.danger(
            "console.issuer",
            "people would sign in where anyone on the way reads along; it must be an https address",
        );
    }
    if console.client_id.as_ref().is_none_or(|id| id.trim().is_empty()) {
        findings.form("console.client_id", "is missing: register the gateway as a client of the issuer");
    }
    if console.client_secret.as_ref().is_none_or(|secret| secret.reveal().is_empty()) {
        findings.form("console.client_secret", "is missing: name its file in console.client_secret_file");
    }
    if !console.scope.split(' ').any(|scope| scope == "openid") {
        findings.form("console.scope", "must hold openid: without it the issuer does not say who signed in");
    }
}
