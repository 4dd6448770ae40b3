//! The annex of sub-processors, as a table.

use domain::category::Categories;
use domain::country::CountryCode;
use domain::language::Language;
use domain::subprocessor::TransferMechanism;

use super::typed;
use super::words::Words;
use crate::package::letter::country;

/// A sub-processor of the annex.
pub struct Listed {
    /// Registered name.
    pub name: String,
    /// Where it is established.
    pub country: CountryCode,
    /// Where it stores or reads personal data.
    pub processing_countries: Vec<CountryCode>,
    /// What it does.
    pub purpose: String,
    /// Categories that it may see.
    pub categories: Categories,
    /// What makes the place lawful (Chapter V).
    pub mechanism: TransferMechanism,
}

/// The sub-processors, a row each.
pub(super) fn table(listed: &[Listed], language: Language, words: &Words) -> String {
    let mut rows = vec![
        row(&words.subprocessor_headers.map(str::to_owned)),
        "| --- | --- | --- | --- | --- | --- |".to_owned(),
    ];
    rows.extend(listed.iter().map(|listed| row(&cells(listed, language))));
    rows.join("\n")
}

fn cells(listed: &Listed, language: Language) -> [String; 6] {
    let countries = listed.processing_countries.iter();
    let countries: Vec<&str> = countries.map(|code| country::name(code.as_str(), language)).collect();
    let categories: Vec<&str> = listed.categories.iter().map(|category| category.name(language)).collect();
    [
        typed::text(&listed.name),
        typed::text(country::name(listed.country.as_str(), language)),
        typed::text(&countries.join(", ")),
        typed::text(&listed.purpose),
        typed::text(&categories.join(", ")),
        typed::text(listed.mechanism.name(language)),
    ]
}

fn row(cells: &[String; 6]) -> String {
    format!("| {} |", cells.join(" | "))
}
