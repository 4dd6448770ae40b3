//! Legal holds: decisions of the controller that stop the erasure of some categories (Art. 17(3), and the platform's
//! policy).

use jiff::Timestamp;
use jiff::civil::Date;

use crate::category::{Categories, DataCategory};
use crate::invalid::Invalid;
use crate::outcome::RetentionGround;

/// Whether an objection of the person to processing on legitimate interests was upheld (Art. 21(1)).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Objection {
    /// None was.
    None,
    /// At least one was.
    Upheld,
}

/// What a client says of a hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HoldClaim<'a> {
    /// Why.
    pub ground: RetentionGround,
    /// What it covers; a category named twice is covered once.
    pub categories: &'a [DataCategory],
    /// First day on which it no longer binds, Swedish time; open-ended where `None`.
    pub expires_on: Option<Date>,
    /// Whether the person has objected.
    pub objection: Objection,
}

/// Why a hold is not placed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum HoldRefused {
    /// What was sent has the wrong form.
    #[error("{part}: {reason}")]
    Invalid {
        /// Which part of it, by its name in the schema: `ground`, `categories` or `expiresOn`.
        part: &'static str,
        /// What is wrong with it.
        reason: Invalid,
    },
    /// Legitimate interests do not outweigh an objection that was upheld (Art. 17(1)(c), 21(1)).
    #[error("an objection was upheld")]
    ObjectionUpheld,
}

impl HoldClaim<'_> {
    /// The categories that the hold covers.
    ///
    /// # Errors
    /// [`HoldRefused::Invalid`] for the ground that the gateway applies by itself, for no category at all, and for a
    /// hold that has expired already; [`HoldRefused::ObjectionUpheld`] for legitimate interests against an upheld
    /// objection.
    pub fn check(&self, today: Date) -> Result<Categories, HoldRefused> {
        let invalid = |part, reason| Err(HoldRefused::Invalid { part, reason });
        if self.ground == RetentionGround::BookkeepingAct {
            return invalid("ground", Invalid::GroundOfTheGateway);
        }
        if self.categories.is_empty() {
            return invalid("categories", Invalid::Empty);
        }
        if self.expires_on.is_some_and(|day| day <= today) {
            return invalid("expiresOn", Invalid::NotInTheFuture);
        }
        if !stands(self.ground, self.objection) {
            return Err(HoldRefused::ObjectionUpheld);
        }
        Ok(self.categories.iter().copied().collect())
    }
}

/// Whether a ground stands in spite of an objection: legitimate interests are what an upheld objection outweighed
/// (Art. 17(1)(c), 21(1)), every other ground binds whatever the person objects to.
#[must_use]
pub fn stands(ground: RetentionGround, objection: Objection) -> bool {
    !(ground == RetentionGround::LegitimateInterests && objection == Objection::Upheld)
}

/// Whether a hold binds on a day (Swedish time): it was not released, and its first day without force has not come.
#[must_use]
pub fn binds_on(expires_on: Option<Date>, released_at: Option<Timestamp>, today: Date) -> bool {
    released_at.is_none() && expires_on.is_none_or(|day| today < day)
}

#[cfg(test)]
mod tests;
