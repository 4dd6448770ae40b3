//! `[transfers]`: where personal data may go outside the EU/EEA.

use std::path::PathBuf;

use ::config::{FileFormat, Value};
use domain::country::CountryCode;
use domain::subprocessor::{AdequacyDecision, AdequacyList};
use jiff::civil::Date;
use serde::Deserialize;

/// The list that comes with the gateway.
const SHIPPED: &str = include_str!("../../assets/adequacy.toml");

/// What that list is called where something is wrong with it.
const SHIPPED_NAME: &str = "assets/adequacy.toml";

/// Transfers to third countries.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct TransfersConfig {
    /// A file with the decisions on adequacy (Art. 45), in place of the list that comes with the gateway.
    pub adequacy_file: Option<PathBuf>,
}

/// The list of decisions on adequacy cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum AdequacyError {
    /// The file cannot be read.
    #[error("{file}: cannot be read: {source}")]
    Unreadable {
        /// The file, as it was named.
        file: String,
        /// What the operating system says.
        source: std::io::Error,
    },
    /// The file is no TOML, or holds something beside decisions.
    #[error("{file}: {message}")]
    NoList {
        /// The file, as it was named.
        file: String,
        /// What the parser says.
        message: String,
    },
    /// An entry is wrong.
    #[error("{file}: decision {number} ({country}): {message}")]
    Entry {
        /// The file, as it was named.
        file: String,
        /// Which entry, counted from 1.
        number: usize,
        /// Its country, as written.
        country: String,
        /// What is wrong with it.
        message: String,
    },
}

/// The file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    decision: Vec<Value>,
}

/// An entry of it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    country: String,
    valid_from: String,
    valid_to: Option<String>,
    scope: Option<String>,
    reference: String,
}

impl TransfersConfig {
    /// The decisions on adequacy; a file that was named is read anew at each call.
    ///
    /// # Errors
    /// [`AdequacyError`] names the file and, where it is one of them, the entry at fault.
    pub fn adequacy(&self) -> Result<AdequacyList, AdequacyError> {
        let Some(path) = &self.adequacy_file else {
            return read(SHIPPED_NAME, SHIPPED);
        };
        let file = path.display().to_string();
        match std::fs::read_to_string(path) {
            Ok(text) => read(&file, &text),
            Err(source) => Err(AdequacyError::Unreadable { file, source }),
        }
    }
}

fn read(file: &str, text: &str) -> Result<AdequacyList, AdequacyError> {
    let source = ::config::File::from_str(text, FileFormat::Toml);
    let built = ::config::Config::builder().add_source(source).build();
    let written = built.and_then(::config::Config::try_deserialize::<Written>);
    let written = written
        .map_err(|error| AdequacyError::NoList { file: file.to_owned(), message: error.to_string() })?;
    let numbered = written.decision.into_iter().zip(1..);
    numbered
        .map(|(value, number)| entry(value, (file, number)))
        .collect::<Result<_, _>>()
        .map(AdequacyList::new)
}

