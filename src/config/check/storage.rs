//! Databases and keys: what would let a copy of the one open the other.

use super::super::location::{Location, requires_tls, role};
use super::super::{Config, Secret};
use super::{Findings, keys};

pub(super) fn check(config: &Config, findings: &mut Findings<'_>) {
    let data = address("database.url", config.database.url(), findings);
    let keys = address("keys.url", config.keys.url(), findings);
    if data.is_some() && data == keys && data != Some(Location::Memory) {
        findings.danger(
            "keys.url",
            "the keys would lie in the database that they protect, and in its backups; give them a database of \
             their own",
        );
    }
    if let (Some(Location::Server(_)), Some(Location::Server(_))) = (&data, &keys)
        && data != keys
        && role(config.database.url()) != role(config.keys.url())
    {
        findings.form(
            "keys.url",
            "logs in as another role than database.url; migrations give one role its rights",
        );
    }
    let (database, keys) = (&config.database, &config.keys);
    owner("database", (database.url(), database.owner_url.as_ref()), config, findings);
    owner("keys", (keys.url(), keys.owner_url.as_ref()), config, findings);
    operator(config, findings);
    keys::check(config, findings);
}

/// The operator API reaches the data's database as a role of its own, which can read nothing about data subjects.
fn operator(config: &Config, findings: &mut Findings<'_>) {
    let key = "database.operator_url";
    let (url, operator) = (config.database.url(), config.database.operator_url.as_ref());
    let Ok(application @ Location::Server(_)) = Location::parse(url) else {
        if operator.is_some() {
            findings.form(key, "SQLite has no roles; leave it out");
        }
        return;
    };
    let Some(operator) = operator.map(Secret::reveal) else {
        findings.form(
            key,
            "is missing: the operator API needs a role of its own, which can read nothing about data subjects",
        );
        return;
    };
    let owner = config.database.owner_url.as_ref().map(|owner| role(owner.reveal()));
    match Location::parse(operator) {
        Ok(location) if location != application => findings.form(key, "names another database than database.url"),
        Ok(_) if role(operator) == role(url) || Some(role(operator)) == owner => findings.danger(
            key,
            "the role that serves tenants or owns the tables can read data about data subjects; the operator API needs \
             a role of its own",
        ),
        Ok(Location::Server(server)) if !server.is_local() && !requires_tls(operator) => {
            findings.warn(key, "the connection may be unencrypted; add sslmode=verify-full");
        }
        Ok(_) => {}
        Err(form) => findings.form(key, form),
    }
}

fn address(key: &str, text: &str, findings: &mut Findings<'_>) -> Option<Location> {
    match Location::parse(text) {
        Ok(Location::Memory) => {
            findings.danger(key, "what is kept in memory is lost with the process");
            Some(Location::Memory)
        }
        Ok(Location::Server(server)) => {
            if !server.is_local() && !requires_tls(text) {
                findings.warn(key, "the connection may be unencrypted; add sslmode=verify-full");
            }
            Some(Location::Server(server))
        }
        Ok(file) => Some(file),
        Err(form) => {
            findings.form(key, form);
            None
        }
    }
}

fn owner(section: &str, (url, owner): (&str, Option<&Secret>), config: &Config, findings: &mut Findings<'_>) {
    let key = format!("{section}.owner_url");
    let Ok(application @ Location::Server(_)) = Location::parse(url) else {
        if owner.is_some() {
            findings.form(&key, "SQLite has no roles; leave it out");
        }
        return;
    };
    let Some(owner) = owner else {
        if config.database.migrate_at_start {
            findings.form(
                &key,
                "is missing: migrations run as the role that owns the tables; give it, or set \
                 database.migrate_at_start = false and run `privacy-gateway migrate up` beforehand",
            );
        }
        return;
    };
    match Location::parse(owner.reveal()) {
        Ok(location) if location != application => {
            findings.form(&key, format!("names another database than {section}.url"));
        }
        Ok(_) if role(owner.reveal()) == role(url) => findings.danger(
            &key,
            "row-level security does not bind the owner of a table; the application needs a role of its own",
        ),
        Ok(_) => {}
        Err(form) => findings.form(&key, form),
    }
}

#[cfg(unix)]
pub(super) fn others_may_read(file: &std::fs::Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    file.mode() & 0o007 != 0
}

#[cfg(not(unix))]
pub(super) fn others_may_read(_file: &std::fs::Metadata) -> bool {
    false
}
