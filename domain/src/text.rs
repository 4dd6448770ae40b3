//! Free text, one line or several (contract rule 14).

use unicode_normalization::UnicodeNormalization;

use crate::checked_text::checked_text;
use crate::invalid::Invalid;

checked_text! {
    /// One line of 1 to 500 characters, in Unicode form NFC, without blanks around it and without control characters.
    Text
}

checked_text! {
    /// A description of 1 to 4,000 characters; like [`Text`], but it may have several lines.
    Description
}

impl Text {
    /// The greatest number of characters.
    pub const MAX: usize = 500;

    /// Reads what a client sent.
    ///
    /// # Errors
    /// [`Invalid::Empty`], [`Invalid::TooLong`] or [`Invalid::ControlCharacter`].
    pub fn parse(raw: &str) -> Result<Self, Invalid> {
        one_line(raw, Self::MAX).map(Self)
    }
}

impl Description {
    /// The greatest number of characters.
    pub const MAX: usize = 4000;

    /// Reads what a client sent. CRLF counts and is kept as one newline.
    ///
    /// # Errors
    /// [`Invalid::Empty`], [`Invalid::TooLong`] or [`Invalid::ControlCharacter`].
    pub fn parse(raw: &str) -> Result<Self, Invalid> {
        let text = within(&raw.replace("\r\n", "\n"), Self::MAX)?;
        if text.chars().any(|c| c != '\n' && is_control(c)) {
            return Err(Invalid::ControlCharacter);
        }
        Ok(Self(text))
    }
}

/// One trimmed line in form NFC of 1 to `max` characters.
pub(crate) fn one_line(raw: &str, max: usize) -> Result<String, Invalid> {
    let text = within(raw, max)?;
    if text.chars().any(is_control) {
        return Err(Invalid::ControlCharacter);
    }
    Ok(text)
}

fn within(raw: &str, max: usize) -> Result<String, Invalid> {
    let text: String = raw.trim().nfc().collect();
    if text.chars().all(is_invisible) {
        return Err(Invalid::Empty);
    }
    if text.chars().count() > max {
        return Err(Invalid::TooLong { max });
    }
    Ok(text)
}

/// Control characters, line and paragraph separators, and the marks that turn the order of what follows them, with
/// which one text can be made to look like another.
pub(crate) fn is_control(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

fn is_invisible(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{00AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_trimmed_composed_and_measured_in_characters() {
        let long = "å".repeat(500);
        for (raw, expected) in [
            ("Konsult", Ok("Konsult")),
            ("  Konsult \n", Ok("Konsult")),
            ("A\u{30a}sa", Ok("Åsa")),
            (long.as_str(), Ok(long.as_str())),
            (&"å".repeat(501), Err(Invalid::TooLong { max: 500 })),
            (&format!(" {long} "), Ok(long.as_str())),
            ("", Err(Invalid::Empty)),
            (" \t\u{a0} ", Err(Invalid::Empty)),
            ("\u{200b}\u{feff}", Err(Invalid::Empty)),
            ("a\u{0}b", Err(Invalid::ControlCharacter)),
            ("a\nb", Err(Invalid::ControlCharacter)),
            ("a\u{7f}b", Err(Invalid::ControlCharacter)),
            ("a\u{85}b", Err(Invalid::ControlCharacter)),
            ("a\u{202e}b", Err(Invalid::ControlCharacter)),
            ("می\u{200c}خواهم", Ok("می\u{200c}خواهم")),
            ("<b>&\"'</b>", Ok("<b>&\"'</b>")),
        ] {
            let read = Text::parse(raw);
            assert_eq!(read.as_ref().map(Text::as_str), expected.as_ref().copied(), "{raw:?}");
        }
    }

    #[test]
    fn a_description_may_have_lines() {
        for (raw, expected) in [
            ("one\r\ntwo\n", Ok("one\ntwo")),
            ("one\rtwo", Err(Invalid::ControlCharacter)),
            ("one\ttwo", Err(Invalid::ControlCharacter)),
            ("\r\n", Err(Invalid::Empty)),
            (&"a".repeat(4001), Err(Invalid::TooLong { max: 4000 })),
        ] {
            let read = Description::parse(raw);
            assert_eq!(read.as_ref().map(Description::as_str), expected.as_ref().copied(), "{raw:?}");
        }
    }
}
