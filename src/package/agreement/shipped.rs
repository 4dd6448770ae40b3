//! The templates that come with the gateway.

use domain::language::Language;

/// A template that comes with the gateway: a complete agreement with places to fill, in Markdown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ShippedTemplate {
    /// Name and version.
    pub name: &'static str,
    /// Language of the text.
    pub language: Language,
    /// The text.
    pub text: &'static str,
}

/// The templates that come with the gateway, one for each language. A text that has been published is never changed:
/// a new wording gets a new name.
pub const SHIPPED: [ShippedTemplate; 2] = [
    ShippedTemplate {
        name: "standard-2026-1",
        language: Language::Sv,
        text: include_str!("../../../assets/agreements/standard-2026-1.sv.md"),
    },
    ShippedTemplate {
        name: "standard-2026-1",
        language: Language::En,
        text: include_str!("../../../assets/agreements/standard-2026-1.en.md"),
    },
];
