//! How much an operation may be.

use domain::language::Language;

/// Ceilings for one document, each the most that is still let through.
///
/// A page of the console or a client's screen stays far below all of them; what exceeds one is written to be
/// expensive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Length of the text in bytes.
    pub bytes: u64,
    /// Words of the language, punctuation included; blanks, commas and comments are none.
    pub tokens: u64,
    /// Brackets of any kind open at once, in the document and in the variables. The engine's parser is recursive
    /// and aborts the process where this is some 1,500.
    pub nesting: u64,
    /// Fields within fields, fragments followed.
    pub depth: u64,
    /// Selection sets within selection sets, inline fragments and fragments followed: the engine's recursion.
    pub selection_sets: u64,
    /// Fields written in the document.
    pub fields: u64,
    /// Aliases of one operation, fragments followed.
    pub aliases: u64,
    /// Fields of one operation at its root, fragments followed.
    pub root_fields: u64,
    /// Directives written in the document.
    pub directives: u64,
    /// Fragment definitions.
    pub fragments: u64,
    /// Selections (fields, spreads, inline fragments) of all definitions with every fragment written out.
    pub expanded_selections: u64,
    /// Operations in the document.
    pub operations: u64,
    /// Lists of the introspection schema that can lead round in a circle (`fields`, `interfaces`, `inputFields`,
    /// `possibleTypes`) within each other.
    pub introspection_lists: u64,
    /// Values of the variables, those inside lists and objects included.
    pub variable_values: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: 64 * 1024,
            tokens: 10_000,
            nesting: 64,
            depth: 15,
            selection_sets: 32,
            fields: 2_500,
            aliases: 100,
            root_fields: 30,
            directives: 50,
            fragments: 50,
            expanded_selections: 10_000,
            operations: 20,
            introspection_lists: 2,
            variable_values: 10_000,
        }
    }
}

impl Limits {
    /// For documents that ask for the schema alone. They are deep and few: what GraphiQL, code generators and
    /// linters send passes (types wrapped nine times, over fragments or written out), circles through the schema
    /// do not.
    #[must_use]
    pub fn introspection() -> Self {
        Self {
            tokens: 2_000,
            depth: 20,
            aliases: 10,
            root_fields: 5,
            fragments: 20,
            expanded_selections: 2_000,
            ..Self::default()
        }
    }
}

/// An operation is larger than the gateway reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LimitExceeded {
    /// What there is too much of, in English.
    pub limit: &'static str,
    /// The most that is let through.
    pub allowed: u64,
    /// How much was found before reading stopped.
    pub found_at_least: u64,
}

impl LimitExceeded {
    /// One sentence for a person, which names the limit.
    #[must_use]
    pub fn message(&self, language: Language) -> String {
        let Self { limit, allowed, found_at_least } = self;
        match language {
            Language::Sv => format!(
                "Operationen överskrider gränsen för {}: högst {allowed} är tillåtna, minst {found_at_least} hittades.",
                in_swedish(limit)
            ),
            Language::En => format!(
                "the operation exceeds the limit on {limit}: {allowed} allowed, at least {found_at_least} found"
            ),
        }
    }
}

/// The Swedish words for what a limit is on; the English ones where there are none.
fn in_swedish(limit: &'static str) -> &'static str {
    match limit {
        "tokens" => "antal ord",
        "nesting" => "nästlade parenteser",
        "fragments" => "antal fragment",
        "fragments that spread themselves" => "fragment som innehåller sig själva",
        "fragments called \"on\"" => "fragment som heter ”on”",
        "expanded selections" => "fält med alla fragment utskrivna",
        "depth" => "djup",
        "nested selection sets" => "nästlade fältmängder",
        "fields" => "antal fält",
        "root fields" => "fält på översta nivån",
        "directives" => "antal direktiv",
        "operations" => "antal operationer",
        "nested introspection lists" => "nästlade listor i introspektion",
        "values in the variables" => "värden i variablerna",
        "nesting of the variables" => "nästling i variablerna",
        "aliases" => "antal alias",
        "bytes" => "antal byte",
        other => other,
    }
}

/// Passes what stays within `allowed`.
pub(super) const fn check(limit: &'static str, found: u64, allowed: u64) -> Result<(), LimitExceeded> {
    if found > allowed { Err(LimitExceeded { limit, allowed, found_at_least: found }) } else { Ok(()) }
}
