//! The guard of a restored backup: what was erased after the backup was made is erased again, before anything is served
//! from it (threat T15). The record of erasures lies with the keys and is newer than the backup.

use domain::actor::{Actor, ActorId};
use domain::category::DataCategory;
use domain::id::{AccountingRecordId, RequestId, SubjectId, TenantId, new_uuid};
use domain::purpose::Purpose;
use domain::request::kind::RequestKind;
use domain::request::refusal::RefusalGround;
use domain::request::status::RequestStatus;
use domain::request::stored::Verdict;
use domain::subject::SubjectStatus;
use entity::{accounting_record, consent, data_subject, erasure_mark, job, rights_request, subject_index};
use jiff::Timestamp;
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveValue::Set, ColumnTrait as _};
use uuid::Uuid;

use crate::accounting;
use crate::audit::AuditEvent;
use crate::backend::Bound;
use crate::closing;
use crate::door::{OpenError, Store, WritingDoor};
use crate::erasure::index_of;
use crate::error::StoreError;
use crate::job::JobKind;
use crate::request::{self, texts};
use crate::subject::{REFERENCE, place, sealed_bytes};
use crate::tenant_tx::{TenantTx, Writes};
use crate::time;
use crate::vault::{IndexKind, Keys, LedgerEntry, Place};

/// What the guard did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Replayed {
    /// Tenants whose data was older than the record.
    pub tenants: usize,
    /// Persons who were erased again.
    pub persons: usize,
    /// Tenants that had been closed and are closed again.
    pub closings: usize,
}

/// How a person's data was found.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Found {
    /// As the erasure left it.
    UpToDate,
    /// As it was before.
    Older,
}

/// The step in the timeline of a request that a restored backup had still open.
const STEP: &str = "ERASED_AGAIN";

impl Store {
    /// Brings the data up to the record of erasures. Without a restored backup there is nothing to do, and it costs a
    /// statement for each tenant with a record.
    ///
    /// # Errors
    /// When a database fails; nothing may be served then.
    pub async fn replay_erasures(&self) -> Result<Replayed, StoreError> {
        let mut replayed = Replayed::default();
        let ended = self.vault.ended_tenants().await?;
        for (tenant, at) in &ended {
            if self.close_again(*tenant, *at).await? {
                replayed.closings += 1;
            }
        }
        for (tenant, last) in self.vault.ledger_ends().await? {
            if ended.iter().any(|(without_keys, _)| *without_keys == tenant) {
                continue;
            }
            let persons = match self.writing(tenant).await {
                Ok(WritingDoor::Processing(tx)) => tx.catch_up(last).await?,
                Ok(WritingDoor::WindingDown(tx)) => tx.catch_up(last).await?,
                Ok(WritingDoor::Signing(tx)) => tx.catch_up(last).await?,
                // The backup is older than the tenant: none of its data is there.
                Err(OpenError::UnknownTenant) => None,
                Err(OpenError::Store(error)) => return Err(error),
            };
            if let Some(persons) = persons {
                replayed.tenants += 1;
                replayed.persons += persons;
            }
        }
        Ok(replayed)
    }

    /// A tenant whose keys are gone is served no more, and its rows go once more.
    async fn close_again(&self, tenant: TenantId, at: Timestamp) -> Result<bool, StoreError> {
        let bound = Bound::writing(&self.data, tenant).await?;
        let job = job::ActiveModel {
            id: Set(new_uuid(self.clock.now(), self.vault.entropy())),
            kind: Set(JobKind::CloseTenant.code().to_owned()),
            // The work of the decision that the backup knows may be there too; both look at the tenant.
            object_id: Set(new_uuid(self.clock.now(), self.vault.entropy())),
            run_at: Set(time::to_row(self.clock.now())),
            attempts: Set(0),
            lease_token: Set(None),
            leased_until: Set(None),
            dead_at: Set(None),
            last_error: Set(None),
            created_at: Set(time::to_row(self.clock.now())),
            ..Default::default()
        };
        closing::resume(bound, (at, job)).await
    }
}

