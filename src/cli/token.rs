//! `token`: mints a development token, with the key of the demo's issuer and no other.

use std::path::PathBuf;
use std::time::Duration;

use anyhow::Context as _;
use auth::development::TokenRequest;
use clap::Args;
use domain::clock::Clock as _;
use domain::id::{SubjectId, TenantId};

use super::demo::issuer;
use super::terminal;
use crate::system::SystemClock;

/// What `token` takes.
#[derive(Debug, Args)]
pub struct Arguments {
    /// The demo's folder.
    #[arg(long, value_name = "DIR")]
    data_dir: PathBuf,
    /// The tenant; an operator's token when left out.
    #[arg(long, value_name = "ID", value_parser = tenant)]
    tenant: Option<TenantId>,
    /// The data subject whose own token it is to be.
    #[arg(long, value_name = "ID", value_parser = subject)]
    subject: Option<SubjectId>,
    /// The scopes, separated by blanks.
    #[arg(long)]
    scope: String,
    /// The client that acts (`client_id`), whose trusted documents the token may name.
    #[arg(long, value_name = "ID")]
    client: Option<String>,
    /// Who is acting.
    #[arg(long, value_name = "NAME", default_value = "developer")]
    actor: String,
    /// How long it is valid, in seconds; the gateway accepts 24 hours at most.
    #[arg(long, value_name = "SECONDS", default_value_t = 3_600, value_parser = clap::value_parser!(u64).range(1..))]
    expires_in: u64,
}

fn tenant(text: &str) -> Result<TenantId, String> {
    TenantId::parse(text).map_err(|_| "expected an id such as tenant_01h2xcejqtf2nbrexx3vqjhp41".to_owned())
}

fn subject(text: &str) -> Result<SubjectId, String> {
    SubjectId::parse(text).map_err(|_| "expected an id such as subject_01h2xcejqtf2nbrexx3vqjhp41".to_owned())
}

/// Prints a token.
///
/// # Errors
/// When the folder does not hold the demo issuer's key.
pub fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let folder = &arguments.data_dir;
    let issuer = issuer::load(folder).with_context(|| {
        format!("{} is no demo's folder: run `privacy-gateway demo` first", folder.display())
    })?;
    let request = TokenRequest {
        tenant: arguments.tenant,
        subject: arguments.subject,
        actor: arguments.actor.clone(),
        scopes: arguments.scope.split_whitespace().map(str::to_owned).collect(),
        lifetime: Duration::from_secs(arguments.expires_in),
        now: SystemClock.now(),
    };
    terminal::say(&issuer.mint_for(&request, arguments.client.as_deref()));
    Ok(())
}
