//! A rule told to a person.

use crate::language::Language;
use crate::retention::{RetentionRule, RetentionTrigger};

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
