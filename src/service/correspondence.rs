//! Who writes to the data subject, on whose behalf, and where to complain: the frame of every letter.

use domain::calendar::civil_date;
use domain::category::DataCategory;
use domain::personal::Personal;
use store::{Sees, StoreError, StoredContact, StoredSubject, StoredTenant, TenantTx};

use super::Gateway;
use crate::package::answer::{self as to, Address};

/// The parties to a letter.
pub(super) struct Parties {
    pub controller: to::Controller,
    pub processor: to::Processor,
    pub authority: to::Authority,
}

impl Gateway {
    pub(super) async fn parties<S: Sees>(&self, tx: &TenantTx<S>) -> Result<Parties, StoreError> {
        let tenant = tx.find_tenant().await?;
        let authority = tx.find_authority(&tenant.country, civil_date(tx.now())).await?;
        let processor = &self.settings.processor;
        Ok(Parties {
            controller: controller(tenant),
            processor: to::Processor {
                name: processor.name.clone(),
                organisation_number: processor.organisation_number.clone(),
                address_lines: processor.address_lines.clone(),
                email: processor.email.clone(),
            },
            authority: to::Authority {
                name: authority.name,
                url: authority.url,
                address_lines: Vec::new(),
                email: None,
            },
        })
    }
}

fn controller(tenant: StoredTenant) -> to::Controller {
    to::Controller {
        name: tenant.name,
        organisation_number: tenant.organisation_number,
        country: tenant.country,
        contact: contact(tenant.privacy_contact),
        data_protection_officer: tenant.data_protection_officer.map(contact),
    }
}

fn contact(contact: StoredContact) -> to::Contact {
    to::Contact { name: contact.name, email: contact.email, phone: contact.phone }
}

/// A value of a person; `None` where there is none, and once its key is gone.
pub(super) fn value(
    person: &StoredSubject,
    category: DataCategory,
) -> Result<Option<Personal<String>>, StoreError> {
    match person.open(category) {
        Err(StoreError::KeyGone) => Ok(None),
        opened => opened,
    }
}

/// The postal address of a person.
pub(super) fn address(person: &StoredSubject) -> Result<Option<Personal<Address>>, StoreError> {
    let Some(stored) = value(person, DataCategory::Address)? else {
        return Ok(None);
    };
    let inconsistent = |_| StoreError::Inconsistent { table: "data_subject", column: "ADDRESS" };
    let address: domain::address::PostalAddress =
        serde_json::from_str(stored.reveal()).map_err(inconsistent)?;
    Ok(Some(Personal::new(Address {
        lines: address.lines().to_vec(),
        postal_code: address.postal_code().to_owned(),
        locality: address.locality().to_owned(),
        country: address.country().as_str().to_owned(),
    })))
}
