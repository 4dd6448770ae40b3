//! Why a configuration is not accepted.

use std::fmt;
use std::io;
use std::path::PathBuf;

use super::place::Place;

/// The configuration cannot be used. No variant repeats the value of a secret.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("{}: cannot be read: {source}", path.display())]
    Unreadable {
        /// The file, as it was named.
        path: PathBuf,
        /// What the operating system says.
        source: io::Error,
    },
    /// The file is no TOML.
    #[error("{}:{line}: {message}", path.display())]
    Syntax {
        /// The file, as it was named.
        path: PathBuf,
        /// The line, counted from 1.
        line: usize,
        /// What the parser says.
        message: String,
    },
    /// Settings that are unknown, of the wrong form, or unsafe: all of them at once.
    #[error("the configuration is refused:\n  {}", lines(.0))]
    Refused(Vec<Problem>),
}

fn lines(problems: &[Problem]) -> String {
    problems.iter().map(Problem::to_string).collect::<Vec<_>>().join("\n  ")
}

/// One thing that is wrong with one setting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Where the setting was given.
    pub place: Place,
    /// The setting, such as `server.listen` or `tokens.issuer[0].algorithms`.
    pub key: String,
    /// What is wrong, and what to do.
    pub reason: Reason,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}: {}", self.place, self.key, self.reason)
    }
}

/// What is wrong with a setting.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Reason {
    /// There is no such key.
    #[error("unknown key; the nearest known one is {nearest}")]
    Unknown {
        /// The known key that looks most like it.
        nearest: String,
    },
    /// The file holds a secret, and files are copied, backed up and committed.
    #[error("a secret does not belong in this file; give it as {variable} or as a file named by {file_key}")]
    SecretInFile {
        /// The variable that may hold it.
        variable: String,
        /// The key that names a file which holds it.
        file_key: String,
    },
    /// A setting and the file that should hold it are both given.
    #[error("given twice; keep this or {other}")]
    GivenTwice {
        /// The other key.
        other: String,
    },
    /// The value has the wrong form.
    #[error("{0}")]
    Form(String),
    /// The value is well-formed but would put data or keys at risk.
    #[error("unsafe: {0}")]
    Unsafe(String),
}
