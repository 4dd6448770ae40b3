//! Made-up customers, each with an agreement in force.

use anyhow::Context as _;
use domain::actor::Actor;
use domain::country::CountryCode;
use domain::id::{AgreementId, TenantId};
use domain::language::Language;
use jiff::civil::date;
use store::{AuditEvent, NewTenant, StoredContact, StoredTenant};

use super::plan::{Plan, identified_at};
use crate::demo::customer;
use crate::service::Gateway;

use super::chance::Matter;

/// What stands for an HTTP request's id in the logs, and for who did it.
pub(super) const SEED: &str = "seed";

/// Takes on what is missing of a tenant: itself, then its agreement.
pub(super) async fn take_on(gateway: &Gateway, plan: &Plan, number: u32) -> anyhow::Result<()> {
    let (operator, now) = (gateway.store.operator(), gateway.store.clock().now());
    let id = plan.tenant(number);
    if stored(gateway, id).await?.is_none() {
        operator.create_tenant(new_tenant(plan, number)?, &event("tenant.onboard"), None).await?;
    }
    if operator.list_agreements(&[id]).await?.is_empty() {
        let tenant = stored(gateway, id).await?.context("a tenant that was taken on is gone")?;
        let drawn = AgreementId::new(
            identified_at(u64::from(number)),
            &plan.chance(Matter::Agreement, u64::from(number)),
        );
        let published = operator.list_templates().await?;
        let agreement =
            customer::agreement((drawn, now), &tenant, (&gateway.settings.processor, &published))?;
        operator.put_agreement(agreement, &event("agreement.offer")).await?;
    }
    Ok(())
}

async fn stored(gateway: &Gateway, id: TenantId) -> anyhow::Result<Option<StoredTenant>> {
    let found = gateway.store.operator().find_tenants(&[id]).await?;
    Ok(found.into_iter().next().map(|found| found.stored))
}

/// An entry of a tenant's log about what was made up for it.
pub(super) fn event(action: &'static str) -> AuditEvent {
    AuditEvent::new(Actor::operator(SEED), action, SEED.to_owned())
}

fn new_tenant(plan: &Plan, number: u32) -> anyhow::Result<NewTenant> {
    Ok(NewTenant {
        id: plan.tenant(number),
        name: plan.name(number),
        organisation_number: None,
        country: CountryCode::parse("SE")?,
        language: Language::Sv,
        privacy_contact: StoredContact {
            name: "Dataskyddsfunktionen".to_owned(),
            email: format!("dataskydd.{number}@example.com"),
            phone: None,
        },
        data_protection_officer: None,
        relationship_started_on: date(2022, 9, 1),
        activities: customer::activities(),
    })
}
