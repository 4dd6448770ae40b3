//! Countries, and which of them count as the European Economic Area.

use serde::{Deserialize, Serialize};

use crate::invalid::Invalid;

/// A country code of ISO 3166-1 alpha-2, upper case.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CountryCode(String);

/// The 27 Member States of the Union, then Iceland, Liechtenstein and Norway.
const EEA_STATES: [&str; 30] = [
    "AT", "BE", "BG", "HR", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HU", "IE", "IT", "LT",
    "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK", "IS", "LI", "NO",
];

/// Parts of Member States with a code of their own in which Union law applies: Åland and the outermost regions of
/// France (TFEU Art. 349, 355(1) and 355(4)). Svalbard (SJ) is outside the EEA Agreement.
const EEA_TERRITORIES: [&str; 7] = ["AX", "GP", "MQ", "GF", "RE", "YT", "MF"];

impl CountryCode {
    /// Reads what a client sent. Neither blanks nor lower case are let through: the code is a machine's, not a
    /// person's, and a wrong one would decide whether a transfer is lawful.
    ///
    /// # Errors
    /// [`Invalid::GreeceIsGr`] for EL, [`Invalid::NotACountry`] for anything else that ISO 3166-1 does not have.
    pub fn parse(raw: &str) -> Result<Self, Invalid> {
        if raw == "EL" {
            return Err(Invalid::GreeceIsGr);
        }
        rust_iso3166::from_alpha2(raw)
            .map(|country| Self(country.alpha2.to_owned()))
            .ok_or(Invalid::NotACountry)
    }

    /// The code.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether processing there is processing within the EU/EEA, so that it is no transfer to a third country
    /// (Art. 44).
    #[must_use]
    pub fn is_eea(&self) -> bool {
        EEA_STATES.contains(&self.as_str()) || EEA_TERRITORIES.contains(&self.as_str())
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn only_upper_case_iso_codes_are_countries() {
        for code in ["SE", "GR", "GB", "US", "AX", "SJ"] {
            assert_eq!(CountryCode::parse(code).unwrap().as_str(), code);
        }
        for code in ["", "se", "Se", "SWE", "UK", "EU", "XX", "XK", "ZZ", " SE", "SE ", "S", "ÅÅ", "S\0"] {
            assert_eq!(CountryCode::parse(code), Err(Invalid::NotACountry), "{code:?}");
        }
        assert_eq!(CountryCode::parse("EL"), Err(Invalid::GreeceIsGr));
    }

    #[test]
    fn the_area_has_thirty_states_and_the_territories_where_union_law_applies() {
        let inside = rust_iso3166::ALL
            .iter()
            .filter(|country| CountryCode::parse(country.alpha2).unwrap().is_eea())
            .count();
        assert_eq!(inside, 37);
        for code in ["CH", "GB", "AD", "MC", "SM", "VA", "FO", "GL", "SJ", "TR", "US", "GG", "NC", "PM", "BL"]
        {
            assert!(!CountryCode::parse(code).unwrap().is_eea(), "{code}");
        }
        for code in ["SE", "GR", "IS", "LI", "NO", "AX", "RE", "YT", "MF"] {
            assert!(CountryCode::parse(code).unwrap().is_eea(), "{code}");
        }
    }
}
