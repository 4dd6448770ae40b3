//! E-mail addresses.

use crate::checked_text::checked_text;
use crate::invalid::Invalid;

checked_text! {
    /// A valid e-mail address of the HTML standard, at most 254 characters, as it was typed.
    EmailAddress
}

impl EmailAddress {
    /// The greatest number of characters (RFC 5321, section 4.5.3.1.3, less the angle brackets).
    pub const MAX: usize = 254;

    /// Reads what a client sent; blanks around it are dropped.
    ///
    /// # Errors
    /// [`Invalid::Empty`], [`Invalid::TooLong`] or [`Invalid::NotAnEmailAddress`].
    pub fn parse(raw: &str) -> Result<Self, Invalid> {
        let text = raw.trim();
        if text.is_empty() {
            return Err(Invalid::Empty);
        }
        if text.chars().count() > Self::MAX {
            return Err(Invalid::TooLong { max: Self::MAX });
        }
        match text.split_once('@') {
            Some((local, domain)) if is_local_part(local) && domain.split('.').all(is_label) => {
                Ok(Self(text.to_owned()))
            }
            _ => Err(Invalid::NotAnEmailAddress),
        }
    }

    /// The form by which it is found and compared: lower case.
    #[must_use]
    pub fn normalised(&self) -> String {
        self.0.to_ascii_lowercase()
    }
}

fn is_local_part(local: &str) -> bool {
    !local.is_empty()
        && local.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".!#$%&'*+/=?^_`{|}~-".contains(&byte))
}

fn is_label(label: &str) -> bool {
    (1..=63).contains(&label.len())
        && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        && !label.starts_with('-')
        && !label.ends_with('-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_accepted_as_the_html_standard_says() {
        let label = "a".repeat(63);
        for (raw, expected) in [
            ("info@example.com", Ok("info@example.com")),
            ("  Info@Example.COM ", Ok("Info@Example.COM")),
            ("a@b", Ok("a@b")),
            ("first.last+tag@sub.example.se", Ok("first.last+tag@sub.example.se")),
            ("o'brien!#$%&*/=?^_`{|}~-@example.com", Ok("o'brien!#$%&*/=?^_`{|}~-@example.com")),
            (&format!("a@{label}"), Ok(&*format!("a@{label}"))),
            (&format!("a@{label}a"), Err(Invalid::NotAnEmailAddress)),
            (&format!("{}@example.com", "a".repeat(242)), Ok(&*format!("{}@example.com", "a".repeat(242)))),
            (&format!("{}@example.com", "a".repeat(243)), Err(Invalid::TooLong { max: 254 })),
            ("", Err(Invalid::Empty)),
            ("@example.com", Err(Invalid::NotAnEmailAddress)),
            ("a@", Err(Invalid::NotAnEmailAddress)),
            ("a", Err(Invalid::NotAnEmailAddress)),
            ("a@b@c", Err(Invalid::NotAnEmailAddress)),
            ("a b@example.com", Err(Invalid::NotAnEmailAddress)),
            ("\"a b\"@example.com", Err(Invalid::NotAnEmailAddress)),
            ("a@-example.com", Err(Invalid::NotAnEmailAddress)),
            ("a@example-.com", Err(Invalid::NotAnEmailAddress)),
            ("a@example..com", Err(Invalid::NotAnEmailAddress)),
            ("a@example.com.", Err(Invalid::NotAnEmailAddress)),
            ("a@[127.0.0.1]", Err(Invalid::NotAnEmailAddress)),
            ("å@example.com", Err(Invalid::NotAnEmailAddress)),
            ("a@exämple.com", Err(Invalid::NotAnEmailAddress)),
            ("a\r\nBcc: b@example.com", Err(Invalid::NotAnEmailAddress)),
            ("a\0@example.com", Err(Invalid::NotAnEmailAddress)),
            ("Name <a@example.com>", Err(Invalid::NotAnEmailAddress)),
        ] {
            let read = EmailAddress::parse(raw);
            assert_eq!(read.as_ref().map(EmailAddress::as_str), expected.as_ref().copied(), "{raw:?}");
        }
    }

    #[test]
    fn letter_case_does_not_matter_to_a_search() {
        let address = EmailAddress::parse("Info@Example.COM").map(|address| address.normalised());
        assert_eq!(address, Ok("info@example.com".to_owned()));
    }
}
