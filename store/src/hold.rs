//! Legal holds: decisions of the controller that stop an erasure (Art. 17(3), and the platform's policy). A hold is
//! never deleted: it is the evidence of why data was kept.

use std::cmp::Reverse;

use domain::actor::ActorId;
use domain::category::Categories;
use domain::id::{LegalHoldId, SubjectId};
use domain::outcome::RetentionGround;
use entity::legal_hold::{ActiveModel, Column, Entity, Model};
use jiff::Timestamp;
use jiff::civil::Date;
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveValue::Set, ColumnTrait as _};

use crate::backend::categories_of;
use crate::error::StoreError;
use crate::tenant_tx::{CarriesOutRights, Sees, TenantTx};
use crate::time;

const TABLE: &str = "legal_hold";

/// A hold to be placed.
#[derive(Debug, Clone)]
pub struct NewHold {
    /// The hold.
    pub id: LegalHoldId,
    /// Whose data.
    pub subject: SubjectId,
    /// Why.
    pub ground: RetentionGround,
    /// What it covers.
    pub categories: Categories,
    /// The decision, case or contract that it rests on.
    pub reference: String,
    /// First day on which it no longer binds, Swedish time; open-ended where `None`.
    pub expires_on: Option<Date>,
    /// Who decided on it.
    pub placed_by: ActorId,
}

/// A hold as stored. Whether it binds on a day says [`domain::hold::binds_on`].
#[derive(Debug, Clone)]
pub struct StoredHold {
    /// The hold.
    pub id: LegalHoldId,
    /// Whose data.
    pub subject: SubjectId,
    /// Why.
    pub ground: RetentionGround,
    /// What it covers.
    pub categories: Categories,
    /// The decision, case or contract that it rests on.
    pub reference: String,
    /// Since when.
    pub placed_at: Timestamp,
    /// First day on which it no longer binds, Swedish time; open-ended where `None`.
    pub expires_on: Option<Date>,
    /// When released before that day.
    pub released_at: Option<Timestamp>,
}

impl<S: Sees> TenantTx<S> {
    /// A hold by identifier.
    ///
    /// # Errors
    /// When the database fails or the row is inconsistent.
    pub async fn find_hold(&self, id: LegalHoldId) -> Result<Option<StoredHold>, StoreError> {
        let row = self.bound.find::<Entity>().filter(Column::Id.eq(id.uuid())).one(&self.bound).await?;
        row.map(StoredHold::try_from).transpose()
    }

    /// The holds of several persons, newest first, in one statement; released and expired ones too.
    ///
    /// # Errors
    /// When the database fails or a row is inconsistent.
    pub async fn list_holds(&self, subjects: &[SubjectId]) -> Result<Vec<StoredHold>, StoreError> {
        let rows =
            self.bound.find::<Entity>().filter(Column::SubjectId.is_in(subjects.iter().map(|id| id.uuid())));
        let mut rows = rows.all(&self.bound).await?;
        // Sorted here: asked for this order, SQLite reads every row of the tenant instead of the persons' own.
        rows.sort_unstable_by_key(|row| Reverse(row.id));
        rows.into_iter().map(StoredHold::try_from).collect()
    }
}

impl<S: CarriesOutRights> TenantTx<S> {
    /// Places a hold.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn put_hold(&self, hold: NewHold) -> Result<(), StoreError> {
        let codes: Vec<_> = hold.categories.iter().map(|category| category.code()).collect();
        let row = ActiveModel {
            id: Set(hold.id.uuid()),
            subject_id: Set(hold.subject.uuid()),
            ground: Set(hold.ground.code().to_owned()),
            data_categories: Set(codes.into()),
            reference: Set(hold.reference),
            placed_at: Set(time::to_row(self.now)),
            placed_by: Set(hold.placed_by.as_str().to_owned()),
            expires_on: Set(hold.expires_on.map(time::date_to_row)),
            released_at: Set(None),
            released_by: Set(None),
            ..Default::default()
        };
        self.bound.put::<Entity>(row).await
    }

    /// Releases a hold; only one that was not released, so that of two releases at once one finds nothing to change.
    ///
    /// # Errors
    /// [`StoreError::LeaseLost`] when it was released before, or does not exist.
    pub async fn release_hold(&self, id: LegalHoldId, by: &ActorId) -> Result<(), StoreError> {
        let change = self
            .bound
            .amend::<Entity>()
            .filter(Column::Id.eq(id.uuid()))
            .filter(Column::ReleasedAt.is_null())
            .set(Column::ReleasedAt, Expr::value(time::to_row(self.now)))
            .set(Column::ReleasedBy, Expr::value(by.as_str()));
        match change.run(&self.bound).await? {
            0 => Err(StoreError::LeaseLost),
            _ => Ok(()),
        }
    }
}

impl TryFrom<Model> for StoredHold {
    type Error = StoreError;

    fn try_from(row: Model) -> Result<Self, StoreError> {
        let inconsistent = |column| StoreError::Inconsistent { table: TABLE, column };
        Ok(Self {
            id: LegalHoldId::from_uuid(row.id),
            subject: SubjectId::from_uuid(row.subject_id),
            ground: RetentionGround::from_code(&row.ground).ok_or(inconsistent("ground"))?,
            categories: categories_of(&row.data_categories).ok_or(inconsistent("data_categories"))?,
            reference: row.reference,
            placed_at: time::from_row(row.placed_at),
            expires_on: row.expires_on.map(time::date_from_row),
            released_at: row.released_at.map(time::from_row),
        })
    }
}
