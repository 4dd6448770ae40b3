//! What the processor puts before a tenant.

use jiff::civil::Date;

use crate::category::DataCategory;
use crate::invalid::Invalid;

/// The longest period to object to a sub-processor, in days.
const MOST_OBJECTION_DAYS: u16 = 365;

/// The longest period in which data is returned, in days.
const MOST_RETURN_DAYS: u16 = 365;

/// What an operator says of an agreement to be offered. The form of each text is read elsewhere ([`crate::text`]).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OfferClaim<'a> {
    /// What personal data it covers; a category named twice is covered once.
    pub data_categories: &'a [DataCategory],
    /// Whom the data is about.
    pub subject_categories: &'a [String],
    /// The controller's documented instructions, Art. 28(3)(a).
    pub instructions: &'a [String],
    /// Technical and organisational measures, Art. 32.
    pub security_measures: &'a [String],
    /// Days to object to a sub-processor, 0 for none.
    pub objection_period_days: i64,
    /// Days in which the data is returned after the end of the relationship, Art. 28(3)(g).
    pub return_period_days: i64,
    /// First day, whenever that is: an agreement may be offered for days that have gone by, and begins when signed.
    pub effective_from: Date,
    /// Last day; open-ended where `None`.
    pub effective_to: Option<Date>,
}

impl OfferClaim<'_> {
    /// The two periods, in days: to object, and of the return.
    ///
    /// # Errors
    /// The part that is wrong, by its name in the schema, and why: a list that is empty, a period to object outside 0
    /// to 365 days, a period of return outside 1 to 365 days, a last day before the first or before `today`.
    pub fn check(&self, today: Date) -> Result<(u16, u16), (&'static str, Invalid)> {
        let lists = [
            ("dataCategories", self.data_categories.is_empty()),
            ("subjectCategories", self.subject_categories.is_empty()),
            ("instructions", self.instructions.is_empty()),
            ("securityMeasures", self.security_measures.is_empty()),
        ];
        if let Some((part, _)) = lists.into_iter().find(|(_, is_empty)| *is_empty) {
            return Err((part, Invalid::Empty));
        }
        let objection_days = days(self.objection_period_days, 0, MOST_OBJECTION_DAYS)
            .map_err(|reason| ("objectionPeriodDays", reason))?;
        let return_days = days(self.return_period_days, 1, MOST_RETURN_DAYS)
            .map_err(|reason| ("returnPeriodDays", reason))?;
        self.check_last_day(today).map_err(|reason| ("effectiveTo", reason))?;
        Ok((objection_days, return_days))
    }

    fn check_last_day(&self, today: Date) -> Result<(), Invalid> {
        match self.effective_to {
            Some(last) if last < self.effective_from && today < self.effective_from => {
                Err(Invalid::BeforeItBegins)
            }
            Some(last) if last < today => Err(Invalid::InThePast),
            _ => Ok(()),
        }
    }
}

fn days(given: i64, min: u16, max: u16) -> Result<u16, Invalid> {
    let range = Invalid::OutOfRange { min: i64::from(min), max: i64::from(max) };
    u16::try_from(given).ok().filter(|days| (min..=max).contains(days)).ok_or(range)
}

#[cfg(test)]
mod tests;
