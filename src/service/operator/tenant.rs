//! Customers: taken on, looked at, let go.

use std::collections::HashMap;

use aws_lc_rs::digest::{SHA256, digest};
use domain::agreement::timeline;
use domain::calendar::civil_date;
use domain::country::CountryCode;
use domain::email::EmailAddress;
use domain::id::TenantId;
use domain::invalid::Invalid;
use domain::organisation_number::OrganisationNumber;
use domain::phone::PhoneNumber;
use domain::tenant::{
    Agreed, DEFAULT_RETURN_DAYS, EndRefused, Life, TenantStatus, check_end, return_ends_on,
};
use domain::text::Text;
use store::{
    NewTenant, OperatorKey, OperatorTenant, Replay, RequestFigures, StoreError, StoredAgreement,
    StoredContact, TenantQuery,
};

use super::OperatorCaller;
use crate::service::Gateway;
use crate::service::input::{Faults, date, identifier, language};
use crate::service::refusal::{Refusal, UserError, UserErrorCode};

/// A role's address as a client sends it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContactInput {
    /// Who or which role.
    pub name: String,
    /// Where to write.
    pub email: String,
    /// Where to call.
    pub phone: Option<String>,
}

/// A customer to be taken on, as a client sends it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OnboardInput {
    /// Registered name.
    pub name: String,
    /// Swedish organisation number.
    pub organisation_number: Option<String>,
    /// Where it is established.
    pub country: String,
    /// Language of its letters.
    pub language: String,
    /// Who receives notices.
    pub privacy_contact: ContactInput,
    /// The data protection officer.
    pub data_protection_officer: Option<ContactInput>,
    /// First day of the relationship.
    pub relationship_started_on: String,
}

/// The end of a relationship, as a client sends it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EndInput {
    /// Which tenant.
    pub tenant_id: String,
    /// Last day.
    pub ends_on: String,
}

impl Gateway {
    /// Tenants, oldest first.
    ///
    /// # Errors
    /// When the database fails or a row is inconsistent.
    pub async fn tenants(&self, query: &TenantQuery) -> Result<Vec<OperatorTenant>, StoreError> {
        self.store.operator().list_tenants(query).await
    }

    /// How many tenants are in the states.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn count_tenants(&self, status: &[TenantStatus]) -> Result<u64, StoreError> {
        self.store.operator().count_tenants(status).await
    }

    /// Several tenants; those that do not exist are missing.
    ///
    /// # Errors
    /// When the database fails or a row is inconsistent.
    pub async fn find_tenants(
        &self,
        ids: &[TenantId],
    ) -> Result<HashMap<TenantId, OperatorTenant>, StoreError> {
        let found = self.store.operator().find_tenants(ids).await?;
        Ok(found.into_iter().map(|tenant| (tenant.stored.id, tenant)).collect())
    }

    /// Counts of several tenants' requests.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn request_figures(
        &self,
        of: &[TenantId],
    ) -> Result<HashMap<TenantId, RequestFigures>, StoreError> {
        Ok(self.store.operator().count_requests(of).await?.into_iter().collect())
    }

    /// Takes a customer on.
    ///
    /// # Errors
    /// [`Refusal`] says why not.
    pub async fn onboard_tenant(
        &self,
        caller: &OperatorCaller,
        input: &OnboardInput,
        idempotency: Option<&str>,
    ) -> Result<TenantId, Refusal> {
        let key = idempotency.map(|key| OperatorKey {
            actor: caller.authority.actor().to_owned(),
            operation: "onboardTenant",
            key: key.to_owned(),
            input_sha256: hex::encode(digest(&SHA256, format!("{input:?}").as_bytes())),
        });
        if let Some(done) = self.replay(key.as_ref()).await? {
            return Ok(done);
        }
        let store = &self.store;
        let id = TenantId::new(store.clock().now(), store.operator().entropy());
        let new = read(id, input)?;
        let created =
            store.operator().create_tenant(new, &caller.event("tenant.onboard"), key.as_ref()).await;
        match created {
            Ok(()) => Ok(id),
            Err(StoreError::Taken(store::Unique::OrganisationNumber)) => {
                // A twin of this call may have been faster, with the same key.
                match self.replay(key.as_ref()).await? {
                    Some(done) => Ok(done),
                    None => Err(UserError::at(UserErrorCode::AlreadyExists, "organisationNumber").into()),
                }
            }
            Err(StoreError::Taken(store::Unique::IdempotencyKey)) => {
                let done = self.replay(key.as_ref()).await?;
                done.ok_or_else(|| UserError::at(UserErrorCode::Conflict, "idempotencyKey").into())
            }
            Err(error) => Err(error.into()),
        }
    }

    async fn replay(&self, key: Option<&OperatorKey>) -> Result<Option<TenantId>, Refusal> {
        let Some(key) = key else { return Ok(None) };
        match self.store.operator().replayed(key).await? {
            Replay::New => Ok(None),
            Replay::Done(object) => Ok(Some(TenantId::from_uuid(object))),
            Replay::Mismatch => {
                Err(UserError::at(UserErrorCode::IdempotencyMismatch, "idempotencyKey").into())
            }
        }
    }

    /// Sets the last day of a relationship; return and erasure then run by themselves.
    ///
    /// # Errors
    /// [`Refusal`] says why not.
    pub async fn end_relationship(
        &self,
        caller: &OperatorCaller,
        input: &EndInput,
    ) -> Result<TenantId, Refusal> {
        let mut faults = Faults::default();
        let ends_on = faults.take("endsOn", date(&input.ends_on));
        faults.finish()?;
        let id = identifier("tenantId", TenantId::parse(&input.tenant_id))?;
        let missing = || UserError::at(UserErrorCode::NotFound, "tenantId");
        let tenant = self.find_tenants(&[id]).await?.remove(&id).ok_or_else(missing)?;
        let ends_on = ends_on.ok_or_else(missing)?;
        let operator = self.store.operator();
        let agreements = operator.list_agreements(&[id]).await?;
        let today = civil_date(self.store.clock().now());
        let life = Life {
            relationship_ends_on: tenant.stored.relationship_ends_on,
            closed_on: tenant.stored.closed_at.map(civil_date),
            agreed: if tenant.status == TenantStatus::Onboarding { Agreed::Never } else { Agreed::Once },
        };
        check_end(&life, ends_on, today).map_err(|refused| match refused {
            EndRefused::InThePast => UserError::invalid("endsOn", Invalid::InThePast),
            EndRefused::HasEnded => UserError::at(UserErrorCode::Conflict, "tenantId"),
        })?;
        if ends_on < tenant.stored.relationship_started_on {
            return Err(UserError::invalid("endsOn", Invalid::InThePast).into());
        }
        let days = (ends_on, return_ends_on(ends_on, return_days(&agreements, today)));
        operator.end_relationship(id, days, &caller.event("tenant.end")).await?;
        Ok(id)
    }
}

