//! What the example takes from the file that the demo writes.

use std::error::Error;
use std::{env, fs};

use serde::Deserialize;

/// The demo's address and tenants.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Demo {
    /// Where the API is.
    pub gateway_url: String,
    /// The tenants, the vendor first.
    pub tenants: Vec<Tenant>,
}

/// One tenant, and tokens for it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Tenant {
    /// Identifiers of its data subjects.
    pub subject_ids: Vec<String>,
    /// Tokens by what they may do.
    pub tokens: Tokens,
}

/// Tokens of one tenant.
#[derive(Deserialize)]
pub struct Tokens {
    /// May do everything.
    pub admin: String,
    /// May read people, and nothing else.
    pub reader: String,
}

impl Demo {
    /// Reads `demo.json`; the environment variable `DEMO` says where it is.
    ///
    /// # Errors
    ///
    /// When the variable is not set, or the file is not there or not the demo's.
    pub fn read() -> Result<Self, Box<dyn Error>> {
        let path = env::var("DEMO").map_err(|_| "DEMO is not set: export DEMO=…/data/demo/demo.json")?;
        Ok(serde_json::from_str(&fs::read_to_string(path)?)?)
    }
}
