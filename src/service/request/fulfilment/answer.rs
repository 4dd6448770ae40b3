//! The answer to a request for access, gathered from the record and from the register (Art. 15(1) and (2)).

use domain::calendar::{civil_date, local_time};
use domain::category::DataCategory;
use domain::language::Language;
use domain::request::state::State;
use domain::retention;
use domain::subprocessor::TransferMechanism;
use store::{
    ActivityEntry, AuditFilter, CarriesOutRights, RecipientEntry, Sees, StoreError, StoredRequest,
    StoredSubject, TenantTx,
};

use super::asked;
use crate::package::answer as to;
use crate::service::Gateway;
use crate::service::correspondence::{address, value};

/// How many readings the answer lists at most; the newest.
const READINGS: u32 = 1_000;

impl Gateway {
    pub(super) async fn access_answer<S: CarriesOutRights>(
        &self,
        tx: &TenantTx<S>,
        request: &StoredRequest,
        person: &StoredSubject,
    ) -> Result<to::AccessAnswer, StoreError> {
        let language = tx.language();
        let today = civil_date(tx.now());
        let parties = self.parties(tx).await?;
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
            asked: asked::with_returned(tx, request).await?,
            retention: rules
                .iter()
                .map(|entry| to::Retention {
                    category: entry.rule.category,
                    sentence: retention::describe(&entry.rule, language),
                })
                .collect(),
            readings: readings(tx.list_events(&log, None, READINGS).await?.events),
            authority: parties.authority,
            processor: parties.processor,
            controller: parties.controller,
            accounting_records: accounting_records(tx, person).await?,
            restrictions: tx
                .list_restrictions(&[person.id])
                .await?
                .iter()
                .map(|restriction| to::Restriction {
                    ground: to::Term {
                        code: restriction.ground.code().to_owned(),
                        text: restriction.ground.name(language).to_owned(),
                    },
                    started_at: restriction.started_at,
                    lifted_at: restriction.lifted_at,
                })
                .collect(),
        })
    }
}

async fn accounting_records<S: Sees>(
    tx: &TenantTx<S>,
    person: &StoredSubject,
) -> Result<Vec<to::AccountingRecord>, StoreError> {
    let records = tx.list_records(&[person.id]).await?;
    let record = |record: &store::StoredRecord| {
        Ok(to::AccountingRecord {
            id: record.id.to_string(),
            kind: record.kind,
            number: record.number.clone(),
            issued_on: record.issued_on,
            fiscal_year_ends_on: record.fiscal_year_ends_on,
            retained_through: record.retained_through,
            description: gone_as_none(record.open())?,
        })
    };
    records.iter().map(record).collect()
}

/// What was sealed under a destroyed key is gone, and reads as never held.
fn gone_as_none<T>(opened: Result<T, StoreError>) -> Result<Option<T>, StoreError> {
    match opened {
        Ok(value) => Ok(Some(value)),
        Err(StoreError::KeyGone) => Ok(None),
        Err(error) => Err(error),
    }
}

/// The copy of the data (Art. 15(3)): all that is held, whatever the agreement in force covers.
fn copy(person: &StoredSubject) -> Result<to::Person, StoreError> {
    Ok(to::Person {
        subject_id: person.id.to_string(),
        external_reference: gone_as_none(person.open_reference())?.flatten(),
        name: value(person, DataCategory::Name)?,
        position: value(person, DataCategory::Position)?,
        phone: value(person, DataCategory::Phone)?,
        address: address(person)?,
        email: value(person, DataCategory::Email)?,
        login_name: value(person, DataCategory::LoginName)?,
        has_password: person.held().any(|category| category == DataCategory::Password),
        registered_at: person.created_at,
        updated_at: person.updated_at,
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