/// How long the return lasts: as the agreement in force says, or the last that was.
fn return_days(agreements: &[StoredAgreement], today: jiff::civil::Date) -> u16 {
    let versions: Vec<_> = agreements.iter().map(StoredAgreement::timed).collect();
    let in_force = timeline::in_force(&versions, today).map(|version| version.number);
    let signed = agreements.iter().find(|agreement| match in_force {
        Some(version) => agreement.version == version,
        None => agreement.signed_at.is_some(),
    });
    signed.map_or(DEFAULT_RETURN_DAYS, |agreement| agreement.return_period_days)
}

fn read(id: TenantId, input: &OnboardInput) -> Result<NewTenant, Refusal> {
    let mut faults = Faults::default();
    let name = faults.take("name", Text::parse(&input.name));
    let number = input.organisation_number.as_deref().map(OrganisationNumber::parse);
    let number = faults.take_optional("organisationNumber", number);
    let country = faults.take("country", CountryCode::parse(&input.country));
    let tongue = faults.take("language", language(&input.language));
    let started_on = faults.take("relationshipStartedOn", date(&input.relationship_started_on));
    let contact = contact(&mut faults, "privacyContact", &input.privacy_contact);
    let officer = match &input.data_protection_officer {
        Some(officer) => self::contact(&mut faults, "dataProtectionOfficer", officer).map(Some),
        None => Some(None),
    };
    faults.finish()?;
    let read = (|| {
        Some(NewTenant {
            id,
            name: name?.as_str().to_owned(),
            organisation_number: number,
            country: country?,
            language: tongue?,
            privacy_contact: contact?,
            data_protection_officer: officer?,
            relationship_started_on: started_on?,
            activities: crate::service::register::first_activities(),
        })
    })();
    read.ok_or_else(|| UserError::new(UserErrorCode::Invalid).into())
}

fn contact(faults: &mut Faults, member: &'static str, input: &ContactInput) -> Option<StoredContact> {
    let at = |below: &'static str| move |reason| UserError::invalid(member, reason).within(&[below]);
    let name = Text::parse(&input.name).map_err(at("name")).map_err(|fault| faults.add(fault)).ok();
    let email =
        EmailAddress::parse(&input.email).map_err(at("email")).map_err(|fault| faults.add(fault)).ok();
    let phone = input.phone.as_deref().map(PhoneNumber::parse).transpose();
    let phone = phone.map_err(at("phone")).map_err(|fault| faults.add(fault)).ok();
    Some(StoredContact {
        name: name?.as_str().to_owned(),
        email: email?.as_str().to_owned(),
        phone: phone?.map(|phone| phone.as_str().to_owned()),
    })
}
