//! A role's address.

use async_graphql::{InputObject, SimpleObject};

use super::scalars::{EmailAddress, PhoneNumber};
use crate::service::operator::tenant;
use crate::service::records::StoredContact;

/// A role's address.
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

/// A role's address, as input.
#[derive(InputObject)]
pub struct ContactInput {
    /// Who or which role.
    name: String,
    /// Where to write.
    email: EmailAddress,
    /// Where to call.
    phone: Option<PhoneNumber>,
}

impl From<ContactInput> for tenant::ContactInput {
    fn from(input: ContactInput) -> Self {
        Self { name: input.name, email: input.email.0, phone: input.phone.map(|phone| phone.0) }
    }
}
