//! The tenant itself.

use async_graphql::{Context, ID, Object, Result, SimpleObject};
use domain::scope::Scope;
use domain::tenant::TenantStatus as Status;

use super::agreement::{self, ProcessorAgreement, ProcessorAgreementConnection, agreement_in_force};
use super::closing::{TenantClosing, closing_of};
use crate::graphql::errors;
use crate::graphql::gate::{any_of, requires_scopes};
use crate::graphql::operation::operation;
use crate::graphql::scalars::{CountryCode, Date, EmailAddress, PhoneNumber};
use crate::graphql::vocabulary::{AccessLogActors, TenantStatus};
use crate::service::reading::Opened;
use crate::service::records::{StoredContact, StoredTenant};

/// A customer of the platform: the controller of the personal data in its part of it.
pub struct Tenant {
    stored: StoredTenant,
    status: Status,
    opened: Opened,
}

impl Tenant {
    /// The tenant of a snapshot.
    pub async fn of(opened: Opened) -> Result<Self> {
        let (stored, status) = opened.find_tenant().await.map_err(|error| errors::internal(&error))?;
        Ok(Self { stored, status, opened })
    }
}

/// A customer of the platform: the controller of the personal data in its part of it.
#[Object]
impl Tenant {
    /// Global identifier.
    pub async fn id(&self) -> ID {
        self.stored.id.to_string().into()
    }

    /// Registered name.
    async fn name(&self) -> &str {
        &self.stored.name
    }

    /// Swedish organisation number (559004-2809), check digit verified; null for a foreign organisation.
    async fn organisation_number(&self) -> Option<&str> {
        self.stored.organisation_number.as_deref()
    }

    /// Where the organisation is established.
    async fn country(&self) -> CountryCode {
        CountryCode(self.stored.country.clone())
    }

    /// Where in its life the customer relationship is.
    async fn status(&self) -> TenantStatus {
        self.status.into()
    }

    /// Who receives notices under the agreement.
    async fn privacy_contact(&self) -> Contact {
        Contact::from(&self.stored.privacy_contact)
    }

    /// The data protection officer, where one is designated (Art. 37).
    async fn data_protection_officer(&self) -> Option<Contact> {
        self.stored.data_protection_officer.as_ref().map(Contact::from)
    }

    /// First day of the customer relationship.
    async fn relationship_started_on(&self) -> Date {
        self.stored.relationship_started_on.into()
    }

    /// Last day of it, once known.
    async fn relationship_ends_on(&self) -> Option<Date> {
        self.stored.relationship_ends_on.map(Into::into)
    }

    /// Last day on which the tenant can have its data back, once the relationship's last day is known; the day after, it is erased, Art. 28(3)(g).
    async fn return_ends_on(&self) -> Option<Date> {
        self.stored.return_ends_on.map(Into::into)
    }

    /// How a person who reads `accessLog` is told who acted.
    async fn access_log_actors(&self) -> AccessLogActors {
        self.stored.access_log_actors.into()
    }

    /// The agreement in force today; without one no personal data is served.
    #[graphql(directive = requires_scopes::apply(any_of(&[Scope::AgreementsRead])))]
    async fn current_agreement(&self, ctx: &Context<'_>) -> Option<Result<ProcessorAgreement>> {
        match operation(ctx).and_then(|operation| operation.gate("Tenant", ctx)) {
            Ok(()) => agreement_in_force(&self.opened).await.transpose(),
            Err(error) => Some(Err(error)),
        }
    }

    /// All versions, newest first.
    #[graphql(directive = requires_scopes::apply(any_of(&[Scope::AgreementsRead])))]
    async fn agreements(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many at most; the default and the limit stand in the field's description.")]
        first: Option<i32>,
        #[graphql(desc = "Cursor of the edge that the page starts after.")] after: Option<String>,
    ) -> Result<ProcessorAgreementConnection> {
        let operation = operation(ctx)?;
        operation.gate("Tenant", ctx)?;
        agreement::page_of(operation, &self.opened, (first, after)).await
    }

    /// How the erasure of its data stands, once it has begun, Art. 28(3)(g).
    #[graphql(directive = requires_scopes::apply(any_of(&[Scope::AgreementsRead])))]
    async fn closing(&self, ctx: &Context<'_>) -> Option<Result<TenantClosing>> {
        match operation(ctx).and_then(|operation| operation.gate("Tenant", ctx)) {
            Ok(()) => closing_of(&self.stored, &self.opened).await.transpose(),
            Err(error) => Some(Err(error)),
        }
    }
}

/// A role's address; business contact data of an organisation.
#[derive(SimpleObject)]
pub struct Contact {
    /// Who or which role.
    name: String,
    /// Where to write.
    email: EmailAddress,
    /// Where to call.
    phone: Option<PhoneNumber>,
}

impl From<&StoredContact> for Contact {
    fn from(contact: &StoredContact) -> Self {
        Self {
            name: contact.name.clone(),
            email: EmailAddress(contact.email.clone()),
            phone: contact.phone.clone().map(PhoneNumber),
        }
    }
}
