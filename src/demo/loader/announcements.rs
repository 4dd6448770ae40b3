//! What the vendor tells its tenants, and what they answer: sub-processors and breaches. What is there is passed over.

use anyhow::Context as _;
use domain::calendar::civil_date;
use domain::id::SubprocessorId;
use domain::subprocessor::{Answer, SubprocessorStanding};
use store::ReadingDoor;

use super::super::breach::{BREACHES, Breach};
use super::super::subprocessor::{ANNOUNCED, CONFIRMED, KNOWN, OBJECTIONS, Objection};
use super::{Loader, refused};
use crate::service::operator::subprocessor::ConfirmationInput;
use crate::service::subprocessor::{Listed, ObjectionInput};

impl Loader<'_> {
    /// Records the sub-processors that stand in the annexes of agreements. They come before the agreements.
    pub(in crate::demo) async fn put_subprocessors(&self) -> anyhow::Result<()> {
        let operator = self.gateway.store.operator();
        let there = operator.list_subprocessors().await?;
        for known in &KNOWN {
            let found = there.iter().find(|found| found.name == known.is.name);
            let id = match found {
                Some(found) => found.id,
                None => operator.put_subprocessor(known.record()?).await?,
            };
            let goes_on = found.is_none_or(|found| found.ended_on.is_none());
            if let Some(last) = known.ended_on.filter(|_| goes_on) {
                operator.end_subprocessor(id, last, &self.operator.event("subprocessor.end")).await?;
            }
        }
        Ok(())
    }

    /// Tells the tenants what there is to tell, and lets them answer. They come before it.
    pub(in crate::demo) async fn tell(&self) -> anyhow::Result<()> {
        let today = civil_date(self.gateway.store.clock().now());
        for announced in &ANNOUNCED {
            if self.subprocessor(announced.is.name).await?.is_none() {
                let told = self.gateway.announce_subprocessor(&self.operator, &announced.input(today)).await;
                told.map_err(|refusal| refused(&refusal))?;
            }
        }
        for objection in &OBJECTIONS {
            self.object(objection).await?;
        }
        for breach in &BREACHES {
            self.report(breach).await?;
        }
        self.confirm_erasures().await
    }

    async fn subprocessor(&self, name: &str) -> anyhow::Result<Option<SubprocessorId>> {
        let all = self.gateway.store.operator().list_subprocessors().await?;
        Ok(all.into_iter().find(|found| found.name == name).map(|found| found.id))
    }

    /// Objects for a tenant that has not answered yet.
    async fn object(&self, Objection(tenant, to, reason): &Objection) -> anyhow::Result<()> {
        let caller = self.caller(*tenant, None).await?;
        let all = self.gateway.open(&caller).await?.list_subprocessors(Listed::Current).await?;
        let unanswered = all.into_iter().find(|entry| {
            let notice = entry.known.notice.as_ref();
            entry.known.stored.name == *to
                && entry.standing == SubprocessorStanding::Announced
                && notice.is_some_and(|notice| notice.facts.answer == Answer::None)
        });
        if let Some(entry) = unanswered {
            let input = ObjectionInput {
                subprocessor_id: entry.known.stored.id.to_string(),
                reason: (*reason).to_owned(),
            };
            let objected = self.gateway.object_to_subprocessor(&caller, &input).await;
            objected.map_err(|refusal| refused(&refusal))?;
        }
        Ok(())
    }

    async fn report(&self, breach: &Breach) -> anyhow::Result<()> {
        let now = self.gateway.store.clock().now();
        let there = self.gateway.breaches().await?;
        let id = if let Some(found) = there.iter().find(|found| found.description == breach.description) {
            found.id
        } else {
            let reported = self.gateway.report_breach(&self.operator, &breach.input(now)).await;
            reported.map_err(|refusal| refused(&refusal))?
        };
        if let Some(supplement) = &breach.supplement
            && self.gateway.breach_supplements(&[id]).await?.is_empty()
        {
            let added = self.gateway.supplement_breach(&self.operator, &supplement.input(id)).await;
            added.map_err(|refusal| refused(&refusal))?;
        }
        for tenant in breach.acknowledged_by {
            let caller = self.caller(*tenant, None).await?;
            let told = self.gateway.open(&caller).await?.find_breach(id).await?;
            if told.is_some_and(|told| told.acknowledged_at.is_none()) {
                let acknowledged = self.gateway.acknowledge_breach(&caller, &id.to_string()).await;
                acknowledged.map_err(|refusal| refused(&refusal))?;
            }
        }
        Ok(())
    }

    /// Records which sub-processors have confirmed that they erased.
    async fn confirm_erasures(&self) -> anyhow::Result<()> {
        let today = civil_date(self.gateway.store.clock().now());
        for (tenant, by) in CONFIRMED {
            let subprocessor =
                self.subprocessor(by).await?.context("a sub-processor of the tables is gone")?;
            let caller = self.caller(tenant, None).await?;
            let there = match self.gateway.store.open_reading(&caller.authority).await? {
                ReadingDoor::Served(snapshot) => snapshot.list_confirmations().await?,
                ReadingDoor::Viewing(snapshot) => snapshot.list_confirmations().await?,
            };
            if there.iter().any(|(found, _)| *found == subprocessor) {
                continue;
            }
            let input = ConfirmationInput {
                tenant_id: tenant.to_string(),
                subprocessor_id: subprocessor.to_string(),
                confirmed_on: today.to_string(),
            };
            let confirmed = self.gateway.confirm_erasure(&self.operator, &input).await;
            confirmed.map_err(|refusal| refused(&refusal))?;
        }
        Ok(())
    }
}
