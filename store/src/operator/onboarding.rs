//! Taking a customer on: its row, its keys, its part of the register, the first rules and its daily upkeep.

use domain::actor::AccessLogActors;
use domain::calendar;
use domain::category::Categories;
use domain::country::CountryCode;
use domain::id::{RetentionRuleId, TenantId, new_uuid};
use domain::language::Language;
use domain::organisation_number::OrganisationNumber;
use domain::purpose::{LegalBasis, Purpose};
use domain::retention;
use entity::{job, processing_activity, retention_rule, tenant};
use jiff::Timestamp;
use jiff::civil::Date;
use sea_orm::ActiveValue::Set;
use uuid::Uuid;

use super::platform_tx::PlatformTx;
use super::{Operator, OperatorKey, codes};
use crate::audit::AuditEvent;
use crate::error::StoreError;
use crate::job::{JobKind, new_row as job_row};
use crate::tenant::StoredContact;
use crate::time;

/// A customer to be taken on.
#[derive(Debug, Clone)]
pub struct NewTenant {
    /// The tenant.
    pub id: TenantId,
    /// Registered name.
    pub name: String,
    /// Swedish organisation number; `None` for a foreign organisation.
    pub organisation_number: Option<OrganisationNumber>,
    /// Where it is established.
    pub country: CountryCode,
    /// Language of its letters.
    pub language: Language,
    /// Who receives notices.
    pub privacy_contact: StoredContact,
    /// The data protection officer.
    pub data_protection_officer: Option<StoredContact>,
    /// First day of the relationship.
    pub relationship_started_on: Date,
    /// The purposes for which it has data processed.
    pub activities: Vec<NewActivity>,
}

/// An entry of the register.
#[derive(Debug, Clone)]
pub struct NewActivity {
    /// The purpose.
    pub purpose: Purpose,
    /// Art. 6(1).
    pub legal_basis: LegalBasis,
    /// The categories used.
    pub categories: Categories,
    /// What is done: Swedish, English.
    pub description: [String; 2],
    /// Where the data comes from: Swedish, English.
    pub source: [String; 2],
}

impl Operator<'_> {
    /// Takes a customer on; `event` tells so in its own log.
    ///
    /// # Errors
    /// [`StoreError::Taken`] when the organisation number is another tenant's, or the key is in use at this very moment.
    pub async fn create_tenant(
        &self,
        new: NewTenant,
        event: &AuditEvent,
        key: Option<&OperatorKey>,
    ) -> Result<(), StoreError> {
        self.store.vault.create_tenant_keys(new.id, self.store.clock.now()).await?;
        let tx = self.writing().await?;
        tx.put::<tenant::Entity>(row(&new, tx.now)).await?;
        self.put_register(&tx, &new).await?;
        let upkeep = (JobKind::RunRetention, calendar::next_upkeep(tx.now));
        tx.put::<job::Entity>(self.due(&tx, (new.id, new.id.uuid()), upkeep)).await?;
        tx.tell(self, &[new.id], event).await?;
        if let Some(key) = key {
            tx.remember(key, new.id.uuid()).await?;
        }
        tx.commit().await
    }

    async fn put_register(&self, tx: &PlatformTx, new: &NewTenant) -> Result<(), StoreError> {
        let activities = new.activities.iter().map(|activity| activity.row(new.id, self.id(tx)));
        tx.put_all::<processing_activity::Entity>(activities.collect()).await?;
        let rules = retention::DEFAULTS.into_iter().map(|rule| retention_rule::ActiveModel {
            tenant_id: Set(new.id.uuid()),
            id: Set(RetentionRuleId::new(tx.now, self.entropy()).uuid()),
            category: Set(rule.category.code().to_owned()),
            trigger_event: Set(rule.trigger.code().to_owned()),
            months: Set(rule.months.map(i32::from)),
            legal_basis: Set(rule.legal_basis.code().to_owned()),
            source: Set(rule.source.into_owned()),
        });
        tx.put_all::<retention_rule::Entity>(rules.collect()).await
    }

    fn id(&self, tx: &PlatformTx) -> Uuid {
        new_uuid(tx.now, self.entropy())
    }

    /// Work of the tenant that is due at an instant, with an object.
    pub(super) fn due(
        &self,
        tx: &PlatformTx,
        (of, object): (TenantId, Uuid),
        (kind, run_at): (JobKind, Timestamp),
    ) -> job::ActiveModel {
        job_row((of, kind, object), run_at, (tx.now, self.entropy()))
    }
}

impl NewActivity {
    fn row(&self, of: TenantId, id: Uuid) -> processing_activity::ActiveModel {
        let ([description_sv, description_en], [source_sv, source_en]) =
            (self.description.clone(), self.source.clone());
        processing_activity::ActiveModel {
            tenant_id: Set(of.uuid()),
            id: Set(id),
            purpose: Set(self.purpose.code().to_owned()),
            legal_basis: Set(self.legal_basis.code().to_owned()),
            data_categories: Set(codes(&self.categories)),
            description_sv: Set(description_sv),
            description_en: Set(description_en),
            source_sv: Set(source_sv),
            source_en: Set(source_en),
            automated_decisions_sv: Set(None),
            automated_decisions_en: Set(None),
        }
    }
}

fn row(new: &NewTenant, now: Timestamp) -> tenant::ActiveModel {
    let officer = new.data_protection_officer.as_ref();
    let number = new.organisation_number.as_ref().map(|number| number.as_str().to_owned());
    tenant::ActiveModel {
        id: Set(new.id.uuid()),
        name: Set(new.name.clone()),
        organisation_number: Set(number),
        country: Set(new.country.as_str().to_owned()),
        language: Set(new.language.code().to_owned()),
        privacy_contact_name: Set(new.privacy_contact.name.clone()),
        privacy_contact_email: Set(new.privacy_contact.email.clone()),
        privacy_contact_phone: Set(new.privacy_contact.phone.clone()),
        dpo_name: Set(officer.map(|officer| officer.name.clone())),
        dpo_email: Set(officer.map(|officer| officer.email.clone())),
        dpo_phone: Set(officer.and_then(|officer| officer.phone.clone())),
        relationship_started_on: Set(time::date_to_row(new.relationship_started_on)),
        relationship_ends_on: Set(None),
        return_ends_on: Set(None),
        erasing_since: Set(None),
        closed_at: Set(None),
        access_log_actors: Set(AccessLogActors::default().code().to_owned()),
        created_at: Set(time::to_row(now)),
    }
}
