//! What is read of a document before the engine's parser sees it.
//!
//! The parser recurses once per bracket and validation follows each spread anew, so a few kilobytes can abort the
//! process or keep it busy for seconds, whatever the engine's own limits say. One linear pass over the text,
//! without recursion, measures the document first; what exceeds a limit is never parsed. Malformed text is let
//! through: the parser says what is wrong with it, and can be handed it safely.

mod expansion;
mod lexer;
mod limit;
mod outline;
mod shape;
mod variables;

#[cfg(test)]
mod tests;

pub use limit::{LimitExceeded, Limits};
pub use shape::Shape;
pub use variables::inspect_variables;

/// Measures a document and compares it with `limits`.
///
/// # Errors
///
/// [`LimitExceeded`], naming the first limit that is exceeded. Fragments that spread themselves are refused too,
/// since the engine would follow them before its validation finds them, and so are fragments called `on`, with
/// which the engine's parser reads `... on T` as something else than the language does.
pub fn inspect(query: &str, limits: &Limits) -> Result<Shape, LimitExceeded> {
    Shape::measure(query, limits)?.within(limits)
}

/// Limits by what a document asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LimitSet {
    /// For documents that reach data.
    pub ordinary: Limits,
    /// For documents that ask for the schema alone.
    pub introspection: Limits,
}

impl Default for LimitSet {
    fn default() -> Self {
        Self { ordinary: Limits::default(), introspection: Limits::introspection() }
    }
}

impl LimitSet {
    /// Measures a document and compares it with the limits for its kind.
    ///
    /// # Errors
    ///
    /// As [`inspect`].
    pub fn inspect(&self, query: &str) -> Result<Shape, LimitExceeded> {
        let (ordinary, introspection) = (&self.ordinary, &self.introspection);
        let readable = Limits {
            bytes: ordinary.bytes.max(introspection.bytes),
            tokens: ordinary.tokens.max(introspection.tokens),
            nesting: ordinary.nesting.max(introspection.nesting),
            ..*ordinary
        };
        let shape = Shape::measure(query, &readable)?;
        shape.within(if shape.introspection_only { introspection } else { ordinary })
    }
}
