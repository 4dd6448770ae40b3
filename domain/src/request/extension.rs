//! Extensions of the deadline (Art. 12(3)).

use std::collections::BTreeSet;

use jiff::Timestamp;

use crate::coded::coded;
use crate::language::Language;
use crate::request::status::RequestStatus;
use crate::text::Description;

coded! {
    /// On what an extension rests.
    ExtensionGround {
        /// Complexity of the request.
        Complexity = "COMPLEXITY",
        /// Number of requests.
        NumberOfRequests = "NUMBER_OF_REQUESTS",
    }
}

impl ExtensionGround {
    /// The ground in running text.
    #[must_use]
    pub const fn name(self, language: Language) -> &'static str {
        let (swedish, english) = match self {
            Self::Complexity => ("begärans komplexitet", "the complexity of the request"),
            Self::NumberOfRequests => ("antalet inkomna begäranden", "the number of requests"),
        };
        language.choose(swedish, english)
    }
}

/// The extension of a request: two further months, once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extension {
    /// When it was decided.
    pub at: Timestamp,
    /// On what it rests; at least one ground.
    pub grounds: BTreeSet<ExtensionGround>,
    /// The reason as the person is told it; `None` only once it was erased with the person.
    pub reason: Option<Description>,
    /// When the person was told: within the first month (Art. 12(3), third sentence).
    pub informed_at: Timestamp,
}

/// What decides whether a deadline may be extended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ExtensionFacts<'a> {
    /// Where the request stands.
    pub status: RequestStatus,
    /// The extension that it has already.
    pub earlier: Option<&'a Extension>,
    /// The last instant of the first month ([`crate::deadline::DeadlineRules::extension_open_until`]).
    pub open_until: Timestamp,
}

/// Why a deadline is not extended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ExtensionRefused {
    /// The request is answered or withdrawn, or was extended before.
    #[error("the request is not open, or was extended before")]
    State,
    /// The first month is over, and with it the time for telling the person.
    #[error("the first month is over")]
    DeadlinePassed,
    /// No ground was named.
    #[error("no ground was named")]
    NoGrounds,
}

/// The grounds on which the deadline is extended.
///
/// # Errors
/// [`ExtensionRefused::NoGrounds`] where none is named, [`ExtensionRefused::State`] where the request is not open or
/// was extended before, [`ExtensionRefused::DeadlinePassed`] after the first month.
pub fn check(
    facts: &ExtensionFacts<'_>,
    grounds: &[ExtensionGround],
    now: Timestamp,
) -> Result<BTreeSet<ExtensionGround>, ExtensionRefused> {
    if grounds.is_empty() {
        return Err(ExtensionRefused::NoGrounds);
    }
    if !facts.status.is_open() || facts.earlier.is_some() {
        return Err(ExtensionRefused::State);
    }
    if now > facts.open_until {
        return Err(ExtensionRefused::DeadlinePassed);
    }
    Ok(grounds.iter().copied().collect())
}

#[cfg(test)]
mod tests;
