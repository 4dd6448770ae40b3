//! The tenant itself.

use async_graphql::{ID, Object, SimpleObject};
use domain::tenant::TenantStatus as Status;

use crate::graphql::scalars::{CountryCode, Date, EmailAddress, PhoneNumber};
use crate::graphql::vocabulary::TenantStatus;
use crate::service::records::{StoredContact, StoredTenant};

/// A customer of the platform: the controller of the personal data in its part of it.
pub struct Tenant {
    /// The row.
    pub stored: StoredTenant,
    /// Where in its life the relationship is.
    pub status: Status,
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
