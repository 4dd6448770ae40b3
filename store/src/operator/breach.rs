//! Personal data breaches (Art. 33(2) and (4)): reported to the tenants concerned, supplemented when more is known.

use domain::category::Categories;
use domain::id::{BreachId, TenantId};
use domain::notice::NoticeKind;
use entity::{breach, breach_notice, breach_supplement};
use jiff::Timestamp;
use sea_orm::{ActiveValue::Set, ColumnTrait as _, QueryFilter as _, QueryOrder as _};

use super::platform_tx::PlatformTx;
use super::{Operator, codes};
use crate::audit::AuditEvent;
use crate::breach::{StoredBreach, StoredSupplement};
use crate::error::StoreError;
use crate::time;

/// A breach to be reported.
#[derive(Debug, Clone)]
pub struct NewBreach {
    /// Its nature.
    pub description: String,
    /// When the platform became aware.
    pub detected_at: Timestamp,
    /// Categories concerned.
    pub categories: Categories,
    /// Persons concerned, about, per tenant.
    pub approximate_subjects: Option<u32>,
    /// Likely consequences.
    pub consequences: String,
    /// Measures taken or proposed.
    pub measures: String,
}

/// What became known later.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NewSupplement {
    /// More on its nature.
    pub description: Option<String>,
    /// Categories concerned, as known now.
    pub categories: Option<Categories>,
    /// Persons concerned, about, as known now.
    pub approximate_subjects: Option<u32>,
    /// More on its consequences.
    pub consequences: Option<String>,
    /// More on the measures.
    pub measures: Option<String>,
}

/// What is added to a breach: nothing known, no further tenant, or both can be absent.
#[derive(Debug, Clone)]
pub struct BreachAddition {
    /// Which breach.
    pub breach: BreachId,
    /// What became known; `None` where only further tenants are told.
    pub supplement: Option<NewSupplement>,
    /// Tenants that were not told before.
    pub further: Vec<TenantId>,
}

/// What tells tenants of an addition, in their own logs.
#[derive(Debug, Clone)]
pub struct AdditionEvents {
    /// To those that are told of the breach for the first time.
    pub reported: AuditEvent,
    /// To those that were told before.
    pub supplemented: AuditEvent,
}

/// One tenant's notice of a breach.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BreachNotice {
    /// Of which breach.
    pub breach: BreachId,
    /// Who was told.
    pub tenant: TenantId,
    /// When.
    pub notified_at: Timestamp,
    /// When it acknowledged.
    pub acknowledged_at: Option<Timestamp>,
}

