//! The keeper of the master key.

use std::path::Path;

use super::super::location::Location;
use super::super::{Config, KeeperKind};
use super::Findings;
use super::storage::others_may_read;

pub(super) fn check(config: &Config, findings: &mut Findings<'_>) {
    let keys = &config.keys;
    match keys.keeper() {
        KeeperKind::File if keys.master_key_file.is_none() => {
            findings.form("keys.master_key_file", "is missing: name a file that holds the master key");
        }
        KeeperKind::Environment if keys.master_key.is_none() => {
            findings.form("keys.master_key", "is missing: set PRIVACY_GATEWAY__KEYS__MASTER_KEY");
        }
        KeeperKind::Pkcs11 => token(config, findings),
        KeeperKind::File | KeeperKind::Environment => {}
    }
    // A key in the environment wins over a file, unless somebody said who keeps it: then the file unwraps as well.
    if (keys.master_key.is_none() || keys.keeper.is_some())
        && let Some(path) = &keys.master_key_file
    {
        key_file(path, config, findings);
    }
}

fn token(config: &Config, findings: &mut Findings<'_>) {
    let keys = &config.keys;
    for (key, missing, what) in [
        ("keys.pkcs11_module", keys.pkcs11_module.is_none(), "name the library of the token"),
        ("keys.pkcs11_token", keys.pkcs11_token.is_none(), "give the token's label"),
        (
            "keys.pkcs11_keys",
            keys.pkcs11_keys.is_empty(),
            "name the master keys by their labels, the newest last",
        ),
        (
            "keys.pkcs11_pin",
            keys.pkcs11_pin.is_none(),
            "set PRIVACY_GATEWAY__KEYS__PKCS11_PIN or keys.pkcs11_pin_file",
        ),
    ] {
        if missing {
            findings.form(key, format!("is missing: {what}"));
        }
    }
}

fn key_file(path: &Path, config: &Config, findings: &mut Findings<'_>) {
    let key = "keys.master_key_file";
    match std::fs::metadata(path) {
        Ok(found) if !found.is_file() => findings.form(key, "is no file"),
        Ok(found) if others_may_read(&found) => findings.danger(
            key,
            format!("every user of this machine can read the master key; chmod o-rwx {}", path.display()),
        ),
        Ok(_) => beside_data(path, config, findings),
        Err(error) => findings.form(
            key,
            format!("{} cannot be read: {error}; `privacy-gateway keys init` makes it", path.display()),
        ),
    }
}

/// A folder that is backed up as a whole takes the key along.
fn beside_data(path: &Path, config: &Config, findings: &mut Findings<'_>) {
    let Ok(Location::File(data)) = Location::parse(config.database.url()) else { return };
    let Ok(path) = path.canonicalize() else { return };
    if path.parent() == data.parent() {
        findings.warn(
            "keys.master_key_file",
            "the master key lies in the folder of the data; a copy of that folder opens everything",
        );
    }
}
