//! Login names of registered users.

use unicode_normalization::UnicodeNormalization;

use crate::checked_text::checked_text;
use crate::invalid::Invalid;
use crate::text::{self, Text};

checked_text! {
    /// A login name of 1 to 500 characters, as it was typed (form NFC).
    LoginName
}

impl LoginName {
    /// Reads what a client sent.
    ///
    /// # Errors
    /// As [`Text::parse`].
    pub fn parse(raw: &str) -> Result<Self, Invalid> {
        text::one_line(raw, Text::MAX).map(Self)
    }

    /// The form by which it is found and is unique within the tenant: lower case, form NFC.
    #[must_use]
    pub fn normalised(&self) -> String {
        self.0.to_lowercase().nfc().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letter_case_and_composition_do_not_make_another_login_name() {
        for (one, other) in [("Anna", "aNNA"), ("ÅSA", "a\u{30a}sa"), (" anna ", "ANNA")] {
            let normalised = |raw| LoginName::parse(raw).map(|name| name.normalised());
            assert_eq!(normalised(one), normalised(other));
        }
        assert_eq!(LoginName::parse("a\u{0}b"), Err(Invalid::ControlCharacter));
        assert_eq!(LoginName::parse(""), Err(Invalid::Empty));
    }
}