impl<S: Writes> TenantTx<S> {
    /// Erases again whoever the record names behind this database's mark; gives how many, `None` where it was up to
    /// date.
    async fn catch_up(self, last: i64) -> Result<Option<usize>, StoreError> {
        let mark = self.bound.find::<erasure_mark::Entity>().one(&self.bound).await?;
        let mark = mark.map_or(0, |mark| mark.number);
        if mark >= last {
            return Ok(None);
        }
        let entries = self.vault.ledger_after(self.tenant(), mark).await?;
        let columns = [data_subject::Column::Id];
        let ids: Vec<(Uuid,)> =
            self.bound.find::<data_subject::Entity>().columns(columns).tuples(&self.bound).await?;
        let mut persons = Vec::new();
        for (id,) in ids {
            let person = SubjectId::from_uuid(id);
            let digest = self.vault.ledger_digest(self.tenant(), person).await?;
            let newest = entries.iter().rev().find(|entry| entry.subject == digest);
            if let Some(newest) = newest
                && self.erase_again(person, newest).await? == Found::Older
            {
                persons.push(person);
            }
        }
        self.put_mark(last).await?;
        let count = persons.len();
        let event = AuditEvent {
            purpose: Some(Purpose::RightsHandling),
            subjects: persons,
            ..AuditEvent::new(Actor::gateway(), "erasure.replay", "restore".to_owned())
        };
        self.commit(event).await?;
        Ok(Some(count))
    }

    /// What no key opens any longer goes; what still opens was kept on a ground. A person whose data is as the erasure
    /// left it is let be: the process ended between the destruction of the keys and this database's mark.
    async fn erase_again(&self, person: SubjectId, entry: &LedgerEntry) -> Result<Found, StoreError> {
        let keys = self.vault.subject_keys(self.tenant(), &[(person, None)]).await?;
        let keys = keys.get(&person).map(AsRef::as_ref);
        let of_person = data_subject::Column::Id.eq(person.uuid());
        let found = self.bound.find::<data_subject::Entity>().filter(of_person.clone());
        let Some(row) = found.one(&self.bound).await? else {
            return Ok(Found::UpToDate);
        };
        let mut profile = row.profile.as_object().cloned().unwrap_or_default();
        let held = profile.len();
        profile.retain(|code, sealed| opens(keys, place(self.tenant(), person, code), sealed.as_str()));
        let reference = row.external_reference.clone();
        let reference = reference.filter(|it| opens(keys, place(self.tenant(), person, REFERENCE), Some(it)));
        let mut found_by: Vec<_> = profile
            .keys()
            .filter_map(|code| index_of(DataCategory::from_code(code)?))
            .map(IndexKind::code)
            .collect();
        found_by.extend(reference.as_ref().map(|_| IndexKind::ExternalReference.code()));
        let in_use = matches!(entry.status, SubjectStatus::Active | SubjectStatus::Restricted);
        let status = if in_use { row.status.clone() } else { entry.status.code().to_owned() };
        let gone = self.unreadable_records(person, keys).await?;
        let as_left = profile.len() == held
            && reference.is_some() == row.external_reference.is_some()
            && status == row.status
            && gone.is_empty();
        if as_left {
            return Ok(Found::UpToDate);
        }
        let erased_at = (entry.status == SubjectStatus::Erased).then(|| time::to_row(entry.erased_at));
        let none: Option<Uuid> = None;
        let change = self.bound.amend::<data_subject::Entity>().filter(of_person);
        change
            .set(data_subject::Column::Profile, Expr::value(serde_json::Value::Object(profile)))
            .set(data_subject::Column::ExternalReference, Expr::value(reference))
            .set(data_subject::Column::Status, Expr::value(status))
            .set(data_subject::Column::ErasedAt, Expr::value(erased_at))
            .set(data_subject::Column::OrdinaryKey, Expr::value(none))
            .set(data_subject::Column::StatutoryKey, Expr::value(none))
            .run(&self.bound)
            .await?;
        let terms = self.bound.remove::<subject_index::Entity>();
        let terms = terms.filter(subject_index::Column::SubjectId.eq(person.uuid()));
        terms.filter(subject_index::Column::Kind.is_not_in(found_by)).run(&self.bound).await?;
        if !gone.is_empty() {
            let gone = accounting_record::Column::Id.is_in(gone);
            self.bound.remove::<accounting_record::Entity>().filter(gone).run(&self.bound).await?;
        }
        self.remove_exports_of(person).await?;
        self.void_tenant_exports().await?;
        if !in_use {
            self.end_dealings(person, entry).await?;
        }
        Ok(Found::Older)
    }

