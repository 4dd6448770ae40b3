//! What is agreed with an ordinary customer and what it processes data for, for whoever makes up more of them.

use anyhow::Context as _;
use domain::category::{Categories, DataCategory};
use domain::id::AgreementId;
use jiff::Timestamp;
use store::{NewActivity, NewAgreement, StoredTemplate, StoredTenant};

use super::activity::SHOP as ACTIVITIES;
use super::agreement::{Agreement, Parties, SHOP as AGREEMENTS};
use crate::service::ProcessorIdentity;

/// The purposes of a shop with customers' accounts, in every category.
pub(crate) fn activities() -> Vec<NewActivity> {
    let all: Categories = DataCategory::ALL.into_iter().collect();
    ACTIVITIES.iter().map(|activity| activity.entry(&all)).collect()
}

/// The first version of such a shop's agreement, which both have signed and which is in force since September 2022.
///
/// # Errors
/// When the template for the tenant's language is not published.
pub(crate) fn agreement(
    (id, now): (AgreementId, Timestamp),
    tenant: &StoredTenant,
    (vendor, published): (&ProcessorIdentity, &[StoredTemplate]),
) -> anyhow::Result<NewAgreement> {
    let template = Agreement::template(tenant.language, published)
        .context("the templates that come with the gateway are not published")?;
    let [first, ..] = &AGREEMENTS;
    let parties = Parties { tenant, vendor, template, subprocessors: &[] };
    first.written((id, 1), now, &parties)
}
