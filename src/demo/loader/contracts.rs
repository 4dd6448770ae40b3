//! Agreements, and the end of a relationship.

use anyhow::Context as _;
use domain::calendar::civil_date;
use domain::id::AgreementId;
use domain::tenant::{DEFAULT_RETURN_DAYS, return_ends_on};
use jiff::ToSpan as _;
use jiff::civil::Date;
use store::{AuditEvent, StoredTenant, WritingDoor};

use super::super::agreement::{Agreement, Parties};
use super::super::tenant::{Demo, Left};
use super::Loader;
use crate::service::caller::Caller;

impl Loader<'_> {
    /// Records the versions that the tenant does not have yet.
    pub(super) async fn put_agreements(&self, demo: &Demo) -> anyhow::Result<()> {
        let (operator, now) = (self.gateway.store.operator(), self.gateway.store.clock().now());
        let there = operator.list_agreements(&[demo.id]).await?;
        let missing = |version: &u16| there.iter().all(|found| found.version != *version);
        let missing: Vec<_> =
            demo.agreements.iter().zip(1..).filter(|(_, version)| missing(version)).collect();
        if missing.is_empty() {
            return Ok(());
        }
        let (tenant, published) = (self.tenant(demo).await?, operator.list_templates().await?);
        let template = Agreement::template(tenant.language, &published);
        let parties = Parties {
            tenant: &tenant,
            vendor: &self.gateway.settings.processor,
            template: template.context("the templates that come with the gateway are not published")?,
            subprocessors: &operator.list_subprocessors().await?,
        };
        for (agreement, version) in missing {
            let id = AgreementId::new(now, operator.entropy());
            let written = agreement.written((id, version), now, &parties)?;
            operator.put_agreement(written, &self.operator.event("agreement.offer")).await?;
        }
        Ok(())
    }

    /// Ends the relationship of a tenant that has left, once its people are loaded; where the return is over too, all
    /// of them are erased.
    pub(super) async fn end(&self, demo: &Demo, staff: &Caller) -> anyhow::Result<()> {
        let Some(left) = demo.left else {
            return Ok(());
        };
        let today = civil_date(self.gateway.store.clock().now());
        let mut tenant = self.tenant(demo).await?;
        if tenant.relationship_ends_on.is_none() {
            let (Left::Agreed(days) | Left::Terminated(days)) = left;
            let last = today.saturating_sub(days.days());
            if matches!(left, Left::Terminated(_)) {
                self.terminate(staff, last).await?;
            }
            let newest = demo.agreements.last().map(|agreement| agreement.return_days);
            let dates = (last, return_ends_on(last, newest.unwrap_or(DEFAULT_RETURN_DAYS)));
            let event = self.operator.event("tenant.end");
            self.gateway.store.operator().end_relationship(demo.id, dates, &event).await?;
            tenant = self.tenant(demo).await?;
        }
        let is_over = tenant.return_ends_on.is_some_and(|last| last < today);
        if is_over && tenant.closed_at.is_none() {
            self.work().await?;
        }
        Ok(())
    }

    /// Gives the agreement in force a last day, which may be past, as no use case allows.
    async fn terminate(&self, staff: &Caller, last: Date) -> anyhow::Result<()> {
        if let WritingDoor::Processing(tx) = self.gateway.store.open_writing(&staff.authority).await?
            && let Some(agreement) = tx.agreement()
        {
            tx.end_agreement(agreement, last).await?;
            tx.commit(AuditEvent { by: staff.by(), ..self.operator.event("agreement.terminate") }).await?;
        }
        Ok(())
    }

    async fn tenant(&self, demo: &Demo) -> anyhow::Result<StoredTenant> {
        let found = self.gateway.store.operator().find_tenants(&[demo.id]).await?;
        Ok(found.into_iter().next().context("a tenant of the demonstration is gone")?.stored)
    }
}
