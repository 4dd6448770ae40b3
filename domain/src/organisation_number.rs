//! Swedish organisation numbers.

use crate::checked_text::checked_text;
use crate::invalid::Invalid;

checked_text! {
    /// A Swedish organisation number whose check digit is right, printed `559004-2809`. A sole trader's is a
    /// personal identity number, so it is withheld from `Debug` like other personal data.
    OrganisationNumber
}

impl OrganisationNumber {
    /// Reads ten digits, with a hyphen before the last four or not, or twelve that begin with 16; blanks around
    /// them are dropped.
    ///
    /// # Errors
    /// [`Invalid::Empty`] or [`Invalid::NotAnOrganisationNumber`].
    pub fn parse(raw: &str) -> Result<Self, Invalid> {
        let text = raw.trim();
        if text.is_empty() {
            return Err(Invalid::Empty);
        }
        canonical(text).map(Self).ok_or(Invalid::NotAnOrganisationNumber)
    }

    /// The form by which it is compared: as it is kept.
    #[must_use]
    pub fn normalised(&self) -> String {
        self.0.clone()
    }
}

fn canonical(text: &str) -> Option<String> {
    let (head, tail) = match text.split_once('-') {
        Some(parts) => parts,
        None => text.split_at_checked(text.len().checked_sub(4)?)?,
    };
    let head = if head.len() == 8 { head.strip_prefix("16")? } else { head };
    let digits = || head.bytes().chain(tail.bytes());
    let well_formed = head.len() == 6 && tail.len() == 4 && digits().all(|byte| byte.is_ascii_digit());
    (well_formed && luhn(digits())).then(|| format!("{head}-{tail}"))
}

/// The modulus-10 check of SS 61 43 02 over ten digits: every other one, from the first, counts twice.
fn luhn(digits: impl Iterator<Item = u8>) -> bool {
    let sum: u32 = digits
        .map(|byte| u32::from(byte - b'0'))
        .enumerate()
        .map(|(place, digit)| if place % 2 == 0 { digit * 2 / 10 + digit * 2 % 10 } else { digit })
        .sum();
    sum.is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_usual_spelling_is_printed_alike() {
        for raw in ["559004-2809", "5590042809", "165590042809", "16559004-2809", "  559004-2809\t"] {
            let read = OrganisationNumber::parse(raw);
            assert_eq!(read.as_ref().map(OrganisationNumber::as_str), Ok("559004-2809"), "{raw:?}");
        }
        let authority = OrganisationNumber::parse("202100-5489");
        assert_eq!(authority.as_ref().map(OrganisationNumber::as_str), Ok("202100-5489"));
    }

    #[test]
    fn anything_else_is_refused() {
        for raw in [
            "559004-2808",
            "559004-280",
            "559004-28099",
            "55900-42809",
            "559004--2809",
            "559004 2809",
            "559004+2809",
            "195590042809",
            "1655900428",
            "-",
            "-2809",
            "559004-",
            "280",
            "ååå",
            "5590Å-2809",
            "５５９００４２８０９",
        ] {
            assert_eq!(OrganisationNumber::parse(raw), Err(Invalid::NotAnOrganisationNumber), "{raw:?}");
        }
        assert_eq!(OrganisationNumber::parse("  "), Err(Invalid::Empty));
    }
}
