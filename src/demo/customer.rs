//! What is agreed with an ordinary customer and what it processes data for, for whoever makes up more of them.

use domain::category::Categories;
use domain::id::AgreementId;
use store::{NewActivity, NewAgreement, StoredTemplate, StoredTenant};

use super::activity::SHOP as ACTIVITIES;
use super::agreement::{Agreement, Parties, SHOP as AGREEMENTS};
use crate::service::ProcessorIdentity;

/// The purposes of a shop with customers' accounts, in every category.
pub(crate) fn activities() -> Vec<NewActivity> {
    let all: Categories = domain::category::DataCategory::ALL.into_iter().collect();
    ACTIVITIES.iter().map(|activity| activity.entry(&all)).collect()
}

/// The first version of such a shop's agreement, which both have signed and which is in force since September 2022.
///
/// # Errors
/// When the template for the tenant's language is not published.
pub(crate) fn agreement(
    id: AgreementId,
    tenant: &StoredTenant,
    (vendor, published): (&ProcessorIdentity, &[StoredTemplate]),
) -> anyhow::Result<NewAgreement> {
    let template = Agreement::template(tenant.language, published);
    let template =
        template.ok_or_else(|| anyhow::anyhow!("the templates that come with the gateway are not published"))?;
    let [first, ..] = &AGREEMENTS;
    let parties = Parties { tenant, vendor, template, subprocessors: &[] };
    first.written((id, 1), tenant.created_at(), &parties)
}
