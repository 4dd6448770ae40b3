//! The commands of the binary.

mod audit;
mod demo;
mod documents;
mod files;
mod healthcheck;
mod keys;
mod logging;
mod metrics;
mod migrate;
mod place;
mod schema;
mod seed;
mod serve;
mod settings;
mod signals;
mod terminal;
mod token;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// The one door to personal data that a processor holds for its customers.
#[derive(Debug, Parser)]
#[command(name = "privacy-gateway", version, arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Sets everything up below a folder, loads demo tenants and serves on 127.0.0.1.
    Demo(demo::Arguments),
    /// Serves: gateway and worker in one process, or one of them.
    Serve(serve::Arguments),
    /// Migrates both databases, or says what is missing.
    Migrate(migrate::Arguments),
    /// Prints a GraphQL schema.
    Schema(schema::Arguments),
    /// Mints a development token with the demo issuer's key.
    Token(token::Arguments),
    /// Fills an empty database with made-up tenants and people, for load tests.
    Seed(seed::Arguments),
    /// Verifies audit logs, exports one, or retires their signing key.
    Audit(audit::Arguments),
    /// Publishes the operations of a front end, lists them and withdraws them.
    Documents(documents::Arguments),
    /// Makes a master key, rotates master and tenant keys, and says which keys lie under which.
    Keys(keys::Arguments),
    /// Asks a running gateway whether it is ready: exit 0 or 1.
    Healthcheck(healthcheck::Arguments),
}

/// Reads the command line and carries the command out: exit 0 when it did, 1 when it failed, 2 when the command line
/// is wrong.
pub async fn run() -> ExitCode {
    let cli = Cli::parse();
    // One cryptographic library for all; it is an error only when it is already the one.
    drop(rustls::crypto::aws_lc_rs::default_provider().install_default());
    let done = match cli.command {
        Command::Demo(arguments) => demo::run(arguments).await,
        Command::Serve(arguments) => serve::run(arguments).await,
        Command::Migrate(arguments) => migrate::run(arguments).await,
        Command::Schema(arguments) => schema::run(&arguments),
        Command::Token(arguments) => token::run(&arguments),
        Command::Seed(arguments) => Box::pin(seed::run(arguments)).await,
        Command::Audit(arguments) => audit::run(arguments).await,
        Command::Documents(arguments) => Box::pin(documents::run(arguments)).await,
        Command::Keys(arguments) => keys::run(arguments).await,
        Command::Healthcheck(arguments) => healthcheck::run(arguments).await,
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            terminal::complain(&format!("privacy-gateway: {}", told(&error)));
            ExitCode::FAILURE
        }
    }
}

/// The error and its causes, without those that it repeats itself.
fn told(error: &anyhow::Error) -> String {
    let mut text = String::new();
    for cause in error.chain().map(ToString::to_string) {
        if text.is_empty() {
            text = cause;
        } else if !text.ends_with(&cause) {
            text = format!("{text}: {cause}");
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn no_cause_is_told_twice() {
        let error = anyhow::anyhow!("no such file").context("key.pem: no such file").context("start anew");
        assert_eq!(told(&error), "start anew: key.pem: no such file");
    }

    #[test]
    fn wrong_usage_is_told_apart_from_failure() {
        for arguments in [
            &["privacy-gateway", "serve", "--role", "king"][..],
            &["privacy-gateway", "token", "--data-dir", "x"],
            &["privacy-gateway", "token", "--data-dir", "x", "--scope", "a", "--tenant", "subject_x"],
            &["privacy-gateway", "migrate"],
            &["privacy-gateway", "audit", "verify"],
            &["privacy-gateway", "audit", "verify", "--data-dir", "x", "--export", "y"],
            &["privacy-gateway", "audit", "verify", "--database-url", "postgres://x"],
            &["privacy-gateway", "audit", "rotate-key", "--data-dir", "x", "--config", "y"],
            &[
                "privacy-gateway",
                "documents",
                "publish",
                "--manifest",
                "x",
                "--owner",
                "web",
                "--data-dir",
                "y",
            ],
            &["privacy-gateway", "documents", "list"],
            &["privacy-gateway", "keys", "rotate"],
            &["privacy-gateway", "keys", "rotate", "--master", "--all-tenants"],
            &["privacy-gateway", "keys", "rotate", "--tenant", "subject_x"],
            &["privacy-gateway", "keys", "rotate", "--master", "--batch", "0"],
            &["privacy-gateway", "seed", "--database-url", "sqlite://x", "--tenants", "1"],
            &["privacy-gateway", "seed", "--database-url", "sqlite://x", "--tenants", "0", "--subjects", "1"],
            &[
                "privacy-gateway",
                "seed",
                "--database-url",
                "sqlite://x",
                "--tenants",
                "1",
                "--subjects",
                "-1",
            ],
            &["privacy-gateway", "nothing"],
        ] {
            let code = Cli::try_parse_from(arguments).map_or_else(|error| error.exit_code(), |_| 0);
            assert_eq!(code, 2, "{arguments:?}");
        }
    }
}
