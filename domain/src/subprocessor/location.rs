//! Whether personal data may be where a sub-processor has it (Art. 44 to 47). Access from a country is processing in it.

use jiff::civil::Date;

use crate::country::CountryCode;
use crate::subprocessor::TransferMechanism;

/// A decision of the Commission that a country protects personal data adequately (Art. 45(3)).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AdequacyDecision {
    /// Which country.
    pub country: CountryCode,
    /// First day on which transfers may rest on it.
    pub valid_from: Date,
    /// Last day; open-ended where `None`.
    pub valid_to: Option<Date>,
    /// To whom it is limited, such as certified organisations; the whole country where `None`. Whether a recipient
    /// belongs to them is for the operator who announces it to know.
    pub scope: Option<String>,
    /// Where the decision is published.
    pub reference: String,
}

impl AdequacyDecision {
    fn is_in_force(&self, on: Date) -> bool {
        self.valid_from <= on && self.valid_to.is_none_or(|last| on <= last)
    }
}

/// The decisions on adequacy, past and to come.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AdequacyList(Vec<AdequacyDecision>);

impl AdequacyList {
    /// The list of these decisions; a country may have several.
    #[must_use]
    pub const fn new(decisions: Vec<AdequacyDecision>) -> Self {
        Self(decisions)
    }

    /// The decision on a country that is in force on a day, the latest where there are several; `None` for countries
    /// of the EEA, too, which need none.
    #[must_use]
    pub fn in_force(&self, country: &CountryCode, on: Date) -> Option<&AdequacyDecision> {
        self.0
            .iter()
            .filter(|decision| decision.country == *country && decision.is_in_force(on))
            .max_by_key(|decision| decision.valid_from)
    }
}

/// Where a sub-processor is, and why personal data may be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Location<'a> {
    /// What makes it lawful.
    pub mechanism: TransferMechanism,
    /// Where it is established.
    pub seat: &'a CountryCode,
    /// Where it stores or reads personal data.
    pub processing: &'a [CountryCode],
}

/// The mechanism does not cover a country.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no lawful transfer to {}", country.as_str())]
pub struct NotLawful {
    /// The first such country, the seat before the others.
    pub country: CountryCode,
}

impl<'a> Location<'a> {
    /// Whether the mechanism covers the seat and every country of processing on a day.
    ///
    /// # Errors
    /// [`NotLawful`] for a country outside the EEA under [`TransferMechanism::Eea`], and for one without a decision in
    /// force on that day under [`TransferMechanism::Adequacy`]. Clauses and corporate rules bind wherever the recipient
    /// is (Art. 46(2)(b) and (c)).
    pub fn check(&self, adequacy: &AdequacyList, on: Date) -> Result<(), NotLawful> {
        let covered = |country: &CountryCode| match self.mechanism {
            TransferMechanism::Eea => false,
            TransferMechanism::Adequacy => adequacy.in_force(country, on).is_some(),
            TransferMechanism::StandardContractualClauses | TransferMechanism::BindingCorporateRules => true,
        };
        match self.third_countries().into_iter().find(|country| !covered(country)) {
            Some(country) => Err(NotLawful { country: country.clone() }),
            None => Ok(()),
        }
    }

    /// The countries outside the EEA, the seat first, each once.
    #[must_use]
    pub fn third_countries(&self) -> Vec<&'a CountryCode> {
        let mut found: Vec<&'a CountryCode> = Vec::new();
        for country in std::iter::once(self.seat).chain(self.processing) {
            if !country.is_eea() && !found.contains(&country) {
                found.push(country);
            }
        }
        found
    }
}

#[cfg(test)]
mod tests;
