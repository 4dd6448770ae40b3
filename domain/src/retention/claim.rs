//! Rules of a tenant's own.

use crate::category::DataCategory;
use crate::invalid::Invalid;
use crate::retention::RetentionTrigger;

/// The longest period: a hundred years.
const MOST_MONTHS: u16 = 1200;

/// Seven years after the end of the calendar year in which the fiscal year ended (bokföringslagen 7 kap. 2 §).
const STATUTORY_MONTHS: u16 = 84;

/// What a client says of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RuleClaim {
    /// Which category.
    pub category: DataCategory,
    /// What starts the period.
    pub trigger: RetentionTrigger,
    /// Months after the trigger, 0 for at once.
    pub months: i64,
}

/// Why a rule is not set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RuleRefused {
    /// What was sent has the wrong form.
    #[error("{part}: {reason}")]
    Invalid {
        /// Which part of it, by its name in the schema: `months` or `trigger`.
        part: &'static str,
        /// What is wrong with it.
        reason: Invalid,
    },
    /// A law keeps the category longer, or counts from another event.
    #[error("a law demands {months} months from the end of the fiscal year's calendar year")]
    LawDemands {
        /// The least number of months, from the trigger that the law names.
        months: u16,
    },
}

/// The months of the rule.
///
/// # Errors
/// [`RuleRefused::Invalid`] for months outside 0 to 1200, and for `FISCAL_YEAR_ENDED` where there is no fiscal year;
/// [`RuleRefused::LawDemands`] for accounting records that would go before the Bookkeeping Act lets them, or by another
/// event than the act's.
pub fn check_rule(claim: RuleClaim) -> Result<u16, RuleRefused> {
    let range = Invalid::OutOfRange { min: 0, max: i64::from(MOST_MONTHS) };
    let months = u16::try_from(claim.months)
        .ok()
        .filter(|months| *months <= MOST_MONTHS)
        .ok_or(RuleRefused::Invalid { part: "months", reason: range })?;
    let from_fiscal_year = claim.trigger == RetentionTrigger::FiscalYearEnded;
    match (claim.category, from_fiscal_year) {
        (DataCategory::Accounting, true) if months >= STATUTORY_MONTHS => Ok(months),
        (DataCategory::Accounting, _) => Err(RuleRefused::LawDemands { months: STATUTORY_MONTHS }),
        (_, true) => Err(RuleRefused::Invalid { part: "trigger", reason: Invalid::NoFiscalYear }),
        (_, false) => Ok(months),
    }
}

#[cfg(test)]
mod tests;
