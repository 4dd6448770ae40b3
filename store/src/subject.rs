//! Persons: one row each, a map from category to sealed value, and the terms to find them by.

use std::collections::BTreeMap;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use domain::category::DataCategory;
use domain::id::{SubjectId, TenantId};
use domain::personal::Personal;
use domain::purpose::Purpose;
use domain::subject::SubjectStatus;
use entity::data_subject::{ActiveModel, Column, Entity, Model};
use entity::{consent, subject_index};
use jiff::Timestamp;
use sea_orm::sea_query::{Expr, Order, Query};
use sea_orm::{ActiveValue::Set, ColumnTrait as _, Condition};

use crate::error::StoreError;
use crate::scoped::Rows;
use crate::tenant_tx::{Processing, Sees, TenantTx};
use crate::time;
use crate::vault::{KeyClass, Place, SealKey, Term, Token};

/// Values by category; accounting records are rows of their own.
pub type Values = BTreeMap<DataCategory, Personal<String>>;

const TABLE: &str = "data_subject";
const REFERENCE: &str = "external_reference";

/// A person to be registered.
pub struct NewSubject {
    /// The person.
    pub id: SubjectId,
    /// The values, checked and in their stored form.
    pub values: Values,
    /// The tenant's own key for the person.
    pub external_reference: Option<Personal<String>>,
    /// What the person is to be found by.
    pub terms: Vec<Term>,
}

/// A change of a person's values.
pub struct SubjectChange {
    /// New values; `None` removes one.
    pub values: BTreeMap<DataCategory, Option<Personal<String>>>,
    /// The new reference; the inner `None` removes it.
    pub external_reference: Option<Option<Personal<String>>>,
    /// The terms of every changed value, in place of the former ones of the same kinds.
    pub terms: Vec<Term>,
    /// The kinds whose former terms go.
    pub replaced: Vec<crate::vault::IndexKind>,
}

/// A person as stored; values are opened one by one, when asked for.
#[derive(Clone)]
pub struct StoredSubject {
    /// The person.
    pub id: SubjectId,
    /// Whether data may be used, only kept, or is gone.
    pub status: SubjectStatus,
    /// When registered.
    pub created_at: Timestamp,
    /// When any of the data last changed.
    pub updated_at: Timestamp,
    /// When erased.
    pub erased_at: Option<Timestamp>,
    tenant: TenantId,
    profile: serde_json::Value,
    reference: Option<String>,
    key: Option<Arc<SealKey>>,
}

impl StoredSubject {
    /// The categories that hold a value.
    pub fn held(&self) -> impl Iterator<Item = DataCategory> + '_ {
        let codes = self.profile.as_object().into_iter().flat_map(|profile| profile.keys());
        codes.filter_map(|code| DataCategory::from_code(code))
    }

    /// Opens one value; `None` where there is none.
    ///
    /// # Errors
    /// [`StoreError::KeyGone`] after the key was destroyed, [`StoreError::Tampered`] when the bytes do not open.
    pub fn open(&self, category: DataCategory) -> Result<Option<Personal<String>>, StoreError> {
        match self.profile.get(category.code()) {
            None => Ok(None),
            Some(sealed) => self.open_text(category.code(), sealed.as_str()).map(Some),
        }
    }

    /// Opens the tenant's own key for the person.
    ///
    /// # Errors
    /// As [`StoredSubject::open`].
    pub fn open_reference(&self) -> Result<Option<Personal<String>>, StoreError> {
        match &self.reference {
            None => Ok(None),
            Some(sealed) => self.open_text(REFERENCE, Some(sealed)).map(Some),
        }
    }

    fn open_text(&self, column: &str, sealed: Option<&str>) -> Result<Personal<String>, StoreError> {
        let tampered = || StoreError::Tampered { table: TABLE };
        let key = self.key.as_ref().ok_or(StoreError::KeyGone)?;
        let sealed = STANDARD_NO_PAD.decode(sealed.ok_or_else(tampered)?).map_err(|_| tampered())?;
        let clear = key.open(place(self.tenant, self.id, column), &sealed)?;
        String::from_utf8(clear.to_vec()).map(Personal::new).map_err(|_| tampered())
    }
}

/// Which persons a list holds.
#[derive(Clone)]
pub struct SubjectQuery {
    /// How many at most.
    pub first: u32,
    /// Only those registered after this one.
    pub after: Option<SubjectId>,
    /// Only these states; all when empty.
    pub statuses: Vec<SubjectStatus>,
    /// Every term must fit.
    pub terms: Vec<Term>,
    /// Only persons with a consent to this purpose that was not withdrawn.
    pub consented_to: Option<Purpose>,
}

impl SubjectQuery {
    /// The first page of everybody.
    #[must_use]
    pub const fn first(first: u32) -> Self {
        Self { first, after: None, statuses: Vec::new(), terms: Vec::new(), consented_to: None }
    }
}

