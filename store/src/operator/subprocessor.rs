//! Sub-processors (Art. 28(2) and (4)): told to the tenants that they concern before they begin, and ended.

use domain::agreement::SubprocessorAuthorisation;
use domain::calendar::civil_date;
use domain::category::Categories;
use domain::country::CountryCode;
use domain::id::{SubprocessorId, TenantId};
use domain::notice::NoticeKind;
use domain::subprocessor::{TransferMechanism, last_day_to_object};
use entity::{agreement, subprocessor, subprocessor_notice, tenant};
use jiff::Timestamp;
use jiff::civil::Date;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, Condition, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};
use serde_json::json;

use super::platform_tx::PlatformTx;
use super::tenant::OperatorTenant;
use super::{Operator, codes};
use crate::audit::AuditEvent;
use crate::error::StoreError;
use crate::subprocessor::terms::{self, Terms, told_under};
use crate::subprocessor::{StoredNotice, StoredSubprocessor};
use crate::time;

/// A sub-processor to be recorded.
#[derive(Debug, Clone)]
pub struct NewSubprocessor {
    /// Registered name.
    pub name: String,
    /// Where it is established.
    pub country: CountryCode,
    /// Where it stores or reads personal data.
    pub processing_countries: Vec<CountryCode>,
    /// What it does.
    pub purpose: String,
    /// Categories that it may see.
    pub categories: Categories,
    /// What makes the location lawful.
    pub transfer_mechanism: TransferMechanism,
    /// When the agreement with it was signed.
    pub agreement_signed_on: Date,
    /// When tenants were told of it; before all agreements where `None`.
    pub announced_at: Option<Timestamp>,
    /// First day that it may process.
    pub effective_on: Date,
}

/// A tenant that a sub-processor concerns, and the terms under which it is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Concerned {
    /// The tenant.
    pub tenant: TenantId,
    /// How its agreement has sub-processors authorised.
    pub authorisation: SubprocessorAuthorisation,
    /// Days to object.
    pub objection_period_days: u16,
}

/// An announcement being made. While it lives no agreement is offered, so that whoever it concerns is told.
pub struct Announcing<'o> {
    operator: &'o Operator<'o>,
    tx: PlatformTx,
}

impl Operator<'_> {
    /// Begins an announcement.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn announcing(&self) -> Result<Announcing<'_>, StoreError> {
        Ok(Announcing { operator: self, tx: self.writing().await? })
    }

    /// Records a sub-processor that the platform had before it told anybody through the gateway: nobody is given notice.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn put_subprocessor(&self, new: NewSubprocessor) -> Result<SubprocessorId, StoreError> {
        let tx = self.writing().await?;
        let id = SubprocessorId::from_uuid(tx.new_uuid(self));
        tx.put::<subprocessor::Entity>(row(id, new)).await?;
        tx.commit().await?;
        Ok(id)
    }

    /// All sub-processors, ended ones too, by first day and name.
    ///
    /// # Errors
    /// When the database fails or a row is inconsistent.
    pub async fn list_subprocessors(&self) -> Result<Vec<StoredSubprocessor>, StoreError> {
        let tx = self.reading().await?;
        let rows = tx.find::<subprocessor::Entity>().order_by_asc(subprocessor::Column::EffectiveOn);
        let rows = rows.order_by_asc(subprocessor::Column::Name).order_by_asc(subprocessor::Column::Id);
        rows.all(tx.connection()).await?.into_iter().map(StoredSubprocessor::try_from).collect()
    }

    /// A sub-processor by identifier.
    ///
    /// # Errors
    /// When the database fails or the row is inconsistent.
    pub async fn find_subprocessor(
        &self,
        id: SubprocessorId,
    ) -> Result<Option<StoredSubprocessor>, StoreError> {
        let tx = self.reading().await?;
        let row = tx.find::<subprocessor::Entity>().filter(subprocessor::Column::Id.eq(id.uuid()));
        row.one(tx.connection()).await?.map(StoredSubprocessor::try_from).transpose()
    }

    /// What tenants were told of several sub-processors and what they have answered, oldest tenant first.
    ///
    /// # Errors
    /// When the database fails or a row is inconsistent.
    pub async fn list_notices(&self, of: &[SubprocessorId]) -> Result<Vec<StoredNotice>, StoreError> {
        let tx = self.reading().await?;
        let of = subprocessor_notice::Column::SubprocessorId.is_in(of.iter().map(|id| id.uuid()));
        let rows = tx.find::<subprocessor_notice::Entity>().filter(of);
        let rows = rows.order_by_asc(subprocessor_notice::Column::TenantId).all(tx.connection()).await?;
        rows.into_iter().map(StoredNotice::try_from).collect()
    }

    /// Sets the last day of a sub-processor; `event` tells the tenants that had notice of it. A last day is brought
    /// forward, never put off.
    ///
    /// # Errors
    /// [`StoreError::LeaseLost`] when it ends no later by now, or does not exist.
    pub async fn end_subprocessor(
        &self,
        id: SubprocessorId,
        ended_on: Date,
        event: &AuditEvent,
    ) -> Result<(), StoreError> {
        let tx = self.writing().await?;
        let ended = subprocessor::Column::EndedOn;
        let last = time::date_to_row(ended_on);
        let change = tx
            .amend::<subprocessor::Entity>()
            .filter(subprocessor::Column::Id.eq(id.uuid()))
            .filter(Condition::any().add(ended.is_null()).add(ended.gt(last)))
            .col_expr(ended, Expr::value(last));
        if change.exec(tx.connection()).await?.rows_affected == 0 {
            return Err(StoreError::LeaseLost);
        }
        let told = tx.find::<subprocessor_notice::Entity>();
        let told = told.filter(subprocessor_notice::Column::SubprocessorId.eq(id.uuid()));
        let told = told.order_by_asc(subprocessor_notice::Column::TenantId).all(tx.connection()).await?;
        let told: Vec<_> = told.into_iter().map(|notice| TenantId::from_uuid(notice.tenant_id)).collect();
        tx.tell(self, &told, event).await?;
        tx.commit().await
    }
}

