//! The demo's own issuer of tokens. Its name does not change with the port, so that tokens outlive a restart.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, bail};
use auth::development::{DevelopmentIssuer, Identity, JWKS_FILE, KEY_FILE};
use serde_json::Value;

use super::record;

/// `iss` of its tokens; a name that resolves nowhere (RFC 6761).
pub const ISSUER: &str = "https://demo.privacy-gateway.invalid";
/// `aud` of its tokens.
pub const AUDIENCE: &str = "privacy-gateway";
/// What it signs with.
pub const ALGORITHM: &str = "ES256";

fn identity() -> Identity {
    Identity { issuer: ISSUER.to_owned(), audience: AUDIENCE.to_owned() }
}

/// The issuer whose key is in the folder, or a new one.
///
/// # Errors
/// When a file cannot be read or written.
pub fn find_or_make(folder: &Path) -> anyhow::Result<DevelopmentIssuer> {
    let issuer = if folder.join(KEY_FILE).exists() {
        DevelopmentIssuer::load(identity(), folder)?
    } else {
        DevelopmentIssuer::generate(identity())?
    };
    // The public set is made anew as well, should a process have been killed between the two files.
    issuer.write(folder)?;
    Ok(issuer)
}

/// The issuer of a demo's folder, for minting.
///
/// # Errors
/// When there is no key, or nothing says that it is the demo's.
pub fn load(folder: &Path) -> anyhow::Result<DevelopmentIssuer> {
    let issuer = DevelopmentIssuer::load(identity(), folder)?;
    let published = json(&folder.join(JWKS_FILE))?;
    let keys = published["keys"].as_array().map(Vec::as_slice).unwrap_or_default();
    if !keys.iter().any(|key| key["kid"] == issuer.key_id()) {
        bail!("{KEY_FILE} is not the key that {JWKS_FILE} publishes");
    }
    let record = folder.join(record::FILE);
    if record.exists() && json(&record)?["issuer"] != ISSUER {
        bail!("{} names another issuer than the demo's", record::FILE);
    }
    Ok(issuer)
}

fn json(path: &Path) -> anyhow::Result<Value> {
    let text = fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))?;
    serde_json::from_str(&text).with_context(|| format!("{} is no JSON", path.display()))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn only_the_demos_own_key_mints() {
        let folder = std::env::temp_dir().join(format!("issuer-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        assert!(load(&folder).is_err(), "no key");

        let key_id = find_or_make(&folder).unwrap().key_id().to_owned();
        assert_eq!(find_or_make(&folder).unwrap().key_id(), key_id, "the key is kept");
        assert_eq!(load(&folder).unwrap().key_id(), key_id);

        fs::write(folder.join(record::FILE), r#"{"issuer":"https://login.example"}"#).unwrap();
        assert!(load(&folder).is_err(), "another issuer's folder");
        fs::write(folder.join(record::FILE), format!("{{\"issuer\":\"{ISSUER}\"}}")).unwrap();
        assert!(load(&folder).is_ok());

        fs::write(folder.join(JWKS_FILE), r#"{"keys":[]}"#).unwrap();
        assert!(load(&folder).is_err(), "a key that is not published");
        fs::remove_dir_all(&folder).unwrap();
    }
}
