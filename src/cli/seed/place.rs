//! Where made-up data goes, and how it is asked for afterwards.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use auth::development::JWKS_FILE;

use super::Arguments;
use crate::cli::demo::folder::Folder;
use crate::cli::demo::issuer::{self, ALGORITHM, AUDIENCE, ISSUER};
use crate::cli::{files, settings, terminal};
use crate::config::{Config, ProcessorConfig, Secret};
use crate::seed::Plan;
use crate::system::SystemEntropy;

/// The configuration to serve what was made up on SQLite.
const SERVE: &str = "seed.toml";

/// The databases, and the folder of whatever lies beside them.
pub(super) struct Place {
    pub(super) config: Config,
    /// On SQLite the folder, which is this process's alone.
    folder: Option<Folder>,
    /// Where the issuer's key goes.
    tokens: Option<PathBuf>,
}

impl Place {
    /// Reads the configuration and completes it. On SQLite whatever it does not say lies beside the database, as in the folder
    /// of a demo.
    pub(super) fn settle(arguments: Arguments) -> anyhow::Result<Self> {
        let Arguments { database_url: url, data_dir, config, .. } = arguments;
        let mut config = settings::load(config.as_deref())?;
        config.database.url = Some(Secret::new(url.clone()));
        if config.processor.name.is_empty() {
            config.processor = processor();
        }
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            configured(&config)?;
            return Ok(Self { config, folder: None, tokens: data_dir });
        }
        let file = file(&url)?;
        let beside = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let folder = Folder::take(beside)?;
        if config.keys.url.is_none() {
            config.keys.url = Some(Secret::new(folder.database("keys.db")?));
        }
        if config.keys.master_key.is_none() && config.keys.master_key_file.is_none() {
            folder.make_master_key(&SystemEntropy)?;
            config.keys.master_key_file = Some(folder.master_key());
        }
        let tokens = data_dir.unwrap_or_else(|| beside.to_owned());
        Ok(Self { config, folder: Some(folder), tokens: Some(tokens) })
    }

    /// Makes the issuer of tokens, and says how to serve and how to ask.
    pub(super) fn tell(&self, plan: &Plan) -> anyhow::Result<()> {
        let Some(tokens) = &self.tokens else {
            terminal::say(
                "Tokens: give --data-dir DIR, and a key to make test tokens with is put there; or use your own issuer.",
            );
            return Ok(());
        };
        std::fs::create_dir_all(tokens).with_context(|| format!("{} cannot be made", tokens.display()))?;
        issuer::find_or_make(tokens)?;
        let keys = std::path::absolute(tokens.join(JWKS_FILE))?;
        let trusted = format!(
            "[[tokens.issuer]]\nissuer = \"{ISSUER}\"\naudience = \"{AUDIENCE}\"\njwks_file = {}\nalgorithms = \
             [\"{ALGORITHM}\"]\n",
            quoted(&keys)?
        );
        match &self.folder {
            Some(folder) => {
                let file = folder.path().join(SERVE);
                files::replace(&file, &format!("{}\n{trusted}", self.sections(folder)?))
                    .with_context(|| format!("{} cannot be written", file.display()))?;
                terminal::say(&format!("Serve it:  privacy-gateway serve --config {}", file.display()));
            }
            None => {
                terminal::say(&format!(
                    "Serve it with your configuration, and in it for these tokens:\n\n{trusted}"
                ));
            }
        }
        let first = plan.made_up().into_iter().next().map(|tenant| tenant.id.to_string()).unwrap_or_default();
        terminal::say(&format!(
            "A token:   privacy-gateway token --data-dir {} --tenant {first} --scope \"subjects:read consents:read \
             rights:read\"",
            tokens.display()
        ));
        Ok(())
    }

    /// What `serve` needs on SQLite. Budgets are measured and not enforced: a load test is one caller who asks for much.
    fn sections(&self, folder: &Folder) -> anyhow::Result<String> {
        let ProcessorConfig { name, organisation_number, address, email } = &self.config.processor;
        let [name, number, address, email] =
            [name, organisation_number, address, email].map(|text| literal(text));
        let master = self.config.keys.master_key_file.clone().unwrap_or_else(|| folder.master_key());
        let (data, keys) =
            (literal(&absolute(self.config.database.url())?), literal(&absolute(self.config.keys.url())?));
        let measured =
            ["requests_per_minute", "cost_per_minute_token", "cost_per_minute_tenant", "subjects_per_hour"];
        let measured: String = measured.map(|limit| format!("{limit}_mode = \"measure\"\n")).concat();
        Ok(format!(
            "# Serves what `privacy-gateway seed` made up: for load tests on this machine alone.\n\
             [database]\nurl = {data}\n\n[keys]\nurl = {keys}\nmaster_key_file = {}\n\n\
             [processor]\nname = {name}\norganisation_number = {number}\naddress = {address}\nemail = {email}\n\n\
             [limits]\n{measured}",
            quoted(&std::path::absolute(master)?)?
        ))
    }
}

