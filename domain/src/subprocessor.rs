//! Sub-processors (underbiträden), Art. 28(4).

use crate::coded::coded;

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
