//! The platform's own door: tenants, their agreements and the register. It reaches no personal data.

use domain::agreement::AgreementTerms;
use domain::category::Categories;
use domain::country::CountryCode;
use domain::id::{AgreementId, RetentionRuleId, SubprocessorId, TenantId, new_uuid};
use domain::language::Language;
use domain::organisation_number::OrganisationNumber;
use domain::purpose::{LegalBasis, Purpose};
use domain::retention;
use domain::subprocessor::TransferMechanism;
use domain::tenant::TenantStatus;
use entity::{agreement, processing_activity, retention_rule, subprocessor, supervisory_authority, tenant};
use jiff::civil::Date;
use sea_orm::{ActiveValue::Set, EntityTrait as _};
use serde_json::json;

use crate::backend::Bound;
use crate::door::{OpenError, Store, WritingDoor};
use crate::error::StoreError;
use crate::tenant::StoredContact;
use crate::time;

/// The platform's door.
pub struct Operator<'s> {
    store: &'s Store,
}

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
    /// Where in its life the relationship is.
    pub status: TenantStatus,
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

/// A sub-processor to be engaged.
#[derive(Debug, Clone)]
pub struct NewSubprocessor {
    /// Registered name.
    pub name: String,
    /// Where it is established.
    pub country: CountryCode,
    /// Where it stores or reads personal data.
    pub processing_countries: Vec<CountryCode>,
    /// What it does.
    pub purpose: String,
    /// Categories that it may see.
    pub categories: Categories,
    /// What makes the location lawful.
    pub transfer_mechanism: TransferMechanism,
    /// When the agreement with it was signed.
    pub agreement_signed_on: Date,
    /// First day that it may process.
    pub effective_on: Date,
}

impl Store {
    /// The platform's door.
    #[must_use]
    pub const fn operator(&self) -> Operator<'_> {
        Operator { store: self }
    }
}