impl<S: Sees> TenantTx<S> {
    /// A person by identifier.
    ///
    /// # Errors
    /// When a database fails or the row is inconsistent.
    pub async fn find_subject(&self, id: SubjectId) -> Result<Option<StoredSubject>, StoreError> {
        Ok(self.find_subjects(&[id]).await?.pop())
    }

    /// Several persons by identifier, in no order; those that do not exist are left out.
    ///
    /// # Errors
    /// When a database fails or a row is inconsistent.
    pub async fn find_subjects(&self, ids: &[SubjectId]) -> Result<Vec<StoredSubject>, StoreError> {
        let rows = self.bound.find::<Entity>().filter(Column::Id.is_in(ids.iter().map(|id| id.uuid())));
        let rows = rows.all(&self.bound).await?;
        self.with_keys(rows).await
    }

    /// A page of persons, oldest first: `first` and one more where there is one.
    ///
    /// # Errors
    /// When a database fails or a row is inconsistent.
    pub async fn list_subjects(&self, query: &SubjectQuery) -> Result<Vec<StoredSubject>, StoreError> {
        let mut rows = self.matching(query).await?;
        if let Some(after) = query.after {
            rows = rows.filter(Column::Id.gt(after.uuid()));
        }
        let rows =
            rows.order_by(Column::Id, Order::Asc).limit(u64::from(query.first) + 1).all(&self.bound).await?;
        self.with_keys(rows).await
    }

    /// How many persons the list holds in all.
    ///
    /// # Errors
    /// When a database fails.
    pub async fn count_subjects(&self, query: &SubjectQuery) -> Result<u64, StoreError> {
        self.matching(query).await?.count(&self.bound).await
    }

    async fn matching(&self, query: &SubjectQuery) -> Result<Rows<Entity>, StoreError> {
        let mut rows = self.bound.find::<Entity>();
        if !query.statuses.is_empty() {
            rows = rows.filter(Column::Status.is_in(query.statuses.iter().map(|status| status.code())));
        }
        for term in &query.terms {
            let token = self.token(term).await?;
            let indexed = Query::select()
                .column(subject_index::Column::SubjectId)
                .from(subject_index::Entity)
                .and_where(subject_index::Column::TenantId.eq(self.tenant().uuid()))
                .and_where(subject_index::Column::Kind.eq(term.kind.code()))
                .and_where(subject_index::Column::Token.eq(token.into_bytes()))
                .to_owned();
            rows = rows.filter(Column::Id.in_subquery(indexed));
        }
        if let Some(purpose) = query.consented_to {
            let consented = Query::select()
                .column(consent::Column::SubjectId)
                .from(consent::Entity)
                .and_where(consent::Column::TenantId.eq(self.tenant().uuid()))
                .and_where(consent::Column::Purpose.eq(purpose.code()))
                .and_where(consent::Column::WithdrawnAt.is_null())
                .to_owned();
            rows = rows.filter(Column::Id.in_subquery(consented));
        }
        Ok(rows)
    }

    async fn with_keys(&self, rows: Vec<Model>) -> Result<Vec<StoredSubject>, StoreError> {
        let ids: Vec<_> = rows.iter().map(|row| SubjectId::from_uuid(row.id)).collect();
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let mut keys = self.vault.subject_keys(self.tenant(), &ids, KeyClass::Ordinary).await?;
        rows.into_iter().map(|row| stored(row, self.tenant(), &mut keys)).collect()
    }

    /// Which of the terms that must be unique are already another person's.
    ///
    /// # Errors
    /// When a database fails.
    pub async fn taken_terms<'t>(
        &self,
        terms: &'t [Term],
        except: Option<SubjectId>,
    ) -> Result<Vec<&'t Term>, StoreError> {
        let mut others = Vec::new();
        for term in terms.iter().filter(|term| term.kind.is_unique()) {
            let token = self.token(term).await?;
            let mut same = Condition::all()
                .add(subject_index::Column::Kind.eq(term.kind.code()))
                .add(subject_index::Column::Token.eq(token.into_bytes()));
            if let Some(except) = except {
                same = same.add(subject_index::Column::SubjectId.ne(except.uuid()));
            }
            let found = self.bound.find::<subject_index::Entity>().filter(same).one(&self.bound).await?;
            if found.is_some() {
                others.push(term);
            }
        }
        Ok(others)
    }

    pub(crate) async fn token(&self, term: &Term) -> Result<Token, StoreError> {
        let keys = self.vault.tenant_keys(self.tenant()).await?;
        Ok(Token::of(&keys.index, term))
    }
}

