//! Sub-processors (underbiträden), Art. 28(2) and (4): where one may have personal data, and what a tenant says of it.

mod location;
mod standing;

use crate::coded::coded;
use crate::language::Language;

pub use location::{AdequacyDecision, AdequacyList, Location, NotLawful};
pub use standing::{
    Annex, Answer, AuthorisationRefused, NoticeFacts, ObjectionRefused, StandingFacts, SubprocessorStanding,
    check_authorisation, check_objection, earliest_effective, last_day_to_object, standing,
};

coded! {
    /// Why personal data may be where a sub-processor has it.
    TransferMechanism {
        /// All processing is within the EU/EEA: no transfer.
        Eea = "EEA",
        /// A Commission adequacy decision, Art. 45.
        Adequacy = "ADEQUACY",
        /// Standard contractual clauses, Art. 46(2)(c).
        StandardContractualClauses = "STANDARD_CONTRACTUAL_CLAUSES",
        /// Binding corporate rules, Art. 47.
        BindingCorporateRules = "BINDING_CORPORATE_RULES",
    }
}

impl TransferMechanism {
    /// The name in running text.
    #[must_use]
    pub const fn name(self, language: Language) -> &'static str {
        let (swedish, english) = match self {
            Self::Eea => ("behandling inom EU/EES", "processing within the EU/EEA"),
            Self::Adequacy => (
                "beslut om adekvat skyddsnivå (artikel 45)",
                "an adequacy decision of the Commission (Art. 45)",
            ),
            Self::StandardContractualClauses => {
                ("standardavtalsklausuler (artikel 46.2 c)", "standard contractual clauses (Art. 46(2)(c))")
            }
            Self::BindingCorporateRules => {
                ("bindande företagsbestämmelser (artikel 47)", "binding corporate rules (Art. 47)")
            }
        };
        language.choose(swedish, english)
    }
}
