//! `migrate`: schema migrations of both databases, as the role that owns them.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{logging, settings, terminal};
use crate::app;

/// What `migrate` takes.
#[derive(Debug, Args)]
pub struct Arguments {
    /// What to do.
    action: Action,
    /// The configuration file; the environment alone when left out.
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Action {
    /// Applies what is missing and renews the serving role's rights.
    Up,
    /// Says which migrations are applied.
    Status,
}

/// Migrates, or says what is missing.
///
/// # Errors
/// When the configuration is refused or a database fails.
pub async fn run(arguments: Arguments) -> anyhow::Result<()> {
    let config = settings::load(arguments.config.as_deref())?;
    logging::start(&config.log, logging::Stream::Error)?;
    if let Action::Up = arguments.action {
        app::migrate(&config).await?;
    }
    for step in app::migration_status(&config).await? {
        let state = if step.applied { "applied" } else { "missing" };
        terminal::say(&format!("{:<4}  {state}  {}", step.database, step.name));
    }
    Ok(())
}
