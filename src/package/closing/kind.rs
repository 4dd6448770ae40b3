//! What a certificate names of what is kept: codes for the file, words for the document.

use domain::language::Language;

/// Defines an enumeration whose variants each have a code, a Swedish and an English name.
macro_rules! named {
    ($(#[$meta:meta])* $name:ident {
        $($(#[$doc:meta])* $variant:ident = $code:literal, $swedish:literal, $english:literal;)+
    }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name {
            $($(#[$doc])* $variant,)+
        }

        impl $name {
            /// All of them, in the order of the definition.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The text that stands for the value in files and rows.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code,)+ }
            }

            /// The value that a code names; `None` for any other text.
            #[must_use]
            pub fn from_code(code: &str) -> Option<Self> {
                match code { $($code => Some(Self::$variant),)+ _ => None }
            }

            /// The name in running text.
            #[must_use]
            pub const fn name(self, language: Language) -> &'static str {
                match self { $(Self::$variant => language.choose($swedish, $english),)+ }
            }
        }
    };
}

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
