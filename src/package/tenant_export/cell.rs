//! One value of a record, as both forms of a file write it.

use std::fmt::Display;

use domain::personal::Personal;
use serde::{Serialize, Serializer};

use crate::package::csv_zip::guard;

/// A value. It has no `Debug`, since it can be about a person.
pub enum Cell {
    /// There is none: `null`, or an empty field.
    Nothing,
    /// A text.
    Text(String),
    /// A whole number.
    Number(i64),
    /// Yes or no.
    Flag(bool),
    /// Codes of the vocabulary: a list, or one field with blanks between them.
    Codes(Vec<&'static str>),
    /// Texts: a list, or one field with line breaks between them.
    Texts(Vec<String>),
}

impl Cell {
    /// An identifier, an instant, a date or another text that is not about a person.
    pub(super) fn shown(value: &impl Display) -> Self {
        Self::Text(value.to_string())
    }

    /// The same where it need not be there.
    pub(super) fn shown_if(value: Option<&impl Display>) -> Self {
        value.map_or(Self::Nothing, Self::shown)
    }

    /// A code of the vocabulary.
    pub(super) fn code(code: &'static str) -> Self {
        Self::Text(code.to_owned())
    }

    /// The same where it need not be there.
    pub(super) fn code_if(code: Option<&'static str>) -> Self {
        code.map_or(Self::Nothing, Self::code)
    }

    /// A text about a person, which leaves the gateway with the file that this is written to.
    pub(super) fn personal(value: Option<&Personal<String>>) -> Self {
        value.map_or(Self::Nothing, |value| Self::Text(value.reveal().clone()))
    }

    /// The field of a table. No spreadsheet takes it for a formula.
    pub(super) fn field(&self) -> String {
        match self {
            Self::Nothing => String::new(),
            Self::Text(text) => guard::guarded(text),
            Self::Number(number) => number.to_string(),
            Self::Flag(flag) => flag.to_string(),
            Self::Codes(codes) => codes.join(" "),
            Self::Texts(texts) => guard::guarded(&texts.join("\n")),
        }
    }
}

impl Serialize for Cell {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Nothing => serializer.serialize_none(),
            Self::Text(text) => serializer.serialize_str(text),
            Self::Number(number) => serializer.serialize_i64(*number),
            Self::Flag(flag) => serializer.serialize_bool(*flag),
            Self::Codes(codes) => codes.serialize(serializer),
            Self::Texts(texts) => texts.serialize(serializer),
        }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn a_value_reads_alike_in_both_forms() {
        let personal = Personal::new("+46701740605".to_owned());
        for (cell, json, field) in [
            (Cell::Nothing, "null", ""),
            (Cell::shown(&"RR-2026-000123"), "\"RR-2026-000123\"", "RR-2026-000123"),
            (Cell::shown_if(None::<&String>), "null", ""),
            (Cell::code("ACTIVE"), "\"ACTIVE\"", "ACTIVE"),
            (Cell::personal(Some(&personal)), "\"+46701740605\"", "'+46701740605"),
            (Cell::Number(36), "36", "36"),
            (Cell::Flag(true), "true", "true"),
            (Cell::Codes(vec!["NAME", "EMAIL"]), "[\"NAME\",\"EMAIL\"]", "NAME EMAIL"),
            (
                Cell::Texts(vec!["c/o Prov".into(), "=1+1".into()]),
                "[\"c/o Prov\",\"=1+1\"]",
                "c/o Prov\n'=1+1",
            ),
        ] {
            assert_eq!(serde_json::to_string(&cell).unwrap(), json);
            assert_eq!(cell.field(), field);
        }
    }
}
