//! `audit`: verifies logs, in a database or exported, and certificates; exports a log, and retires the key that signs them.

mod certificate;
mod database;
mod export;
mod folder;
mod keys;
mod rotation;
mod verdict;

use std::path::PathBuf;

use anyhow::{Context as _, bail};
use clap::{ArgGroup, Args, Subcommand};
use domain::id::TenantId;
use tlog::{Checkpoint, Note};

use keys::PlatformKey;

/// What `audit` takes.
#[derive(Debug, Args)]
pub struct Arguments {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Checks every entry of a log against its signed heads, or a certificate against its proof, and says what is wrong and where:
    /// exit 1 if anything is.
    Verify(Verify),
    /// Writes a tenant's log into an empty folder, for others to verify.
    Export(Export),
    /// Retires the key that signs the heads and makes a new one, for which the retired one vouches.
    RotateKey(rotation::RotateKey),
}

/// What `audit verify` takes.
#[derive(Debug, Args)]
#[command(group(ArgGroup::new("source").required(true).args(["data_dir", "database_url", "export", "certificate"])))]
struct Verify {
    #[command(flatten)]
    databases: Databases,
    /// The folder of an export.
    #[arg(long, value_name = "DIR")]
    export: Option<PathBuf>,
    /// The JSON file of a certificate: that its statement is the one that an entry of the log vouches for.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["tenant", "checkpoint"])]
    certificate: Option<PathBuf>,
    /// The tenant; all of a database's when left out.
    #[arg(long, value_name = "ID", value_parser = tenant)]
    tenant: Option<TenantId>,
    /// A key that may have signed heads, as `verifier-keys` lists it, or with the platform's name alone; may be given several
    /// times. When left out, the keys beside the log are taken, which are its own word.
    #[arg(long = "verifier-key", value_name = "KEY", value_parser = PlatformKey::parse)]
    keys: Vec<PlatformKey>,
    /// A head of the log that was kept from an earlier time, which the log must extend.
    #[arg(long, value_name = "FILE", value_parser = checkpoint)]
    checkpoint: Option<Checkpoint>,
}

/// What `audit export` takes.
#[derive(Debug, Args)]
#[command(group(ArgGroup::new("source").required(true).args(["data_dir", "database_url"])))]
struct Export {
    #[command(flatten)]
    databases: Databases,
    /// The tenant.
    #[arg(long, value_name = "ID", value_parser = tenant)]
    tenant: TenantId,
    /// Where to: a folder that is empty, or is made.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// A key that the export is to list, where there is no key store to read them from.
    #[arg(long = "verifier-key", value_name = "KEY", value_parser = PlatformKey::parse)]
    keys: Vec<PlatformKey>,
}

/// Where logs lie.
#[derive(Debug, Args)]
struct Databases {
    /// The data folder of a gateway on SQLite, with `gateway.db` and `keys.db`; it may be running.
    #[arg(long, value_name = "DIR")]
    data_dir: Option<PathBuf>,
    /// The address of the data's database. It has no key store beside it, so that `--verifier-key` is needed.
    #[arg(long, value_name = "URL", requires = "keys")]
    database_url: Option<String>,
}

/// What logs are held against.
struct Trust {
    keys: Vec<PlatformKey>,
    earlier: Option<Checkpoint>,
}

fn tenant(text: &str) -> Result<TenantId, String> {
    TenantId::parse(text).map_err(|_| "expected an id such as tenant_01h2xcejqtf2nbrexx3vqjhp41".to_owned())
}

fn checkpoint(path: &str) -> Result<Checkpoint, String> {
    let note = std::fs::read_to_string(path).map_err(|error| error.to_string())?;
    let note = Note::parse(&note).map_err(|error| error.to_string())?;
    Checkpoint::parse(note.text()).map_err(|error| error.to_string())
}

/// Verifies, exports or retires.
///
/// # Errors
/// When something is wrong with a log, or it or a key cannot be read or written.
pub async fn run(arguments: Arguments) -> anyhow::Result<()> {
    match arguments.action {
        Action::Verify(arguments) => verify(arguments).await,
        Action::Export(arguments) => export::write(arguments).await,
        Action::RotateKey(arguments) => rotation::rotate(arguments).await,
    }
}

async fn verify(arguments: Verify) -> anyhow::Result<()> {
    let Verify { databases, export, certificate, tenant, keys, checkpoint } = arguments;
    if let Some(file) = certificate {
        return certificate::verify(&file, &keys);
    }
    let trust = Trust { keys, earlier: checkpoint };
    let verdicts = match export {
        Some(folder) => {
            let verdict = folder::verify(&folder, &trust)?;
            if let Some(tenant) = tenant
                && keys::tenant_of(&verdict.name) != Some(tenant)
            {
                bail!("{} is an export of {}, not of {tenant}", folder.display(), verdict.name);
            }
            verdict.tell();
            vec![(verdict.name.clone(), verdict.is_sound())]
        }
        None => database::verify(&databases, tenant, &trust).await?,
    };
    if let Some(earlier) = &trust.earlier
        && !verdicts.iter().any(|(name, _)| *name == earlier.origin)
    {
        bail!("the earlier checkpoint is one of {:?}, of which there is no log here", earlier.origin);
    }
    match verdicts.iter().filter(|(_, sound)| !sound).count() {
        0 => Ok(()),
        bad => bail!("{bad} of {} logs are not sound", verdicts.len()),
    }
}

impl Databases {
    /// The address of the data.
    fn data(&self) -> anyhow::Result<String> {
        match (&self.data_dir, &self.database_url) {
            (Some(folder), _) => sqlite(&folder.join("gateway.db")),
            (None, Some(url)) => Ok(url.clone()),
            (None, None) => bail!("nothing to read was named"),
        }
    }

    /// The keys given, or else those of the key store; the latter are the platform's own word about itself.
    async fn keys(&self, given: &[PlatformKey], origin: &str) -> anyhow::Result<Vec<PlatformKey>> {
        match &self.data_dir {
            Some(folder) if given.is_empty() => {
                let public = store::archived_keys(&sqlite(&folder.join("keys.db"))?).await?;
                Ok(public.into_iter().filter_map(|public| PlatformKey::new(origin, public)).collect())
            }
            _ => Ok(given.to_vec()),
        }
    }
}

/// The address of a file that is there: opening one that is not would make it.
pub(super) fn sqlite(file: &std::path::Path) -> anyhow::Result<String> {
    if !file.is_file() {
        bail!("{} is no file: name the data folder of a gateway on SQLite", file.display());
    }
    let path = file.to_str().with_context(|| format!("{} is no text", file.display()))?;
    Ok(format!("sqlite://{path}"))
}
