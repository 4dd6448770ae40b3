//! Records about persons, as an export has them: whatever the agreement covers, since everything goes back.

use domain::category::DataCategory;
use domain::id::SubjectId;
use domain::personal::Personal;
use store::{Reading, StoreError, StoredRecord, StoredSubject, TenantTx};

use super::build::OfPersons;
use crate::package::tenant_export::{AccountingRecord, Consent, DataSubject, LegalHold, Restriction};
use crate::service::correspondence::{address, value};

impl OfPersons for DataSubject {
    async fn read(tx: &TenantTx<Reading>, persons: &[SubjectId]) -> Result<Vec<Self>, StoreError> {
        let mut persons = tx.find_subjects(persons).await?;
        persons.sort_by_key(|person| person.id);
        persons.iter().map(subject).collect()
    }
}

fn subject(person: &StoredSubject) -> Result<DataSubject, StoreError> {
    Ok(DataSubject {
        id: person.id,
        external_reference: gone_as_none(person.open_reference())?.flatten(),
        status: person.status,
        name: value(person, DataCategory::Name)?,
        position: value(person, DataCategory::Position)?,
        phone: value(person, DataCategory::Phone)?,
        address: address(person)?,
        email: value(person, DataCategory::Email)?,
        login_name: value(person, DataCategory::LoginName)?,
        has_password: person.held().any(|category| category == DataCategory::Password),
        ended_purposes: person.ended.iter().copied().collect(),
        marketing_objected_at: person.marketing_objected_at,
        created_at: person.created_at,
        updated_at: person.updated_at,
        erased_at: person.erased_at,
    })
}

impl OfPersons for Consent {
    async fn read(tx: &TenantTx<Reading>, persons: &[SubjectId]) -> Result<Vec<Self>, StoreError> {
        let consent = |stored: store::StoredConsent| Self {
            id: stored.id,
            subject: stored.subject,
            purpose: stored.purpose,
            granted_at: stored.granted_at,
            withdrawn_at: stored.withdrawn_at,
            source: stored.source,
            text_version: stored.text_version,
        };
        Ok(tx.list_consents(persons).await?.into_iter().map(consent).collect())
    }
}

impl OfPersons for Restriction {
    async fn read(tx: &TenantTx<Reading>, persons: &[SubjectId]) -> Result<Vec<Self>, StoreError> {
        let restriction = |stored: store::StoredRestriction| Self {
            id: stored.id,
            subject: stored.subject,
            request: stored.request,
            ground: stored.ground,
            started_at: stored.started_at,
            lifted_at: stored.lifted_at,
            subject_informed_at: stored.subject_informed_at,
        };
        Ok(tx.list_restrictions(persons).await?.into_iter().map(restriction).collect())
    }
}

impl OfPersons for LegalHold {
    async fn read(tx: &TenantTx<Reading>, persons: &[SubjectId]) -> Result<Vec<Self>, StoreError> {
        let hold = |stored: store::StoredHold| Self {
            id: stored.id,
            subject: stored.subject,
            ground: stored.ground,
            categories: stored.categories,
            reference: stored.reference,
            placed_at: stored.placed_at,
            expires_on: stored.expires_on,
            released_at: stored.released_at,
        };
        Ok(tx.list_holds(persons).await?.into_iter().map(hold).collect())
    }
}

impl OfPersons for AccountingRecord {
    async fn read(tx: &TenantTx<Reading>, persons: &[SubjectId]) -> Result<Vec<Self>, StoreError> {
        tx.list_records(persons).await?.into_iter().map(record).collect()
    }
}

fn record(stored: StoredRecord) -> Result<AccountingRecord, StoreError> {
    let description: Option<Personal<String>> = gone_as_none(stored.open())?;
    Ok(AccountingRecord {
        id: stored.id,
        subject: stored.subject,
        kind: stored.kind,
        number: stored.number,
        issued_on: stored.issued_on,
        fiscal_year_ends_on: stored.fiscal_year_ends_on,
        retained_through: stored.retained_through,
        description,
        created_at: stored.created_at,
    })
}

/// What was sealed under a destroyed key is gone, and reads as never held.
fn gone_as_none<T>(opened: Result<T, StoreError>) -> Result<Option<T>, StoreError> {
    match opened {
        Err(StoreError::KeyGone) => Ok(None),
        opened => opened.map(Some),
    }
}
