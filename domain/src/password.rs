//! Passwords, for the short time between their arrival and their hash.

use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

use crate::invalid::Invalid;

/// A password of 12 to 128 characters. It can be neither printed nor compared, and its memory is cleared when it is
/// dropped.
///
/// ```compile_fail
/// println!("{:?}", domain::password::Password::parse("correct horse battery"));
/// ```
pub struct Password(Zeroizing<String>);

impl Password {
    /// The least number of characters.
    pub const MIN: usize = 12;
    /// The greatest number of characters.
    pub const MAX: usize = 128;

    /// Reads what a client sent. Blanks count and are kept; the form is NFC, so that the same keys give the same
    /// password on every machine (RFC 8265, section 4.2).
    ///
    /// # Errors
    /// [`Invalid::TooShort`], [`Invalid::TooLong`] or [`Invalid::ControlCharacter`].
    pub fn parse(raw: &str) -> Result<Self, Invalid> {
        let too_long = Invalid::TooLong { max: Self::MAX };
        // Composition makes at most four characters one: what is longer need not be composed to be refused.
        if raw.chars().take(Self::MAX * 4 + 1).count() > Self::MAX * 4 {
            return Err(too_long);
        }
        // Room for the longest composed form, so that growing leaves no copy behind in freed memory.
        let mut text = Zeroizing::new(String::with_capacity(raw.len() * 3));
        text.extend(raw.nfc());
        match text.chars().count() {
            count if count < Self::MIN => Err(Invalid::TooShort { min: Self::MIN }),
            count if count > Self::MAX => Err(too_long),
            _ if text.chars().any(char::is_control) => Err(Invalid::ControlCharacter),
            _ => Ok(Self(text)),
        }
    }

    /// The text, for the one place that hashes it.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn length_is_counted_in_characters_and_blanks_are_kept() {
        for (raw, expected) in [
            (" 0123456789 ".to_owned(), None),
            ("å".repeat(12), None),
            ("å".repeat(128), None),
            ("a\u{30a}".repeat(128), None),
            ("0123456789a".to_owned(), Some(Invalid::TooShort { min: 12 })),
            (String::new(), Some(Invalid::TooShort { min: 12 })),
            ("a\u{30a}".repeat(11), Some(Invalid::TooShort { min: 12 })),
            ("a".repeat(129), Some(Invalid::TooLong { max: 128 })),
            ("a".repeat(1_000_000), Some(Invalid::TooLong { max: 128 })),
            ("0123456789\u{0}ab".to_owned(), Some(Invalid::ControlCharacter)),
        ] {
            assert_eq!(Password::parse(&raw).err(), expected, "{} characters", raw.chars().count());
        }
    }

    #[test]
    fn the_same_keys_give_the_same_password() {
        let composed = Password::parse("Ångström-resan");
        let decomposed = Password::parse("A\u{30a}ngstro\u{308}m-resan");
        assert_eq!(
            composed.as_ref().map(Password::reveal).ok(),
            decomposed.as_ref().map(Password::reveal).ok()
        );
    }
}
