//! Telephone numbers.

use phonenumber::{Mode, country};

use crate::checked_text::checked_text;
use crate::invalid::Invalid;

checked_text! {
    /// A telephone number in E.164 form (`+46812345678`).
    PhoneNumber
}

/// More than the longest number with its separators.
const MAX_TYPED: usize = 40;

impl PhoneNumber {
    /// Reads what a client sent: an international number, or a national Swedish one. It must be possible in its
    /// country's numbering plan.
    ///
    /// # Errors
    /// [`Invalid::Empty`] or [`Invalid::NotAPhoneNumber`].
    pub fn parse(raw: &str) -> Result<Self, Invalid> {
        let text = raw.trim();
        if text.is_empty() {
            return Err(Invalid::Empty);
        }
        // What the numbering-plan library reads from extensions, vanity letters and `tel:` addresses is no E.164.
        let dialled = text.strip_prefix('+').unwrap_or(text);
        if text.chars().count() > MAX_TYPED || !dialled.chars().all(is_typed_in_numbers) {
            return Err(Invalid::NotAPhoneNumber);
        }
        let compact: String = text.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
        let number = read(&compact).ok_or(Invalid::NotAPhoneNumber)?;
        let e164 = number.format().mode(Mode::E164).to_string();
        if !number.is_valid() || !is_e164(&e164) {
            return Err(Invalid::NotAPhoneNumber);
        }
        Ok(Self(e164))
    }

    /// The form by which it is found and compared: E.164, as it is kept.
    #[must_use]
    pub fn normalised(&self) -> String {
        self.0.clone()
    }
}

/// An international number is read without a default country: with one, the library strips that country's trunk prefix
/// from every other country's numbers too.
fn read(compact: &str) -> Option<phonenumber::PhoneNumber> {
    if compact.starts_with('+') {
        return phonenumber::parse(None, compact).ok();
    }
    match compact.strip_prefix("00") {
        Some(rest) => phonenumber::parse(None, format!("+{rest}")).ok(),
        None => phonenumber::parse(Some(country::SE), compact).ok(),
    }
}

fn is_typed_in_numbers(c: char) -> bool {
    c.is_ascii_digit() || c == '\u{a0}' || " -–./()".contains(c)
}

fn is_e164(text: &str) -> bool {
    text.strip_prefix('+').is_some_and(|digits| {
        (7..=15).contains(&digits.len())
            && !digits.starts_with('0')
            && digits.bytes().all(|byte| byte.is_ascii_digit())
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn national_and_international_numbers_become_e164() {
        for (raw, expected) in [
            ("+46812345678", Ok("+46812345678")),
            ("08-123 456 78", Ok("+46812345678")),
            ("(08) 123 456 78", Ok("+46812345678")),
            ("+46 (0)8 123 456 78", Ok("+46812345678")),
            ("0046 8 123 456 78", Ok("+46812345678")),
            ("070-174 06 05", Ok("+46701740605")),
            ("+47 22 12 34 56", Ok("+4722123456")),
            ("+44 20 7946 0958", Ok("+442079460958")),
            ("+39 02 1234 5678", Ok("+390212345678")),
            ("+39 333 123 45 67", Ok("+393331234567")),
            ("+1 202-456-1111", Ok("+12024561111")),
            ("", Err(Invalid::Empty)),
            ("  ", Err(Invalid::Empty)),
            ("123", Err(Invalid::NotAPhoneNumber)),
            ("+", Err(Invalid::NotAPhoneNumber)),
            ("+46", Err(Invalid::NotAPhoneNumber)),
            ("+999 123 456 789", Err(Invalid::NotAPhoneNumber)),
            ("+46 8 12", Err(Invalid::NotAPhoneNumber)),
            ("+4681234567890123", Err(Invalid::NotAPhoneNumber)),
            ("0800-FLOWERS", Err(Invalid::NotAPhoneNumber)),
            ("08-123 456 78 ext. 5", Err(Invalid::NotAPhoneNumber)),
            ("tel:+46812345678", Err(Invalid::NotAPhoneNumber)),
            ("++46812345678", Err(Invalid::NotAPhoneNumber)),
            ("+46\n812345678", Err(Invalid::NotAPhoneNumber)),
            ("٠٨١٢٣٤٥٦٧٨", Err(Invalid::NotAPhoneNumber)),
            ("ring mig", Err(Invalid::NotAPhoneNumber)),
        ] {
            let read = PhoneNumber::parse(raw);
            assert_eq!(read.as_ref().map(PhoneNumber::as_str), expected.as_ref().copied(), "{raw:?}");
        }
    }

    proptest! {
        #[test]
        fn whatever_is_accepted_is_accepted_again_in_its_own_form(raw in "[+]?[0-9 ()-]{0,24}") {
            if let Ok(number) = PhoneNumber::parse(&raw) {
                prop_assert_eq!(PhoneNumber::parse(number.as_str()), Ok(number));
            }
        }

        #[test]
        fn whatever_country_a_number_names_its_form_is_stable(code in 1_u16..1000, rest in "[0-9]{3,13}") {
            if let Ok(number) = PhoneNumber::parse(&format!("+{code}{rest}")) {
                prop_assert_eq!(PhoneNumber::parse(number.as_str()), Ok(number));
            }
        }

        #[test]
        fn no_text_makes_it_fail_otherwise_than_by_refusing(raw in "\\PC{0,60}") {
            let _ = PhoneNumber::parse(&raw);
        }
    }
}
