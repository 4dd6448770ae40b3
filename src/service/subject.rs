//! Registering and updating persons in the ordinary course.

use domain::calendar::civil_date;
use domain::category::{Categories, DataCategory};
use domain::erasure::{Scope, assess};
use domain::id::SubjectId;
use domain::outcome::OutcomeAction;
use domain::personal::Personal;
use domain::subject::SubjectStatus;
use store::{
    IdempotencyKey, NewSubject, Processing, Replay, StoreError, StoredSubject, SubjectChange, TenantTx,
    Unique,
};

use super::caller::Caller;
use super::input::Faults;
use super::person::{PersonInput, PersonValues, member_of, member_of_category};
use super::refusal::{Refusal, Until, UserError, UserErrorCode};
use super::{Gateway, erasure};

/// A mutation with its idempotency key and the categories that its answer will show.
pub struct Command<T> {
    /// What it takes.
    pub input: T,
    /// The caller's key and the whole input in a canonical form.
    pub idempotency: Option<IdempotencyKey>,
    /// The categories that the answer shows besides: the entry in the audit log names them too.
    pub shown: Categories,
}

/// How often a mutation is tried anew when a concurrent one took a unique value or used the same key.
const TRIES: usize = 3;

impl Gateway {
    /// Registers a person.
    ///
    /// # Errors
    /// [`Refusal`] says why not; nothing is stored then.
    pub async fn register_subject(
        &self,
        caller: &Caller,
        command: &Command<PersonInput>,
    ) -> Result<SubjectId, Refusal> {
        let (values, faults) = self.read_person(&command.input).await?;
        let mut tried = 0;
        loop {
            tried += 1;
            match self.try_register(caller, command, (&values, &faults)).await {
                Err(Refusal::Store(StoreError::Taken(Unique::IdempotencyKey | Unique::SubjectTerm)))
                    if tried < TRIES => {}
                done => return done,
            }
        }
    }

    async fn try_register(
        &self,
        caller: &Caller,
        command: &Command<PersonInput>,
        (values, faults): (&PersonValues, &[UserError]),
    ) -> Result<SubjectId, Refusal> {
        let tx = self.processing(caller).await?;
        if let Some(done) = replay(&tx, command.idempotency.as_ref()).await? {
            return Ok(SubjectId::from_uuid(done));
        }
        check(&tx, values, faults, None).await?;
        let id = SubjectId::new(tx.now(), tx.entropy());
        let stored = values.values.iter().filter_map(|(category, value)| Some((*category, value.clone()?)));
        tx.put_subject(NewSubject {
            id,
            values: stored.collect(),
            external_reference: values.external_reference.clone().flatten(),
            terms: values.terms.clone(),
            marketing_objected_at: tx.suppressed_since(&values.terms).await?,
        })
        .await?;
        let event = caller.event("dataSubject.register", id, touched(values, command));
        finish(tx, command.idempotency.as_ref(), id, event).await?;
        Ok(id)
    }

    /// Changes a person's values.
    ///
    /// # Errors
    /// [`Refusal`] says why not; nothing is changed then.
    pub async fn update_subject(
        &self,
        caller: &Caller,
        id: &str,
        command: &Command<PersonInput>,
    ) -> Result<SubjectId, Refusal> {
        let (values, faults) = self.read_person(&command.input).await?;
        let mut tried = 0;
        loop {
            tried += 1;
            match self.try_update(caller, id, command, (&values, &faults)).await {
                Err(Refusal::Store(StoreError::Taken(Unique::IdempotencyKey | Unique::SubjectTerm)))
                    if tried < TRIES => {}
                done => return done,
            }
        }
    }

    async fn try_update(
        &self,
        caller: &Caller,
        id: &str,
        command: &Command<PersonInput>,
        (values, faults): (&PersonValues, &[UserError]),
    ) -> Result<SubjectId, Refusal> {
        let tx = self.processing(caller).await?;
        if let Some(done) = replay(&tx, command.idempotency.as_ref()).await? {
            return Ok(SubjectId::from_uuid(done));
        }
        let person = lock_person(&tx, id).await?;
        check(&tx, values, faults, Some(&person)).await?;
        refuse_held(&tx, values, &person).await?;
        let change = SubjectChange {
            values: values.values.clone(),
            external_reference: values.external_reference.clone(),
            terms: values.terms.clone(),
            replaced: values.replaced.clone(),
        };
        heed_suppression(&tx, person.id, &change.terms).await?;
        tx.amend_subject(&person, change).await?;
        let event = caller.event("dataSubject.update", person.id, touched(values, command));
        finish(tx, command.idempotency.as_ref(), person.id, event).await?;
        Ok(person.id)
    }

    /// Reads the values and hashes the password, which takes too long to be done within a transaction.
    async fn read_person(&self, input: &PersonInput) -> Result<(PersonValues, Vec<UserError>), Refusal> {
        let mut faults = Faults::default();
        let mut values = input.read(&mut faults);
        let faults = match faults.finish() {
            Err(Refusal::User(faults)) => faults,
            Err(other) => return Err(other),
            Ok(()) => Vec::new(),
        };
        if let Some(password) = values.password.take_if(|_| faults.is_empty()) {
            let verifier = self.store.password_verifier(password).await?;
            values.values.insert(DataCategory::Password, Some(verifier));
        }
        Ok((values, faults))
    }
}

