//! The platform as an organisation.

use async_graphql::SimpleObject;

use super::subject::PostalAddress;
use crate::graphql::scalars::EmailAddress;
use crate::service::ProcessorIdentity;

/// An organisation's public particulars.
#[derive(SimpleObject)]
#[expect(clippy::struct_field_names, reason = "the words of the schema")]
pub struct Organisation {
    /// Registered name.
    name: String,
    /// Organisation number.
    organisation_number: String,
    /// Postal address.
    address: PostalAddress,
    /// Where privacy questions go.
    email: EmailAddress,
}

impl From<&ProcessorIdentity> for Organisation {
    fn from(identity: &ProcessorIdentity) -> Self {
        Self {
            name: identity.name.clone(),
            organisation_number: identity.organisation_number.clone(),
            address: identity.seat().into(),
            email: EmailAddress(identity.email.clone()),
        }
    }
}
