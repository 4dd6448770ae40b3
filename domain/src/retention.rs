//! How long each category is kept once its purpose has ended (Art. 5(1)(e)).

use std::borrow::Cow;

use crate::category::DataCategory;
use crate::coded::coded;
use crate::language::Language;
use crate::purpose::LegalBasis;

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

/// The rule in one sentence, as the answer to an access request tells it (Art. 15(1)(d)).
#[must_use]
pub fn describe(rule: &RetentionRule, language: Language) -> String {
    let category = capitalised(rule.category.name(language));
    let period = match language {
        Language::Sv => swedish_period(rule),
        Language::En => english_period(rule),
    };
    let basis = rule.legal_basis.name(language);
    let source = &rule.source;
    match language {
        Language::Sv => format!("{category} {period} (rättslig grund: {basis}; källa: {source})."),
        Language::En => format!("{category} {period} (legal basis: {basis}; source: {source})."),
    }
}

fn swedish_period(rule: &RetentionRule) -> String {
    let event = match rule.trigger {
        RetentionTrigger::RelationshipEnded => "att kundrelationen upphörde",
        RetentionTrigger::SubjectInactive => "att uppgifterna senast användes eller ändrades",
        RetentionTrigger::FiscalYearEnded => "utgången av det kalenderår då räkenskapsåret avslutades",
    };
    match (rule.trigger, rule.months) {
        (_, None) => {
            "sparas till och med det sjunde året efter utgången av det kalenderår då räkenskapsåret \
                      avslutades och raderas därefter"
                .to_owned()
        }
        (RetentionTrigger::RelationshipEnded, Some(0)) => {
            "sparas så länge kundrelationen finns och raderas därefter genast".to_owned()
        }
        (_, Some(0)) => format!("raderas genast efter {event}"),
        (_, Some(1)) => format!("sparas i en månad efter {event} och raderas därefter"),
        (_, Some(months)) => format!("sparas i {months} månader efter {event} och raderas därefter"),
    }
}

fn english_period(rule: &RetentionRule) -> String {
    let event = match rule.trigger {
        RetentionTrigger::RelationshipEnded => "the end of the customer relationship",
        RetentionTrigger::SubjectInactive => "the data was last used or changed",
        RetentionTrigger::FiscalYearEnded => "the end of the calendar year in which the fiscal year ended",
    };
    match (rule.trigger, rule.months) {
        (_, None) => {
            "is kept through the seventh year after the end of the calendar year in which the fiscal \
                      year ended and is then erased"
                .to_owned()
        }
        (RetentionTrigger::RelationshipEnded, Some(0)) => {
            "is kept while the customer relationship lasts and is then erased at once".to_owned()
        }
        (_, Some(0)) => format!("is erased at once after {event}"),
        (_, Some(1)) => format!("is kept for one month after {event} and is then erased"),
        (_, Some(months)) => format!("is kept for {months} months after {event} and is then erased"),
    }
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_category_has_its_default_rule_in_the_policys_order() {
        let categories = DEFAULTS.map(|rule| rule.category);
        assert_eq!(categories, DataCategory::ALL);
        for rule in DEFAULTS {
            let by_law = rule.category == DataCategory::Accounting;
            assert_eq!(rule.months.is_none(), by_law);
            assert_eq!(rule.trigger == RetentionTrigger::FiscalYearEnded, by_law);
        }
    }

    #[test]
    fn a_rule_reads_as_a_sentence_in_both_languages() {
        let [.., password, accounting] = DEFAULTS;
        let yearly = RetentionRule {
            trigger: RetentionTrigger::SubjectInactive,
            months: Some(12),
            legal_basis: LegalBasis::LegitimateInterests,
            source: "gallringsplan 2026".into(),
            ..password.clone()
        };
        for (rule, swedish, english) in [
            (
                &password,
                "Lösenord sparas så länge kundrelationen finns och raderas därefter genast (rättslig grund: \
                 avtal, artikel 6.1 b; källa: integritetspolicyn, avsnittet om lagringstid).",
                "Password is kept while the customer relationship lasts and is then erased at once (legal \
                 basis: contract, Art. 6(1)(b); source: integritetspolicyn, avsnittet om lagringstid).",
            ),
            (
                &accounting,
                "Bokföringsinformation (faktura, offert, avtal) sparas till och med det sjunde året efter \
                 utgången av det kalenderår då räkenskapsåret avslutades och raderas därefter (rättslig grund: \
                 rättslig förpliktelse, artikel 6.1 c; källa: bokföringslagen (1999:1078) 7 kap. 2 §).",
                "Accounting information (invoice, quote, contract) is kept through the seventh year after the \
                 end of the calendar year in which the fiscal year ended and is then erased (legal basis: legal \
                 obligation, Art. 6(1)(c); source: bokföringslagen (1999:1078) 7 kap. 2 §).",
            ),
            (
                &yearly,
                "Lösenord sparas i 12 månader efter att uppgifterna senast användes eller ändrades och raderas \
                 därefter (rättslig grund: intresseavvägning, artikel 6.1 f; källa: gallringsplan 2026).",
                "Password is kept for 12 months after the data was last used or changed and is then erased \
                 (legal basis: legitimate interests, Art. 6(1)(f); source: gallringsplan 2026).",
            ),
        ] {
            assert_eq!(describe(rule, Language::Sv), swedish);
            assert_eq!(describe(rule, Language::En), english);
        }
    }
}