/// The person that an input names, whose row the transaction holds from now on.
async fn lock_person(tx: &TenantTx<Processing>, id: &str) -> Result<StoredSubject, Refusal> {
    let id = super::input::identifier("subjectId", SubjectId::parse(id))?;
    let person = tx.lock_subject(id).await?;
    Ok(person.ok_or_else(|| UserError::at(UserErrorCode::NotFound, "subjectId"))?)
}

/// A hold stops erasure by this door too: what it covers can be changed and not removed.
async fn refuse_held(
    tx: &TenantTx<Processing>,
    values: &PersonValues,
    person: &StoredSubject,
) -> Result<(), Refusal> {
    let removed = values.values.iter().filter(|(_, value)| value.is_none()).map(|(category, _)| *category);
    let removed: Vec<_> = removed.filter(|category| person.held().any(|held| held == *category)).collect();
    if removed.is_empty() {
        return Ok(());
    }
    let (facts, today) = (erasure::facts(tx, person).await?, civil_date(tx.now()));
    let plan = assess(&facts, &Scope::Only(removed.into_iter().collect()), today);
    let kept = plan.outcomes().iter().filter(|outcome| outcome.action == OutcomeAction::Retained);
    let errors: Vec<_> = kept
        .map(|outcome| {
            let until = outcome.retained_through.map_or(Until::Release, Until::Day);
            UserError::retained(member_of_category(outcome.category), until)
        })
        .collect();
    if errors.is_empty() { Ok(()) } else { Err(Refusal::User(errors)) }
}

/// A person who gets an address that is kept from marketing is kept from it too.
pub(super) async fn heed_suppression<S: store::CarriesOutRights>(
    tx: &TenantTx<S>,
    person: SubjectId,
    terms: &[store::Term],
) -> Result<(), StoreError> {
    match tx.suppressed_since(terms).await? {
        Some(since) => tx.mark_marketing_objection(person, since).await,
        None => Ok(()),
    }
}

/// The object that a mutation with this key made before.
pub(super) async fn replay<S: store::Writes>(
    tx: &TenantTx<S>,
    key: Option<&IdempotencyKey>,
) -> Result<Option<uuid::Uuid>, Refusal> {
    let Some(key) = key else {
        return Ok(None);
    };
    match tx.replayed(key).await? {
        Replay::New => Ok(None),
        Replay::Done(object) => Ok(Some(object)),
        Replay::Mismatch => Err(UserError::at(UserErrorCode::IdempotencyMismatch, "idempotencyKey").into()),
    }
}

async fn finish(
    tx: TenantTx<Processing>,
    key: Option<&IdempotencyKey>,
    person: SubjectId,
    event: store::AuditEvent,
) -> Result<(), Refusal> {
    if let Some(key) = key {
        tx.remember(key, person.uuid()).await?;
    }
    Ok(tx.commit(event).await?)
}

/// Input before state: form, agreement, then what the database holds.
async fn check(
    tx: &TenantTx<Processing>,
    values: &PersonValues,
    faults: &[UserError],
    person: Option<&StoredSubject>,
) -> Result<(), Refusal> {
    let mut faults = faults.to_vec();
    if person.is_some() && values.values.get(&DataCategory::Name).is_some_and(Option::is_none) {
        faults.push(UserError::invalid("name", domain::invalid::Invalid::Empty));
    }
    let given =
        values.categories().filter(|category| values.values.get(category).is_none_or(Option::is_some));
    let outside = given.filter(|category| !tx.agreed().contains(category));
    faults.extend(
        outside.map(|category| UserError::at(UserErrorCode::OutsideAgreement, member_of_category(category))),
    );
    if !faults.is_empty() {
        return Err(Refusal::User(faults));
    }
    match person.map(|person| person.status) {
        Some(SubjectStatus::Restricted) => {
            return Err(UserError::at(UserErrorCode::ProcessingRestricted, "subjectId").into());
        }
        Some(SubjectStatus::Erased | SubjectStatus::PartiallyErased) => {
            return Err(UserError::at(UserErrorCode::Erased, "subjectId").into());
        }
        Some(SubjectStatus::Active) | None => {}
    }
    let taken = tx.taken_terms(&values.terms, person.map(|person| person.id)).await?;
    if taken.is_empty() {
        return Ok(());
    }
    let errors = taken.iter().map(|term| UserError::at(UserErrorCode::AlreadyExists, member_of(term.kind)));
    Err(Refusal::User(errors.collect()))
}

fn touched(values: &PersonValues, command: &Command<PersonInput>) -> Categories {
    values.categories().chain(command.shown.iter().copied()).collect()
}

/// An input's members joined to one text, so that the same input is the same text and another one is not.
#[must_use]
pub fn canonical(members: &[(&str, Option<&str>)]) -> Personal<String> {
    let list: Vec<_> = members.iter().map(|(name, value)| serde_json::json!([name, value])).collect();
    Personal::new(serde_json::Value::Array(list).to_string())
}