impl Operator<'_> {
    /// All breaches, newest first.
    ///
    /// # Errors
    /// When the database fails or a row is inconsistent.
    pub async fn list_breaches(&self) -> Result<Vec<StoredBreach>, StoreError> {
        let tx = self.reading().await?;
        let rows = tx.find::<breach::Entity>().order_by_desc(breach::Column::Id);
        rows.all(tx.connection()).await?.into_iter().map(StoredBreach::try_from).collect()
    }

    /// A breach by identifier.
    ///
    /// # Errors
    /// When the database fails or the row is inconsistent.
    pub async fn find_breach(&self, id: BreachId) -> Result<Option<StoredBreach>, StoreError> {
        let tx = self.reading().await?;
        let row = tx.find::<breach::Entity>().filter(breach::Column::Id.eq(id.uuid()));
        row.one(tx.connection()).await?.map(StoredBreach::try_from).transpose()
    }

    /// Which tenants were told of several breaches, the first told first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn list_breach_notices(&self, of: &[BreachId]) -> Result<Vec<BreachNotice>, StoreError> {
        self.reading().await?.breach_notices(of).await
    }

    /// What became known of several breaches later, oldest first.
    ///
    /// # Errors
    /// When the database fails or a row is inconsistent.
    pub async fn list_supplements(&self, of: &[BreachId]) -> Result<Vec<StoredSupplement>, StoreError> {
        let tx = self.reading().await?;
        let of = breach_supplement::Column::BreachId.is_in(of.iter().map(|id| id.uuid()));
        let rows = tx.find::<breach_supplement::Entity>().filter(of);
        let rows = rows.order_by_asc(breach_supplement::Column::Id).all(tx.connection()).await?;
        rows.into_iter().map(StoredSupplement::try_from).collect()
    }

    /// Reports a breach to tenants, each named once; `event` tells them in their own logs.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn report_breach(
        &self,
        new: NewBreach,
        tenants: &[TenantId],
        event: &AuditEvent,
    ) -> Result<BreachId, StoreError> {
        let tx = self.writing().await?;
        let id = BreachId::from_uuid(tx.new_uuid(self));
        tx.put::<breach::Entity>(breach::ActiveModel {
            id: Set(id.uuid()),
            description: Set(new.description),
            detected_at: Set(time::to_row(new.detected_at)),
            reported_at: Set(time::to_row(tx.now)),
            data_categories: Set(codes(&new.categories)),
            approximate_subjects: Set(new.approximate_subjects.map(persons)),
            consequences: Set(new.consequences),
            measures: Set(new.measures),
        })
        .await?;
        tx.notify(id, tenants).await?;
        tx.tell(self, tenants, event).await?;
        tx.put_notices(self, tenants, (NoticeKind::BreachReported, id.uuid())).await?;
        tx.commit().await?;
        Ok(id)
    }

    /// Adds what became known to a breach, and tells further tenants of it.
    ///
    /// # Errors
    /// [`StoreError::Taken`] when one of the further tenants was told by now.
    pub async fn add_to_breach(
        &self,
        addition: BreachAddition,
        events: &AdditionEvents,
    ) -> Result<(), StoreError> {
        let tx = self.writing().await?;
        let before = tx.breach_notices(&[addition.breach]).await?;
        tx.notify(addition.breach, &addition.further).await?;
        tx.tell(self, &addition.further, &events.reported).await?;
        let reported = (NoticeKind::BreachReported, addition.breach.uuid());
        tx.put_notices(self, &addition.further, reported).await?;
        if let Some(supplement) = addition.supplement {
            let row = breach_supplement::ActiveModel {
                breach_id: Set(addition.breach.uuid()),
                id: Set(tx.new_uuid(self)),
                supplemented_at: Set(time::to_row(tx.now)),
                description: Set(supplement.description),
                data_categories: Set(supplement.categories.as_ref().map(codes)),
                approximate_subjects: Set(supplement.approximate_subjects.map(persons)),
                consequences: Set(supplement.consequences),
                measures: Set(supplement.measures),
            };
            tx.put::<breach_supplement::Entity>(row).await?;
            let before: Vec<_> = before.iter().map(|notice| notice.tenant).collect();
            tx.tell(self, &before, &events.supplemented).await?;
            let supplemented = (NoticeKind::BreachSupplemented, addition.breach.uuid());
            tx.put_notices(self, &before, supplemented).await?;
            tx.note_breach(addition.breach, &before);
        }
        tx.commit().await
    }
}

impl PlatformTx {
    async fn breach_notices(&self, of: &[BreachId]) -> Result<Vec<BreachNotice>, StoreError> {
        let of = breach_notice::Column::BreachId.is_in(of.iter().map(|id| id.uuid()));
        let rows = self.find::<breach_notice::Entity>().filter(of);
        let rows = rows
            .order_by_asc(breach_notice::Column::NotifiedAt)
            .order_by_asc(breach_notice::Column::TenantId)
            .all(self.connection())
            .await?;
        Ok(rows.into_iter().map(BreachNotice::from).collect())
    }

    async fn notify(&self, of: BreachId, tenants: &[TenantId]) -> Result<(), StoreError> {
        let row = |tenant: &TenantId| breach_notice::ActiveModel {
            tenant_id: Set(tenant.uuid()),
            breach_id: Set(of.uuid()),
            notified_at: Set(time::to_row(self.now)),
            acknowledged_at: Set(None),
            acknowledged_by: Set(None),
        };
        self.note_breach(of, tenants);
        self.put_all::<breach_notice::Entity>(tenants.iter().map(row).collect()).await
    }
}

impl From<breach_notice::Model> for BreachNotice {
    fn from(row: breach_notice::Model) -> Self {
        Self {
            breach: BreachId::from_uuid(row.breach_id),
            tenant: TenantId::from_uuid(row.tenant_id),
            notified_at: time::from_row(row.notified_at),
            acknowledged_at: row.acknowledged_at.map(time::from_row),
        }
    }
}

/// Rows hold signed numbers; a number beyond them is told as the largest.
fn persons(number: u32) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}
