//! The platform's own privacy policy, and who publishes it.

use domain::calendar::civil_date;
use domain::language::Language;

use super::{Gateway, ProcessorIdentity};
use crate::package::notice::{self, Notice, Publisher};

/// Where the vendor is established: its organisation number is a Swedish one.
const COUNTRY: &str = "SE";

/// A postal address by its parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seat {
    /// Street and number, or box.
    pub lines: Vec<String>,
    /// Postal code.
    pub postal_code: String,
    /// Town.
    pub locality: String,
    /// Country, ISO 3166-1 alpha-2.
    pub country: &'static str,
}

impl ProcessorIdentity {
    /// The postal address by its parts: the last line begins with the postal code, whose words are those with digits.
    #[must_use]
    pub fn seat(&self) -> Seat {
        let (last, lines) =
            self.address_lines.split_last().map_or(("", &[][..]), |(last, lines)| (last, lines));
        let words: Vec<&str> = last.split_whitespace().collect();
        let has_digit = |word: &&str| word.bytes().any(|byte| byte.is_ascii_digit());
        let (code, town) = words.split_at(words.iter().take_while(|word| has_digit(word)).count());
        Seat {
            lines: lines.to_vec(),
            postal_code: code.join(" "),
            locality: town.join(" "),
            country: COUNTRY,
        }
    }
}

impl Gateway {
    /// The privacy policy as it reads today.
    #[must_use]
    pub fn privacy_notice(&self, language: Language) -> Notice {
        let processor = &self.settings.processor;
        let publisher = Publisher {
            name: processor.name.clone(),
            organisation_number: processor.organisation_number.clone(),
            address_lines: processor.address_lines.clone(),
            email: processor.email.clone(),
        };
        notice::notice(language, civil_date(self.store.clock().now()), &publisher)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_taken_apart_at_the_town() {
        for (lines, street, postal_code, locality) in [
            (&["Provgatan 1", "163 46 Spånga"][..], &["Provgatan 1"][..], "163 46", "Spånga"),
            (
                &["Box 12", "c/o Prov", "SE-163 46 Upplands Väsby"],
                &["Box 12", "c/o Prov"],
                "SE-163 46",
                "Upplands Väsby",
            ),
            (&["Provgatan 1", "Provstad"], &["Provgatan 1"], "", "Provstad"),
            (&[], &[], "", ""),
        ] {
            let identity = ProcessorIdentity {
                name: String::new(),
                organisation_number: String::new(),
                address_lines: lines.iter().map(|line| (*line).to_owned()).collect(),
                email: String::new(),
            };
            let seat = identity.seat();
            assert_eq!(seat.lines, street);
            assert_eq!((seat.postal_code.as_str(), seat.locality.as_str()), (postal_code, locality));
        }
    }
}
