//! Master keys in a file. A running process looks at it anew before it wraps, and when a wrapped key names a master key
//! that it has not read yet: a newer key is known everywhere once it is in the file.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::SystemTime;

use zeroize::Zeroizing;

use super::software::SoftwareKeys;
use super::{Keeper, KeeperError, KnownMasterKey};

/// Master keys in a file that only its owner reads.
pub struct FileKeeper {
    path: PathBuf,
    read: RwLock<Read>,
}

/// What was read, and of which state of the file.
#[derive(Clone)]
struct Read {
    stamp: Stamp,
    keys: Arc<SoftwareKeys>,
}

/// A file that was written anew has another one.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Stamp {
    changed: Option<SystemTime>,
    length: u64,
}

impl FileKeeper {
    /// Reads the file: one key a line, the newest last.
    ///
    /// # Errors
    /// [`KeeperError::Unavailable`] when it cannot be read, [`KeeperError::Invalid`] names the line that is no key.
    pub fn open(path: &Path) -> Result<Self, KeeperError> {
        let read = RwLock::new(read(path)?);
        Ok(Self { path: path.to_owned(), read })
    }

    fn held(&self) -> Arc<SoftwareKeys> {
        Arc::clone(&self.read.read().unwrap_or_else(PoisonError::into_inner).keys)
    }

    /// The keys of the file as it is now. One that cannot be read at this moment leaves the keys that were read in use.
    fn current(&self) -> Arc<SoftwareKeys> {
        let held = self.read.read().unwrap_or_else(PoisonError::into_inner).clone();
        if stamp(&self.path).is_ok_and(|stamp| stamp == held.stamp) {
            return held.keys;
        }
        match read(&self.path) {
            Ok(read) => {
                let keys = Arc::clone(&read.keys);
                *self.read.write().unwrap_or_else(PoisonError::into_inner) = read;
                keys
            }
            Err(error) => {
                tracing::warn!(%error, "the master key's file cannot be read anew; what was read before stays in use");
                held.keys
            }
        }
    }
}

impl Keeper for FileKeeper {
    fn keys(&self) -> Result<Vec<KnownMasterKey>, KeeperError> {
        Ok(self.current().known())
    }

    fn wrap(&self, context: &[u8], key: &[u8], nonce: [u8; 12]) -> Result<Vec<u8>, KeeperError> {
        self.current().wrap(context, key, nonce)
    }

    fn unwrap(&self, context: &[u8], wrapped: &[u8]) -> Result<Zeroizing<Vec<u8>>, KeeperError> {
        match self.held().unwrap(context, wrapped) {
            Err(KeeperError::Unknown(_)) => self.current().unwrap(context, wrapped),
            done => done,
        }
    }

    fn derived(&self, label: &[u8]) -> Option<Zeroizing<[u8; 32]>> {
        self.held().derived(label)
    }
}

fn unreadable(path: &Path) -> impl FnOnce(std::io::Error) -> KeeperError {
    move |error| KeeperError::Unavailable(format!("{}: cannot be read: {error}", path.display()))
}

fn stamp(path: &Path) -> Result<Stamp, KeeperError> {
    let found = fs::metadata(path).map_err(unreadable(path))?;
    Ok(Stamp { changed: found.modified().ok(), length: found.len() })
}

fn read(path: &Path) -> Result<Read, KeeperError> {
    // Taken first: of a file that is written meanwhile the next look sees another one.
    let stamp = stamp(path)?;
    let text = Zeroizing::new(fs::read_to_string(path).map_err(unreadable(path))?);
    let keys = SoftwareKeys::parse(&text).map_err(|error| match error {
        KeeperError::Invalid { line, fault, .. } => {
            KeeperError::Invalid { path: Some(path.to_owned()), line, fault }
        }
        other => other,
    })?;
    Ok(Read { stamp, keys: Arc::new(keys) })
}
