//! How long each category is kept once its purpose has ended (Art. 5(1)(e)).

mod claim;
mod period;
mod sentence;

use std::borrow::Cow;

use crate::category::DataCategory;
use crate::coded::coded;
use crate::purpose::LegalBasis;

pub use claim::{RuleClaim, RuleRefused, check_rule};
pub use period::{Anchors, RecordAnchors, erasable_on, kept_through, record_kept_through};
pub use sentence::describe;

coded! {
    /// What starts a retention period.
    RetentionTrigger {
        /// The customer relationship ended.
        RelationshipEnded = "RELATIONSHIP_ENDED",
        /// The data subject was last active or updated.
        SubjectInactive = "SUBJECT_INACTIVE",
        /// The end of the calendar year in which the fiscal year ended (bokföringslagen).
        FiscalYearEnded = "FISCAL_YEAR_ENDED",
    }
}

/// The rule for one category.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RetentionRule {
    /// Which category.
    pub category: DataCategory,
    /// What starts the period.
    pub trigger: RetentionTrigger,
    /// Months after the trigger, 0 for at once; `None` where a law fixes the date
    /// ([`crate::accounting::retained_through`]).
    pub months: Option<u16>,
    /// Why the data is kept so long.
    pub legal_basis: LegalBasis,
    /// The source of the rule.
    pub source: Cow<'static, str>,
}

const POLICY: &str = "integritetspolicyn, avsnittet om lagringstid";
const BOOKKEEPING_ACT: &str = "bokföringslagen (1999:1078) 7 kap. 2 §";

/// The policy's sentence: kept while the customer relationship lasts, then erased.
const fn by_policy(category: DataCategory) -> RetentionRule {
    RetentionRule {
        category,
        trigger: RetentionTrigger::RelationshipEnded,
        months: Some(0),
        legal_basis: LegalBasis::Contract,
        source: Cow::Borrowed(POLICY),
    }
}

/// The rules of a tenant that has set none of its own.
pub const DEFAULTS: [RetentionRule; 8] = [
    by_policy(DataCategory::Name),
    by_policy(DataCategory::Position),
    by_policy(DataCategory::Phone),
    by_policy(DataCategory::Address),
    by_policy(DataCategory::Email),
    by_policy(DataCategory::LoginName),
    by_policy(DataCategory::Password),
    RetentionRule {
        category: DataCategory::Accounting,
        trigger: RetentionTrigger::FiscalYearEnded,
        months: None,
        legal_basis: LegalBasis::LegalObligation,
        source: Cow::Borrowed(BOOKKEEPING_ACT),
    },
];

#[cfg(test)]
mod tests;
