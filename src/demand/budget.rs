//! The budgets by name, and what a caller is told whose budget is used up.

use std::time::Duration;

use domain::wording::Wording;

/// What happens at a limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// What is beyond it is refused.
    Enforce,
    /// What would be refused is counted, and let pass.
    Measure,
}

impl Mode {
    /// The name in settings, the log and metrics.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Enforce => "enforce",
            Self::Measure => "measure",
        }
    }
}

/// A limit, and what happens at it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit<T> {
    /// The most that is allowed.
    pub most: T,
    /// What happens beyond.
    pub mode: Mode,
}

/// A budget that fills up again with time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Budget {
    /// Requests of one actor.
    RequestsPerMinute,
    /// Cost units of one actor's operations.
    CostPerMinuteOfToken,
    /// Cost units of all operations of a tenant.
    CostPerMinuteOfTenant,
    /// Distinct persons that are disclosed to one actor.
    SubjectsPerHour,
}

impl Budget {
    /// The name in errors, the log and metrics.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::RequestsPerMinute => "requestsPerMinute",
            Self::CostPerMinuteOfToken => "costPerMinuteOfToken",
            Self::CostPerMinuteOfTenant => "costPerMinuteOfTenant",
            Self::SubjectsPerHour => "subjectsPerHour",
        }
    }

    /// What to do when it is used up.
    #[must_use]
    pub const fn advice(self) -> Wording {
        match self {
            Self::RequestsPerMinute => Wording::new(
                "För många anrop med denna token: vänta så länge som Retry-After anger.",
                "too many requests with this token: wait as Retry-After says",
            ),
            Self::CostPerMinuteOfToken => Wording::new(
                "Operationerna med denna token kostar för mycket: vänta så länge som Retry-After anger, eller begär färre fält \
                 och kortare sidor.",
                "this token's operations cost too much: wait as Retry-After says, or ask for fewer fields and shorter pages",
            ),
            Self::CostPerMinuteOfTenant => Wording::new(
                "Kundens operationer kostar tillsammans för mycket: vänta så länge som Retry-After anger, eller begär färre \
                 fält och kortare sidor.",
                "the operations of all the tenant's tokens cost too much: wait as Retry-After says, or ask for fewer \
                 fields and shorter pages",
            ),
            Self::SubjectsPerHour => Wording::new(
                "Med denna token skulle fler personer visas än vad som är tillåtet på en timme, så inget lämnades ut: vänta så \
                 länge som Retry-After anger, eller begär färre personer.",
                "this token would be shown more persons than it may within an hour, so nothing was disclosed: wait as \
                 Retry-After says, or ask for fewer persons",
            ),
        }
    }
}

/// A budget does not hold what was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Exhausted {
    /// Which one.
    pub budget: Budget,
    /// How long until it does.
    pub wait: Duration,
}

impl Exhausted {
    /// `Retry-After` in whole seconds (RFC 9110 section 10.2.3), never 0, which would be an invitation.
    #[must_use]
    pub fn retry_after(&self) -> u64 {
        let begun = u64::from(self.wait.subsec_nanos() > 0);
        self.wait.as_secs().saturating_add(begun).max(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn retry_after_is_rounded_up_and_never_now() {
        for (millis, expected) in [(0, 1), (1, 1), (1_000, 1), (1_001, 2), (59_500, 60)] {
            let wait = Duration::from_millis(millis);
            let exhausted = Exhausted { budget: Budget::RequestsPerMinute, wait };
            assert_eq!(exhausted.retry_after(), expected, "{millis}");
        }
    }
}
