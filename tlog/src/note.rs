//! Signed notes: a text and the signatures under it (signed-note).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::key::{SigningKey, VerifierKey, is_name};

/// Longer notes are not read, in bytes.
const MAX_NOTE_BYTES: usize = 1_000_000;

/// Notes with more signatures are not read.
const MAX_SIGNATURES: usize = 100;

/// What stands before the name in a signature line: an em dash and a blank.
const SIGNATURE_MARK: &str = "— ";

/// The text is no note, or cannot become one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a note is a text that ends in a newline, an empty line, and signature lines")]
pub struct InvalidNote;

/// A note whose form is right. Its text says nothing until a signature is verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    text: String,
    signatures: Vec<Signature>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Signature {
    name: String,
    key_id: [u8; 4],
    bytes: Vec<u8>,
}

/// Signs a text under a name: the whole note, with one signature line for each key.
///
/// # Errors
/// [`InvalidNote`] when the text does not end in a newline or has other control characters, when the name is no
/// key name, and when there is no key or one comes twice.
pub fn sign(text: &str, name: &str, keys: &[&SigningKey]) -> Result<String, InvalidNote> {
    if !is_text(text) || keys.is_empty() || keys.len() > MAX_SIGNATURES {
        return Err(InvalidNote);
    }
    let mut note = format!("{text}\n");
    let mut used = Vec::new();
    for key in keys {
        let verifier = key.verifier(name).filter(|verifier| !used.contains(verifier)).ok_or(InvalidNote)?;
        let signature = key.signature(text, &verifier).ok_or(InvalidNote)?;
        note.extend([SIGNATURE_MARK, name, " ", &signature, "\n"]);
        used.push(verifier);
    }
    Ok(note)
}

impl Note {
    /// Reads a note of at most 1,000,000 bytes and 100 signatures.
    ///
    /// # Errors
    /// [`InvalidNote`] when anything about its form is wrong.
    pub fn parse(note: &str) -> Result<Self, InvalidNote> {
        if note.len() > MAX_NOTE_BYTES || !is_text(note) {
            return Err(InvalidNote);
        }
        let (text, signatures) = note.rsplit_once("\n\n").ok_or(InvalidNote)?;
        let lines: Vec<_> = signatures.strip_suffix('\n').ok_or(InvalidNote)?.split('\n').collect();
        if lines.len() > MAX_SIGNATURES {
            return Err(InvalidNote);
        }
        let signatures = lines.into_iter().map(Signature::parse).collect::<Option<_>>().ok_or(InvalidNote)?;
        Ok(Self { text: format!("{text}\n"), signatures })
    }

    /// The text that was signed, its final newline included.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether the key signed the text: it has a signature line, and each of its lines holds.
    #[must_use]
    pub fn is_signed_by(&self, key: &VerifierKey) -> bool {
        self.holds(key) == Some(true)
    }

    /// Whether one of the keys signed the text, and no line of any of them is wrong. Lines of other keys are
    /// passed over.
    #[must_use]
    pub fn is_signed_by_any(&self, keys: &[VerifierKey]) -> bool {
        let held: Vec<_> = keys.iter().filter_map(|key| self.holds(key)).collect();
        !held.is_empty() && !held.contains(&false)
    }

    /// Whether all lines of a key hold; `None` when it has none.
    fn holds(&self, key: &VerifierKey) -> Option<bool> {
        let mut of_key = self
            .signatures
            .iter()
            .filter(|line| line.name == key.name() && line.key_id == key.id())
            .peekable();
        of_key.peek()?;
        Some(of_key.all(|line| key.verifies(&self.text, &line.bytes)))
    }
}

impl Signature {
    fn parse(line: &str) -> Option<Self> {
        let (name, signature) = line.strip_prefix(SIGNATURE_MARK)?.split_once(' ')?;
        let decoded = STANDARD.decode(signature).ok()?;
        let (key_id, bytes) = decoded.split_first_chunk::<4>()?;
        (is_name(name) && !bytes.is_empty()).then(|| Self {
            name: name.to_owned(),
            key_id: *key_id,
            bytes: bytes.to_vec(),
        })
    }
}

/// Ends in a newline and has no other control characters below U+0020.
pub(crate) fn is_text(text: &str) -> bool {
    text.ends_with('\n') && !text.contains(|c: char| c < ' ' && c != '\n')
}
