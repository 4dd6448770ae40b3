//! Postal addresses.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::country::CountryCode;
use crate::invalid::Invalid;
use crate::text::Text;

/// An address as it comes from outside, unchecked.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AddressParts {
    /// Street and number, or box.
    pub lines: Vec<String>,
    /// Postal code.
    pub postal_code: String,
    /// Town.
    pub locality: String,
    /// ISO 3166-1 alpha-2.
    pub country: String,
}

/// A postal address. It is serialised for storage under seal, and read back without a second check, so that no
/// later change of a rule makes what is held unreadable.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PostalAddress {
    lines: Vec<String>,
    postal_code: String,
    locality: String,
    country: CountryCode,
}

/// Which part of an address was not accepted, by its name in the schema, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{part}: {reason}")]
pub struct InvalidAddress {
    /// `lines`, `postalCode`, `locality` or `country`.
    pub part: &'static str,
    /// What is wrong with it.
    pub reason: Invalid,
}

impl PostalAddress {
    /// The greatest number of lines before the postal code.
    pub const MAX_LINES: usize = 3;

    /// Reads what a client sent: one to three lines; each text follows the rules of [`Text`].
    ///
    /// # Errors
    /// [`InvalidAddress`] names the first part that is wrong.
    pub fn parse(parts: &AddressParts) -> Result<Self, InvalidAddress> {
        let in_part = |part| move |reason| InvalidAddress { part, reason };
        if !(1..=Self::MAX_LINES).contains(&parts.lines.len()) {
            return Err(in_part("lines")(Invalid::NotSoManyLines { max: Self::MAX_LINES }));
        }
        let lines = parts.lines.iter().map(|line| text(line)).collect::<Result<_, _>>();
        Ok(Self {
            lines: lines.map_err(in_part("lines"))?,
            postal_code: text(&parts.postal_code).map_err(in_part("postalCode"))?,
            locality: text(&parts.locality).map_err(in_part("locality"))?,
            country: CountryCode::parse(&parts.country).map_err(in_part("country"))?,
        })
    }

    /// Street and number, or box: one to three lines.
    #[must_use]
    pub fn lines(&self) -> &[String] {
        &self.lines
    }

    /// Postal code, as it was typed.
    #[must_use]
    pub fn postal_code(&self) -> &str {
        &self.postal_code
    }

    /// Town.
    #[must_use]
    pub fn locality(&self) -> &str {
        &self.locality
    }

    /// Country.
    #[must_use]
    pub const fn country(&self) -> &CountryCode {
        &self.country
    }
}

fn text(raw: &str) -> Result<String, Invalid> {
    Text::parse(raw).map(|text| text.as_str().to_owned())
}

impl fmt::Debug for PostalAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PostalAddress(…)")
    }
}

impl fmt::Debug for AddressParts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AddressParts(…)")
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    fn parts(lines: &[&str], [postal_code, locality, country]: [&str; 3]) -> AddressParts {
        AddressParts {
            lines: lines.iter().map(|line| (*line).to_owned()).collect(),
            postal_code: postal_code.to_owned(),
            locality: locality.to_owned(),
            country: country.to_owned(),
        }
    }

    #[test]
    fn the_first_wrong_part_is_named() {
        let right = ["163 46", "Spånga", "SE"];
        let many = Invalid::NotSoManyLines { max: 3 };
        for (lines, rest, part, reason) in [
            (&[][..], right, "lines", many),
            (&["a", "b", "c", "d"], right, "lines", many),
            (&["a", " "], right, "lines", Invalid::Empty),
            (&["a\nb"], right, "lines", Invalid::ControlCharacter),
            (&["a"], ["", "Spånga", "SE"], "postalCode", Invalid::Empty),
            (&["a"], ["163 46", " ", "SE"], "locality", Invalid::Empty),
            (&["a"], ["163 46", "Spånga", "se"], "country", Invalid::NotACountry),
            (&["a"], ["163 46", "Athen", "EL"], "country", Invalid::GreeceIsGr),
        ] {
            assert_eq!(PostalAddress::parse(&parts(lines, rest)), Err(InvalidAddress { part, reason }));
        }
    }

    #[test]
    fn an_address_is_stored_in_the_schemas_own_form_and_read_back() {
        let address = PostalAddress::parse(&parts(&[" Storgatan 1 "], ["163 46", "Spånga", "SE"])).unwrap();
        let stored = serde_json::to_string(&address).unwrap();
        assert_eq!(
            stored,
            r#"{"lines":["Storgatan 1"],"postalCode":"163 46","locality":"Spånga","country":"SE"}"#
        );
        assert_eq!(serde_json::from_str::<PostalAddress>(&stored).unwrap(), address);
        let again: AddressParts = serde_json::from_str(&stored).unwrap();
        assert_eq!(PostalAddress::parse(&again).unwrap(), address);
    }
}
