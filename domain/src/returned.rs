//! What a system outside returns of a person's data with its receipt for access or portability (Art. 15(3), 20).

use std::collections::BTreeMap;

use serde_json::Value;
use zeroize::{Zeroize as _, Zeroizing};

use crate::category::{Categories, DataCategory};
use crate::language::Language;
use crate::wording::Wording;

/// The most that is taken, in bytes of JSON without blanks.
pub const MOST_BYTES: usize = 256 * 1024;
/// How deep values may be nested in a category.
const MOST_DEPTH: usize = 8;
/// The most values in all, members and elements counted one by one.
const MOST_VALUES: usize = 5_000;
/// The longest text, in characters.
const MOST_CHARACTERS: usize = 4_000;
/// The longest name of a member, in characters.
const MOST_IN_NAME: usize = 100;

/// Why what was returned is not taken. The texts repeat nothing of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.wording().text(Language::En))]
pub enum NotReturnable {
    /// Not an object of categories.
    Form,
    /// Something that has no place in any answer.
    Category,
    /// Too deep, or too many parts.
    Structure,
    /// A text or a member's name that is too long or holds control characters.
    Text,
    /// More than [`MOST_BYTES`].
    Size,
}

impl NotReturnable {
    /// What is to be returned instead.
    #[must_use]
    pub const fn wording(self) -> Wording {
        match self {
            Self::Form => Wording::new(
                "data är ett objekt med en medlem för varje kategori i uppgiften.",
                "data is an object with a member for each category of the task",
            ),
            Self::Category => Wording::new(
                "data innehåller en kategori som inte ingår i uppgiften, eller kategorin lösenord.",
                "data holds a category that the task does not name, or the category of passwords",
            ),
            Self::Structure => Wording::new(
                "data innehåller fler än 5 000 värden, eller värden nästlade mer än 8 nivåer djupt.",
                "data holds more than 5,000 values, or values nested more than 8 deep",
            ),
            Self::Text => Wording::new(
                "data innehåller en text på mer än 4 000 tecken, ett medlemsnamn på mer än 100, eller andra styrtecken \
                 än radbrytning och tabb.",
                "data holds a text over 4,000 characters, a member's name over 100, or a control character other than \
                 line feed and tab",
            ),
            Self::Size => Wording::new("data är större än 256 KiB.", "data is larger than 256 KiB"),
        }
    }
}

/// What a system returned: any JSON for each category. About a person, so that it has no `Debug`; its texts are cleared when
/// it is dropped.
#[derive(Clone)]
pub struct Returned(BTreeMap<DataCategory, Value>);

impl Returned {
    /// Takes what came with a receipt.
    ///
    /// # Errors
    /// [`NotReturnable`] says what is wrong with its form.
    pub fn parse(value: Value) -> Result<Self, NotReturnable> {
        let mut value = Cleared(value);
        let Value::Object(members) = &mut value.0 else { return Err(NotReturnable::Form) };
        let mut left = MOST_VALUES;
        let mut taken = Self(BTreeMap::new());
        for (name, value) in std::mem::take(members) {
            let value = Cleared(value);
            let category = DataCategory::from_code(&name).ok_or(NotReturnable::Category)?;
            if category == DataCategory::Password {
                return Err(NotReturnable::Category);
            }
            check(&value.0, MOST_DEPTH, &mut left)?;
            taken.0.insert(category, value.into_inner());
        }
        if taken.to_bytes().len() > MOST_BYTES { Err(NotReturnable::Size) } else { Ok(taken) }
    }

    /// What was returned before and kept; `None` where the bytes are none of [`Returned::to_bytes`].
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        serde_json::from_slice(bytes).ok().and_then(|value| Self::parse(value).ok())
    }

    /// One text for the same data, however it was written.
    #[must_use]
    pub fn to_bytes(&self) -> Zeroizing<Vec<u8>> {
        // Texts as keys and values that came out of JSON always go back into it.
        Zeroizing::new(serde_json::to_vec(&self.0).unwrap_or_default())
    }

    /// The categories that something was returned for.
    #[must_use]
    pub fn categories(&self) -> Categories {
        self.0.keys().copied().collect()
    }

    /// What was returned, category by category, for whoever writes it into the answer.
    #[must_use]
    pub const fn reveal(&self) -> &BTreeMap<DataCategory, Value> {
        &self.0
    }

    /// Leaves out what is not among the categories.
    pub fn retain(&mut self, categories: &Categories) {
        let (kept, mut left_out) =
            std::mem::take(&mut self.0).into_iter().partition(|(category, _)| categories.contains(category));
        self.0 = kept;
        clear_all(&mut left_out);
    }
}

impl Drop for Returned {
    fn drop(&mut self) {
        clear_all(&mut self.0);
    }
}

fn clear_all(values: &mut BTreeMap<DataCategory, Value>) {
    values.values_mut().for_each(clear);
}

/// A value whose texts are cleared when it is dropped.
struct Cleared(Value);

impl Cleared {
    fn into_inner(mut self) -> Value {
        std::mem::take(&mut self.0)
    }
}

impl Drop for Cleared {
    fn drop(&mut self) {
        clear(&mut self.0);
    }
}

fn clear(value: &mut Value) {
    match value {
        Value::String(text) => text.zeroize(),
        Value::Array(items) => items.iter_mut().for_each(clear),
        Value::Object(members) => {
            for (mut name, mut value) in std::mem::take(members) {
                name.zeroize();
                clear(&mut value);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn check(value: &Value, depth: usize, left: &mut usize) -> Result<(), NotReturnable> {
    *left = left.checked_sub(1).ok_or(NotReturnable::Structure)?;
    let deeper = || depth.checked_sub(1).ok_or(NotReturnable::Structure);
    match value {
        Value::Null | Value::Bool(_) | Value::Number(_) => Ok(()),
        Value::String(text) => check_text(text, MOST_CHARACTERS),
        Value::Array(items) => {
            let depth = deeper()?;
            items.iter().try_for_each(|item| check(item, depth, left))
        }
        Value::Object(members) => {
            let depth = deeper()?;
            members.iter().try_for_each(|(name, value)| {
                check_text(name, MOST_IN_NAME)?;
                check(value, depth, left)
            })
        }
    }
}

fn check_text(text: &str, most: usize) -> Result<(), NotReturnable> {
    let forbidden = |c: char| c.is_control() && c != '\n' && c != '\t';
    if text.chars().count() > most || text.contains(forbidden) { Err(NotReturnable::Text) } else { Ok(()) }
}

#[cfg(test)]
mod tests;
