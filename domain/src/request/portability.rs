//! Portability (Art. 20): what a request needs, and what it leads to.

use jiff::Timestamp;

use crate::category::{Categories, DataCategory};
use crate::coded::coded;
use crate::language::Language;
use crate::outcome::{Outcome, OutcomeAction};
use crate::purpose::LegalBasis;
use crate::request::identity::Identification;
use crate::request::refusal::RefusalGround;

coded! {
    /// Why a category that is held is not in the package.
    WhyExcluded {
        /// The password, of which only a verifier is kept.
        NeverReadable = "NEVER_READABLE",
        /// The controller made the data; the person did not provide it, Art. 20(1).
        NotProvided = "NOT_PROVIDED",
        /// No activity on consent or contract uses it, Art. 20(1)(a).
        NoConsentOrContract = "NO_CONSENT_OR_CONTRACT",
    }
}

impl WhyExcluded {
    /// The reason as a sentence of the answer to the person.
    #[must_use]
    pub const fn text(self, language: Language) -> &'static str {
        let (swedish, english) = match self {
            Self::NeverReadable => (
                "Uppgiften sparas bara som ett kontrollvärde som inte går att läsa, så det finns inget att lämna \
                 ut.",
                "It is kept only as a check value that cannot be read, so there is nothing to hand out.",
            ),
            Self::NotProvided => (
                "Uppgifterna har den personuppgiftsansvarige själv tagit fram; rätten gäller det som du har lämnat \
                 (artikel 20.1 i dataskyddsförordningen). Begär tillgång (artikel 15) för en kopia.",
                "The controller made the data itself; the right is to what you have provided (GDPR Art. 20(1)). Ask \
                 for access (Art. 15) for a copy.",
            ),
            Self::NoConsentOrContract => (
                "Uppgiften behandlas inte med stöd av samtycke eller avtal, som rätten förutsätter (artikel 20.1 a i \
                 dataskyddsförordningen). Begär tillgång (artikel 15) för en kopia.",
                "It is not processed on consent or contract, which the right presupposes (GDPR Art. 20(1)(a)). Ask \
                 for access (Art. 15) for a copy.",
            ),
        };
        language.choose(swedish, english)
    }
}

/// The facts behind the answer, read when the request is carried out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// How the requester was identified; `None` while it is not known who asks.
    pub identified: Option<Identification>,
    /// The categories of which anything is held.
    pub held: Categories,
    /// The controller's register of processing activities: the legal basis of each, and the categories that it uses.
    pub processing: Vec<(LegalBasis, Categories)>,
}

/// What carrying out the request hands out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// When the facts were read: the package is of what is held then.
    pub as_of: Timestamp,
    /// One outcome per category that the right covers, in the policy's order.
    pub outcomes: Vec<Outcome>,
    /// The categories in the package.
    pub included: Categories,
    /// The categories that are held and not in the package, in the policy's order.
    pub excluded: Vec<(DataCategory, WhyExcluded)>,
}

/// The plan for a request for portability.
///
/// # Errors
/// [`RefusalGround::IdentityNotVerified`] while the requester is not identified: data must not go to a stranger
/// (Art. 12(6), 5(1)(f)).
pub fn assess(facts: &Facts, now: Timestamp) -> Result<Plan, RefusalGround> {
    if facts.identified.is_none() {
        return Err(RefusalGround::IdentityNotVerified);
    }
    let mut plan =
        Plan { as_of: now, outcomes: Vec::new(), included: Categories::new(), excluded: Vec::new() };
    for category in DataCategory::ALL {
        match (why_excluded(category, &facts.processing), facts.held.contains(&category)) {
            (None, true) => {
                plan.outcomes.push(Outcome::new(category, OutcomeAction::Disclosed));
                plan.included.insert(category);
            }
            (None, false) => plan.outcomes.push(Outcome::new(category, OutcomeAction::NothingHeld)),
            (Some(why), true) => plan.excluded.push((category, why)),
            (Some(_), false) => {}
        }
    }
    Ok(plan)
}

fn why_excluded(category: DataCategory, processing: &[(LegalBasis, Categories)]) -> Option<WhyExcluded> {
    match category {
        DataCategory::Password => return Some(WhyExcluded::NeverReadable),
        DataCategory::Accounting => return Some(WhyExcluded::NotProvided),
        DataCategory::Name
        | DataCategory::Position
        | DataCategory::Phone
        | DataCategory::Address
        | DataCategory::Email
        | DataCategory::LoginName => {}
    }
    let on_consent_or_contract = processing.iter().any(|(basis, categories)| {
        matches!(basis, LegalBasis::Consent | LegalBasis::Contract) && categories.contains(&category)
    });
    (!on_consent_or_contract).then_some(WhyExcluded::NoConsentOrContract)
}

#[cfg(test)]
mod tests;
