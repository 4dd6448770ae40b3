//! Tenants: the controllers on whose behalf personal data is processed.

use jiff::Span;
use jiff::civil::Date;

use crate::coded::coded;
use crate::purpose::Purpose;

/// Days in which the data of a tenant without an agreement is returned.
pub const DEFAULT_RETURN_DAYS: u16 = 30;

coded! {
    /// The life of a customer relationship.
    TenantStatus {
        /// Known, but no processor agreement has come into force yet.
        Onboarding = "ONBOARDING",
        /// Served.
        Active = "ACTIVE",
        /// The relationship has ended; data is being returned and erased (Art. 28(3)(g)).
        Offboarding = "OFFBOARDING",
        /// Nothing but what the law requires is left.
        Closed = "CLOSED",
    }
}

impl TenantStatus {
    /// Whether the tenant's staff may read persons for a purpose: of a tenant that is leaving nothing goes on but the
    /// handling of requests (Art. 28(3)(g)). Whether an agreement is in force is asked elsewhere.
    #[must_use]
    pub fn reads_for(self, purpose: Purpose) -> bool {
        self != Self::Offboarding || purpose == Purpose::RightsHandling
    }

    /// What persons are read for where a field leaves nobody a choice.
    #[must_use]
    pub const fn ordinary_purpose(self) -> Purpose {
        match self {
            Self::Offboarding => Purpose::RightsHandling,
            Self::Onboarding | Self::Active | Self::Closed => Purpose::ServiceDelivery,
        }
    }
}

/// Whether an agreement of the tenant has ever begun.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Agreed {
    /// None has.
    Never,
    /// At least one has, whether or not it is in force still.
    Once,
}

/// What decides where in its life a relationship is. Days are Swedish civil days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Life {
    /// Its last day, which is still served; `None` while no end is set.
    pub relationship_ends_on: Option<Date>,
    /// The day on which the tenant's keys were gone and its certificate made.
    pub closed_on: Option<Date>,
    /// Whether it has been served at all.
    pub agreed: Agreed,
}

impl Life {
    /// Where in its life the relationship is.
    #[must_use]
    pub fn status(&self, today: Date) -> TenantStatus {
        if self.closed_on.is_some() {
            return TenantStatus::Closed;
        }
        if self.relationship_ends_on.is_some_and(|last| last < today) {
            return TenantStatus::Offboarding;
        }
        match self.agreed {
            Agreed::Never => TenantStatus::Onboarding,
            Agreed::Once => TenantStatus::Active,
        }
    }
}

/// The last day on which the tenant can have its data back (Art. 28(3)(g)); the day after, it is erased.
#[must_use]
pub fn return_ends_on(relationship_ends_on: Date, days: u16) -> Date {
    relationship_ends_on.saturating_add(Span::new().days(i64::from(days)))
}

/// Why a relationship is not ended on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum EndRefused {
    /// The last day would be before today.
    #[error("the last day is past")]
    InThePast,
    /// The relationship has ended.
    #[error("the relationship has ended")]
    HasEnded,
}

/// Whether `ends_on` may become the last day of the relationship. A last day that has not passed may be moved, either
/// way.
///
/// # Errors
/// [`EndRefused::InThePast`] for a day before `today`; [`EndRefused::HasEnded`] once the last day has passed.
pub fn check_end(life: &Life, ends_on: Date, today: Date) -> Result<(), EndRefused> {
    if ends_on < today {
        return Err(EndRefused::InThePast);
    }
    match life.status(today) {
        TenantStatus::Onboarding | TenantStatus::Active => Ok(()),
        TenantStatus::Offboarding | TenantStatus::Closed => Err(EndRefused::HasEnded),
    }
}

#[cfg(test)]
mod tests;
