//! The rights.

use crate::coded::coded;
use crate::language::Language;
use crate::purpose::Purpose;

coded! {
    /// Rights under Chapter III and Art. 7(3).
    RequestKind {
        /// Registerutdrag, Art. 15.
        Access = "ACCESS",
        /// Rättelse, Art. 16.
        Rectification = "RECTIFICATION",
        /// Radering, Art. 17.
        Erasure = "ERASURE",
        /// Begränsning, Art. 18.
        Restriction = "RESTRICTION",
        /// Dataportabilitet, Art. 20.
        Portability = "PORTABILITY",
        /// Invändning, Art. 21.
        Objection = "OBJECTION",
        /// Återkallat samtycke, Art. 7(3).
        ConsentWithdrawal = "CONSENT_WITHDRAWAL",
    }
}

impl RequestKind {
    /// The article of the GDPR that gives the right.
    #[must_use]
    pub const fn article(self) -> &'static str {
        match self {
            Self::Access => "15",
            Self::Rectification => "16",
            Self::Erasure => "17",
            Self::Restriction => "18",
            Self::Portability => "20",
            Self::Objection => "21",
            Self::ConsentWithdrawal => "7(3)",
        }
    }

    /// The name in running text.
    #[must_use]
    pub const fn name(self, language: Language) -> &'static str {
        let (swedish, english) = match self {
            Self::Access => ("tillgång (registerutdrag)", "access"),
            Self::Rectification => ("rättelse", "rectification"),
            Self::Erasure => ("radering", "erasure"),
            Self::Restriction => ("begränsning av behandling", "restriction of processing"),
            Self::Portability => ("dataportabilitet", "data portability"),
            Self::Objection => ("invändning", "objection"),
            Self::ConsentWithdrawal => ("återkallat samtycke", "withdrawal of consent"),
        };
        language.choose(swedish, english)
    }

    /// Whether the request takes effect when it is submitted, without proof of identity and without a decision: a
    /// withdrawal of consent (Art. 7(3)) and an objection to direct marketing (Art. 21(3)).
    #[must_use]
    pub fn takes_effect_at_once(self, purpose: Option<Purpose>) -> bool {
        match self {
            Self::ConsentWithdrawal => true,
            Self::Objection => purpose == Some(Purpose::DirectMarketing),
            _ => false,
        }
    }
}
