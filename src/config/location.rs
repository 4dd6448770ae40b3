//! What a database address says, as far as safety depends on it.

use std::path::{Path, PathBuf};

use url::Url;

/// A place where a database can be.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Location {
    /// A file, absolute and without links as far as it exists.
    File(PathBuf),
    /// Memory that ends with the process.
    Memory,
    /// A PostgreSQL database.
    Server(Server),
}

/// A PostgreSQL database, without who logs in.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Server {
    pub(super) host: String,
    pub(super) port: u16,
    pub(super) database: String,
}

impl Location {
    /// Reads an address; the error says what an address looks like and repeats nothing of it.
    pub(super) fn parse(text: &str) -> Result<Self, &'static str> {
        const FORMS: &str = "expected sqlite://PATH or postgres://ROLE@HOST/DATABASE";
        if let Some(rest) = text.strip_prefix("sqlite:") {
            let path = rest.strip_prefix("//").unwrap_or(rest);
            let (path, options) = path.split_once('?').unwrap_or((path, ""));
            return match path {
                ":memory:" => Ok(Self::Memory),
                _ if options.contains("mode=memory") => Ok(Self::Memory),
                "" => Err(FORMS),
                path => Ok(Self::File(settled(Path::new(path)))),
            };
        }
        let url = Url::parse(text).map_err(|_| FORMS)?;
        let database = url.path().trim_start_matches('/').to_owned();
        if !matches!(url.scheme(), "postgres" | "postgresql")
            || database.is_empty()
            || url.username().is_empty()
        {
            return Err(FORMS);
        }
        let named = url.query_pairs().find(|(name, _)| name == "host").map(|(_, host)| host.into_owned());
        let host = named.unwrap_or_else(|| url.host_str().unwrap_or("localhost").to_owned());
        Ok(Self::Server(Server { host, port: url.port().unwrap_or(5432), database }))
    }
}

/// The role that an address logs in as; empty when it names none.
pub(super) fn role(text: &str) -> String {
    Url::parse(text).map(|url| url.username().to_owned()).unwrap_or_default()
}

/// Whether an address asks for a connection that is encrypted for sure.
pub(super) fn requires_tls(text: &str) -> bool {
    let Ok(url) = Url::parse(text) else { return false };
    url.query_pairs().any(|(name, mode)| {
        matches!(&*name, "sslmode" | "ssl-mode") && matches!(&*mode, "require" | "verify-ca" | "verify-full")
    })
}

impl Server {
    /// Whether it is on this machine: a loopback address or a socket's folder.
    pub(super) fn is_local(&self) -> bool {
        self.host.starts_with('/') || is_loopback(&self.host)
    }
}

/// Whether a host name or address is this machine.
pub(super) fn is_loopback(host: &str) -> bool {
    let address = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost"
        || host.ends_with(".localhost")
        || address.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// Two names of one file must read the same: links are followed where the file, or at least its folder, exists.
fn settled(path: &Path) -> PathBuf {
    if let Ok(path) = path.canonicalize() {
        return path;
    }
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    match (absolute.parent().and_then(|parent| parent.canonicalize().ok()), absolute.file_name()) {
        (Some(parent), Some(name)) => parent.join(name),
        _ => absolute,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_says_where_the_database_is() {
        let server = |host: &str, port, database: &str| {
            Ok(Location::Server(Server { host: host.to_owned(), port, database: database.to_owned() }))
        };
        for (text, expected) in [
            ("sqlite:///var/no-such/a.db", Ok(Location::File("/var/no-such/a.db".into()))),
            ("sqlite:/var/no-such/a.db?mode=rwc", Ok(Location::File("/var/no-such/a.db".into()))),
            ("sqlite::memory:", Ok(Location::Memory)),
            ("sqlite://x?mode=memory", Ok(Location::Memory)),
            ("postgres://app@db.example/gateway", server("db.example", 5432, "gateway")),
            ("postgresql://app:x@db.example:6432/gateway", server("db.example", 6432, "gateway")),
            ("postgres://app@localhost/gateway?host=/run/pg", server("/run/pg", 5432, "gateway")),
        ] {
            assert_eq!(Location::parse(text), expected, "{text}");
        }
        for text in [
            "",
            "sqlite:",
            "mysql://a/b",
            "postgres://db.example",
            "postgres://db.example/gateway",
            "gateway.db",
        ] {
            assert!(Location::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn loopback_is_this_machine_and_nothing_that_looks_like_it() {
        for (host, expected) in [
            ("localhost", true),
            ("127.0.0.1", true),
            ("127.8.8.8", true),
            ("[::1]", true),
            ("::1", true),
            ("localhost.example", false),
            ("127.0.0.1.example", false),
            ("0.0.0.0", false),
        ] {
            assert_eq!(is_loopback(host), expected, "{host}");
        }
    }
}
