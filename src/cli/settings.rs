//! The configuration as commands are given it.

use std::path::Path;

use crate::config::{Config, ConfigError};

/// The file that was named, with the environment over it.
///
/// # Errors
/// [`ConfigError`] with everything that is wrong with its form.
pub fn load(file: Option<&Path>) -> Result<Config, ConfigError> {
    // A variable that is no text is not one of ours.
    let environment = std::env::vars_os().filter_map(|(name, value)| {
        let name = name.into_string().ok()?;
        Some((name, value.into_string().ok()?))
    });
    Config::load(file, environment)
}
