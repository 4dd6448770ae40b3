//! The tenant's own key for a person.

use crate::checked_text::checked_text;
use crate::invalid::Invalid;
use crate::text::{self, Text};

checked_text! {
    /// A reference of 1 to 500 characters, unique within the tenant and compared exactly.
    ExternalReference
}

impl ExternalReference {
    /// Reads what a client sent.
    ///
    /// # Errors
    /// As [`Text::parse`].
    pub fn parse(raw: &str) -> Result<Self, Invalid> {
        text::one_line(raw, Text::MAX).map(Self)
    }

    /// The form by which it is found and compared: as it is kept.
    #[must_use]
    pub fn normalised(&self) -> String {
        self.0.clone()
    }
}
