//! The keepers of the master keys, as they are configured.

use std::sync::Arc;

use store::{EnvironmentKeeper, FileKeeper, Keeper, MasterKeys};

use super::AppError;
use crate::config::{KeeperKind, KeysConfig};

/// Every kind, the order in which those that do not wrap are asked.
const KINDS: [KeeperKind; 3] = [KeeperKind::File, KeeperKind::Environment, KeeperKind::Pkcs11];

/// The keeper that wraps. Where somebody said which one that is, whatever else is given still unwraps: so a master key moves
/// from one keeper to another.
pub(super) fn of(keys: &KeysConfig) -> Result<MasterKeys, AppError> {
    let kind = keys.keeper();
    let mut masters = MasterKeys::new(keeper(kind, keys)?);
    if keys.keeper.is_some() {
        for other in KINDS.into_iter().filter(|other| *other != kind && is_given(*other, keys)) {
            masters = masters.with_former(keeper(other, keys)?);
        }
    }
    Ok(masters)
}

fn is_given(kind: KeeperKind, keys: &KeysConfig) -> bool {
    match kind {
        KeeperKind::File => keys.master_key_file.is_some(),
        KeeperKind::Environment => keys.master_key.is_some(),
        KeeperKind::Pkcs11 => keys.pkcs11_module.is_some(),
    }
}

fn keeper(kind: KeeperKind, keys: &KeysConfig) -> Result<Arc<dyn Keeper>, AppError> {
    Ok(match kind {
        KeeperKind::File => {
            let path = keys.master_key_file.as_ref().ok_or(AppError::NoMasterKey)?;
            Arc::new(FileKeeper::open(path)?)
        }
        KeeperKind::Environment => {
            let text = keys.master_key.as_ref().ok_or(AppError::NoMasterKey)?;
            Arc::new(EnvironmentKeeper::parse(text.reveal())?)
        }
        KeeperKind::Pkcs11 => token::keeper(keys)?,
    })
}

/// Makes the master keys that the configuration names and the token does not hold yet; gives their labels.
///
/// # Errors
/// [`AppError`] when the token does not answer or refuses.
pub fn make_token_keys(keys: &KeysConfig) -> Result<Vec<String>, AppError> {
    token::make_missing(keys)
}

#[cfg(feature = "pkcs11")]
mod token {
    use std::sync::Arc;

    use store::{Keeper, KeeperError, TokenKeeper, TokenSettings};

    use super::super::AppError;
    use crate::config::{KeysConfig, Secret};

    pub fn keeper(keys: &KeysConfig) -> Result<Arc<dyn Keeper>, AppError> {
        Ok(Arc::new(TokenKeeper::open(settings(keys)?)?))
    }

    pub fn make_missing(keys: &KeysConfig) -> Result<Vec<String>, AppError> {
        Ok(TokenKeeper::make_missing(&settings(keys)?)?)
    }

    fn settings(keys: &KeysConfig) -> Result<TokenSettings, AppError> {
        let missing = |key: &str| KeeperError::Unavailable(format!("keys.{key} is missing"));
        Ok(TokenSettings {
            module: keys.pkcs11_module.clone().ok_or_else(|| missing("pkcs11_module"))?,
            token: keys.pkcs11_token.clone().ok_or_else(|| missing("pkcs11_token"))?,
            keys: keys.pkcs11_keys.clone(),
            pin: keys
                .pkcs11_pin
                .as_ref()
                .map(|pin: &Secret| pin.reveal().to_owned().into())
                .ok_or_else(|| missing("pkcs11_pin"))?,
        })
    }
}

#[cfg(not(feature = "pkcs11"))]
mod token {
    use std::sync::Arc;

    use store::{Keeper, KeeperError};

    use super::super::AppError;
    use crate::config::KeysConfig;

    pub fn keeper(_keys: &KeysConfig) -> Result<Arc<dyn Keeper>, AppError> {
        Err(refusal())
    }

    pub fn make_missing(_keys: &KeysConfig) -> Result<Vec<String>, AppError> {
        Err(refusal())
    }

    fn refusal() -> AppError {
        let text = "this build speaks no PKCS #11: build it with the feature pkcs11";
        AppError::Keeper(KeeperError::Unavailable(text.to_owned()))
    }
}
