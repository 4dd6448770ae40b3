//! Consents, retention rules, accounting records and legal holds: what is there is passed over.

use anyhow::Context as _;
use domain::calendar::civil_date;
use domain::category::Categories;
use domain::id::SubjectId;

use super::super::consent::Consent;
use super::super::retention::Hold;
use super::{Loader, Target, command, refused};
use crate::service::consent::ConsentInput;

impl Loader<'_> {
    /// Records the consents that are not there yet.
    pub(super) async fn grant_consents(&self, target: &Target<'_>) -> anyhow::Result<()> {
        let ids: Vec<_> = target.persons.values().copied().collect();
        let there = self.reading(target.staff).await?.list_consents(&ids).await?;
        for consent in target.demo.tables.consents {
            let Consent { reference, purpose, granted_at, source, text_version } = *consent;
            let Some(subject) = target.person(reference) else {
                continue;
            };
            let at = granted_at.parse().context("an instant of the table of consents")?;
            if there.iter().any(|consent| consent.subject == subject && consent.granted_at == at) {
                continue;
            }
            let input = ConsentInput {
                subject_id: subject.to_string(),
                purpose,
                source: source.to_owned(),
                text_version: text_version.to_owned(),
                granted_at: Some(granted_at.to_owned()),
            };
            let granted = self.gateway.grant_consent(target.staff, &command(input)).await;
            granted.map_err(|refusal| refused(&refusal))?;
        }
        Ok(())
    }

    /// Sets the tenant's own retention rules that are not in force yet.
    pub(super) async fn set_rules(&self, target: &Target<'_>) -> anyhow::Result<()> {
        let there = self.reading(target.staff).await?.list_rules().await?;
        for rule in target.demo.tables.rules {
            if there.iter().any(|entry| rule.is(&entry.rule)) {
                continue;
            }
            let set = self.gateway.set_rule(target.staff, &rule.input(), &Categories::new()).await;
            set.map_err(|refusal| refused(&refusal))?;
        }
        Ok(())
    }

    /// Files the accounting records whose numbers are not taken yet.
    pub(super) async fn file_records(&self, target: &Target<'_>) -> anyhow::Result<()> {
        let this_year = civil_date(self.gateway.store.clock().now()).year();
        for record in target.demo.tables.records {
            let Some(subject) = target.person(record.0) else {
                continue;
            };
            if self.reading(target.staff).await?.record_number_taken(record.1, record.2).await? {
                continue;
            }
            let input = command(record.input(subject, this_year)?);
            let filed = self.gateway.record_accounting(target.staff, &input).await;
            filed.map_err(|refusal| refused(&refusal))?;
        }
        Ok(())
    }

    /// Places the legal holds that are not there yet, and releases those that are over.
    pub(super) async fn place_holds(&self, target: &Target<'_>) -> anyhow::Result<()> {
        for hold in target.demo.tables.holds {
            if let Some(subject) = target.person(hold.0) {
                self.place_hold(target, hold, subject).await?;
            }
        }
        Ok(())
    }

    async fn place_hold(&self, target: &Target<'_>, hold: &Hold, subject: SubjectId) -> anyhow::Result<()> {
        let (snapshot, shown) = (self.reading(target.staff).await?, Categories::new());
        let today = civil_date(snapshot.now());
        let there = snapshot.list_holds(&[subject]).await?;
        drop(snapshot);
        let found = there.iter().find(|found| hold.is(found));
        let (id, is_released) = if let Some(found) = found {
            (found.id, found.released_at.is_some())
        } else {
            let input = hold.input(subject, today);
            let placed = self.gateway.place_hold(target.staff, &input, &shown).await;
            (placed.map_err(|refusal| refused(&refusal))?, false)
        };
        if hold.is_released() && !is_released {
            let released = self.gateway.release_hold(target.staff, &id.to_string(), &shown).await;
            released.map_err(|refusal| refused(&refusal))?;
        }
        Ok(())
    }
}
