//! Why a value that came from outside was not accepted.

use jiff::civil::Date;

use crate::language::Language;

/// A value has the wrong form. The message says what to give instead and never echoes what was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[error("{}", self.message(Language::En))]
pub enum Invalid {
    /// Nothing but blanks.
    Empty,
    /// Fewer characters than `min`.
    TooShort {
        /// The least number of characters.
        min: usize,
    },
    /// More characters than `max`.
    TooLong {
        /// The greatest number of characters.
        max: usize,
    },
    /// More lines, or none where at least one is needed.
    NotSoManyLines {
        /// The greatest number of lines; the least is one.
        max: usize,
    },
    /// A number outside its range.
    OutOfRange {
        /// The least value.
        min: i64,
        /// The greatest value.
        max: i64,
    },
    /// A control character (of layout direction, too), or a line break where none belongs.
    ControlCharacter,
    /// Not a valid e-mail address of the HTML standard.
    NotAnEmailAddress,
    /// Not a telephone number that exists in any numbering plan.
    NotAPhoneNumber,
    /// Not an upper-case country code of ISO 3166-1 alpha-2.
    NotACountry,
    /// EL, which the Union's institutions use for Greece; ISO 3166-1 has GR.
    GreeceIsGr,
    /// Not a Swedish organisation number, or its check digit is wrong.
    NotAnOrganisationNumber,
    /// Not an identifier of the expected kind.
    NotAnIdentifier,
    /// Not an instant with an offset, RFC 3339.
    NotAnInstant,
    /// Not a calendar date.
    NotADate,
    /// An instant or a date later than now.
    InTheFuture,
    /// A date before today.
    InThePast,
    /// Not one of the values that the schema lists.
    UnknownValue,
    /// Not a language that the gateway speaks.
    NotALanguage,
    /// Not an acceptable address of a service.
    NotAUrl,
    /// Not the JSON object of a postal address.
    NotAnAddress,
    /// Not a SHA-256 digest in lower-case hexadecimal digits.
    NotADigest,
    /// Staff named `SELF_SERVICE`, the channel of the person's own token.
    ChannelOfTheSubject,
    /// A date that is not later than today.
    NotInTheFuture,
    /// `BOOKKEEPING_ACT`, a ground that the gateway applies by itself.
    GroundOfTheGateway,
    /// A category that no request for rectification corrects: accounting records, passwords.
    NotCorrectedHere,
    /// Something that was named before.
    Repeated,
    /// An invoice said to be no accounting information.
    AlwaysStatutory,
    /// `FISCAL_YEAR_ENDED` for a category that has no fiscal year.
    NoFiscalYear,
    /// A last day before the first.
    BeforeItBegins,
    /// A day that comes too soon.
    TooSoon {
        /// The earliest day that is accepted.
        earliest: Date,
    },
    /// A digest, but of another document than the one that is to be signed.
    NotThisDocument,
    /// Data of persons for a system that hears of none.
    ToldOfNobody,
    /// A message that the connector cannot bring.
    NotBrought,
}

impl Invalid {
    /// One sentence for a person that says what to do.
    #[must_use]
    pub fn message(&self, language: Language) -> String {
        match language {
            Language::Sv => self.swedish(),
            Language::En => self.english(),
        }
    }

    fn swedish(self) -> String {
        let sentence = match self {
            Self::TooShort { min } => return format!("Ange minst {min} tecken."),
            Self::TooLong { max } => return format!("Ange högst {max} tecken."),
            Self::NotSoManyLines { max } => return format!("Ange minst en och högst {max} rader."),
            Self::OutOfRange { min, max } => return format!("Ange ett tal från {min} till {max}."),
            Self::TooSoon { earliest } => return format!("Ange {earliest} eller en senare dag."),
            Self::Empty => "Ange ett värde.",
            Self::ControlCharacter => "Ta bort styrtecken och radbrytningar.",
            Self::NotAnEmailAddress => "Ange en giltig e-postadress, till exempel namn@example.com.",
            Self::NotAPhoneNumber => "Ange ett giltigt telefonnummer, helst med landsnummer (+46 …).",
            Self::NotACountry => "Ange landet med två versaler enligt ISO 3166-1, till exempel SE.",
            Self::GreeceIsGr => "Ange Grekland som GR; EL är inte en landskod enligt ISO 3166-1.",
            Self::NotAnOrganisationNumber => {
                "Ange ett organisationsnummer med tio siffror och rätt kontrollsiffra."
            }
            Self::NotAnIdentifier => "Ange en identifierare av rätt slag, så som tjänsten lämnade ut den.",
            Self::NotAnInstant => "Ange en tidpunkt med tidszon enligt RFC 3339 (2026-11-22T10:00:00+01:00).",
            Self::NotADate => "Ange ett datum som finns i kalendern (2026-11-22).",
            Self::InTheFuture => "Ange en tid som inte ligger i framtiden.",
            Self::InThePast => "Ange i dag eller en senare dag.",
            Self::UnknownValue => "Välj ett av de värden som schemat anger.",
            Self::NotALanguage => "Välj sv eller en.",
            Self::NotAUrl => "Ange en fullständig https-adress.",
            Self::NotAnAddress => {
                "Ange adressen som JSON: {\"lines\": […], \"postalCode\": …, \"locality\": …, \"country\": \"SE\"}."
            }
            Self::NotADigest => "Ange ett SHA-256-värde med 64 hexadecimala gemener.",
            Self::ChannelOfTheSubject => {
                "Välj en annan kanal; SELF_SERVICE gäller bara den registrerades egen inloggning."
            }
            Self::NotInTheFuture => "Ange en dag efter i dag.",
            Self::GroundOfTheGateway => {
                "Välj en annan grund; BOOKKEEPING_ACT tillämpar tjänsten själv på bokföringsinformation."
            }
            Self::NotCorrectedHere => {
                "Välj en annan kategori; bokföringsinformation rättas med en ny post, och ett lösenord byter \
                 personen själv."
            }
            Self::Repeated => "Ange varje värde en gång; det här har redan angetts.",
            Self::AlwaysStatutory => "Ange true; en faktura är alltid räkenskapsinformation.",
            Self::NoFiscalYear => "Välj en annan utlösare; FISCAL_YEAR_ENDED gäller bara ACCOUNTING.",
            Self::BeforeItBegins => "Ange den första dagen eller en senare.",
            Self::NotThisDocument => "Läs dokumentet på nytt och ange dess SHA-256-värde.",
            Self::NotBrought => {
                "Välj bara det som kopplingen kan lämna; ett manuellt system får uppgifter om begäranden, inget annat."
            }
            Self::ToldOfNobody => {
                "Lämna listan tom; ett system som bara tar emot loggens signaturer får inte veta något om personer."
            }
        };
        sentence.to_owned()
    }

