//! The dates to which rules lead, in Swedish civil days.

use jiff::Span;
use jiff::civil::Date;

use crate::retention::{RetentionRule, RetentionTrigger};

/// The events in a person's life with the controller from which periods are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Anchors {
    /// The day on which the customer relationship ended; `None` while it lasts.
    pub relationship_ended_on: Option<Date>,
    /// The day on which the person was last active or updated.
    pub last_active_on: Date,
}

/// What of an accounting record decides how long it is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RecordAnchors {
    /// The last day of its fiscal year.
    pub fiscal_year_ends_on: Date,
    /// The last day on which the Bookkeeping Act keeps it; `None` where the act does not apply.
    pub retained_through: Option<Date>,
}

/// The last day on which a rule keeps a value of the profile; `None` while the event that it counts from has not
/// happened, and for a rule that counts from a fiscal year, which only accounting records have
/// ([`record_kept_through`]).
#[must_use]
pub fn kept_through(rule: &RetentionRule, anchors: &Anchors) -> Option<Date> {
    let event = match rule.trigger {
        RetentionTrigger::RelationshipEnded => anchors.relationship_ended_on?,
        RetentionTrigger::SubjectInactive => anchors.last_active_on,
        RetentionTrigger::FiscalYearEnded => return None,
    };
    Some(after(event, rule.months?))
}

/// The last day on which a rule for accounting records keeps one; `None` while the event that it counts from has not
/// happened.
///
/// What the Bookkeeping Act keeps may be kept longer by the tenant's own rule, never shorter (bokföringslagen 7 kap.
/// 2 §). To any other record, a quote that led to nothing, the tenant's own rule applies, and without one the policy's
/// sentence: kept while the customer relationship lasts.
#[must_use]
pub fn record_kept_through(rule: &RetentionRule, record: &RecordAnchors, anchors: &Anchors) -> Option<Date> {
    match (record.retained_through, rule.months) {
        (Some(by_law), None) => Some(by_law),
        (Some(by_law), Some(_)) => own_rule(rule, record, anchors).map(|by_rule| by_rule.max(by_law)),
        (None, None) => anchors.relationship_ended_on,
        (None, Some(_)) => own_rule(rule, record, anchors),
    }
}

fn own_rule(rule: &RetentionRule, record: &RecordAnchors, anchors: &Anchors) -> Option<Date> {
    match rule.trigger {
        RetentionTrigger::FiscalYearEnded => {
            Some(after(end_of_year(record.fiscal_year_ends_on), rule.months?))
        }
        RetentionTrigger::RelationshipEnded | RetentionTrigger::SubjectInactive => {
            kept_through(rule, anchors)
        }
    }
}

/// The day on which something may be erased that is kept through another: the day after.
#[must_use]
pub fn erasable_on(kept_through: Date) -> Date {
    // Only the last day of the year 9999 has no tomorrow.
    kept_through.tomorrow().unwrap_or(Date::MAX)
}

/// The same day of a later month, or the last one of a month that has no such day.
fn after(event: Date, months: u16) -> Date {
    event.saturating_add(Span::new().months(i64::from(months)))
}

fn end_of_year(date: Date) -> Date {
    Date::new(date.year(), 12, 31).unwrap_or(date)
}

#[cfg(test)]
mod tests;
