//! What personal data is used for, and what each purpose may see (Art. 5(1)(b), contract rule 3).

use serde::{Deserialize, Serialize};

use crate::category::DataCategory;
use crate::language::Language;

/// A purpose of processing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Purpose {
    /// To provide and maintain the service.
    ServiceDelivery,
    /// News about products; needs consent, and no objection.
    DirectMarketing,
    /// Duties under the Bookkeeping Act (bokföringslagen 1999:1078).
    Bookkeeping,
    /// Handling a data subject's request.
    RightsHandling,
    /// Establishing, exercising or defending a legal claim (Art. 18(2)).
    LegalClaims,
}

impl Purpose {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::ServiceDelivery,
        Self::DirectMarketing,
        Self::Bookkeeping,
        Self::RightsHandling,
        Self::LegalClaims,
    ];

    /// The name in the schema, in rows and in the audit log.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::ServiceDelivery => "SERVICE_DELIVERY",
            Self::DirectMarketing => "DIRECT_MARKETING",
            Self::Bookkeeping => "BOOKKEEPING",
            Self::RightsHandling => "RIGHTS_HANDLING",
            Self::LegalClaims => "LEGAL_CLAIMS",
        }
    }

    /// The purpose that a code names; `None` for any other text.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|purpose| purpose.code() == code)
    }

    /// Whether the purpose shows values of the category at all, whoever the person is.
    #[must_use]
    pub const fn shows(self, category: DataCategory) -> bool {
        use DataCategory::{Accounting, Address, Email, Name, Phone, Position};
        match self {
            Self::ServiceDelivery => !matches!(category, Accounting),
            Self::DirectMarketing => matches!(category, Name | Position | Phone | Address | Email),
            Self::Bookkeeping => matches!(category, Name | Address | Accounting),
            Self::RightsHandling | Self::LegalClaims => true,
        }
    }

    /// Whether the purpose may read data whose processing is restricted (Art. 18(2)).
    #[must_use]
    pub const fn reads_restricted(self) -> bool {
        matches!(self, Self::RightsHandling | Self::LegalClaims)
    }

    /// Whether the purpose may read what is left of a partly erased person (contract rule 13).
    #[must_use]
    pub const fn reads_retained(self) -> bool {
        matches!(self, Self::Bookkeeping | Self::RightsHandling | Self::LegalClaims)
    }

    /// The name in running text.
    #[must_use]
    pub const fn name(self, language: Language) -> &'static str {
        let (swedish, english) = match self {
            Self::ServiceDelivery => {
                ("att tillhandahålla och underhålla tjänsten", "to provide and maintain the service")
            }
            Self::DirectMarketing => ("direktmarknadsföring", "direct marketing"),
            Self::Bookkeeping => ("skyldigheter enligt bokföringslagen", "duties under the Bookkeeping Act"),
            Self::RightsHandling => {
                ("att handlägga registrerades begäranden", "handling data subjects' requests")
            }
            Self::LegalClaims => ("rättsliga anspråk", "legal claims"),
        };
        language.choose(swedish, english)
    }
}

/// A legal basis, Art. 6(1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum LegalBasis {
    /// Point (a).
    Consent,
    /// Point (b).
    Contract,
    /// Point (c).
    LegalObligation,
    /// Point (d).
    VitalInterests,
    /// Point (e).
    PublicTask,
    /// Point (f).
    LegitimateInterests,
}

impl LegalBasis {
    /// All of them, in the article's order.
    pub const ALL: [Self; 6] = [
        Self::Consent,
        Self::Contract,
        Self::LegalObligation,
        Self::VitalInterests,
        Self::PublicTask,
        Self::LegitimateInterests,
    ];

    /// The name in the schema and in rows.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Consent => "CONSENT",
            Self::Contract => "CONTRACT",
            Self::LegalObligation => "LEGAL_OBLIGATION",
            Self::VitalInterests => "VITAL_INTERESTS",
            Self::PublicTask => "PUBLIC_TASK",
            Self::LegitimateInterests => "LEGITIMATE_INTERESTS",
        }
    }

    /// The basis that a code names; `None` for any other text.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|basis| basis.code() == code)
    }

    /// The name in running text, with the point of the article.
    #[must_use]
    pub const fn name(self, language: Language) -> &'static str {
        let (swedish, english) = match self {
            Self::Consent => ("samtycke, artikel 6.1 a", "consent, Art. 6(1)(a)"),
            Self::Contract => ("avtal, artikel 6.1 b", "contract, Art. 6(1)(b)"),
            Self::LegalObligation => {
                ("rättslig förpliktelse, artikel 6.1 c", "legal obligation, Art. 6(1)(c)")
            }
            Self::VitalInterests => {
                ("grundläggande intressen, artikel 6.1 d", "vital interests, Art. 6(1)(d)")
            }
            Self::PublicTask => ("uppgift av allmänt intresse, artikel 6.1 e", "public task, Art. 6(1)(e)"),
            Self::LegitimateInterests => {
                ("intresseavvägning, artikel 6.1 f", "legitimate interests, Art. 6(1)(f)")
            }
        };
        language.choose(swedish, english)
    }
}
