//! `keys`: the master key, the keys of tenants, and what lies under which.

mod init;
mod rotate;
mod status;

use clap::{Args, Subcommand};

/// What `keys` takes.
#[derive(Debug, Args)]
pub struct Arguments {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Makes a master key, or a newer one beside those that there are.
    Init(init::Init),
    /// Moves what lies under a former key to the present one. Stopped anywhere, it is gone on with by running it again.
    Rotate(rotate::Rotate),
    /// Says which keys lie under which, how old they are, and what is left of a rotation.
    Status(status::Status),
}

/// Makes, rotates or tells.
///
/// # Errors
/// When the configuration, the keeper of the master key or a database fails, or a rotation cannot be finished yet.
pub async fn run(arguments: Arguments) -> anyhow::Result<()> {
    match arguments.action {
        Action::Init(arguments) => init::make(&arguments),
        Action::Rotate(arguments) => rotate::rotate(arguments).await,
        Action::Status(arguments) => status::tell(arguments).await,
    }
}
