//! The privacy notice of whoever runs the gateway (Art. 13 and 14): versioned texts in Swedish and in English, with the
//! publisher's particulars put in.

#[cfg(test)]
mod tests;

use domain::language::Language;
use jiff::civil::{Date, date};

use super::agreement::typed;

/// Who publishes the notice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Publisher {
    /// Registered name.
    pub name: String,
    /// Organisation number.
    pub organisation_number: String,
    /// Postal address, line by line.
    pub address_lines: Vec<String>,
    /// Where privacy questions go.
    pub email: String,
}

/// The notice as it reads on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// Which version.
    pub version: &'static str,
    /// First day of the version.
    pub effective_from: Date,
    /// The text, section by section.
    pub sections: Vec<Section>,
}

/// A section of the notice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// The heading, plain text.
    pub heading: &'static str,
    /// The text, in Markdown.
    pub body: String,
}

/// A version of the texts.
struct Version {
    name: &'static str,
    effective_from: Date,
    swedish: &'static str,
    english: &'static str,
}

/// All versions, in the order of their first days. One that has begun is never changed: a new wording is a new version.
const VERSIONS: [Version; 1] = [Version {
    name: "2026-11",
    effective_from: date(2026, 11, 1),
    swedish: include_str!("../../../assets/notices/2026-11.sv.md"),
    english: include_str!("../../../assets/notices/2026-11.en.md"),
}];

/// The notice in a language, as it reads on a day: the newest version that has begun, or the first one where none has.
#[must_use]
pub fn notice(language: Language, on: Date, publisher: &Publisher) -> Notice {
    let version = in_effect(&VERSIONS, on);
    let text = language.choose(version.swedish, version.english);
    let sections = sections(text).map(|(heading, body)| Section { heading, body: fill(body, publisher) });
    Notice { version: version.name, effective_from: version.effective_from, sections: sections.collect() }
}

fn in_effect<const COUNT: usize>(versions: &[Version; COUNT], on: Date) -> &Version {
    versions.iter().rev().find(|version| version.effective_from <= on).unwrap_or(&versions[0])
}

/// Heading and body of each section: a line that begins with `## ` opens one.
fn sections(text: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let sections = text.strip_prefix("## ").unwrap_or(text).split("\n## ");
    sections.map(|section| {
        let (heading, body) = section.split_once('\n').unwrap_or((section, ""));
        (heading.trim(), body.trim())
    })
}

/// The text with the publisher's particulars in their places. A value has no braces left, so that none is filled
/// again.
fn fill(text: &str, publisher: &Publisher) -> String {
    [
        ("{{name}}", publisher.name.as_str()),
        ("{{organisationNumber}}", &publisher.organisation_number),
        ("{{address}}", &publisher.address_lines.join(", ")),
        ("{{email}}", &publisher.email),
    ]
    .into_iter()
    .fold(text.to_owned(), |text, (place, value)| text.replace(place, &typed::text(value)))
}
