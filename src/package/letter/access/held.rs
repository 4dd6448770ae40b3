//! The copy of the data, Art. 15(3): the person's values, accounting records, consents,
//! restrictions and requests, and when the data was read.

use domain::category::DataCategory;
use domain::personal::Personal;

use super::{Block, Draft, capitalised, heading, paragraph, table};
use crate::package::answer::{AccountingRecord, Consent, PastRequest, Reading, Restriction};

impl Draft<'_> {
    pub(super) fn data(&self) -> Vec<Block> {
        let texts = &self.texts.held;
        let made = self.head.day(self.answer.made_at);
        vec![
            heading(texts.heading),
            Block::Paragraph((texts.introduction)(&made)),
            table(texts.headers, self.values().into_iter().map(|(label, value)| [capitalised(label), value])),
        ]
    }

    /// Label and value of everything that is held.
    fn values(&self) -> Vec<(&'static str, String)> {
        let person = &self.answer.person;
        let texts = &self.texts.held;
        let value = |value: &Option<Personal<String>>| value.as_ref().map(|value| value.reveal().clone());
        let address = person.address.as_ref().map(|address| self.head.address(address.reveal()).join("\n"));
        let password = person.has_password.then(|| texts.password.to_owned());
        let label = self.texts.names.category;
        [
            (label(DataCategory::Name), value(&person.name)),
            (label(DataCategory::Position), value(&person.position)),
            (label(DataCategory::Phone), value(&person.phone)),
            (label(DataCategory::Address), address),
            (label(DataCategory::Email), value(&person.email)),
            (label(DataCategory::LoginName), value(&person.login_name)),
            (label(DataCategory::Password), password),
            (texts.external_reference, value(&person.external_reference)),
            (texts.subject_id, Some(person.subject_id.clone())),
            (texts.registered, Some(self.head.day(person.registered_at))),
            (texts.updated, Some(self.head.day(person.updated_at))),
        ]
        .into_iter()
        .filter_map(|(label, value)| Some((label, value?)))
        .collect()
    }

    /// The accounting records; none is no section, since the table of the data shows nothing of them either.
    pub(super) fn accounting_records(&self) -> Vec<Block> {
        if self.answer.accounting_records.is_empty() {
            return Vec::new();
        }
        let texts = &self.texts.held;
        let row = |record: &AccountingRecord| {
            let last = record.retained_through.map(|last| self.head.date(last));
            [
                capitalised(&format!("{} {}", (self.texts.names.record_kind)(record.kind), record.number)),
                self.head.date(record.issued_on),
                self.head.date(record.fiscal_year_ends_on),
                last.unwrap_or_else(|| texts.no_last_day.to_owned()),
                record.description.as_ref().map_or_else(|| "–".to_owned(), |told| told.reveal().clone()),
            ]
        };
        let records = self.answer.accounting_records.iter().map(row);
        vec![heading(texts.records), table(texts.record_headers, records)]
    }

    pub(super) fn restrictions(&self) -> Vec<Block> {
        if self.answer.restrictions.is_empty() {
            return Vec::new();
        }
        let texts = &self.texts.held;
        let row = |restriction: &Restriction| {
            let lifted = restriction.lifted_at.map(|at| self.head.day(at));
            [
                capitalised(&restriction.ground.text),
                self.head.day(restriction.started_at),
                lifted.unwrap_or_else(|| capitalised(texts.restriction_stands)),
            ]
        };
        let restrictions = self.answer.restrictions.iter().map(row);
        vec![heading(texts.restrictions), table(texts.restriction_headers, restrictions)]
    }

    pub(super) fn consents(&self) -> Vec<Block> {
        let texts = &self.texts.held;
        let row = |consent: &Consent| {
            let names = &self.texts.names;
            [
                capitalised((names.purpose)(consent.purpose)),
                capitalised((names.consent_status)(consent.status())),
                self.head.day(consent.granted_at),
                consent.withdrawn_at.map_or_else(|| "–".to_owned(), |at| self.head.day(at)),
                capitalised(&(texts.consent_source)(&consent.source, &consent.text_version)),
            ]
        };
        let content = if self.answer.consents.is_empty() {
            paragraph(texts.no_consents)
        } else {
            table(texts.consent_headers, self.answer.consents.iter().map(row))
        };
        vec![heading(texts.consents), content]
    }

    pub(super) fn requests(&self) -> Vec<Block> {
        if self.answer.requests.is_empty() {
            return Vec::new();
        }
        let texts = &self.texts.held;
        let row = |request: &PastRequest| {
            [
                request.reference.clone(),
                capitalised(&request.kind.text),
                self.head.day(request.received_at),
                capitalised(&request.status.text),
            ]
        };
        vec![heading(texts.requests), table(texts.request_headers, self.answer.requests.iter().map(row))]
    }

    pub(super) fn readings(&self) -> Vec<Block> {
        let texts = &self.texts.held;
        if self.answer.readings.is_empty() {
            return vec![heading(texts.readings), paragraph(texts.no_readings)];
        }
        let row = |reading: &Reading| {
            [
                self.head.moment(reading.at),
                capitalised((self.texts.names.purpose)(reading.purpose)),
                capitalised(&self.head.categories(&reading.categories)),
            ]
        };
        vec![
            heading(texts.readings),
            paragraph(texts.readings_introduction),
            table(texts.reading_headers, self.answer.readings.iter().map(row)),
        ]
    }
}
