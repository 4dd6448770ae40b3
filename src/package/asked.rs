//! What the controller's other systems answered to a request for access or portability, as a part of the package: in the
//! machine-readable file and as tables.

use domain::returned::Returned;
use jiff::Timestamp;
use serde_json::{Value, json};

use super::csv_zip::archive::Table;

/// A system of the controller's that was asked too.
pub struct AskedSystem {
    /// Its name.
    pub name: String,
    /// How it answered.
    pub answer: SystemAnswer,
    /// When it did; `None` for one that has not.
    pub at: Option<Timestamp>,
    /// What it returned of the person's data.
    pub returned: ReturnedData,
}

/// What a system returned of the person's data.
pub enum ReturnedData {
    /// Nothing.
    Nothing,
    /// This.
    These(Returned),
    /// What is in the files since they were made.
    InFiles,
    /// That cannot be told any more, or not yet.
    Unknown,
}

impl ReturnedData {
    /// What can be handed out now.
    #[must_use]
    pub const fn these(&self) -> Option<&Returned> {
        match self {
            Self::These(returned) => Some(returned),
            Self::Nothing | Self::InFiles | Self::Unknown => None,
        }
    }
}

/// How a system answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SystemAnswer {
    /// By itself.
    Answered,
    /// A person saw to it.
    ByHand,
    /// Not at all, or not yet.
    Missing,
}

impl SystemAnswer {
    const fn code(self) -> &'static str {
        match self {
            Self::Answered => "ANSWERED",
            Self::ByHand => "DEALT_WITH_BY_HAND",
            Self::Missing => "NOT_ANSWERED",
        }
    }
}

/// The part of the machine-readable file.
pub(super) fn document(systems: &[AskedSystem]) -> Vec<Value> {
    let system = |system: &AskedSystem| {
        json!({
            "name": system.name,
            "answer": system.answer.code(),
            "answeredAt": system.at,
            "data": system.returned.these().map(Returned::reveal),
        })
    };
    systems.iter().map(system).collect()
}

/// The systems, and what they returned value by value. Names of columns are those of the JSON.
pub(super) fn tables(systems: &[AskedSystem]) -> [Table; 2] {
    let row = |system: &AskedSystem| {
        let at = system.at.map(|at| at.to_string()).unwrap_or_default();
        vec![system.name.clone(), system.answer.code().to_owned(), at]
    };
    let rows = systems.iter().map(row).collect();
    let mut values = Vec::new();
    for system in systems {
        for (category, value) in system.returned.these().into_iter().flat_map(Returned::reveal) {
            let mut add = |path: &str, value: String| {
                values.push(vec![system.name.clone(), category.code().to_owned(), path.to_owned(), value]);
            };
            flatten(value, "", &mut add);
        }
    }
    [
        Table { file: "systems.csv", headers: &["name", "answer", "answeredAt"], rows },
        Table { file: "returned.csv", headers: &["system", "category", "path", "value"], rows: values },
    ]
}

/// Each value with its JSON Pointer (RFC 6901).
fn flatten(value: &Value, path: &str, add: &mut impl FnMut(&str, String)) {
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                let name = name.replace('~', "~0").replace('/', "~1");
                flatten(value, &format!("{path}/{name}"), add);
            }
        }
        Value::Array(items) => {
            for (at, value) in items.iter().enumerate() {
                flatten(value, &format!("{path}/{at}"), add);
            }
        }
        Value::String(text) => add(path, text.clone()),
        Value::Null => add(path, String::new()),
        Value::Bool(_) | Value::Number(_) => add(path, value.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn each_value_has_its_place_in_the_table() {
        let returned = Returned::parse(json!({
            "NAME": "Åsa", "ADDRESS": { "a/b": [1, null, { "c~d": true }], "rad": "=1+1" },
        }));
        let returned = returned.map_or(ReturnedData::Nothing, ReturnedData::These);
        let system =
            AskedSystem { name: "Register".to_owned(), answer: SystemAnswer::Answered, at: None, returned };
        let [_, values] = tables(&[system]);
        let rows: Vec<String> = values.rows.iter().map(|row| row[1..].join(" ")).collect();
        let expected = [
            "NAME  Åsa",
            "ADDRESS /a~1b/0 1",
            "ADDRESS /a~1b/1 ",
            "ADDRESS /a~1b/2/c~0d true",
            "ADDRESS /rad =1+1",
        ];
        assert_eq!(rows, expected);
    }
}
