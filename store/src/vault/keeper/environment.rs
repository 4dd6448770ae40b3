//! Master keys in a variable of the environment: whoever changes them starts the process anew.

use zeroize::Zeroizing;

use super::software::SoftwareKeys;
use super::{Keeper, KeeperError, KnownMasterKey};

/// Master keys that the process was started with.
pub struct EnvironmentKeeper(SoftwareKeys);

impl EnvironmentKeeper {
    /// Reads a list of keys, one a line or with commas between them, the newest last.
    ///
    /// # Errors
    /// [`KeeperError::Invalid`] names the line.
    pub fn parse(text: &str) -> Result<Self, KeeperError> {
        SoftwareKeys::parse(text).map(Self)
    }
}

impl Keeper for EnvironmentKeeper {
    fn keys(&self) -> Result<Vec<KnownMasterKey>, KeeperError> {
        Ok(self.0.known())
    }

    fn wrap(&self, context: &[u8], key: &[u8], nonce: [u8; 12]) -> Result<Vec<u8>, KeeperError> {
        self.0.wrap(context, key, nonce)
    }

    fn unwrap(&self, context: &[u8], wrapped: &[u8]) -> Result<Zeroizing<Vec<u8>>, KeeperError> {
        self.0.unwrap(context, wrapped)
    }

    fn derived(&self, label: &[u8]) -> Option<Zeroizing<[u8; 32]>> {
        self.0.derived(label)
    }
}
