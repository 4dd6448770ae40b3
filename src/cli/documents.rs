//! `documents`: publishes the operations that a front end was built with, lists them and withdraws them.

mod manifest;

use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use clap::{ArgGroup, Args, Subcommand, ValueEnum};
use domain::clock::Clock as _;
use domain::scope::{Scope, Scopes};
use domain::trusted::{DocumentMode, DocumentOwner};
use jiff::civil::Date;
use store::{Address, DeskError, DocumentDesk, Earlier, Publication, StoreError, TrustedDocument};

use super::{settings, terminal};
use crate::app;
use crate::config::Config;
use crate::graphql::DocumentInspector;
use crate::system::SystemClock;
use manifest::Entry;

/// What `documents` takes.
#[derive(Debug, Args)]
pub struct Arguments {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Publishes the documents of a manifest as Relay, graphql-codegen or Apollo write it; all of them, or none.
    Publish(Publish),
    /// Lists owners, and the documents of one.
    List(List),
    /// Withdraws documents: within a second they are as if they had never been.
    Withdraw(Withdraw),
    /// Sets how documents are taken from an owner's callers.
    Mode(SetMode),
}

/// What `documents publish` takes.
#[derive(Debug, Args)]
struct Publish {
    /// The manifest.
    #[arg(long, value_name = "FILE")]
    manifest: PathBuf,
    #[command(flatten)]
    owner: Owner,
    /// The API that the documents are for.
    #[arg(long, value_enum, default_value_t = Api::Gateway)]
    api: Api,
    /// How documents are taken from the owner's callers from now on; as it was when left out, and `prefer` at first.
    #[arg(long, value_enum)]
    mode: Option<Mode>,
    /// The most scopes that a token counts as having with these documents, separated by blanks.
    #[arg(long, value_name = "SCOPES", value_parser = scopes)]
    scope: Option<Ceiling>,
    /// The first day on which they are as if they had never been.
    #[arg(long, value_name = "DATE", value_parser = date)]
    expires: Option<Date>,
    /// Withdraws everything else that the owner has published. Clients of earlier releases are refused then.
    #[arg(long)]
    replace: bool,
    #[command(flatten)]
    database: Place,
}

/// What `documents list` takes.
#[derive(Debug, Args)]
struct List {
    /// Whose documents; the owners alone when left out.
    #[arg(long, value_name = "OWNER", value_parser = owner)]
    owner: Option<DocumentOwner>,
    #[command(flatten)]
    database: Place,
}

/// What `documents withdraw` takes.
#[derive(Debug, Args)]
struct Withdraw {
    #[command(flatten)]
    owner: Owner,
    /// The identifier of a document; may be given several times. All of the owner's when left out.
    #[arg(long = "id", value_name = "ID")]
    ids: Vec<String>,
    #[command(flatten)]
    database: Place,
}

/// What `documents mode` takes.
#[derive(Debug, Args)]
struct SetMode {
    /// The mode.
    #[arg(value_enum)]
    mode: Mode,
    #[command(flatten)]
    owner: Owner,
    #[command(flatten)]
    database: Place,
}

/// Whose documents.
#[derive(Debug, Args)]
struct Owner {
    /// `client:CLIENT_ID` (the tokens' `client_id`) or `tenant:TENANT_ID`.
    #[arg(long, value_name = "OWNER", value_parser = owner)]
    owner: DocumentOwner,
}