impl TenantTx<Processing> {
    /// Registers a person under new keys of their own.
    ///
    /// # Errors
    /// [`StoreError::Taken`] when a unique term was taken meanwhile; others when a database fails.
    pub async fn put_subject(&self, person: NewSubject) -> Result<(), StoreError> {
        let key = self.vault.create_subject_keys(self.tenant(), person.id, self.now).await?;
        let mut profile = serde_json::Map::new();
        for (category, value) in &person.values {
            profile.insert(
                category.code().to_owned(),
                self.sealed(&key, person.id, category.code(), value)?.into(),
            );
        }
        let reference = person.external_reference.as_ref();
        let reference = reference.map(|value| self.sealed(&key, person.id, REFERENCE, value)).transpose()?;
        let row = ActiveModel {
            id: Set(person.id.uuid()),
            status: Set(SubjectStatus::Active.code().to_owned()),
            profile: Set(profile.into()),
            external_reference: Set(reference),
            created_at: Set(time::to_row(self.now)),
            updated_at: Set(time::to_row(self.now)),
            erased_at: Set(None),
            ..Default::default()
        };
        self.bound.put::<Entity>(row).await?;
        self.put_terms(person.id, &person.terms).await
    }

    /// Changes a person's values; the row was read in this same transaction.
    ///
    /// # Errors
    /// [`StoreError::Taken`] when a unique term was taken meanwhile, [`StoreError::KeyGone`] after an erasure.
    pub async fn amend_subject(
        &self,
        person: &StoredSubject,
        change: SubjectChange,
    ) -> Result<(), StoreError> {
        let key = person.key.as_ref().ok_or(StoreError::KeyGone)?;
        let mut profile = person.profile.as_object().cloned().unwrap_or_default();
        for (category, value) in &change.values {
            match value {
                Some(value) => {
                    let sealed = self.sealed(key, person.id, category.code(), value)?;
                    profile.insert(category.code().to_owned(), sealed.into());
                }
                None => drop(profile.remove(category.code())),
            }
        }
        let mut update = self.bound.amend::<Entity>().filter(Column::Id.eq(person.id.uuid()));
        update = update.set(Column::Profile, Expr::value(serde_json::Value::Object(profile)));
        if let Some(reference) = &change.external_reference {
            let reference =
                reference.as_ref().map(|value| self.sealed(key, person.id, REFERENCE, value)).transpose()?;
            update = update.set(Column::ExternalReference, Expr::value(reference));
        }
        update.set(Column::UpdatedAt, Expr::value(time::to_row(self.now))).run(&self.bound).await?;
        let former = Condition::all()
            .add(subject_index::Column::SubjectId.eq(person.id.uuid()))
            .add(subject_index::Column::Kind.is_in(change.replaced.iter().map(|kind| kind.code())));
        self.bound.remove::<subject_index::Entity>().filter(former).run(&self.bound).await?;
        self.put_terms(person.id, &change.terms).await
    }

    /// Destroys a person's keys: from now on nothing sealed under them can be read, in backups neither.
    ///
    /// # Errors
    /// When the key store fails.
    pub async fn shred_keys(&self, person: SubjectId, classes: &[KeyClass]) -> Result<(), StoreError> {
        self.vault.shred_subject_keys(self.tenant(), person, classes).await
    }

    async fn put_terms(&self, person: SubjectId, terms: &[Term]) -> Result<(), StoreError> {
        let mut rows = Vec::with_capacity(terms.len());
        for term in terms {
            rows.push(subject_index::ActiveModel {
                kind: Set(term.kind.code().to_owned()),
                token: Set(self.token(term).await?.into_bytes()),
                subject_id: Set(person.uuid()),
                ..Default::default()
            });
        }
        self.bound.put_all::<subject_index::Entity>(rows).await
    }

    fn sealed(
        &self,
        key: &SealKey,
        person: SubjectId,
        column: &str,
        value: &Personal<String>,
    ) -> Result<String, StoreError> {
        let sealed =
            key.seal(place(self.tenant(), person, column), value.reveal().as_bytes(), self.entropy())?;
        Ok(STANDARD_NO_PAD.encode(sealed))
    }
}

const fn place(tenant: TenantId, person: SubjectId, column: &str) -> Place<'_> {
    Place { tenant: tenant.uuid(), subject: person.uuid(), table: TABLE, column, row: person.uuid() }
}

fn stored(
    row: Model,
    tenant: TenantId,
    keys: &mut crate::vault::SubjectKeys,
) -> Result<StoredSubject, StoreError> {
    let id = SubjectId::from_uuid(row.id);
    Ok(StoredSubject {
        id,
        status: SubjectStatus::from_code(&row.status)
            .ok_or(StoreError::Inconsistent { table: TABLE, column: "status" })?,
        created_at: time::from_row(row.created_at),
        updated_at: time::from_row(row.updated_at),
        erased_at: row.erased_at.map(time::from_row),
        tenant,
        profile: row.profile,
        reference: row.external_reference,
        key: keys.remove(&id),
    })
}
