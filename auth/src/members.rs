//! A JSON object whose members each occur once. A reader that keeps the last of two equal names and one that keeps
//! the first disagree about what was signed (RFC 8259 section 4, RFC 7519 section 4).

use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::{Map, Value};

use crate::refusal::Refusal;

/// The members of a header or of a claims set.
#[derive(Debug)]
pub(crate) struct Members(Map<String, Value>);

/// Why bytes are no [`Members`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    NotAnObject,
    Duplicate,
}

impl Members {
    pub(crate) fn parse(json: &[u8]) -> Result<Self, Fault> {
        let reading: Reading = serde_json::from_slice(json).map_err(|_| Fault::NotAnObject)?;
        reading.0.map(Self).ok_or(Fault::Duplicate)
    }

    pub(crate) fn get(&self, name: &str) -> Option<&Value> {
        self.0.get(name)
    }

    /// A claim that must be there and be a string.
    pub(crate) fn required_text(&self, name: &'static str) -> Result<&str, Refusal> {
        self.text(name)?.ok_or(Refusal::MissingClaim(name))
    }

    /// A claim that must be a string where it is there; `null` is not a string.
    pub(crate) fn text(&self, name: &'static str) -> Result<Option<&str>, Refusal> {
        self.get(name).map(|value| value.as_str().ok_or(Refusal::MalformedClaim(name))).transpose()
    }
}

/// What was read: nothing when a name came twice.
struct Reading(Option<Map<String, Value>>);

impl<'de> Deserialize<'de> for Reading {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(UniqueNames)
    }
}

struct UniqueNames;

impl<'de> Visitor<'de> for UniqueNames {
    type Value = Reading;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Self::Value, A::Error> {
        let mut members = Map::new();
        let mut unique = true;
        while let Some((name, value)) = access.next_entry::<String, Value>()? {
            unique &= members.insert(name, value).is_none();
        }
        Ok(Reading(unique.then_some(members)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_comes_twice_is_a_fault_however_it_is_spelled() {
        for json in [r#"{"a":1,"a":1}"#, r#"{"a":1,"b":2,"a":3}"#, r#"{"a":1,"\u0061":2}"#] {
            assert_eq!(Members::parse(json.as_bytes()).err(), Some(Fault::Duplicate), "{json}");
        }
    }

    #[test]
    fn only_an_object_has_members() {
        for json in
            ["", "null", "[]", "1", "\"a\"", "{", "{}{}", "{\"a\":1,}", "\u{feff}{}", "{\"a\":\"\\ud800\"}"]
        {
            assert_eq!(Members::parse(json.as_bytes()).err(), Some(Fault::NotAnObject), "{json:?}");
        }
        assert!(Members::parse(b"{}").is_ok());
    }
}
