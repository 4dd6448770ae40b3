//! Restrictions of processing (Art. 18): each comes from a request and lasts until it is lifted.

use std::cmp::Reverse;

use domain::id::{RequestId, RestrictionId, SubjectId};
use domain::restriction::RestrictionGround;
use domain::subject::SubjectStatus;
use entity::data_subject;
use entity::restriction::{ActiveModel, Column, Entity, Model};
use jiff::Timestamp;
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveValue::Set, ColumnTrait as _};

use crate::error::StoreError;
use crate::tenant_tx::{CarriesOutRights, Sees, TenantTx};
use crate::time;

/// A restriction to begin.
#[derive(Debug, Clone, Copy)]
pub struct NewRestriction {
    /// The restriction.
    pub id: RestrictionId,
    /// Whose data.
    pub subject: SubjectId,
    /// The request that it comes from.
    pub request: RequestId,
    /// Why, Art. 18(1).
    pub ground: RestrictionGround,
}

/// A restriction as stored; in force while it has not been lifted.
#[derive(Debug, Clone, Copy)]
pub struct StoredRestriction {
    /// The restriction.
    pub id: RestrictionId,
    /// Whose data.
    pub subject: SubjectId,
    /// The request that it comes from.
    pub request: RequestId,
    /// Why, Art. 18(1).
    pub ground: RestrictionGround,
    /// Since when.
    pub started_at: Timestamp,
    /// Until when.
    pub lifted_at: Option<Timestamp>,
    /// When the person was told that it would be lifted (Art. 18(3)).
    pub subject_informed_at: Option<Timestamp>,
}

impl<S: Sees> TenantTx<S> {
    /// A restriction by identifier.
    ///
    /// # Errors
    /// When the database fails or the row is inconsistent.
    pub async fn find_restriction(&self, id: RestrictionId) -> Result<Option<StoredRestriction>, StoreError> {
        let row = self.bound.find::<Entity>().filter(Column::Id.eq(id.uuid())).one(&self.bound).await?;
        row.map(StoredRestriction::try_from).transpose()
    }

    /// The restriction in force that comes from a request; there is one at most.
    ///
    /// # Errors
    /// When the database fails or the row is inconsistent.
    pub async fn find_restriction_of(
        &self,
        request: RequestId,
    ) -> Result<Option<StoredRestriction>, StoreError> {
        let rows = self.bound.find::<Entity>().filter(Column::RequestId.eq(request.uuid()));
        let row = rows.filter(Column::LiftedAt.is_null()).one(&self.bound).await?;
        row.map(StoredRestriction::try_from).transpose()
    }

    /// The restrictions of several persons, newest first, in one statement; lifted ones too.
    ///
    /// # Errors
    /// When the database fails or a row is inconsistent.
    pub async fn list_restrictions(
        &self,
        subjects: &[SubjectId],
    ) -> Result<Vec<StoredRestriction>, StoreError> {
        let rows =
            self.bound.find::<Entity>().filter(Column::SubjectId.is_in(subjects.iter().map(|id| id.uuid())));
        let mut rows = rows.all(&self.bound).await?;
        // Sorted here: asked for this order, SQLite reads every row of the tenant instead of the persons' own.
        rows.sort_unstable_by_key(|row| Reverse(row.id));
        rows.into_iter().map(StoredRestriction::try_from).collect()
    }
}

impl<S: CarriesOutRights> TenantTx<S> {
    /// Records a restriction from this instant on. The person follows with [`TenantTx::refresh_processing`].
    ///
    /// # Errors
    /// When the database fails.
    pub async fn put_restriction(&self, restriction: NewRestriction) -> Result<(), StoreError> {
        let row = ActiveModel {
            id: Set(restriction.id.uuid()),
            subject_id: Set(restriction.subject.uuid()),
            request_id: Set(restriction.request.uuid()),
            ground: Set(restriction.ground.code().to_owned()),
            started_at: Set(time::to_row(self.now)),
            lifted_at: Set(None),
            subject_informed_at: Set(None),
            ..Default::default()
        };
        self.bound.put::<Entity>(row).await
    }

    /// Lifts a restriction of which the person was told at `informed_at` (Art. 18(3)); only one in force, so that of
    /// two at once one finds nothing to change. The person follows with [`TenantTx::refresh_processing`].
    ///
    /// # Errors
    /// [`StoreError::LeaseLost`] when it was lifted before, or does not exist.
    pub async fn lift_restriction(
        &self,
        id: RestrictionId,
        informed_at: Timestamp,
    ) -> Result<(), StoreError> {
        let change = self
            .bound
            .amend::<Entity>()
            .filter(Column::Id.eq(id.uuid()))
            .filter(Column::LiftedAt.is_null())
            .set(Column::LiftedAt, Expr::value(time::to_row(self.now)))
            .set(Column::SubjectInformedAt, Expr::value(time::to_row(informed_at)));
        match change.run(&self.bound).await? {
            0 => Err(StoreError::LeaseLost),
            _ => Ok(()),
        }
    }

    /// Makes the person's row say what the restrictions in force say. A person whose data is erased, or erased in
    /// part, keeps that status: it tells more than that the rest is restricted.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn refresh_processing(&self, subject: SubjectId) -> Result<(), StoreError> {
        let of_person = self.bound.find::<Entity>().filter(Column::SubjectId.eq(subject.uuid()));
        let restricted = of_person.filter(Column::LiftedAt.is_null()).count(&self.bound).await? > 0;
        let person = data_subject::Column::Id.eq(subject.uuid());
        self.bound
            .amend::<data_subject::Entity>()
            .filter(person.clone())
            .set(data_subject::Column::Restricted, Expr::value(restricted))
            .run(&self.bound)
            .await?;
        let (was, is) = if restricted {
            (SubjectStatus::Active, SubjectStatus::Restricted)
        } else {
            (SubjectStatus::Restricted, SubjectStatus::Active)
        };
        self.bound
            .amend::<data_subject::Entity>()
            .filter(person)
            .filter(data_subject::Column::Status.eq(was.code()))
            .set(data_subject::Column::Status, Expr::value(is.code()))
            .run(&self.bound)
            .await?;
        Ok(())
    }
}

impl TryFrom<Model> for StoredRestriction {
    type Error = StoreError;

    fn try_from(row: Model) -> Result<Self, StoreError> {
        let ground = RestrictionGround::from_code(&row.ground);
        Ok(Self {
            id: RestrictionId::from_uuid(row.id),
            subject: SubjectId::from_uuid(row.subject_id),
            request: RequestId::from_uuid(row.request_id),
            ground: ground.ok_or(StoreError::Inconsistent { table: "restriction", column: "ground" })?,
            started_at: time::from_row(row.started_at),
            lifted_at: row.lifted_at.map(time::from_row),
            subject_informed_at: row.subject_informed_at.map(time::from_row),
        })
    }
}
