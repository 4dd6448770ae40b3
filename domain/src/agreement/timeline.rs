//! The versions of one tenant's agreement in time: which is in force, and what has become of the others.
//!
//! Nothing of this is stored: it follows from the dates, the controller's signatures and the civil date in Sweden.

use jiff::civil::Date;

use crate::agreement::AgreementStatus;

/// One version of a tenant's agreement, as far as time goes. The processor's signature is in the offer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// 1 for the tenant's first, counting up.
    pub number: u16,
    /// The civil date in Sweden of the controller's signature; `None` while it has not signed.
    pub signed_on: Option<Date>,
    /// First day, as offered; with a later signature it begins later.
    pub effective_from: Date,
    /// Last day, as offered or terminated; open-ended where `None`.
    pub effective_to: Option<Date>,
}

impl Version {
    /// The day on which the version begins: the first day offered, and no sooner than both have signed (Art. 28(9));
    /// `None` without the controller's signature.
    #[must_use]
    pub fn begins_on(&self) -> Option<Date> {
        self.signed_on.map(|signed| signed.max(self.effective_from))
    }

    fn has_begun(&self, today: Date) -> bool {
        self.begins_on().is_some_and(|begins| begins <= today)
    }

    fn is_over(&self, today: Date) -> bool {
        self.effective_to.is_some_and(|last| last < today)
    }
}

/// Where a version is in its life. One that both have signed is [`AgreementStatus::Offered`] until its first day.
#[must_use]
pub fn status(of: &Version, all: &[Version], today: Date) -> AgreementStatus {
    if of.signed_on.is_none() {
        return unsigned(of, all, today);
    }
    let replaced_on = successor_begins(of, all).filter(|begins| *begins <= today);
    match (replaced_on, of.has_begun(today)) {
        (Some(begins), true) if of.is_over(day_before(begins)) => AgreementStatus::Terminated,
        (Some(_), _) => AgreementStatus::Superseded,
        (None, false) => AgreementStatus::Offered,
        (None, true) if of.is_over(today) => AgreementStatus::Terminated,
        (None, true) => AgreementStatus::InForce,
    }
}

fn unsigned(of: &Version, all: &[Version], today: Date) -> AgreementStatus {
    if has_newer(of, all) {
        AgreementStatus::Superseded
    } else if of.is_over(today) {
        AgreementStatus::Terminated
    } else {
        AgreementStatus::Offered
    }
}

/// The last day of a version as a reader is shown it: its own, or the day before its successor begins where that is
/// sooner. A version whose successor begins no later than itself is never in force, and keeps its own.
#[must_use]
pub fn last_day(of: &Version, all: &[Version]) -> Option<Date> {
    let successor = successor_begins(of, all);
    let replaced = successor.filter(|begins| of.begins_on().is_some_and(|first| first < *begins));
    [of.effective_to, replaced.map(day_before)].into_iter().flatten().min()
}

/// The version in force on a day: the newest that has begun, unless its last day is past. An older one never comes
/// back when a newer ends.
#[must_use]
pub fn in_force(all: &[Version], today: Date) -> Option<&Version> {
    all.iter()
        .filter(|version| version.has_begun(today))
        .max_by_key(|version| version.number)
        .filter(|version| !version.is_over(today))
}

/// Why the controller can't sign a version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SigningRefused {
    /// A newer version was offered.
    #[error("a newer version was offered")]
    Superseded,
    /// It was signed before.
    #[error("it was signed before")]
    AlreadySigned,
    /// Its last day is past.
    #[error("its last day is past")]
    Over,
}

/// Whether the controller may sign a version.
///
/// # Errors
/// [`SigningRefused::AlreadySigned`] where it has; [`SigningRefused::Superseded`] for any but the newest version;
/// [`SigningRefused::Over`] for one that could not be in force on any day to come.
pub fn check_signing(of: &Version, all: &[Version], today: Date) -> Result<(), SigningRefused> {
    if of.signed_on.is_some() {
        return Err(SigningRefused::AlreadySigned);
    }
    if has_newer(of, all) {
        return Err(SigningRefused::Superseded);
    }
    if of.is_over(today) {
        return Err(SigningRefused::Over);
    }
    Ok(())
}

/// Why the controller can't end a version on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TerminationRefused {
    /// It is not the one in force.
    #[error("it is not in force")]
    NotInForce,
    /// The last day would be before today.
    #[error("the last day is past")]
    InThePast,
    /// It ends sooner than that, by its own last day or by its successor.
    #[error("it ends sooner")]
    LaterThanSet,
}

/// Whether `effective_to` may become the last day of a version.
///
/// # Errors
/// [`TerminationRefused::InThePast`] for a day before `today`; [`TerminationRefused::NotInForce`] for any version but
/// the one in force; [`TerminationRefused::LaterThanSet`] for a day after [`last_day`]: an end is brought forward, never
/// put off, since a longer agreement is a new one.
pub fn check_termination(
    of: &Version,
    all: &[Version],
    effective_to: Date,
    today: Date,
) -> Result<(), TerminationRefused> {
    if effective_to < today {
        return Err(TerminationRefused::InThePast);
    }
    if status(of, all, today) != AgreementStatus::InForce {
        return Err(TerminationRefused::NotInForce);
    }
    if last_day(of, all).is_some_and(|last| last < effective_to) {
        return Err(TerminationRefused::LaterThanSet);
    }
    Ok(())
}

fn has_newer(of: &Version, all: &[Version]) -> bool {
    all.iter().any(|version| version.number > of.number)
}

/// The first day on which a newer version takes over; `None` while no newer one is signed.
fn successor_begins(of: &Version, all: &[Version]) -> Option<Date> {
    all.iter().filter(|version| version.number > of.number).filter_map(Version::begins_on).min()
}

fn day_before(date: Date) -> Date {
    // Only the first day that the calendar has is without a yesterday.
    date.yesterday().unwrap_or(Date::MIN)
}

#[cfg(test)]
mod tests;
