//! What of an agreement governs sub-processors, and which of a tenant's agreements does.

use domain::agreement::timeline::{self, Version};
use domain::agreement::{AgreementStatus, SubprocessorAuthorisation};
use domain::calendar::civil_date;
use domain::category::Categories;
use domain::tenant::TenantStatus;
use entity::agreement::Column;
use jiff::Timestamp;
use jiff::civil::Date;
use uuid::Uuid;

use crate::backend::categories_of;
use crate::error::StoreError;
use crate::time;

/// The columns that [`Row`] reads, in its order.
pub(crate) const COLUMNS: [Column; 9] = [
    Column::TenantId,
    Column::Version,
    Column::DataCategories,
    Column::SubprocessorAuthorisation,
    Column::ObjectionPeriodDays,
    Column::EffectiveFrom,
    Column::EffectiveTo,
    Column::ControllerSignedAt,
    Column::CreatedAt,
];

/// An agreement without its texts, which are long.
pub(crate) type Row = (
    Uuid,
    i32,
    serde_json::Value,
    String,
    i32,
    Option<chrono::NaiveDate>,
    Option<chrono::NaiveDate>,
    Option<chrono::DateTime<chrono::Utc>>,
    chrono::DateTime<chrono::Utc>,
);

/// A version of an agreement, as far as sub-processors go.
pub(crate) struct Terms {
    pub tenant: Uuid,
    pub timed: Version,
    pub categories: Categories,
    pub authorisation: SubprocessorAuthorisation,
    pub objection_period_days: u16,
    pub offered_at: Timestamp,
}

impl TryFrom<Row> for Terms {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let (tenant, version, categories, authorisation, days, from, to, signed_at, offered_at) = row;
        let inconsistent = |column| StoreError::Inconsistent { table: "agreement", column };
        let authorisation = SubprocessorAuthorisation::from_code(&authorisation);
        Ok(Self {
            tenant,
            timed: Version {
                number: u16::try_from(version).map_err(|_| inconsistent("version"))?,
                signed_on: signed_at.map(|at| civil_date(time::from_row(at))),
                effective_from: from.map(time::date_from_row).ok_or(inconsistent("effective_from"))?,
                effective_to: to.map(time::date_from_row),
            },
            categories: categories_of(&categories).ok_or(inconsistent("data_categories"))?,
            authorisation: authorisation.ok_or(inconsistent("subprocessor_authorisation"))?,
            objection_period_days: u16::try_from(days).map_err(|_| inconsistent("objection_period_days"))?,
            offered_at: time::from_row(offered_at),
        })
    }
}

/// Under which of one tenant's agreements it is told of a sub-processor that sees `categories`: the one in force, else
/// the newest that may still come into force. While data is returned, the last one that was in force governs on.
pub(crate) fn told_under<'t>(
    all: &'t [Terms],
    categories: &Categories,
    (status, today): (TenantStatus, Date),
) -> Option<&'t Terms> {
    let versions = versions(all);
    let rank = |terms: &Terms| match timeline::status(&terms.timed, &versions, today) {
        AgreementStatus::InForce => Some((1, terms.timed.number)),
        AgreementStatus::Offered => Some((0, terms.timed.number)),
        AgreementStatus::Superseded | AgreementStatus::Terminated => None,
    };
    let governs = standing(all, (status, today)).filter(|_| status == TenantStatus::Offboarding);
    let live = all.iter().filter(|terms| rank(terms).is_some() || governs.is_some_and(|by| by.is(terms)));
    live.filter(|terms| !terms.categories.is_disjoint(categories)).max_by_key(|terms| rank(terms))
}

/// The agreement whose annex counts: the one in force, while data is returned the last that was, else the newest.
pub(crate) fn standing(all: &[Terms], (status, today): (TenantStatus, Date)) -> Option<&Terms> {
    let versions = versions(all);
    let in_force = timeline::in_force(&versions, today);
    let begun = |terms: &&Terms| terms.timed.begins_on().is_some_and(|first| first <= today);
    let number = |terms: &&Terms| terms.timed.number;
    match (in_force, status) {
        (Some(version), _) => all.iter().find(|terms| terms.timed.number == version.number),
        (None, TenantStatus::Offboarding | TenantStatus::Closed) => {
            all.iter().filter(begun).max_by_key(number)
        }
        (None, TenantStatus::Onboarding | TenantStatus::Active) => all.iter().max_by_key(number),
    }
}

impl Terms {
    fn is(&self, other: &Self) -> bool {
        self.timed.number == other.timed.number
    }
}

fn versions(all: &[Terms]) -> Vec<Version> {
    all.iter().map(|terms| terms.timed.clone()).collect()
}

#[cfg(test)]
mod tests;