impl Announcing<'_> {
    /// The instant at which tenants are told.
    #[must_use]
    pub const fn now(&self) -> Timestamp {
        self.tx.now
    }

    /// The tenants that a sub-processor concerns which sees these categories, oldest first.
    ///
    /// # Errors
    /// When the database fails or a row is inconsistent.
    pub async fn concerned(&self, categories: &Categories) -> Result<Vec<Concerned>, StoreError> {
        let tenants = self.tx.open_tenants().await?;
        let columns = self.tx.find::<agreement::Entity>().select_only().columns(terms::COLUMNS);
        let rows = columns.into_tuple::<terms::Row>().all(self.tx.connection()).await?;
        let mut agreements = rows.into_iter().map(Terms::try_from).collect::<Result<Vec<_>, _>>()?;
        agreements.sort_by_key(|terms| terms.tenant);
        let today = civil_date(self.tx.now);
        let told = |tenant: &OperatorTenant| {
            let own = agreements.partition_point(|terms| terms.tenant < tenant.stored.id.uuid());
            let length = agreements[own..].partition_point(|terms| terms.tenant == tenant.stored.id.uuid());
            let under = told_under(&agreements[own..own + length], categories, (tenant.status, today))?;
            Some(Concerned {
                tenant: tenant.stored.id,
                authorisation: under.authorisation,
                objection_period_days: under.objection_period_days,
            })
        };
        Ok(tenants.iter().filter_map(told).collect())
    }

    /// Records the sub-processor as announced now, with a notice for each tenant; `event` tells them in their own logs.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn announce(
        self,
        new: NewSubprocessor,
        concerned: &[Concerned],
        event: &AuditEvent,
    ) -> Result<SubprocessorId, StoreError> {
        let id = SubprocessorId::from_uuid(self.tx.new_uuid(self.operator));
        let new = NewSubprocessor { announced_at: Some(self.tx.now), ..new };
        self.tx.put::<subprocessor::Entity>(row(id, new)).await?;
        let notices = concerned.iter().map(|told| notice(id, told, self.tx.now));
        self.tx.put_all::<subprocessor_notice::Entity>(notices.collect()).await?;
        let told: Vec<_> = concerned.iter().map(|told| told.tenant).collect();
        self.tx.tell(self.operator, &told, event).await?;
        let announced = (NoticeKind::SubprocessorAnnounced, id.uuid());
        self.tx.put_notices(self.operator, &told, announced).await?;
        self.tx.commit().await?;
        Ok(id)
    }
}

impl PlatformTx {
    /// Tenants that are not closed, held: an offer to one of them waits until this transaction ends.
    async fn open_tenants(&self) -> Result<Vec<OperatorTenant>, StoreError> {
        let open = self.find::<tenant::Entity>().filter(tenant::Column::ClosedAt.is_null());
        let rows = open.order_by_asc(tenant::Column::Id).lock_shared().all(self.connection()).await?;
        self.with_status(rows).await
    }
}

fn notice(of: SubprocessorId, told: &Concerned, at: Timestamp) -> subprocessor_notice::ActiveModel {
    let last_day = last_day_to_object(civil_date(at), told.objection_period_days);
    subprocessor_notice::ActiveModel {
        tenant_id: Set(told.tenant.uuid()),
        subprocessor_id: Set(of.uuid()),
        notified_at: Set(time::to_row(at)),
        authorisation: Set(told.authorisation.code().to_owned()),
        last_day_to_object: Set(time::date_to_row(last_day)),
        answer: Set(None),
        answered_at: Set(None),
        answered_by: Set(None),
        reason: Set(None),
    }
}

fn row(id: SubprocessorId, new: NewSubprocessor) -> subprocessor::ActiveModel {
    let countries: Vec<_> = new.processing_countries.iter().map(CountryCode::as_str).collect();
    subprocessor::ActiveModel {
        id: Set(id.uuid()),
        name: Set(new.name),
        country: Set(new.country.as_str().to_owned()),
        processing_countries: Set(json!(countries)),
        purpose: Set(new.purpose),
        data_categories: Set(codes(&new.categories)),
        transfer_mechanism: Set(new.transfer_mechanism.code().to_owned()),
        agreement_signed_on: Set(time::date_to_row(new.agreement_signed_on)),
        announced_at: Set(new.announced_at.map(time::to_row)),
        effective_on: Set(time::date_to_row(new.effective_on)),
        ended_on: Set(None),
    }
}
