//! The answer to a request for access, gathered from the record and from the register (Art. 15(1) and (2)).

use domain::calendar::{civil_date, local_time};
use domain::category::DataCategory;
use domain::language::Language;
use domain::personal::Personal;
use domain::request::state::State;
use domain::retention;
use domain::subprocessor::TransferMechanism;
use store::{
    ActivityEntry, AuditFilter, RecipientEntry, Sees, StoreError, StoredContact, StoredRequest,
    StoredSubject, StoredTenant, TenantTx,
};

use crate::package::answer as to;
use crate::service::Gateway;

/// How many readings the answer lists at most; the newest.
const READINGS: u32 = 1_000;

impl Gateway {
    pub(super) async fn access_answer<S: Sees>(
        &self,
        tx: &TenantTx<S>,
        request: &StoredRequest,
        person: &StoredSubject,
    ) -> Result<to::AccessAnswer, StoreError> {
        let language = tx.language();
        let today = civil_date(tx.now());
        let tenant = tx.find_tenant().await?;
        let authority = tx.find_authority(&tenant.country, today).await?;
        let activities = tx.list_activities(language).await?;
        let rules = tx.list_rules().await?;
        let log = AuditFilter { subject: Some(person.id), allowed: Some(true), ..AuditFilter::default() };
        Ok(to::AccessAnswer {
            reference: request.reference.to_string(),
            request_id: request.id.to_string(),
            received_at: request.received_at,
            made_at: tx.now(),
            zone: local_time(tx.now()).time_zone().clone(),
            language,
            schema_url: self.address("schema/access-package.schema.json"),
            person: copy(person)?,
            sources: sources(&activities, person),
            processing: activities.into_iter().map(processing).collect(),
            consents: tx.list_consents(&[person.id]).await?.into_iter().map(consent).collect(),
            requests: tx
                .list_requests_of(&[person.id])
                .await?
                .iter()
                .map(|past| past_request(past, language))
                .collect(),
            recipients: tx
                .list_recipients(today)
                .await?
                .into_iter()
                .map(|entry| recipient(entry, language))
                .collect(),
            retention: rules
                .iter()
                .map(|entry| to::Retention {
                    category: entry.rule.category,
                    sentence: retention::describe(&entry.rule, language),
                })
                .collect(),
            readings: readings(tx.list_events(&log, None, READINGS).await?.events),
            authority: to::Authority {
                name: authority.name,
                url: authority.url,
                address_lines: Vec::new(),
                email: None,
            },
            processor: self.processor(),
            controller: controller(tenant),
        })
    }

    fn processor(&self) -> to::Processor {
        let processor = &self.settings.processor;
        to::Processor {
            name: processor.name.clone(),
            organisation_number: processor.organisation_number.clone(),
            address_lines: processor.address_lines.clone(),
            email: processor.email.clone(),
        }
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

/// The copy of the data (Art. 15(3)): all that is held, whatever the agreement in force covers.
fn copy(person: &StoredSubject) -> Result<to::Person, StoreError> {
    let address = match person.open(DataCategory::Address)? {
        None => None,
        Some(stored) => Some(Personal::new(read_address(stored.reveal())?)),
    };
    Ok(to::Person {
        subject_id: person.id.to_string(),
        external_reference: person.open_reference()?,
        name: person.open(DataCategory::Name)?,
        position: person.open(DataCategory::Position)?,
        phone: person.open(DataCategory::Phone)?,
        address,
        email: person.open(DataCategory::Email)?,
        login_name: person.open(DataCategory::LoginName)?,
        has_password: person.held().any(|category| category == DataCategory::Password),
        registered_at: person.created_at,
        updated_at: person.updated_at,
    })
}

fn read_address(stored: &str) -> Result<to::Address, StoreError> {
    let inconsistent = |_| StoreError::Inconsistent { table: "data_subject", column: "ADDRESS" };
    let address: domain::address::PostalAddress = serde_json::from_str(stored).map_err(inconsistent)?;
    Ok(to::Address {
        lines: address.lines().to_vec(),
        postal_code: address.postal_code().to_owned(),
        locality: address.locality().to_owned(),
        country: address.country().as_str().to_owned(),
    })
}

/// Where each category that is held came from: what the register says of the purposes that use it.
fn sources(activities: &[ActivityEntry], person: &StoredSubject) -> Vec<to::Source> {
    let mut held: Vec<_> = person.held().collect();
    held.sort();
    let of = |category| {
        let mut sentences: Vec<&str> = Vec::new();
        for activity in activities.iter().filter(|activity| activity.categories.contains(&category)) {
            if !sentences.contains(&activity.source.as_str()) {
                sentences.push(&activity.source);
            }
        }
        to::Source { category, sentence: sentences.join(" ") }
    };
    held.into_iter().map(of).filter(|source| !source.sentence.is_empty()).collect()
}

fn processing(entry: ActivityEntry) -> to::Processing {
    to::Processing {
        purpose: entry.purpose,
        legal_basis: entry.legal_basis,
        description: entry.description,
        categories: entry.categories,
        automated_decisions: entry.automated_decisions,
    }
}

fn consent(consent: store::StoredConsent) -> to::Consent {
    to::Consent {
        purpose: consent.purpose,
        granted_at: consent.granted_at,
        withdrawn_at: consent.withdrawn_at,
        source: consent.source,
        text_version: consent.text_version,
    }
}

fn past_request(past: &StoredRequest, language: Language) -> to::PastRequest {
    let status = State::status(&past.state);
    to::PastRequest {
        reference: past.reference.to_string(),
        kind: to::Term { code: past.kind.code().to_owned(), text: past.kind.name(language).to_owned() },
        received_at: past.received_at,
        status: to::Term { code: status.code().to_owned(), text: status.name(language).to_owned() },
    }
}

fn recipient(entry: RecipientEntry, language: Language) -> to::Recipient {
    let mechanism = entry.transfer_mechanism;
    let transfer = (mechanism != TransferMechanism::Eea)
        .then(|| to::Term { code: mechanism.code().to_owned(), text: mechanism.name(language).to_owned() });
    to::Recipient {
        name: entry.name,
        country: entry.country,
        purpose: entry.purpose,
        categories: entry.categories,
        processing_countries: entry.processing_countries,
        transfer,
    }
}

/// When and why the data was read; never by which employee (C-579/21).
fn readings(events: Vec<store::RecordedEvent>) -> Vec<to::Reading> {
    let disclosed = events.into_iter().filter(|event| !event.categories.is_empty());
    let reading = |event: store::RecordedEvent| {
        event.purpose.map(|purpose| to::Reading {
            at: event.occurred_at,
            purpose,
            categories: event.categories,
        })
    };
    disclosed.filter_map(reading).collect()
}
