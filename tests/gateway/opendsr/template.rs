//! Placeholders: filled in in what is sent, compared in what comes back.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value};

/// What stands for what, by the text between the braces.
#[derive(Default)]
pub struct Known(pub BTreeMap<String, String>);

impl Known {
    /// The text with its placeholders filled in; those that are not known stay.
    pub fn text(&self, text: &str) -> String {
        let mut filled = text.to_owned();
        for (name, value) in &self.0 {
            filled = filled.replace(&format!("{{{name}}}"), value);
        }
        filled
    }

    /// The same for every text in a value, names of members too.
    pub fn value(&self, value: &Value) -> Value {
        match value {
            Value::String(text) => Value::String(self.text(text)),
            Value::Array(list) => list.iter().map(|one| self.value(one)).collect(),
            Value::Object(object) => Value::Object(
                object.iter().map(|(name, one)| (self.text(name), self.value(one))).collect::<Map<_, _>>(),
            ),
            other => other.clone(),
        }
    }
}

/// Where what came differs from what was expected; `None` where it does not. An object may have further members, a list not.
pub fn difference(expected: &Value, found: Option<&Value>, place: &str) -> Option<String> {
    let tell = || Some(format!("{place}: expected {expected}, found {found:?}"));
    let Some(found) = found else {
        return if *expected == "{absent}" { None } else { tell() };
    };
    match (expected, found) {
        (Value::Object(members), Value::Object(_)) => members
            .iter()
            .find_map(|(name, expected)| difference(expected, found.get(name), &format!("{place}/{name}"))),
        (Value::Array(all), Value::Array(list)) if all.len() == list.len() => {
            all.iter().zip(list).enumerate().find_map(|(at, (expected, found))| {
                difference(expected, Some(found), &format!("{place}/{at}"))
            })
        }
        (Value::String(pattern), _) if pattern.starts_with('{') => {
            fits(pattern, found).then_some(()).map_or_else(tell, |()| None)
        }
        _ => (expected == found).then_some(()).map_or_else(tell, |()| None),
    }
}

fn fits(pattern: &str, found: &Value) -> bool {
    let text = found.as_str().unwrap_or_default();
    match pattern {
        "{any}" => !found.is_null(),
        "{instant}" => text.parse::<jiff::Timestamp>().is_ok() && text.ends_with('Z'),
        "{url}" => text.parse::<url::Url>().is_ok(),
        "{base64}" => STANDARD.decode(text).is_ok_and(|bytes| !bytes.is_empty()),
        "{absent}" => false,
        other => other == text,
    }
}
