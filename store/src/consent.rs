//! Consents (Art. 7): a history per person; of those for a purpose the newest is current.

use domain::id::{ConsentId, SubjectId, TenantId};
use domain::purpose::Purpose;
use entity::consent::{ActiveModel, Column, Entity, Model};
use jiff::Timestamp;
use sea_orm::sea_query::{Expr, Order};
use sea_orm::{ActiveValue::Set, ColumnTrait as _};

use crate::error::StoreError;
use crate::tenant_tx::{CarriesOutRights, Processing, Sees, TenantTx};
use crate::time;

/// A consent to be recorded.
#[derive(Debug, Clone)]
pub struct NewConsent {
    /// The consent.
    pub id: ConsentId,
    /// Whose.
    pub subject: SubjectId,
    /// For what.
    pub purpose: Purpose,
    /// When given.
    pub granted_at: Timestamp,
    /// Where it was collected.
    pub source: String,
    /// Which text the person saw.
    pub text_version: String,
}

/// A consent as stored.
#[derive(Debug, Clone)]
pub struct StoredConsent {
    /// The consent.
    pub id: ConsentId,
    /// Whose.
    pub subject: SubjectId,
    /// For what.
    pub purpose: Purpose,
    /// When given.
    pub granted_at: Timestamp,
    /// When withdrawn.
    pub withdrawn_at: Option<Timestamp>,
    /// Where it was collected.
    pub source: String,
    /// Which text the person saw.
    pub text_version: String,
}

impl<S: Sees> TenantTx<S> {
    /// A consent by identifier.
    ///
    /// # Errors
    /// When the database fails or the row is inconsistent.
    pub async fn find_consent(&self, id: ConsentId) -> Result<Option<StoredConsent>, StoreError> {
        let row = self.bound.find::<Entity>().filter(Column::Id.eq(id.uuid())).one(&self.bound).await?;
        row.map(StoredConsent::try_from).transpose()
    }

    /// The consents of several persons, newest first, in one statement.
    ///
    /// # Errors
    /// When the database fails or a row is inconsistent.
    pub async fn list_consents(&self, subjects: &[SubjectId]) -> Result<Vec<StoredConsent>, StoreError> {
        let rows =
            self.bound.find::<Entity>().filter(Column::SubjectId.is_in(subjects.iter().map(|id| id.uuid())));
        let rows = rows.order_by(Column::GrantedAt, Order::Desc).order_by(Column::Id, Order::Desc);
        rows.all(&self.bound).await?.into_iter().map(StoredConsent::try_from).collect()
    }
}

impl TenantTx<Processing> {
    /// Records a consent. An earlier one for the same purpose stays what it was, given and not withdrawn: it is evidence
    /// (Art. 7(1)). The newest is the current one.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn put_consent(&self, consent: NewConsent) -> Result<(), StoreError> {
        self.bound.put::<Entity>(consent.row(self.tenant(), self.now)).await
    }
}

impl NewConsent {
    pub(crate) fn row(self, tenant: TenantId, now: Timestamp) -> ActiveModel {
        ActiveModel {
            tenant_id: Set(tenant.uuid()),
            id: Set(self.id.uuid()),
            subject_id: Set(self.subject.uuid()),
            purpose: Set(self.purpose.code().to_owned()),
            granted_at: Set(time::to_row(self.granted_at)),
            withdrawn_at: Set(None),
            source: Set(self.source),
            text_version: Set(self.text_version),
            created_at: Set(time::to_row(now)),
        }
    }
}

impl<S: CarriesOutRights> TenantTx<S> {
    /// Withdraws every consent to a purpose that was given at or before an instant and stands (Art. 7(3)); gives how
    /// many there were.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn withdraw_consents(
        &self,
        subject: SubjectId,
        purpose: Purpose,
        at: Timestamp,
    ) -> Result<u64, StoreError> {
        let standing = self.bound.amend::<Entity>().filter(Column::SubjectId.eq(subject.uuid()));
        let standing =
            standing.filter(Column::Purpose.eq(purpose.code())).filter(Column::WithdrawnAt.is_null());
        let standing = standing.filter(Column::GrantedAt.lte(time::to_row(at)));
        standing.set(Column::WithdrawnAt, Expr::value(time::to_row(at))).run(&self.bound).await
    }
}

impl TryFrom<Model> for StoredConsent {
    type Error = StoreError;

    fn try_from(row: Model) -> Result<Self, StoreError> {
        let purpose = Purpose::from_code(&row.purpose);
        Ok(Self {
            id: ConsentId::from_uuid(row.id),
            subject: SubjectId::from_uuid(row.subject_id),
            purpose: purpose.ok_or(StoreError::Inconsistent { table: "consent", column: "purpose" })?,
            granted_at: time::from_row(row.granted_at),
            withdrawn_at: row.withdrawn_at.map(time::from_row),
            source: row.source,
            text_version: row.text_version,
        })
    }
}
