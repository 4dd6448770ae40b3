//! Persons: one row each, a map from category to sealed value, and the terms to find them by.

mod query;
mod writing;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use domain::category::DataCategory;
use domain::clock::Entropy;
use domain::disclosure::Processing;
use domain::id::{SubjectId, TenantId};
use domain::personal::Personal;
use domain::purpose::Purpose;
use domain::subject::SubjectStatus;
use entity::data_subject::{Column, Entity, Model};
use jiff::Timestamp;
use sea_orm::ColumnTrait as _;
use sea_orm::sea_query::Expr;
use uuid::Uuid;

use crate::error::StoreError;
use crate::tenant_tx::{self, Sees, TenantTx, Writes};
use crate::time;
use crate::vault::{KeyClass, Keys, Place, SealKey, SubjectKeys, Term};

pub use query::SubjectQuery;
pub(crate) use writing::sealed_row;

/// Values by category; accounting records are rows of their own.
pub type Values = BTreeMap<DataCategory, Personal<String>>;

const TABLE: &str = "data_subject";
pub(crate) const REFERENCE: &str = "external_reference";

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
    /// Since when the person's addresses are kept from marketing.
    pub marketing_objected_at: Option<Timestamp>,
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
    /// Whether a restriction is in force.
    pub processing: Processing,
    /// The purposes that an upheld objection has ended.
    pub ended: BTreeSet<Purpose>,
    /// When the person last objected to direct marketing or withdrew the consent to it.
    pub marketing_objected_at: Option<Timestamp>,
    pub(crate) profile: serde_json::Map<String, serde_json::Value>,
    pub(crate) reference: Option<String>,
    pub(crate) ordinary_key: Option<Uuid>,
    pub(crate) statutory_key: Option<Uuid>,
    tenant: TenantId,
    keys: Option<Arc<Keys>>,
}

impl StoredSubject {
    /// The categories that hold a value.
    pub fn held(&self) -> impl Iterator<Item = DataCategory> + '_ {
        self.profile.keys().filter_map(|code| DataCategory::from_code(code))
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
        let sealed = sealed.ok_or_else(tampered)?;
        let keys = self.keys.as_ref().ok_or(StoreError::KeyGone)?;
        match open_text(keys, place(self.tenant, self.id, column), sealed) {
            // A key that the row does not know was never this person's.
            Err(StoreError::KeyGone) if !self.may_be_sealed_under(sealed) => Err(tampered()),
            opened => opened,
        }
    }

    /// Whether the row names the key that a text was sealed under; one that was written before rows did so names none.
    fn may_be_sealed_under(&self, sealed: &str) -> bool {
        let named = [self.ordinary_key, self.statutory_key];
        let key = sealed_bytes(sealed).as_deref().and_then(SealKey::id_of);
        named == [None, None] || named.contains(&key)
    }

    /// The key to seal new values of a class under; `None` when the person has none.
    pub(crate) fn to_seal(&self, class: KeyClass) -> Option<&Arc<SealKey>> {
        let named = match class {
            KeyClass::Ordinary => self.ordinary_key,
            KeyClass::Statutory => self.statutory_key,
        };
        self.keys.as_ref()?.to_seal(class, named)
    }

    /// The key to seal what belongs to handling the person's requests under: it goes when the person's data goes.
    pub(crate) fn to_seal_rights(&self) -> Result<&Arc<SealKey>, StoreError> {
        let key = self.to_seal(KeyClass::Ordinary).or_else(|| self.to_seal(KeyClass::Statutory));
        key.ok_or(StoreError::KeyGone)
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

    async fn with_keys(&self, rows: Vec<Model>) -> Result<Vec<StoredSubject>, StoreError> {
        if rows.is_empty() {
            return Ok(Vec::new());
        }
        let wanted: Vec<_> = rows
            .iter()
            .map(|row| (SubjectId::from_uuid(row.id), row.ordinary_key.or(row.statutory_key)))
            .collect();
        let mut keys = self.vault.subject_keys(self.tenant(), &wanted).await?;
        rows.into_iter().map(|row| stored(row, self.tenant(), &mut keys)).collect()
    }

    /// The keys of several persons, each with sealed bytes that they must open if their key still is.
    pub(crate) async fn keys_of(
        &self,
        people: &[(SubjectId, Option<&[u8]>)],
    ) -> Result<SubjectKeys, StoreError> {
        let wanted: Vec<_> =
            people.iter().map(|(person, sealed)| (*person, sealed.and_then(SealKey::id_of))).collect();
        if wanted.is_empty() {
            Ok(SubjectKeys::new())
        } else {
            self.vault.subject_keys(self.tenant(), &wanted).await
        }
    }
}

