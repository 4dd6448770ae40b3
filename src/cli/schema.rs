//! `schema`: prints the SDL that is kept under `schema/`.

use clap::{Args, ValueEnum};

use super::terminal;
use crate::graphql::api::{OperatorApi, TenantApi};

/// What `schema` takes.
#[derive(Debug, Args)]
pub struct Arguments {
    /// Which schema.
    schema: Api,
}

/// The APIs of the gateway.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Api {
    /// The tenants' API.
    Gateway,
    /// The platform's own API.
    Operator,
}

/// Prints the schema.
///
/// # Errors
/// When it may not be served.
pub fn run(arguments: &Arguments) -> anyhow::Result<()> {
    match arguments.schema {
        Api::Gateway => terminal::print(&TenantApi::sdl()?),
        Api::Operator => terminal::print(&OperatorApi::sdl()?),
    }
    Ok(())
}
