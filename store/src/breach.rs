//! Personal data breaches (Art. 33) as a tenant that was told of them sees them.

use domain::actor::ActorId;
use domain::category::Categories;
use domain::id::BreachId;
use entity::{breach, breach_notice, breach_supplement};
use jiff::Timestamp;
use sea_orm::sea_query::{Expr, Order};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _};

use crate::backend::categories_of;
use crate::error::StoreError;
use crate::scoped::Rows;
use crate::tenant_tx::{TenantTx, Writes};
use crate::time;

/// A breach as it was reported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredBreach {
    /// The breach.
    pub id: BreachId,
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

/// What became known of a breach later (Art. 33(4)).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredSupplement {
    /// Of which breach.
    pub breach: BreachId,
    /// When.
    pub at: Timestamp,
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

/// A breach, the tenant's own notice of it, and all that became known later.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TenantBreach {
    /// The breach.
    pub stored: StoredBreach,
    /// When the tenant was told.
    pub notified_at: Timestamp,
    /// When it acknowledged.
    pub acknowledged_at: Option<Timestamp>,
    /// What became known later, oldest first.
    pub supplements: Vec<StoredSupplement>,
}

impl<S> TenantTx<S> {
    /// The breaches that the tenant was told of, the latest notice first.
    ///
    /// # Errors
    /// When the database fails or a row is inconsistent.
    pub async fn list_breaches(&self) -> Result<Vec<TenantBreach>, StoreError> {
        self.breaches(self.bound.find::<breach_notice::Entity>()).await
    }

    /// A breach by identifier; `None` for one that the tenant was not told of.
    ///
    /// # Errors
    /// When the database fails or a row is inconsistent.
    pub async fn find_breach(&self, id: BreachId) -> Result<Option<TenantBreach>, StoreError> {
        let notices = self.bound.find::<breach_notice::Entity>();
        let found = self.breaches(notices.filter(breach_notice::Column::BreachId.eq(id.uuid()))).await?;
        Ok(found.into_iter().next())
    }

    /// Begins from the tenant's notices: the other two tables have no tenant.
    async fn breaches(&self, notices: Rows<breach_notice::Entity>) -> Result<Vec<TenantBreach>, StoreError> {
        let notices = notices
            .order_by(breach_notice::Column::NotifiedAt, Order::Desc)
            .order_by(breach_notice::Column::BreachId, Order::Desc)
            .all(&self.bound)
            .await?;
        let told: Vec<_> = notices.iter().map(|notice| notice.breach_id).collect();
        let breaches = breach::Entity::find().filter(breach::Column::Id.is_in(told.iter().copied()));
        let breaches = breaches.all(self.bound.connection()).await?;
        let supplements = breach_supplement::Entity::find()
            .filter(breach_supplement::Column::BreachId.is_in(told))
            .order_by_asc(breach_supplement::Column::Id)
            .all(self.bound.connection())
            .await?;
        let supplements: Vec<_> =
            supplements.into_iter().map(StoredSupplement::try_from).collect::<Result<_, _>>()?;
        let with = |notice: breach_notice::Model| {
            let row = breaches.iter().find(|breach| breach.id == notice.breach_id).cloned();
            let row = row.ok_or(StoreError::Inconsistent { table: "breach_notice", column: "breach_id" })?;
            let stored = StoredBreach::try_from(row)?;
            let own = supplements.iter().filter(|supplement| supplement.breach == stored.id).cloned();
            Ok(TenantBreach {
                notified_at: time::from_row(notice.notified_at),
                acknowledged_at: notice.acknowledged_at.map(time::from_row),
                supplements: own.collect(),
                stored,
            })
        };
        notices.into_iter().map(with).collect()
    }
}

impl<S: Writes> TenantTx<S> {
    /// Acknowledges a breach notice; only one that was not, so that of two at once one finds nothing to change.
    ///
    /// # Errors
    /// [`StoreError::LeaseLost`] when it was acknowledged before, or the tenant has no such notice.
    pub async fn acknowledge_breach(&self, id: BreachId, by: &ActorId) -> Result<(), StoreError> {
        let change = self
            .bound
            .amend::<breach_notice::Entity>()
            .filter(breach_notice::Column::BreachId.eq(id.uuid()))
            .filter(breach_notice::Column::AcknowledgedAt.is_null())
            .set(breach_notice::Column::AcknowledgedAt, Expr::value(time::to_row(self.now)))
            .set(breach_notice::Column::AcknowledgedBy, Expr::value(by.as_str()));
        match change.run(&self.bound).await? {
            0 => Err(StoreError::LeaseLost),
            _ => Ok(()),
        }
    }
}

impl TryFrom<breach::Model> for StoredBreach {
    type Error = StoreError;

    fn try_from(row: breach::Model) -> Result<Self, StoreError> {
        let inconsistent = |column| StoreError::Inconsistent { table: "breach", column };
        let persons = row.approximate_subjects.map(u32::try_from).transpose();
        Ok(Self {
            id: BreachId::from_uuid(row.id),
            description: row.description,
            detected_at: time::from_row(row.detected_at),
            categories: categories_of(&row.data_categories).ok_or(inconsistent("data_categories"))?,
            approximate_subjects: persons.map_err(|_| inconsistent("approximate_subjects"))?,
            consequences: row.consequences,
            measures: row.measures,
        })
    }
}

impl TryFrom<breach_supplement::Model> for StoredSupplement {
    type Error = StoreError;

    fn try_from(row: breach_supplement::Model) -> Result<Self, StoreError> {
        let inconsistent = |column| StoreError::Inconsistent { table: "breach_supplement", column };
        let persons = row.approximate_subjects.map(u32::try_from).transpose();
        let categories = row
            .data_categories
            .map(|list| categories_of(&list))
            .map(|read| read.ok_or(inconsistent("data_categories")));
        Ok(Self {
            breach: BreachId::from_uuid(row.breach_id),
            at: time::from_row(row.supplemented_at),
            description: row.description,
            categories: categories.transpose()?,
            approximate_subjects: persons.map_err(|_| inconsistent("approximate_subjects"))?,
            consequences: row.consequences,
            measures: row.measures,
        })
    }
}
