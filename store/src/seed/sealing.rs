//! Sealing: the part that costs time, and needs no database.

use std::sync::Arc;

use domain::clock::Entropy;
use domain::id::{TenantId, new_uuid};
use entity::subject_index;
use sea_orm::ActiveValue::Set;

use super::batch::SealedBatch;
use super::{MadeUpPerson, MadeUpRequest};
use crate::error::StoreError;
use crate::job::{JobKind, new_row as job_row};
use crate::request::columns::{new_row as request_row, state_row};
use crate::subject::sealed_row;
use crate::vault::{KeyClass, SealKey, TenantKeys, Term, Token, Vault};

/// Seals the persons of one tenant, each under keys of their own. It holds the thread: call it off the async ones.
pub struct Sealer {
    tenant: TenantId,
    keys: Arc<TenantKeys>,
    vault: Arc<Vault>,
}

impl Sealer {
    pub(super) const fn new(tenant: TenantId, keys: Arc<TenantKeys>, vault: Arc<Vault>) -> Self {
        Self { tenant, keys, vault }
    }

    /// Whose persons it seals.
    #[must_use]
    pub const fn tenant(&self) -> TenantId {
        self.tenant
    }

    /// Seals persons and all that is about them.
    ///
    /// # Errors
    /// [`StoreError::Inconsistent`] for a record that names another person, and for a request that says something in words.
    pub fn seal(&self, persons: Vec<MadeUpPerson>) -> Result<SealedBatch, StoreError> {
        let mut batch = SealedBatch::new(self.tenant);
        for person in persons {
            self.add(&mut batch, person)?;
        }
        Ok(batch)
    }

    fn add(&self, batch: &mut SealedBatch, person: MadeUpPerson) -> Result<(), StoreError> {
        let (id, now, entropy) = (person.subject.id, person.registered_at, self.entropy());
        let ordinary = self.key(batch, (&person, KeyClass::Ordinary))?;
        let mut row = sealed_row(&person.subject, (self.tenant, &ordinary), (now, entropy))?;
        if !person.records.is_empty() {
            let statutory = self.key(batch, (&person, KeyClass::Statutory))?;
            row.statutory_key = Set(Some(statutory.id()));
            for record in person.records {
                if record.subject != id {
                    return Err(StoreError::Inconsistent {
                        table: "accounting_record",
                        column: "subject_id",
                    });
                }
                batch.records.push(record.sealed_row((self.tenant, &statutory), (now, entropy))?);
            }
        }
        batch.categories.extend(person.subject.values.keys().copied());
        batch.subjects.push(id);
        batch.persons.push(row);
        batch.terms.extend(person.subject.terms.iter().map(|term| self.term(id.uuid(), term)));
        batch.consents.extend(person.consents.into_iter().map(|consent| {
            let given = consent.granted_at;
            consent.row(self.tenant, given)
        }));
        for request in person.requests {
            self.add_request(batch, request)?;
        }
        Ok(())
    }

    fn add_request(&self, batch: &mut SealedBatch, made_up: MadeUpRequest) -> Result<(), StoreError> {
        let MadeUpRequest { request, steps, remind_at } = made_up;
        if request.objection_grounds.is_some() || !request.rectifications.is_empty() {
            return Err(StoreError::Inconsistent { table: "rights_request", column: "objection_grounds" });
        }
        let entropy = self.entropy();
        let mut row = request_row(&request, state_row(&request));
        row.tenant_id = Set(self.tenant.uuid());
        // A statement of many rows names one set of columns.
        for text in [
            &mut row.reasons,
            &mut row.extension_reason,
            &mut row.identity_reason,
            &mut row.objection_grounds,
            &mut row.rectifications,
        ] {
            *text = Set(None);
        }
        batch.count(request.reference);
        batch.requests.push(row);
        for (step, number) in steps.into_iter().zip(1..) {
            let id = new_uuid(step.at, entropy);
            batch.steps.push(step.row((self.tenant, id), number));
        }
        if let Some(at) = remind_at {
            let work = (self.tenant, JobKind::RemindDeadline, request.id.uuid());
            batch.jobs.push(job_row(work, at, (request.submitted_at, entropy)));
        }
        Ok(())
    }

    /// A new key of a person, to be stored with the batch.
    fn key(
        &self,
        batch: &mut SealedBatch,
        (person, class): (&MadeUpPerson, KeyClass),
    ) -> Result<SealKey, StoreError> {
        let of = (self.tenant, person.subject.id, class);
        let (key, new) = self.keys.new_subject_key(of, person.registered_at, self.entropy())?;
        batch.keys.push((person.subject.id, new));
        Ok(key)
    }

    fn term(&self, subject: uuid::Uuid, term: &Term) -> subject_index::ActiveModel {
        subject_index::ActiveModel {
            tenant_id: Set(self.tenant.uuid()),
            kind: Set(term.kind.code().to_owned()),
            token: Set(Token::of(&self.keys.index, term).into_bytes()),
            subject_id: Set(subject),
        }
    }

    fn entropy(&self) -> &dyn Entropy {
        self.vault.entropy()
    }
}
