//! Heads of a log: how many entries it has, and the root of the tree of them (tlog-checkpoint).

use std::fmt;

use crate::hash::Hash;
use crate::note::is_text;

/// The text is no checkpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a checkpoint is three lines: the log's name, its size and the root hash in base64")]
pub struct InvalidCheckpoint;

/// What a log says of itself at one moment. `Display` writes the text to be signed: three lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// The name of the log.
    pub origin: String,
    /// How many entries it has; at most `i64::MAX` in a text that is read.
    pub size: u64,
    /// The root of the tree of all entries.
    pub root: Hash,
}

impl Checkpoint {
    /// Reads the text of a note (not the note: see [`crate::Note::text`]). Lines after the third are passed over,
    /// as the specification has it.
    ///
    /// # Errors
    /// [`InvalidCheckpoint`] when a line is missing, empty or of another form.
    pub fn parse(text: &str) -> Result<Self, InvalidCheckpoint> {
        let lines: Vec<_> = text.strip_suffix('\n').ok_or(InvalidCheckpoint)?.split('\n').collect();
        let [origin, size, root, ..] = lines.as_slice() else { return Err(InvalidCheckpoint) };
        if !is_text(text) || lines.contains(&"") {
            return Err(InvalidCheckpoint);
        }
        Ok(Self {
            origin: (*origin).to_owned(),
            size: parse_number(size).ok_or(InvalidCheckpoint)?,
            root: Hash::parse_base64(root).ok_or(InvalidCheckpoint)?,
        })
    }
}

impl fmt::Display for Checkpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}\n{}\n{}\n", self.origin, self.size, self.root.to_base64())
    }
}

/// A decimal number up to `i64::MAX` in its one spelling: no sign, no leading zeroes.
pub(crate) fn parse_number(text: &str) -> Option<u64> {
    let number: u64 = text.parse().ok()?;
    (i64::try_from(number).is_ok() && number.to_string() == text).then_some(number)
}