impl<S: Sees + Writes> TenantTx<S> {
    /// A person by identifier, whose row is this transaction's until it ends: whoever writes about a person begins
    /// here, so that of two changes at once the second sees the first.
    ///
    /// # Errors
    /// When a database fails or the row is inconsistent.
    pub async fn lock_subject(&self, id: SubjectId) -> Result<Option<StoredSubject>, StoreError> {
        let row =
            self.bound.find::<Entity>().filter(Column::Id.eq(id.uuid())).locked().all(&self.bound).await?;
        Ok(self.with_keys(row).await?.pop())
    }
}

impl TenantTx<tenant_tx::Processing> {
    /// The key for the person's accounting records; made when the first is filed.
    ///
    /// # Errors
    /// When the key store fails.
    pub(crate) async fn statutory_key(&self, person: &StoredSubject) -> Result<Arc<SealKey>, StoreError> {
        let class = KeyClass::Statutory;
        if let Some(key) = person.to_seal(class) {
            return Ok(Arc::clone(key));
        }
        let key = self.vault.create_subject_key(self.tenant(), person.id, class, self.now).await?;
        let row = self.bound.amend::<Entity>().filter(Column::Id.eq(person.id.uuid()));
        row.set(Column::StatutoryKey, Expr::value(key.id())).run(&self.bound).await?;
        Ok(key)
    }
}

pub(crate) const fn place(tenant: TenantId, person: SubjectId, column: &str) -> Place<'_> {
    Place { tenant: tenant.uuid(), subject: person.uuid(), table: TABLE, column, row: person.uuid() }
}

/// A text as rows hold it: sealed, in base 64.
pub(crate) fn sealed_text(
    key: &SealKey,
    place: Place<'_>,
    text: &str,
    entropy: &dyn Entropy,
) -> Result<String, StoreError> {
    Ok(STANDARD_NO_PAD.encode(key.seal(place, text.as_bytes(), entropy)?))
}

/// A text of a row, opened.
pub(crate) fn open_text(keys: &Keys, place: Place<'_>, sealed: &str) -> Result<Personal<String>, StoreError> {
    let tampered = || StoreError::Tampered { table: place.table };
    let sealed = sealed_bytes(sealed).ok_or_else(tampered)?;
    let clear = keys.open(place, &sealed)?;
    String::from_utf8(clear.to_vec()).map(Personal::new).map_err(|_| tampered())
}

/// The sealed bytes of a text of a row.
pub(crate) fn sealed_bytes(sealed: &str) -> Option<Vec<u8>> {
    STANDARD_NO_PAD.decode(sealed).ok()
}

fn stored(row: Model, tenant: TenantId, keys: &mut SubjectKeys) -> Result<StoredSubject, StoreError> {
    let inconsistent = |column| StoreError::Inconsistent { table: TABLE, column };
    let id = SubjectId::from_uuid(row.id);
    let ended: Vec<Purpose> =
        serde_json::from_value(row.ended_purposes).map_err(|_| inconsistent("ended_purposes"))?;
    let serde_json::Value::Object(profile) = row.profile else {
        return Err(inconsistent("profile"));
    };
    Ok(StoredSubject {
        id,
        status: SubjectStatus::from_code(&row.status).ok_or(inconsistent("status"))?,
        created_at: time::from_row(row.created_at),
        updated_at: time::from_row(row.updated_at),
        erased_at: row.erased_at.map(time::from_row),
        processing: if row.restricted { Processing::Restricted } else { Processing::Unrestricted },
        ended: ended.into_iter().collect(),
        marketing_objected_at: row.marketing_objected_at.map(time::from_row),
        profile,
        reference: row.external_reference,
        ordinary_key: row.ordinary_key,
        statutory_key: row.statutory_key,
        tenant,
        keys: keys.remove(&id),
    })
}
