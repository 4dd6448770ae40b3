//! Registering and changing persons.

use domain::clock::Entropy;
use domain::id::{SubjectId, TenantId};
use domain::personal::Personal;
use domain::subject::SubjectStatus;
use entity::data_subject::{ActiveModel, Column, Entity};
use entity::subject_index;
use jiff::Timestamp;
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveValue::Set, ColumnTrait as _, Condition};

use super::{NewSubject, REFERENCE, StoredSubject, SubjectChange, place, sealed_text};
use crate::error::StoreError;
use crate::tenant_tx::{CarriesOutRights, Processing, TenantTx};
use crate::time;
use crate::vault::{KeyClass, SealKey, Term};

impl TenantTx<Processing> {
    /// Registers a person under new keys of their own.
    ///
    /// # Errors
    /// [`StoreError::Taken`] when a unique term was taken meanwhile; others when a database fails.
    pub async fn put_subject(&self, person: NewSubject) -> Result<(), StoreError> {
        let class = KeyClass::Ordinary;
        let key = self.vault.create_subject_key(self.tenant(), person.id, class, self.now).await?;
        let row = sealed_row(&person, (self.tenant(), &key), (self.now, self.entropy()))?;
        self.bound.put::<Entity>(row).await?;
        self.put_terms(person.id, &person.terms).await
    }
}

/// A new person's row, everything sealed under the person's first key.
pub(crate) fn sealed_row(
    person: &NewSubject,
    (tenant, key): (TenantId, &SealKey),
    (now, entropy): (Timestamp, &dyn Entropy),
) -> Result<ActiveModel, StoreError> {
    let sealed = |column, value: &Personal<String>| {
        sealed_text(key, place(tenant, person.id, column), value.reveal(), entropy)
    };
    let mut profile = serde_json::Map::new();
    for (category, value) in &person.values {
        profile.insert(category.code().to_owned(), sealed(category.code(), value)?.into());
    }
    let reference = person.external_reference.as_ref();
    let reference = reference.map(|value| sealed(REFERENCE, value)).transpose()?;
    Ok(ActiveModel {
        tenant_id: Set(tenant.uuid()),
        id: Set(person.id.uuid()),
        status: Set(SubjectStatus::Active.code().to_owned()),
        profile: Set(profile.into()),
        external_reference: Set(reference),
        created_at: Set(time::to_row(now)),
        updated_at: Set(time::to_row(now)),
        erased_at: Set(None),
        restricted: Set(false),
        ended_purposes: Set(serde_json::json!([])),
        marketing_objected_at: Set(person.marketing_objected_at.map(time::to_row)),
        ordinary_key: Set(Some(key.id())),
        statutory_key: Set(None),
    })
}

impl<S: CarriesOutRights> TenantTx<S> {
    /// Changes a person's values; the transaction holds the row.
    ///
    /// # Errors
    /// [`StoreError::Taken`] when a unique term was taken meanwhile, [`StoreError::KeyGone`] after an erasure.
    pub async fn amend_subject(
        &self,
        person: &StoredSubject,
        change: SubjectChange,
    ) -> Result<(), StoreError> {
        let key = person.to_seal_rights()?;
        let mut profile = person.profile.clone();
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
        sealed_text(key, place(self.tenant(), person, column), value.reveal(), self.entropy())
    }
}
