//! Where a setting was given, so that whoever is told off knows which line to mend.

use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;

/// The origin of one setting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// A line of the configuration file, counted from 1.
    File {
        /// The file, as it was named.
        path: PathBuf,
        /// The line of the key.
        line: usize,
    },
    /// A variable of the environment.
    Environment(String),
    /// Nobody gave it: the built-in default holds.
    Default,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File { path, line } => write!(f, "{}:{line}", path.display()),
            Self::Environment(variable) => write!(f, "environment variable {variable}"),
            Self::Default => f.write_str("not given"),
        }
    }
}

/// Which setting was given where. The environment is entered last, since it wins.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Places(BTreeMap<String, Place>);

impl Places {
    pub(super) fn enter(&mut self, key: &str, place: Place) {
        self.0.insert(key.to_owned(), place);
    }

    /// The origin of `key`; that of the table or list around it when the key itself was not given.
    pub(super) fn of(&self, key: &str) -> Place {
        let mut key = key;
        loop {
            if let Some(place) = self.0.get(key) {
                return place.clone();
            }
            match key.rfind(['.', '[']) {
                Some(end) => key = &key[..end],
                None => return Place::Default,
            }
        }
    }

    /// The origin of exactly `key`.
    pub(super) fn given(&self, key: &str) -> Option<&Place> {
        self.0.get(key)
    }
}
