//! What a tenant has said of a sub-processor, and may still say (Art. 28(2)).

use jiff::Span;
use jiff::civil::Date;

use crate::agreement::SubprocessorAuthorisation;
use crate::coded::coded;

coded! {
    /// Where a sub-processor stands with one tenant.
    SubprocessorStanding {
        /// The tenant was told and can object; the general authorisation does not cover it yet.
        Announced = "ANNOUNCED",
        /// It may process the tenant's data from its first day.
        Authorised = "AUTHORISED",
        /// The agreement wants a specific authorisation, and the tenant has not given it: silence is no yes.
        AwaitingAuthorisation = "AWAITING_AUTHORISATION",
        /// The tenant has objected.
        ObjectedTo = "OBJECTED_TO",
        /// It sees nothing that the tenant's agreement covers.
        NotConcerned = "NOT_CONCERNED",
        /// Its last day is past.
        Ended = "ENDED",
    }
}

/// What the tenant has answered to a notice; its latest answer counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// Nothing.
    None,
    /// It objected.
    Objected,
    /// It authorised the sub-processor.
    Authorised,
}

/// The notice of a sub-processor that a tenant was given, under the agreement of that day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoticeFacts {
    /// How the agreement has sub-processors authorised.
    pub authorisation: SubprocessorAuthorisation,
    /// The last day of the period to object.
    pub last_day_to_object: Date,
    /// What the tenant has answered.
    pub answer: Answer,
}

/// Whether a sub-processor stood in the annex of the tenant's agreement when that was offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Annex {
    /// It did: the signature authorises it.
    Listed,
    /// It did not.
    NotListed,
}

/// What decides where a sub-processor stands with a tenant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StandingFacts<'a> {
    /// The notice, where the tenant was given one; it outweighs the annex.
    pub notice: Option<&'a NoticeFacts>,
    /// Whether the agreement lists it.
    pub in_annex: Annex,
    /// Its last day, where it has one.
    pub ended_on: Option<Date>,
}

/// The last day on which a tenant may object; the day of the notice is not counted.
#[must_use]
pub fn last_day_to_object(notified_on: Date, days: u16) -> Date {
    notified_on.saturating_add(Span::new().days(i64::from(days)))
}

/// The first day on which an announced sub-processor may process: the day after the longest period to object.
#[must_use]
pub fn earliest_effective(announced_on: Date, longest_days: u16) -> Date {
    // Only the last day of the year 9999 has no tomorrow.
    last_day_to_object(announced_on, longest_days).tomorrow().unwrap_or(Date::MAX)
}

/// Where the sub-processor stands with the tenant on a day.
#[must_use]
pub fn standing(facts: &StandingFacts<'_>, today: Date) -> SubprocessorStanding {
    if has_ended(facts, today) {
        return SubprocessorStanding::Ended;
    }
    match (facts.notice, facts.in_annex) {
        (Some(notice), _) => answered(*notice, today),
        (None, Annex::Listed) => SubprocessorStanding::Authorised,
        (None, Annex::NotListed) => SubprocessorStanding::NotConcerned,
    }
}

fn answered(notice: NoticeFacts, today: Date) -> SubprocessorStanding {
    match (notice.answer, notice.authorisation) {
        (Answer::Objected, _) => SubprocessorStanding::ObjectedTo,
        (Answer::None, SubprocessorAuthorisation::Specific) => SubprocessorStanding::AwaitingAuthorisation,
        (Answer::None, SubprocessorAuthorisation::General) if today <= notice.last_day_to_object => {
            SubprocessorStanding::Announced
        }
        (Answer::None, SubprocessorAuthorisation::General) | (Answer::Authorised, _) => {
            SubprocessorStanding::Authorised
        }
    }
}

/// Why a tenant can't object to a sub-processor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ObjectionRefused {
    /// The sub-processor has ended.
    #[error("the sub-processor has ended")]
    Ended,
    /// The tenant has objected before.
    #[error("objected before")]
    Objected,
    /// The last day to object is past, or the tenant was given no notice, so that no period runs.
    #[error("no period to object runs")]
    Passed,
}

/// Whether the tenant may object on a day. An authorisation can be taken back while the period runs.
///
/// # Errors
/// [`ObjectionRefused::Ended`] after the sub-processor's last day; [`ObjectionRefused::Objected`] where the tenant's
/// objection stands; [`ObjectionRefused::Passed`] without a notice and after the last day to object.
pub fn check_objection(facts: &StandingFacts<'_>, today: Date) -> Result<(), ObjectionRefused> {
    if has_ended(facts, today) {
        return Err(ObjectionRefused::Ended);
    }
    let notice = facts.notice.ok_or(ObjectionRefused::Passed)?;
    if notice.answer == Answer::Objected {
        return Err(ObjectionRefused::Objected);
    }
    if notice.last_day_to_object < today {
        return Err(ObjectionRefused::Passed);
    }
    Ok(())
}

/// Why a tenant can't authorise a sub-processor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AuthorisationRefused {
    /// The sub-processor has ended.
    #[error("the sub-processor has ended")]
    Ended,
    /// It is authorised already: by the tenant, by its silence, or in the agreement's annex.
    #[error("authorised already")]
    Authorised,
    /// It sees nothing that the tenant's agreement covers.
    #[error("the tenant is not concerned")]
    NotConcerned,
}

/// Whether the tenant may authorise the sub-processor on a day. No period ends it, and it takes an objection back.
///
/// # Errors
/// [`AuthorisationRefused`] where there is nothing to authorise.
pub fn check_authorisation(facts: &StandingFacts<'_>, today: Date) -> Result<(), AuthorisationRefused> {
    match standing(facts, today) {
        SubprocessorStanding::Announced
        | SubprocessorStanding::AwaitingAuthorisation
        | SubprocessorStanding::ObjectedTo => Ok(()),
        SubprocessorStanding::Authorised => Err(AuthorisationRefused::Authorised),
        SubprocessorStanding::NotConcerned => Err(AuthorisationRefused::NotConcerned),
        SubprocessorStanding::Ended => Err(AuthorisationRefused::Ended),
    }
}

fn has_ended(facts: &StandingFacts<'_>, today: Date) -> bool {
    facts.ended_on.is_some_and(|last| last < today)
}

#[cfg(test)]
mod tests;
