//! The demo's folder: one process at a time, by a lock that the operating system lets go of when the process is
//! killed.

use std::fs::{self, DirBuilder, File, OpenOptions, TryLockError};
use std::io::{self, Seek as _, Write as _};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use domain::clock::Entropy;
use store::MasterKey;

use super::record;
use crate::cli::files;

const LOCK: &str = "demo.lock";
const MASTER_KEY: &str = "master.key";

/// A folder that is this process's alone for as long as this lives.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
    lock: File,
}

impl Folder {
    /// Makes the folder if need be, and takes it.
    ///
    /// # Errors
    /// When another process has it; the error names its id and address.
    pub fn take(path: &Path) -> anyhow::Result<Self> {
        let mut builder = DirBuilder::new();
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.recursive(true).create(path).with_context(|| format!("{} cannot be made", path.display()))?;
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false);
        files::owner_only(&mut options);
        let file = path.join(LOCK);
        let lock = options.open(&file).with_context(|| format!("{} cannot be opened", file.display()))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let holder = fs::read_to_string(&file).unwrap_or_default();
                bail!(
                    "{} is in use by {}: stop it, or choose another folder",
                    path.display(),
                    known(&holder)
                );
            }
            Err(TryLockError::Error(error)) => {
                return Err(error).with_context(|| format!("{} cannot be locked", file.display()));
            }
        }
        let mut folder = Self { path: path.to_owned(), lock };
        folder.hold("which is starting")?;
        Ok(folder)
    }

    /// Lets others know where this process answers.
    ///
    /// # Errors
    /// When the lock file cannot be written.
    pub fn serves_at(&mut self, address: SocketAddr) -> anyhow::Result<()> {
        self.hold(&format!("at http://{address}"))
    }

    fn hold(&mut self, text: &str) -> anyhow::Result<()> {
        let text = format!("process {} {text}\n", std::process::id());
        let written = self
            .lock
            .set_len(0)
            .and_then(|()| self.lock.rewind())
            .and_then(|()| self.lock.write_all(text.as_bytes()));
        written.with_context(|| format!("{} cannot be written", self.path.join(LOCK).display()))
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The master key's file.
    pub fn master_key(&self) -> PathBuf {
        self.path.join(MASTER_KEY)
    }

    /// Makes a master key if there is none. Beside data a missing one is lost, and a new one would open nothing.
    ///
    /// # Errors
    /// When the key is lost or cannot be written.
    pub fn make_master_key(&self, entropy: &dyn Entropy) -> anyhow::Result<()> {
        let path = self.master_key();
        if path.exists() {
            return Ok(());
        }
        if self.path.join("keys.db").exists() {
            bail!(
                "{} is gone, and what is kept in {} cannot be opened without it: put it back, or remove the folder",
                path.display(),
                self.path.display()
            );
        }
        let key = MasterKey::generate(entropy).to_base64();
        files::replace(&path, &key).with_context(|| format!("{} cannot be written", path.display()))
    }

    /// Takes away what an earlier run told, so that `demo.json` is there when this one is ready.
    ///
    /// # Errors
    /// When it cannot be removed.
    pub fn forget_record(&self) -> anyhow::Result<()> {
        match fs::remove_file(self.path.join(record::FILE)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                Err(error).with_context(|| format!("{} cannot be removed", record::FILE))
            }
            _ => Ok(()),
        }
    }

    /// The address of an embedded database in the folder.
    ///
    /// # Errors
    /// When the folder's name is no Unicode text.
    pub fn database(&self, name: &str) -> anyhow::Result<String> {
        let path = self.path.join(name);
        let path = path.to_str().context("the folder's name is not Unicode: choose another folder")?;
        // In an address these two would end the path or begin an escape.
        Ok(format!("sqlite://{}", path.replace('%', "%25").replace('?', "%3F")))
    }
}

fn known(holder: &str) -> &str {
    let holder = holder.trim();
    if holder.is_empty() { "another process" } else { holder }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use crate::system::SystemEntropy;

    fn place(name: &str) -> PathBuf {
        std::env::temp_dir().join(format!("folder-{name}-{}", std::process::id()))
    }

    #[test]
    fn a_second_process_is_told_who_has_the_folder() {
        let path = place("taken");
        let mut first = Folder::take(&path).unwrap();
        first.serves_at("127.0.0.1:8080".parse().unwrap()).unwrap();
        let refusal = Folder::take(&path).unwrap_err().to_string();
        let holder = format!("process {} at http://127.0.0.1:8080", std::process::id());
        assert!(refusal.contains(&holder), "{refusal}");
        drop(first);
        assert!(Folder::take(&path).is_ok(), "what a gone process left does not block");
        fs::remove_dir_all(&path).unwrap();
    }

    #[test]
    fn a_lost_master_key_is_not_replaced_beside_data() {
        let path = place("key");
        let folder = Folder::take(&path).unwrap();
        folder.make_master_key(&SystemEntropy).unwrap();
        let made = fs::read_to_string(folder.master_key()).unwrap();
        assert!(MasterKey::parse(&made).is_ok());
        folder.make_master_key(&SystemEntropy).unwrap();
        assert!(made == fs::read_to_string(folder.master_key()).unwrap(), "the key is kept");

        fs::write(path.join("keys.db"), "").unwrap();
        fs::remove_file(folder.master_key()).unwrap();
        assert!(folder.make_master_key(&SystemEntropy).is_err());
        fs::remove_dir_all(&path).unwrap();
    }

    #[test]
    fn a_strange_folder_gives_a_sound_address() {
        let path = place("odd").join("50% of?");
        let folder = Folder::take(&path).unwrap();
        assert!(folder.database("keys.db").unwrap().ends_with("/50%25 of%3F/keys.db"));
        fs::remove_dir_all(path.parent().unwrap()).unwrap();
    }
}