    async fn unreadable_records(
        &self,
        person: SubjectId,
        keys: Option<&Keys>,
    ) -> Result<Vec<Uuid>, StoreError> {
        let of_person = accounting_record::Column::SubjectId.eq(person.uuid());
        let records =
            self.bound.find::<accounting_record::Entity>().filter(of_person).all(&self.bound).await?;
        let place = |id| accounting::place(self.tenant(), person, AccountingRecordId::from_uuid(id));
        let gone = records.iter().filter(|record| !opens(keys, place(record.id), Some(&record.description)));
        Ok(gone.map(|record| record.id).collect())
    }

    /// Consents and the words of requests go; a request that the backup had still open is closed.
    async fn end_dealings(&self, person: SubjectId, entry: &LedgerEntry) -> Result<(), StoreError> {
        let of_person = consent::Column::SubjectId.eq(person.uuid());
        self.bound.remove::<consent::Entity>().filter(of_person).run(&self.bound).await?;
        let of_person = rights_request::Column::SubjectId.eq(person.uuid());
        let mut words = self.bound.amend::<rights_request::Entity>().filter(of_person.clone());
        for (column, _) in texts::SEALED {
            words = words.set(column, Expr::value(Option::<String>::None));
        }
        words.run(&self.bound).await?;
        self.end_tasks_of_person(person, None).await?;
        let open = self.bound.find::<rights_request::Entity>().filter(of_person).filter(request::is_open());
        for row in open.all(&self.bound).await? {
            self.close_again(&row, entry).await?;
        }
        Ok(())
    }

    /// An erasure whose decision is lost stays to be decided, and finds nothing left to erase; anything else cannot be
    /// carried out any more.
    async fn close_again(&self, row: &rights_request::Model, entry: &LedgerEntry) -> Result<(), StoreError> {
        let id = RequestId::from_uuid(row.id);
        if row.kind == RequestKind::Erasure.code() {
            let inconsistent = StoreError::Inconsistent { table: "rights_request", column: "status" };
            let status = RequestStatus::from_code(&row.status).ok_or(inconsistent)?;
            return self.put_step(id, status, &ActorId::gateway(), STEP).await;
        }
        let at = Some(time::to_row(entry.erased_at));
        let (status, none) = (RequestStatus::Refused, Option::<String>::None);
        let change = self.bound.amend::<rights_request::Entity>();
        change
            .filter(rights_request::Column::Id.eq(row.id))
            .set(rights_request::Column::Status, Expr::value(status.code()))
            .set(rights_request::Column::Verdict, Expr::value(Verdict::Refused.code()))
            .set(rights_request::Column::DecidedAt, Expr::value(at))
            .set(rights_request::Column::DecidedBy, Expr::value(ActorId::gateway().as_str()))
            .set(rights_request::Column::RefusalGround, Expr::value(RefusalGround::ConditionsNotMet.code()))
            .set(rights_request::Column::Reasons, Expr::value(none))
            .set(rights_request::Column::FinishedAt, Expr::value(at))
            .run(&self.bound)
            .await?;
        self.put_step(id, status, &ActorId::gateway(), STEP).await
    }
}

fn opens(keys: Option<&Keys>, place: Place<'_>, sealed: Option<&str>) -> bool {
    let sealed = sealed.and_then(sealed_bytes);
    keys.zip(sealed).is_some_and(|(keys, sealed)| keys.open(place, &sealed).is_ok())
}