fn entry(value: Value, (file, number): (&str, usize)) -> Result<AdequacyDecision, AdequacyError> {
    let country = value.clone().into_table().ok().and_then(|table| table.get("country").cloned());
    let country = country.and_then(|country| country.into_string().ok()).unwrap_or_default();
    let wrong = |message: String| AdequacyError::Entry {
        file: file.to_owned(),
        number,
        country: country.clone(),
        message,
    };
    let entry: Entry = value.try_deserialize().map_err(|error| wrong(error.to_string()))?;
    let day = |key: &str, text: &str| -> Result<Date, AdequacyError> {
        text.parse().map_err(|_| wrong(format!("{key} is no calendar date")))
    };
    let decision = AdequacyDecision {
        country: CountryCode::parse(&entry.country).map_err(|reason| wrong(reason.to_string()))?,
        valid_from: day("valid_from", &entry.valid_from)?,
        valid_to: entry.valid_to.as_deref().map(|text| day("valid_to", text)).transpose()?,
        scope: entry.scope,
        reference: entry.reference,
    };
    if decision.valid_to.is_some_and(|last| last < decision.valid_from) {
        return Err(wrong("valid_to lies before valid_from".to_owned()));
    }
    Ok(decision)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn the_shipped_list_has_every_decision_with_its_dates() {
        let list = TransfersConfig::default().adequacy().unwrap();
        for (country, on, expected) in [
            ("AD", date(2026, 11, 22), true),
            ("AR", date(2026, 11, 22), true),
            ("BR", date(2026, 1, 25), false),
            ("BR", date(2026, 1, 26), true),
            ("CA", date(2026, 11, 22), true),
            ("CH", date(2000, 7, 25), false),
            ("CH", date(2000, 7, 26), true),
            ("FO", date(2026, 11, 22), true),
            ("GB", date(2021, 6, 27), false),
            ("GB", date(2031, 12, 27), true),
            ("GB", date(2031, 12, 28), false),
            ("GG", date(2026, 11, 22), true),
            ("IL", date(2026, 11, 22), true),
            ("IM", date(2026, 11, 22), true),
            ("JE", date(2026, 11, 22), true),
            ("JP", date(2026, 11, 22), true),
            ("KR", date(2026, 11, 22), true),
            ("NZ", date(2026, 11, 22), true),
            ("US", date(2023, 7, 10), true),
            ("UY", date(2026, 11, 22), true),
            ("SE", date(2026, 11, 22), false),
            ("IN", date(2026, 11, 22), false),
            ("SJ", date(2026, 11, 22), false),
        ] {
            let found = list.in_force(&CountryCode::parse(country).unwrap(), on);
            assert_eq!(found.is_some(), expected, "{country} {on}");
        }
        for limited in ["CA", "US"] {
            let found = list.in_force(&CountryCode::parse(limited).unwrap(), date(2026, 11, 22));
            assert!(found.is_some_and(|decision| decision.scope.is_some()), "{limited}");
        }
    }

    #[test]
    fn what_is_wrong_with_a_list_names_the_file_and_the_entry() {
        const SOUND: &str =
            "[[decision]]\ncountry = \"AD\"\nvalid_from = 2010-10-19\nreference = \"2010/625/EU\"\n";
        let second = |lines: &str| format!("{SOUND}[[decision]]\n{lines}\n");
        for (text, expected) in [
            (second("country = \"se\"\nvalid_from = 2010-10-19\nreference = \"x\""), "decision 2 (se)"),
            (second("country = \"EL\"\nvalid_from = 2010-10-19\nreference = \"x\""), "decision 2 (EL)"),
            (second("country = \"AR\"\nvalid_from = \"2010-02-30\"\nreference = \"x\""), "decision 2 (AR)"),
            (
                second("country = \"AR\"\nvalid_from = 2010-10-19\nvalid_to = 2010-10-18\nreference = \"x\""),
                "decision 2 (AR): valid_to",
            ),
            (second("country = \"AR\"\nvalid_from = 2010-10-19"), "decision 2 (AR)"),
            (second("country = \"AR\"\nvalid_form = 2010-10-19\nreference = \"x\""), "decision 2 (AR)"),
            (second("valid_from = 2010-10-19\nreference = \"x\""), "decision 2 ()"),
            ("[[decision]\n".to_owned(), "list.toml: "),
            ("[[decisions]]\n".to_owned(), "list.toml: "),
        ] {
            let message = read("list.toml", &text).unwrap_err().to_string();
            assert!(message.starts_with("list.toml: "), "{message}");
            assert!(message.contains(expected), "{text}: {message}");
        }
        assert!(read("list.toml", SOUND).is_ok());
    }

    #[test]
    fn a_file_that_is_not_there_is_named() {
        let config = TransfersConfig { adequacy_file: Some("no-such/adequacy.toml".into()) };
        assert!(config.adequacy().unwrap_err().to_string().starts_with("no-such/adequacy.toml: "));
    }
}
