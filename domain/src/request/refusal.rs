//! Grounds on which a request may be refused.

use crate::coded::coded;
use crate::language::Language;

coded! {
    /// Why a request may be refused.
    RefusalGround {
        /// Identity could not be confirmed, Art. 12(2), 12(6).
        IdentityNotVerified = "IDENTITY_NOT_VERIFIED",
        /// Manifestly unfounded, Art. 12(5).
        ManifestlyUnfounded = "MANIFESTLY_UNFOUNDED",
        /// Excessive, in particular repetitive, Art. 12(5).
        Excessive = "EXCESSIVE",
        /// All data concerned is exempt, Art. 17(3) or national law.
        Exempt = "EXEMPT",
        /// It would adversely affect the rights of others, Art. 15(4), 20(4).
        RightsOfOthers = "RIGHTS_OF_OTHERS",
        /// Compelling legitimate grounds override the objection, Art. 21(1).
        CompellingGrounds = "COMPELLING_GROUNDS",
        /// The conditions of the article are not met.
        ConditionsNotMet = "CONDITIONS_NOT_MET",
    }
}

impl RefusalGround {
    /// The articles of the GDPR that the ground rests on; `None` where it is the article of the right itself.
    #[must_use]
    pub const fn article(self) -> Option<&'static str> {
        match self {
            Self::IdentityNotVerified => Some("12(2), 12(6)"),
            Self::ManifestlyUnfounded | Self::Excessive => Some("12(5)"),
            Self::Exempt => Some("17(3)"),
            Self::RightsOfOthers => Some("15(4), 20(4)"),
            Self::CompellingGrounds => Some("21(1)"),
            Self::ConditionsNotMet => None,
        }
    }

    /// The ground as a sentence of the letter to the person (Art. 12(4)).
    #[must_use]
    pub const fn text(self, language: Language) -> &'static str {
        let (swedish, english) = match self {
            Self::IdentityNotVerified => (
                "Din identitet kunde inte bekräftas (artikel 12.2 och 12.6 i dataskyddsförordningen).",
                "Your identity could not be confirmed (GDPR Art. 12(2) and 12(6)).",
            ),
            Self::ManifestlyUnfounded => (
                "Begäran är uppenbart ogrundad (artikel 12.5 i dataskyddsförordningen).",
                "The request is manifestly unfounded (GDPR Art. 12(5)).",
            ),
            Self::Excessive => (
                "Begäran är orimlig, särskilt därför att den upprepas (artikel 12.5 i dataskyddsförordningen).",
                "The request is excessive, in particular because it is repetitive (GDPR Art. 12(5)).",
            ),
            Self::Exempt => (
                "Alla uppgifter som begäran gäller är undantagna (artikel 17.3 i dataskyddsförordningen eller \
                 nationell lag).",
                "All data that the request is about is exempt (GDPR Art. 17(3) or national law).",
            ),
            Self::RightsOfOthers => (
                "Ett svar skulle inverka menligt på andras rättigheter och friheter (artikel 15.4 och 20.4 i \
                 dataskyddsförordningen).",
                "An answer would adversely affect the rights and freedoms of others (GDPR Art. 15(4) and 20(4)).",
            ),
            Self::CompellingGrounds => (
                "Tvingande berättigade skäl väger tyngre än invändningen (artikel 21.1 i \
                 dataskyddsförordningen).",
                "Compelling legitimate grounds override the objection (GDPR Art. 21(1)).",
            ),
            Self::ConditionsNotMet => {
                ("Villkoren för rättigheten är inte uppfyllda.", "The conditions of the right are not met.")
            }
        };
        language.choose(swedish, english)
    }
}
