//! What the gateway answered.

#![expect(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use reqwest::header::HeaderMap;
use serde_json::Value;

/// An answer as it came over the wire.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The header fields.
    pub headers: HeaderMap,
    /// The bytes of the body.
    pub body: Vec<u8>,
}

impl Answer {
    /// The body as JSON.
    ///
    /// # Panics
    /// When it is none.
    #[must_use]
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|error| panic!("{error} in {} {}", self.status, self.text()))
    }

    /// The body as text.
    #[must_use]
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// What stands at a JSON pointer below `data`, in an answer without errors; null where there is nothing.
    ///
    /// # Panics
    /// When the answer holds errors.
    #[must_use]
    pub fn data(&self, pointer: &str) -> Value {
        let json = self.json();
        assert!(json.get("errors").is_none(), "errors in {json:#}");
        json["data"].pointer(pointer).cloned().unwrap_or(Value::Null)
    }

    /// That the answer holds data and no errors.
    ///
    /// # Panics
    /// When it holds errors.
    pub fn flawless(&self) {
        let _data = self.data("");
    }

    /// What stands at a JSON pointer of the whole body, whatever else went wrong; null where there is nothing.
    #[must_use]
    pub fn at(&self, pointer: &str) -> Value {
        self.json().pointer(pointer).cloned().unwrap_or(Value::Null)
    }

    /// The text at a pointer below `data`.
    ///
    /// # Panics
    /// When there is none.
    #[must_use]
    pub fn string(&self, pointer: &str) -> String {
        match self.data(pointer) {
            Value::String(text) => text,
            other => panic!("{other} at {pointer} of {}", self.text()),
        }
    }

    /// The top-level errors.
    #[must_use]
    pub fn errors(&self) -> Vec<Value> {
        self.json()["errors"].as_array().cloned().unwrap_or_default()
    }

    /// The code of the first top-level error; empty where there is none.
    #[must_use]
    pub fn code(&self) -> String {
        self.at("/errors/0/extensions/code").as_str().unwrap_or_default().to_owned()
    }

    /// Codes and paths of the user errors of a mutation's payload, as `CODE path.to.member`.
    #[must_use]
    pub fn user_errors(&self) -> Vec<String> {
        let data = self.data("");
        let payload = data.as_object().and_then(|fields| fields.values().next()).cloned();
        let errors = payload.unwrap_or_default()["userErrors"].as_array().cloned().unwrap_or_default();
        let told = |error: &Value| {
            let path: Vec<_> =
                error["path"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
            format!("{} {}", error["code"].as_str().unwrap_or_default(), path.join(".")).trim_end().to_owned()
        };
        errors.iter().map(told).collect()
    }

    /// What stands at a JSON pointer below a mutation's payload, in an answer without errors; null where there is
    /// nothing.
    #[must_use]
    pub fn payload(&self, pointer: &str) -> Value {
        let data = self.data("");
        let payload = data.as_object().and_then(|fields| fields.values().next());
        payload.and_then(|payload| payload.pointer(pointer)).cloned().unwrap_or(Value::Null)
    }

    /// Sees to it that a mutation did what it was asked.
    ///
    /// # Panics
    /// When it refused.
    pub fn succeeded(&self) {
        assert_eq!(self.user_errors(), Vec::<String>::new(), "{}", self.text());
    }

    /// The identifier of the object that a mutation's payload carries, after a success.
    ///
    /// # Panics
    /// When the mutation refused, or carries none.
    #[must_use]
    pub fn made(&self) -> String {
        self.succeeded();
        let payload = self.payload("");
        let mut objects = payload.as_object().into_iter().flat_map(serde_json::Map::values);
        let id = objects.find_map(|object| object["id"].as_str());
        id.map_or_else(|| panic!("no identifier in {}", self.text()), str::to_owned)
    }

    /// A header field as text; empty where there is none.
    #[must_use]
    pub fn header(&self, name: &str) -> String {
        let value = self.headers.get(name).and_then(|value| value.to_str().ok());
        value.unwrap_or_default().to_owned()
    }
}

/// The bytes behind base 64, as documents within an answer are given.
///
/// # Panics
/// When it is none.
#[must_use]
pub fn decoded(text: &str) -> Vec<u8> {
    use base64::Engine as _;
    base64::engine::general_purpose::STANDARD.decode(text).expect("base 64")
}