impl Operator<'_> {
    /// Takes a customer on: its row, its keys, its part of the register and the default retention rules.
    ///
    /// # Errors
    /// [`StoreError::Taken`] when the organisation number is another tenant's.
    pub async fn create_tenant(&self, new: NewTenant) -> Result<(), StoreError> {
        let now = self.store.clock.now();
        self.store.vault.create_tenant_keys(new.id, now).await?;
        let bound = Bound::writing(&self.store.data, new.id).await?;
        tenant::Entity::insert(self.tenant_row(&new)).exec_without_returning(bound.connection()).await?;
        let entropy = self.store.vault.entropy();
        let activities = new.activities.into_iter().map(|activity| {
            let ([description_sv, description_en], [source_sv, source_en]) =
                (activity.description, activity.source);
            processing_activity::ActiveModel {
                id: Set(new_uuid(now, entropy)),
                purpose: Set(activity.purpose.code().to_owned()),
                legal_basis: Set(activity.legal_basis.code().to_owned()),
                data_categories: Set(codes(&activity.categories)),
                description_sv: Set(description_sv),
                description_en: Set(description_en),
                source_sv: Set(source_sv),
                source_en: Set(source_en),
                automated_decisions_sv: Set(None),
                automated_decisions_en: Set(None),
                ..Default::default()
            }
        });
        bound.put_all::<processing_activity::Entity>(activities.collect()).await?;
        let rules = retention::DEFAULTS.into_iter().map(|rule| retention_rule::ActiveModel {
            id: Set(RetentionRuleId::new(now, entropy).uuid()),
            category: Set(rule.category.code().to_owned()),
            trigger_event: Set(rule.trigger.code().to_owned()),
            months: Set(rule.months.map(i32::from)),
            legal_basis: Set(rule.legal_basis.code().to_owned()),
            source: Set(rule.source.into_owned()),
            ..Default::default()
        });
        bound.put_all::<retention_rule::Entity>(rules.collect()).await?;
        bound.commit().await?;
        self.keep_up(new.id).await
    }

    /// Sees to it that the tenant's daily upkeep is due, if it is not yet.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn keep_up(&self, of: TenantId) -> Result<(), StoreError> {
        match self.store.writing(of).await {
            Ok(WritingDoor::Processing(tx)) => tx.begin_upkeep().await,
            Ok(WritingDoor::WindingDown(tx)) => tx.begin_upkeep().await,
            Ok(WritingDoor::Signing(tx)) => tx.begin_upkeep().await,
            Err(OpenError::UnknownTenant) => Ok(()),
            Err(OpenError::Store(error)) => Err(error),
        }
    }

    fn tenant_row(&self, new: &NewTenant) -> tenant::ActiveModel {
        let officer = new.data_protection_officer.as_ref();
        tenant::ActiveModel {
            id: Set(new.id.uuid()),
            name: Set(new.name.clone()),
            organisation_number: Set(new
                .organisation_number
                .as_ref()
                .map(|number| number.as_str().to_owned())),
            country: Set(new.country.as_str().to_owned()),
            language: Set(new.language.code().to_owned()),
            status: Set(new.status.code().to_owned()),
            privacy_contact_name: Set(new.privacy_contact.name.clone()),
            privacy_contact_email: Set(new.privacy_contact.email.clone()),
            privacy_contact_phone: Set(new.privacy_contact.phone.clone()),
            dpo_name: Set(officer.map(|officer| officer.name.clone())),
            dpo_email: Set(officer.map(|officer| officer.email.clone())),
            dpo_phone: Set(officer.and_then(|officer| officer.phone.clone())),
            relationship_started_on: Set(time::date_to_row(new.relationship_started_on)),
            relationship_ends_on: Set(None),
            created_at: Set(time::to_row(self.store.clock.now())),
        }
    }

    /// Records an agreement that both parties have signed.
    ///
    /// # Errors
    /// [`StoreError::Taken`] when the tenant has one of that version.
    pub async fn put_agreement(
        &self,
        of: TenantId,
        version: u16,
        terms: &AgreementTerms,
    ) -> Result<(), StoreError> {
        let now = self.store.clock.now();
        let bound = Bound::writing(&self.store.data, of).await?;
        let row = agreement::ActiveModel {
            id: Set(AgreementId::new(now, self.store.vault.entropy()).uuid()),
            version: Set(version.into()),
            language: Set(Language::default().code().to_owned()),
            data_categories: Set(codes(&terms.categories)),
            effective_from: Set(Some(time::date_to_row(terms.effective_from))),
            effective_to: Set(terms.effective_to.map(time::date_to_row)),
            controller_signed_at: Set(Some(time::to_row(now))),
            processor_signed_at: Set(Some(time::to_row(now))),
            created_at: Set(time::to_row(now)),
            ..Default::default()
        };
        bound.put::<agreement::Entity>(row).await?;
        bound.commit().await
    }

    /// Moves a tenant along its life.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn set_status(&self, of: TenantId, status: TenantStatus) -> Result<(), StoreError> {
        let bound = Bound::writing(&self.store.data, of).await?;
        let row = tenant::ActiveModel {
            id: Set(of.uuid()),
            status: Set(status.code().to_owned()),
            ..Default::default()
        };
        tenant::Entity::update(row).exec(bound.connection()).await?;
        bound.commit().await
    }

    /// Engages a sub-processor.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn put_subprocessor(&self, new: NewSubprocessor) -> Result<(), StoreError> {
        let id = SubprocessorId::new(self.store.clock.now(), self.store.vault.entropy());
        let countries: Vec<_> = new.processing_countries.iter().map(CountryCode::as_str).collect();
        let row = subprocessor::ActiveModel {
            id: Set(id.uuid()),
            name: Set(new.name),
            country: Set(new.country.as_str().to_owned()),
            processing_countries: Set(json!(countries)),
            purpose: Set(new.purpose),
            data_categories: Set(codes(&new.categories)),
            transfer_mechanism: Set(new.transfer_mechanism.code().to_owned()),
            agreement_signed_on: Set(time::date_to_row(new.agreement_signed_on)),
            effective_on: Set(time::date_to_row(new.effective_on)),
            ended_on: Set(None),
        };
        subprocessor::Entity::insert(row).exec_without_returning(self.store.data.platform()).await?;
        Ok(())
    }

    /// Records a supervisory authority under the name that it bears from a day on.
    ///
    /// # Errors
    /// [`StoreError::Taken`] when the country has one from that day already.
    pub async fn put_authority(
        &self,
        country: &CountryCode,
        valid_from: Date,
        name: &str,
        url: &str,
    ) -> Result<(), StoreError> {
        let row = supervisory_authority::ActiveModel {
            country: Set(country.as_str().to_owned()),
            valid_from: Set(time::date_to_row(valid_from)),
            name: Set(name.to_owned()),
            url: Set(url.to_owned()),
        };
        supervisory_authority::Entity::insert(row).exec_without_returning(self.store.data.platform()).await?;
        Ok(())
    }
}

fn codes(categories: &Categories) -> serde_json::Value {
    json!(categories.iter().map(|category| category.code()).collect::<Vec<_>>())
}
