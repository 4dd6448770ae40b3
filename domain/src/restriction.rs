//! Restriction of processing (Art. 18).

use jiff::Timestamp;

use crate::coded::coded;
use crate::invalid::Invalid;
use crate::language::Language;
use crate::request::kind::RequestKind;

coded! {
    /// Why processing is restricted, Art. 18(1).
    RestrictionGround {
        /// (a) The accuracy is contested; lasts until the data is corrected or verified.
        AccuracyContested = "ACCURACY_CONTESTED",
        /// (b) The processing is unlawful and the person opposes erasure.
        UnlawfulProcessing = "UNLAWFUL_PROCESSING",
        /// (c) The controller no longer needs the data but the person does, for a legal claim.
        LegalClaim = "LEGAL_CLAIM",
        /// (d) An objection is being examined.
        ObjectionPending = "OBJECTION_PENDING",
    }
}

impl RestrictionGround {
    /// The ground in running text, with the point of the article.
    #[must_use]
    pub const fn name(self, language: Language) -> &'static str {
        let (swedish, english) = match self {
            Self::AccuracyContested => (
                "uppgifternas riktighet är ifrågasatt, artikel 18.1 a",
                "the accuracy of the data is contested, Art. 18(1)(a)",
            ),
            Self::UnlawfulProcessing => (
                "behandlingen är olaglig och den registrerade vill inte att uppgifterna raderas, artikel 18.1 b",
                "the processing is unlawful and the data subject opposes erasure, Art. 18(1)(b)",
            ),
            Self::LegalClaim => (
                "den registrerade behöver uppgifterna för ett rättsligt anspråk, artikel 18.1 c",
                "the data subject needs the data for a legal claim, Art. 18(1)(c)",
            ),
            Self::ObjectionPending => {
                ("en invändning prövas, artikel 18.1 d", "an objection is being examined, Art. 18(1)(d)")
            }
        };
        language.choose(swedish, english)
    }
}

/// Whether a restriction of processing is in force.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Processing {
    /// None is.
    Unrestricted,
    /// At least one is.
    Restricted,
}

/// What keeps a restriction in force.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    /// A request of this kind that is not answered yet.
    OpenRequest(RequestKind),
    /// Anything else, a request that was answered among it.
    Other,
}

/// What decides whether a restriction may be lifted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LiftFacts {
    /// Why processing is restricted.
    pub ground: RestrictionGround,
    /// Since when.
    pub started_at: Timestamp,
    /// When it was lifted, if it was.
    pub lifted_at: Option<Timestamp>,
    /// When the person was told that it would be lifted (Art. 18(3)).
    pub informed_at: Timestamp,
    /// What keeps it in force.
    pub cause: Cause,
}

/// Why a restriction is not lifted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LiftRefused {
    /// What was sent has the wrong form.
    #[error("{part}: {reason}")]
    Invalid {
        /// Which part of it, by its name in the schema: `subjectInformedAt`.
        part: &'static str,
        /// What is wrong with it.
        reason: Invalid,
    },
    /// It was lifted before, or the objection that it waits for is not decided (Art. 18(1)(d)): deciding lifts it.
    #[error("not possible as the restriction stands")]
    Conflict,
}

/// Whether a person may lift the restriction.
///
/// # Errors
/// [`LiftRefused::Invalid`] where the person would be told only after `now`: Art. 18(3) wants it before;
/// [`LiftRefused::Conflict`] where there is nothing to lift, or an objection is still to be decided.
pub fn check_lift(facts: &LiftFacts, now: Timestamp) -> Result<(), LiftRefused> {
    if facts.informed_at > now {
        return Err(LiftRefused::Invalid { part: "subjectInformedAt", reason: Invalid::InTheFuture });
    }
    let undecided = facts.ground == RestrictionGround::ObjectionPending
        && facts.cause == Cause::OpenRequest(RequestKind::Objection);
    if facts.lifted_at.is_some() || undecided {
        return Err(LiftRefused::Conflict);
    }
    Ok(())
}

#[cfg(test)]
mod tests;
