//! What a certificate names of what is kept: codes for the file, words for the document.

use crate::package::certificate::named;

named! {
    /// What the processor keeps when a tenant is closed: its own evidence.
    KeptKind {
        /// Agreements and their signatures.
        Agreement = "AGREEMENT", "avtal och underskrifter", "agreements and signatures";
        /// The controller's instructions, Art. 28(3)(a).
        Instruction = "INSTRUCTION", "den ansvariges instruktioner", "the controller's instructions";
        /// The audit log.
        AuditLog = "AUDIT_LOG", "granskningsloggen", "the audit log";
        /// Notices of breaches, Art. 33(2).
        BreachNotice = "BREACH_NOTICE",
            "underrättelser om personuppgiftsincidenter", "notices of personal data breaches";
        /// Who the tenant was, and when.
        Relationship = "RELATIONSHIP", "uppgifter om kundförhållandet", "particulars of the relationship";
    }
}

named! {
    /// Why the processor keeps something.
    KeepingGround {
        /// To show that the law and the agreement were followed, Art. 5(2), 28(3)(h).
        Accountability = "ACCOUNTABILITY",
            "för att kunna visa att förordningen och avtalet har följts (artiklarna 5.2 och 28.3 h)",
            "to show that the Regulation and the agreement were followed (Articles 5(2) and 28(3)(h))";
        /// To answer claims until they lapse, Art. 17(3)(e), preskriptionslagen 2 §.
        LegalClaims = "LEGAL_CLAIMS",
            "för att kunna bemöta rättsliga anspråk tills de preskriberas (2 § preskriptionslagen, 1981:130)",
            "to answer legal claims until they lapse (Swedish Limitations Act, 1981:130, section 2)";
        /// A law obliges the processor itself, Art. 28(3)(g).
        LegalObligation = "LEGAL_OBLIGATION",
            "för att en lag kräver det av personuppgiftsbiträdet (artikel 28.3 g)",
            "because a law requires it of the processor (Article 28(3)(g))";
    }
}
