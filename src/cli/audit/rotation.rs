//! Retiring the key that signs the heads.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::bail;
use clap::Args;
use store::StoreError;

use super::sqlite;
use crate::app::{self, AppError, Parts};
use crate::cli::demo::folder::Folder;
use crate::cli::{settings, terminal};
use crate::config::{Config, Secret};
use crate::system::{SystemClock, SystemEntropy};

/// What `audit rotate-key` takes. Secrets come from the configuration, never from the command line.
#[derive(Debug, Args)]
pub(super) struct RotateKey {
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

/// Retires the present key and makes a new one.
pub(super) async fn rotate(arguments: RotateKey) -> anyhow::Result<()> {
    let RotateKey { data_dir, database_url, config } = arguments;
    // Held until the key is made: a demo that runs is the only one to touch its folder.
    let folder = data_dir.map(|folder| take(&folder)).transpose()?;
    let mut config = match &folder {
        Some(folder) => of_folder(folder)?,
        None => settings::load(config.as_deref())?,
    };
    if let Some(url) = database_url {
        config.database.url = Some(Secret::new(url));
    }
    let parts = Parts { config, clock: Arc::new(SystemClock), entropy: Arc::new(SystemEntropy) };
    let rotated = app::rotate_signing_key(parts).await.map_err(explained)?;
    let Some([retired, new]) = rotated else {
        bail!("there is no signing key yet: the first head of a log makes it");
    };
    terminal::say(&format!("retired:           {retired}"));
    terminal::say(&format!("signs from now on: {new}"));
    terminal::say(
        "The next head of each log is signed by both. Publish the new verifier key, and keep the retired one for the \
         heads from before.",
    );
    Ok(())
}

fn explained(error: AppError) -> anyhow::Error {
    let text = match &error {
        AppError::Store(StoreError::Tampered { .. }) => {
            "no key was retired: the master key is not the one under which the present key is kept"
        }
        _ => "no key was retired",
    };
    anyhow::Error::new(error).context(text)
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
