//! The figures of one document.

use super::expansion::Expansion;
use super::limit::{LimitExceeded, Limits, check};
use super::outline::{Outline, Weight};

/// How much a document is, in the terms of [`Limits`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shape {
    /// Length of the text in bytes.
    pub bytes: u64,
    /// Words of the language.
    pub tokens: u64,
    /// Brackets of any kind open at once.
    pub nesting: u64,
    /// Fields within fields, fragments followed.
    pub depth: u64,
    /// Selection sets within selection sets, inline fragments and fragments followed.
    pub selection_sets: u64,
    /// Fields written in the document.
    pub fields: u64,
    /// The most aliases of a definition, fragments followed.
    pub aliases: u64,
    /// The most root fields of an operation, fragments followed.
    pub root_fields: u64,
    /// Directives written in the document.
    pub directives: u64,
    /// Fragment definitions.
    pub fragments: u64,
    /// Definitions that spread fragments in a circle.
    pub fragment_circles: u64,
    /// Fragments called `on`, which the language reserves and the engine's parser does not.
    pub misnamed_fragments: u64,
    /// Selections of all definitions with every fragment written out.
    pub expanded_selections: u64,
    /// Operations in the document.
    pub operations: u64,
    /// Introspection lists within each other.
    pub introspection_lists: u64,
    /// Whether the document asks for the schema and nothing else.
    pub introspection_only: bool,
}

impl Shape {
    /// Measures a document, stopping where the limits on bytes, tokens or nesting are exceeded.
    pub(super) fn measure(query: &str, limits: &Limits) -> Result<Self, LimitExceeded> {
        let bytes = query.len() as u64;
        check("bytes", bytes, limits.bytes)?;
        let outline = Outline::read(query, limits)?;
        let expansion = Expansion::of(&outline);
        let most = |of: fn(&Weight) -> u64| expansion.weights.iter().map(of).max().unwrap_or_default();
        let fragments = outline.definitions.iter().filter(|one| one.fragment.is_some()).count() as u64;
        let roots = Roots::of(&outline, &expansion);
        Ok(Self {
            bytes,
            tokens: outline.tokens,
            nesting: outline.nesting,
            depth: most(|weight| weight.place.depth),
            selection_sets: most(|weight| weight.place.sets),
            fields: outline.fields,
            aliases: most(|weight| weight.aliases),
            root_fields: roots.most,
            directives: outline.directives,
            fragments,
            fragment_circles: expansion.in_circles,
            misnamed_fragments: outline.definitions.iter().filter(|one| one.fragment == Some("on")).count()
                as u64,
            expanded_selections: expansion
                .weights
                .iter()
                .fold(0, |sum, one| sum.saturating_add(one.selections)),
            operations: outline.definitions.len() as u64 - fragments,
            introspection_lists: most(|weight| weight.place.lists),
            introspection_only: roots.most > 0 && roots.data == 0,
        })
    }

    /// Compares every figure with its limit.
    pub(super) fn within(self, limits: &Limits) -> Result<Self, LimitExceeded> {
        check("bytes", self.bytes, limits.bytes)?;
        check("tokens", self.tokens, limits.tokens)?;
        check("nesting", self.nesting, limits.nesting)?;
        check("fragments", self.fragments, limits.fragments)?;
        check("fragments that spread themselves", self.fragment_circles, 0)?;
        check("fragments called \"on\"", self.misnamed_fragments, 0)?;
        check("expanded selections", self.expanded_selections, limits.expanded_selections)?;
        check("depth", self.depth, limits.depth)?;
        check("nested selection sets", self.selection_sets, limits.selection_sets)?;
        check("fields", self.fields, limits.fields)?;
        check("aliases", self.aliases, limits.aliases)?;
        check("root fields", self.root_fields, limits.root_fields)?;
        check("directives", self.directives, limits.directives)?;
        check("operations", self.operations, limits.operations)?;
        check("nested introspection lists", self.introspection_lists, limits.introspection_lists)?;
        Ok(self)
    }
}

/// Root fields of the operations.
struct Roots {
    most: u64,
    data: u64,
}

impl Roots {
    fn of(outline: &Outline<'_>, expansion: &Expansion) -> Self {
        let both = outline.definitions.iter().zip(&expansion.weights);
        both.filter(|(definition, _)| definition.fragment.is_none()).fold(
            Self { most: 0, data: 0 },
            |roots, (_, weight)| Self {
                most: roots.most.max(weight.root_fields),
                data: roots.data.saturating_add(weight.data_fields),
            },
        )
    }
}