    fn english(self) -> String {
        let sentence = match self {
            Self::TooShort { min } => return format!("Give at least {min} characters."),
            Self::TooLong { max } => return format!("Give at most {max} characters."),
            Self::NotSoManyLines { max } => return format!("Give at least one and at most {max} lines."),
            Self::OutOfRange { min, max } => return format!("Give a number from {min} to {max}."),
            Self::TooSoon { earliest } => return format!("Give {earliest} or a later day."),
            Self::Empty => "Give a value.",
            Self::ControlCharacter => "Remove control characters and line breaks.",
            Self::NotAnEmailAddress => "Give a valid e-mail address, such as name@example.com.",
            Self::NotAPhoneNumber => "Give a valid telephone number, best with its country code (+46 …).",
            Self::NotACountry => "Give the country as two capital letters of ISO 3166-1, such as SE.",
            Self::GreeceIsGr => "Give Greece as GR; EL is not a country code of ISO 3166-1.",
            Self::NotAnOrganisationNumber => {
                "Give an organisation number of ten digits with the right check digit."
            }
            Self::NotAnIdentifier => "Give an identifier of the right kind, as the service handed it out.",
            Self::NotAnInstant => "Give an instant with its offset, RFC 3339 (2026-11-22T10:00:00+01:00).",
            Self::NotADate => "Give a date that the calendar has (2026-11-22).",
            Self::InTheFuture => "Give a time that is not in the future.",
            Self::InThePast => "Give today or a later day.",
            Self::UnknownValue => "Choose one of the values that the schema lists.",
            Self::NotALanguage => "Choose sv or en.",
            Self::NotAUrl => "Give a complete https address.",
            Self::NotAnAddress => {
                "Give the address as JSON: {\"lines\": […], \"postalCode\": …, \"locality\": …, \"country\": \"SE\"}."
            }
            Self::NotADigest => "Give a SHA-256 digest as 64 lower-case hexadecimal digits.",
            Self::ChannelOfTheSubject => {
                "Choose another channel; SELF_SERVICE is for the data subject's own token."
            }
            Self::NotInTheFuture => "Give a day after today.",
            Self::GroundOfTheGateway => {
                "Choose another ground; BOOKKEEPING_ACT is applied to accounting information by the gateway itself."
            }
            Self::NotCorrectedHere => {
                "Choose another category; accounting records are corrected by a new record, and a password by the \
                 person."
            }
            Self::Repeated => "Give each value once; this one was given before.",
            Self::AlwaysStatutory => "Give true; an invoice is always accounting information.",
            Self::NoFiscalYear => "Choose another trigger; FISCAL_YEAR_ENDED is for ACCOUNTING only.",
            Self::BeforeItBegins => "Give the first day or a later one.",
            Self::NotThisDocument => "Read the document anew and give its SHA-256 digest.",
            Self::NotBrought => {
                "Choose what the connector can bring; a manual system gets tasks for requests and nothing else."
            }
            Self::ToldOfNobody => {
                "Leave the list empty; a system that receives heads of the audit log alone hears of no person."
            }
        };
        sentence.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_fault_says_what_to_do_in_one_sentence_of_its_own() {
        let faults = [
            Invalid::Empty,
            Invalid::InTheFuture,
            Invalid::NotInTheFuture,
            Invalid::GroundOfTheGateway,
            Invalid::NotCorrectedHere,
            Invalid::Repeated,
            Invalid::AlwaysStatutory,
            Invalid::NoFiscalYear,
            Invalid::ChannelOfTheSubject,
            Invalid::OutOfRange { min: 0, max: 1200 },
            Invalid::InThePast,
            Invalid::BeforeItBegins,
            Invalid::TooSoon { earliest: Date::MIN },
            Invalid::NotADigest,
            Invalid::NotThisDocument,
            Invalid::ToldOfNobody,
            Invalid::NotBrought,
        ];
        for language in [Language::Sv, Language::En] {
            let sentences: BTreeSet<String> = faults.iter().map(|fault| fault.message(language)).collect();
            assert_eq!(sentences.len(), faults.len(), "{sentences:?}");
            assert!(sentences.iter().all(|sentence| sentence.ends_with('.')), "{sentences:?}");
            let indented = |sentence: &String| sentence.contains("  ");
            assert!(!sentences.iter().any(indented), "{sentences:?}");
        }
    }
}
