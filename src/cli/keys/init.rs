//! Making a master key.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use clap::Args;
use domain::clock::Clock as _;
use store::{FileKeeper, MasterKey};
use zeroize::Zeroizing;

use crate::app;
use crate::cli::{files, settings, terminal};
use crate::config::KeeperKind;
use crate::system::{SystemClock, SystemEntropy};

/// What `keys init` takes.
#[derive(Debug, Args)]
pub(super) struct Init {
    /// The file to make, instead of the configuration's.
    #[arg(long, value_name = "FILE", conflicts_with = "config")]
    file: Option<PathBuf>,
    /// The configuration file of the gateway; the environment alone when left out.
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Puts a newer key beside those in the file: it wraps from then on, and the others still unwrap.
    #[arg(long)]
    add: bool,
}

/// Makes the key where it is to be kept.
pub(super) fn make(arguments: &Init) -> anyhow::Result<()> {
    if let Some(file) = &arguments.file {
        return in_file(file, arguments);
    }
    let config = settings::load(arguments.config.as_deref())?;
    match config.keys.keeper() {
        KeeperKind::File => {
            let file = config
                .keys
                .master_key_file
                .context("no file is named: give keys.master_key_file in the configuration, or --file")?;
            in_file(&file, arguments)
        }
        KeeperKind::Environment => {
            bail!("a key in the environment is made by whoever sets it: `openssl rand -base64 32`")
        }
        KeeperKind::Pkcs11 => {
            let made = app::make_token_keys(&config.keys)?;
            if made.is_empty() {
                bail!("the token holds every key that keys.pkcs11_keys names: add the label of a newer one");
            }
            for label in made {
                terminal::say(&format!("made {label:?}; it cannot leave the token"));
            }
            Ok(())
        }
    }
}

fn in_file(file: &Path, arguments: &Init) -> anyhow::Result<()> {
    if arguments.add { add(file) } else { create(file) }
}

/// A line of the file: the key, and since when it is.
fn line() -> (MasterKey, Zeroizing<String>) {
    let key = MasterKey::generate(&SystemEntropy);
    let text = Zeroizing::new(format!("{} {}\n", *key.to_base64(), SystemClock.now()));
    (key, text)
}

fn create(file: &Path) -> anyhow::Result<()> {
    let (key, text) = line();
    match files::create(file, &text) {
        Ok(()) => {}
        Err(error) if error.kind() == ErrorKind::AlreadyExists => bail!(
            "{} is there already, and what lies under its key would be lost with it: --add puts a newer key beside it",
            file.display()
        ),
        Err(error) => {
            return Err(error).with_context(|| format!("{} cannot be made", file.display()));
        }
    }
    terminal::say(&format!("made {} with the master key {}", file.display(), key.id()));
    terminal::say(
        "Keep a copy offline, away from every backup of the databases: without it nothing can be read again.",
    );
    Ok(())
}

fn add(file: &Path) -> anyhow::Result<()> {
    // What is no list of keys must not get another line.
    FileKeeper::open(file)?;
    let unreadable = || format!("{} cannot be read", file.display());
    let mut text = Zeroizing::new(fs::read_to_string(file).with_context(unreadable)?);
    if !text.ends_with('\n') {
        text.push('\n');
    }
    let (key, line) = line();
    text.push_str(&line);
    files::extend(file, &text).with_context(|| format!("{} cannot be written", file.display()))?;
    terminal::say(&format!("added the master key {} to {}", key.id(), file.display()));
    terminal::say(
        "It wraps from now on, here. Give every gateway and worker this file, then run `privacy-gateway keys rotate --master`.",
    );
    Ok(())
}