/// Where they are kept.
#[derive(Debug, Args)]
#[command(group(ArgGroup::new("database").required(true).args(["data_dir", "database_url", "config"])))]
struct Place {
    /// The data folder of a gateway on SQLite, with `gateway.db`; it may be running.
    #[arg(long, value_name = "DIR")]
    data_dir: Option<PathBuf>,
    /// The address of the data's database; on PostgreSQL as the operator's role.
    #[arg(long, value_name = "URL")]
    database_url: Option<String>,
    /// The configuration file of the gateway.
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Api {
    /// The tenants'. The operator's takes texts alone.
    Gateway,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Mode {
    /// Texts, and identifiers of published documents.
    Prefer,
    /// Published documents alone.
    Require,
}

/// A list of scopes as one argument.
#[derive(Debug, Clone)]
struct Ceiling(Scopes);

impl From<Mode> for DocumentMode {
    fn from(mode: Mode) -> Self {
        match mode {
            Mode::Prefer => Self::Prefer,
            Mode::Require => Self::Require,
        }
    }
}

fn owner(text: &str) -> Result<DocumentOwner, String> {
    DocumentOwner::parse(text).ok_or_else(|| {
        "expected client:CLIENT_ID, or tenant: and an id such as tenant_01h2xcejqtf2nbrexx3vqjhp41".to_owned()
    })
}

fn date(text: &str) -> Result<Date, String> {
    text.parse().map_err(|_| "expected a date such as 2027-12-31".to_owned())
}

fn scopes(text: &str) -> Result<Ceiling, String> {
    let known = |one: &str| Scope::from_text(one).ok_or_else(|| format!("there is no scope {one}"));
    text.split_whitespace().map(known).collect::<Result<_, _>>().map(Ceiling)
}

/// Publishes, lists or withdraws.
///
/// # Errors
/// When something is wrong with the manifest or a document, or the database refuses.
pub async fn run(arguments: Arguments) -> anyhow::Result<()> {
    match arguments.action {
        Action::Publish(arguments) => publish(arguments).await,
        Action::List(arguments) => list(arguments).await,
        Action::Withdraw(arguments) => withdraw(arguments).await,
        Action::Mode(arguments) => set_mode(arguments).await,
    }
}

async fn publish(arguments: Publish) -> anyhow::Result<()> {
    let Publish { manifest, owner: Owner { owner }, mode, scope, expires, replace, database, api } =
        arguments;
    let Api::Gateway = api;
    let config = database.config()?;
    let text = std::fs::read_to_string(&manifest)
        .with_context(|| format!("{} cannot be read", manifest.display()))?;
    let entries = manifest::read(&text).with_context(|| manifest.display().to_string())?;
    let inspector = DocumentInspector::new(app::api_limits(&config), config.limits.cost);
    let documents = checked(entries, &inspector, (scope, expires)).await?;
    let earlier = if replace { Earlier::Go } else { Earlier::Stay };
    let publication = Publication { owner, mode: mode.map(DocumentMode::from), documents, earlier };
    let desk = database.open(&config).await?;
    let done = desk.publish(publication, SystemClock.now()).await.map_err(explained)?;
    terminal::say(&format!(
        "{} added, {} changed, {} unchanged, {} withdrawn",
        done.added, done.changed, done.unchanged, done.withdrawn
    ));
    Ok(())
}

/// Every document of a manifest, looked at as the API would; what is wrong is told of all of them at once.
async fn checked(
    entries: Vec<Entry>,
    inspector: &DocumentInspector,
    (scope, expires_on): (Option<Ceiling>, Option<Date>),
) -> anyhow::Result<Vec<TrustedDocument>> {
    let ceiling = scope.map(|Ceiling(scopes)| scopes);
    let mut faults = Vec::new();
    let mut documents = Vec::new();
    for entry in entries {
        if let Err(fault) = inspector.inspect(&entry.text).await {
            faults.push(format!("{}: {fault}", entry.title()));
        }
        let Entry { id, sha256, text, name } = entry;
        documents.push(TrustedDocument { id, sha256, text, name, ceiling: ceiling.clone(), expires_on });
    }
    if faults.is_empty() {
        return Ok(documents);
    }
    bail!("nothing was published, correct these and publish again:\n{}", faults.join("\n"))
}

async fn list(arguments: List) -> anyhow::Result<()> {
    let desk = arguments.database.open(&arguments.database.config()?).await?;
    for known in desk.owners().await? {
        if arguments.owner.as_ref().is_none_or(|owner| *owner == known.owner) {
            terminal::say(&format!("{}  {}", known.owner, known.mode.code()));
        }
    }
    let Some(owner) = arguments.owner else { return Ok(()) };
    for document in desk.documents(&owner).await? {
        let sha256 = hex::encode(document.sha256);
        let name = document.name.as_deref().unwrap_or("-");
        let scopes = document.ceiling.map_or_else(
            || "all scopes".to_owned(),
            |scopes| scopes.into_iter().map(Scope::text).collect::<Vec<_>>().join(" "),
        );
        let expires = document.expires_on.map_or_else(|| "never".to_owned(), |day| day.to_string());
        terminal::say(&format!("  {}  {name}  sha256:{sha256}  expires {expires}  {scopes}", document.id));
    }
    Ok(())
}

async fn withdraw(arguments: Withdraw) -> anyhow::Result<()> {
    let Withdraw { owner: Owner { owner }, ids, database } = arguments;
    let desk = database.open(&database.config()?).await?;
    let withdrawn = desk.withdraw(&owner, &ids).await.map_err(explained)?;
    terminal::say(&format!("{withdrawn} withdrawn"));
    if withdrawn < ids.len() {
        bail!("{} of the identifiers named no document of {owner}", ids.len() - withdrawn);
    }
    Ok(())
}

async fn set_mode(arguments: SetMode) -> anyhow::Result<()> {
    let SetMode { mode, owner: Owner { owner }, database } = arguments;
    let desk = database.open(&database.config()?).await?;
    let mode = DocumentMode::from(mode);
    desk.set_mode(&owner, mode).await.map_err(explained)?;
    terminal::say(&format!("{owner}  {}", mode.code()));
    Ok(())
}

fn explained(error: DeskError) -> anyhow::Error {
    match error {
        DeskError::Store(error) => unwritable(error),
        other => other.into(),
    }
}

fn unwritable(error: StoreError) -> anyhow::Error {
    anyhow::Error::new(error)
        .context("nothing was changed: is the database migrated, and on PostgreSQL the role the operator's?")
}

impl Place {
    /// The gateway's configuration; the defaults where a database alone is named.
    fn config(&self) -> anyhow::Result<Config> {
        Ok(match &self.config {
            Some(file) => settings::load(Some(file.as_path()))?,
            None => Config::default(),
        })
    }

    async fn open(&self, config: &Config) -> anyhow::Result<DocumentDesk> {
        let url = match (&self.data_dir, &self.database_url) {
            (Some(folder), _) => embedded(&folder.join("gateway.db"))?,
            (None, Some(url)) => url.clone(),
            (None, None) => {
                let operator = config.database.operator_url.as_ref();
                operator.map_or_else(|| config.database.url(), |url| url.reveal()).to_owned()
            }
        };
        let opened = DocumentDesk::open(&Address { url, max_connections: 1 }).await;
        opened.context("the database cannot be reached")
    }
}

/// The address of a file that is there: opening one that is not would make it.
fn embedded(file: &Path) -> anyhow::Result<String> {
    if !file.is_file() {
        bail!("{} is no file: name the data folder of a gateway on SQLite", file.display());
    }
    let path = file.to_str().with_context(|| format!("{} is no text", file.display()))?;
    Ok(format!("sqlite://{path}"))
}
