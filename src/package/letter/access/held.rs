//! The copy of the data, Art. 15(3): the person's values, consents and requests, and when the data was read.

use domain::category::DataCategory;
use domain::personal::Personal;

use super::{Block, Draft, capitalised, heading, paragraph, table};
use crate::package::answer::{Consent, PastRequest, Reading};

impl Draft<'_> {
    pub(super) fn data(&self) -> Vec<Block> {
        let texts = &self.texts.held;
        let made = self.day(self.answer.made_at);
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
        let address = person.address.as_ref().map(|address| self.address(address.reveal()).join("\n"));
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
            (texts.registered, Some(self.day(person.registered_at))),
            (texts.updated, Some(self.day(person.updated_at))),
        ]
        .into_iter()
        .filter_map(|(label, value)| Some((label, value?)))
        .collect()
    }

    pub(super) fn consents(&self) -> Vec<Block> {
        let texts = &self.texts.held;
        let row = |consent: &Consent| {
            let names = &self.texts.names;
            [
                capitalised((names.purpose)(consent.purpose)),
                capitalised((names.consent_status)(consent.status())),
                self.day(consent.granted_at),
                consent.withdrawn_at.map_or_else(|| "–".to_owned(), |at| self.day(at)),
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
                self.day(request.received_at),
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
                self.moment(reading.at),
                capitalised((self.texts.names.purpose)(reading.purpose)),
                capitalised(&self.categories(&reading.categories)),
            ]
        };
        vec![
            heading(texts.readings),
            paragraph(texts.readings_introduction),
            table(texts.reading_headers, self.answer.readings.iter().map(row)),
        ]
    }
}
