//! Where a command finds the databases and the master key that it works with: a demo's folder, or a configuration.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;

use super::audit::sqlite;
use super::demo::folder::Folder;
use super::settings;
use crate::app::Parts;
use crate::config::{Config, Secret};
use crate::system::{SystemClock, SystemEntropy};

/// Secrets come from the configuration, never from the command line.
#[derive(Debug, Args)]
pub(super) struct Place {
    /// The data folder of a demo, with `gateway.db`, `keys.db` and `master.key`; it may not be running.
    #[arg(long, value_name = "DIR", conflicts_with_all = ["database_url", "config"])]
    data_dir: Option<PathBuf>,
    /// The address of the data's database, instead of the configuration's; key store and master key are the
    /// configuration's.
    #[arg(long, value_name = "URL")]
    database_url: Option<String>,
    /// The configuration file of the gateway, which may be running; the environment alone when left out.
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
}

/// What a command works with.
pub(super) struct Taken {
    pub parts: Parts,
    /// A demo's folder, which is the command's alone for as long as this lives.
    pub folder: Option<Folder>,
}

impl Place {
    /// The settings; a demo's folder is taken.
    ///
    /// # Errors
    /// When there is no such folder, a demo runs in it, or the configuration has a wrong form.
    pub(super) fn take(self) -> anyhow::Result<Taken> {
        let folder = self.data_dir.map(|folder| take(&folder)).transpose()?;
        let mut config = match &folder {
            Some(folder) => of_folder(folder)?,
            None => settings::load(self.config.as_deref())?,
        };
        if let Some(url) = self.database_url {
            config.database.url = Some(Secret::new(url));
        }
        let parts = Parts { config, clock: Arc::new(SystemClock), entropy: Arc::new(SystemEntropy) };
        Ok(Taken { parts, folder })
    }
}

fn take(path: &Path) -> anyhow::Result<Folder> {
    sqlite(&path.join("keys.db"))?;
    Folder::take(path)
}

fn of_folder(folder: &Folder) -> anyhow::Result<Config> {
    let mut config = Config::default();
    config.database.url = Some(Secret::new(folder.database("gateway.db")?));
    config.keys.url = Some(Secret::new(folder.database("keys.db")?));
    config.keys.master_key_file = Some(folder.master_key());
    Ok(config)
}