/// The file that an address of SQLite names.
fn file(url: &str) -> anyhow::Result<PathBuf> {
    let Some(path) = url.strip_prefix("sqlite:") else {
        bail!("--database-url: expected sqlite://PATH or postgres://ROLE@HOST/DATABASE");
    };
    let path = path.strip_prefix("//").unwrap_or(path).split('?').next().unwrap_or_default();
    if path.is_empty() || path == ":memory:" || url.contains("mode=memory") {
        bail!(
            "--database-url: what is kept in memory is gone with this command: name a file, as in sqlite://load/gateway.db"
        );
    }
    Ok(PathBuf::from(path))
}

/// What the address alone does not say of PostgreSQL.
fn configured(config: &Config) -> anyhow::Result<()> {
    let mut missing = Vec::new();
    for (name, is_there) in [
        ("database.owner_url (PRIVACY_GATEWAY__DATABASE__OWNER_URL)", config.database.owner_url.is_some()),
        (
            "database.operator_url (PRIVACY_GATEWAY__DATABASE__OPERATOR_URL)",
            config.database.operator_url.is_some(),
        ),
        ("keys.url (PRIVACY_GATEWAY__KEYS__URL)", config.keys.url.is_some()),
        (
            "keys.master_key_file (PRIVACY_GATEWAY__KEYS__MASTER_KEY_FILE)",
            config.keys.master_key.is_some() || config.keys.master_key_file.is_some(),
        ),
    ] {
        if !is_there {
            missing.push(name);
        }
    }
    if missing.is_empty() {
        return Ok(());
    }
    bail!(
        "on PostgreSQL the roles, the key store and the master key are configured as for `serve`, by --config FILE or the \
         environment (docs/seed.md); missing: {}",
        missing.join(", ")
    )
}

/// A processor that nobody takes for a real one.
fn processor() -> ProcessorConfig {
    ProcessorConfig {
        name: "Påhittat biträde AB".to_owned(),
        organisation_number: "559998-0900".to_owned(),
        address: "Exempelgatan 1, 990 01 Provstad".to_owned(),
        email: "info@example.com".to_owned(),
    }
}

/// The address of a file from wherever it is read.
fn absolute(url: &str) -> anyhow::Result<String> {
    let path = std::path::absolute(file(url)?)?;
    Ok(format!("sqlite://{}", path.to_str().context("the folder's name is not Unicode: choose another")?))
}

fn quoted(path: &Path) -> anyhow::Result<String> {
    Ok(literal(path.to_str().context("the folder's name is not Unicode: choose another")?))
}

/// A text as TOML writes it, which is as JSON does.
fn literal(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_a_file_or_is_refused() {
        for (url, expected) in [
            ("sqlite://load/gateway.db", Some("load/gateway.db")),
            ("sqlite:///srv/gateway.db?mode=rwc", Some("/srv/gateway.db")),
            ("sqlite:gateway.db", Some("gateway.db")),
            ("sqlite::memory:", None),
            ("sqlite://x?mode=memory", None),
            ("mysql://x/y", None),
            ("", None),
        ] {
            assert_eq!(file(url).ok().as_deref(), expected.map(Path::new), "{url}");
        }
    }

    #[test]
    fn postgresql_names_everything_that_is_missing() {
        let told = configured(&Config::default()).unwrap_err().to_string();
        for name in ["owner_url", "operator_url", "keys.url", "master_key_file"] {
            assert!(told.contains(name), "{told}");
        }
    }
}
