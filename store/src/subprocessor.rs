//! Sub-processors as a tenant sees them: the platform's, each with the notice that this tenant was given and its answer
//! (Art. 28(2)).

pub(crate) mod terms;

use domain::actor::ActorId;
use domain::agreement::SubprocessorAuthorisation;
use domain::calendar::civil_date;
use domain::category::Categories;
use domain::id::{SubprocessorId, TenantId};
use domain::subprocessor::{
    Annex, Answer, NoticeFacts, StandingFacts, SubprocessorStanding, TransferMechanism, standing,
};
use entity::subprocessor::{Column, Entity, Model};
use entity::{agreement, subprocessor_notice};
use jiff::Timestamp;
use jiff::civil::Date;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryOrder as _};
use terms::Terms;

use crate::backend::categories_of;
use crate::error::StoreError;
use crate::tenant_tx::{TenantTx, Writes};
use crate::time;

/// What rows call the two answers.
const OBJECTED: &str = "OBJECTED";
const AUTHORISED: &str = "AUTHORISED";

/// A sub-processor of the platform.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredSubprocessor {
    /// The sub-processor.
    pub id: SubprocessorId,
    /// Registered name.
    pub name: String,
    /// Where it is established.
    pub country: String,
    /// Where it stores or reads personal data.
    pub processing_countries: Vec<String>,
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
    /// Last day.
    pub ended_on: Option<Date>,
}

/// What a tenant was told of a sub-processor, and what it answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredNotice {
    /// Of which sub-processor.
    pub subprocessor: SubprocessorId,
    /// Who was told.
    pub tenant: TenantId,
    /// When.
    pub notified_at: Timestamp,
    /// Under which terms, and the latest answer.
    pub facts: NoticeFacts,
    /// When the answer was given.
    pub answered_at: Option<Timestamp>,
    /// Why the tenant objected; `None` when it has not, or not any longer.
    pub reason: Option<String>,
}

/// A sub-processor and where it stands with one tenant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TenantSubprocessor {
    /// The sub-processor.
    pub stored: StoredSubprocessor,
    /// The tenant's own notice, where it was given one.
    pub notice: Option<StoredNotice>,
    /// Whether the tenant's agreement lists it.
    pub in_annex: Annex,
}

/// What a tenant says of a sub-processor.
#[derive(Debug, Clone)]
pub enum NoticeAnswer {
    /// It objects, and why.
    Object(String),
    /// It authorises.
    Authorise,
}

impl TenantSubprocessor {
    /// What decides where it stands.
    #[must_use]
    pub fn facts(&self) -> StandingFacts<'_> {
        StandingFacts {
            notice: self.notice.as_ref().map(|notice| &notice.facts),
            in_annex: self.in_annex,
            ended_on: self.stored.ended_on,
        }
    }

    /// Whether it processes the tenant's data on a day.
    #[must_use]
    pub fn is_engaged(&self, on: Date) -> bool {
        self.stored.effective_on <= on && standing(&self.facts(), on) == SubprocessorStanding::Authorised
    }
}

impl<S> TenantTx<S> {
    /// All sub-processors, ended ones too, by first day and name.
    ///
    /// # Errors
    /// When the database fails or a row is inconsistent.
    pub async fn list_subprocessors(&self) -> Result<Vec<TenantSubprocessor>, StoreError> {
        let rows = Entity::find().order_by_asc(Column::EffectiveOn).order_by_asc(Column::Name);
        let rows = rows.order_by_asc(Column::Id).all(self.bound.connection()).await?;
        if rows.is_empty() {
            return Ok(Vec::new());
        }
        let notices = self.bound.find::<subprocessor_notice::Entity>().all(&self.bound).await?;
        self.with_notices(rows, notices).await
    }

    /// A sub-processor by identifier.
    ///
    /// # Errors
    /// When the database fails or a row is inconsistent.
    pub async fn find_subprocessor(
        &self,
        id: SubprocessorId,
    ) -> Result<Option<TenantSubprocessor>, StoreError> {
        let rows = Entity::find_by_id(id.uuid()).all(self.bound.connection()).await?;
        let of = subprocessor_notice::Column::SubprocessorId.eq(id.uuid());
        let notices = self.bound.find::<subprocessor_notice::Entity>().filter(of).all(&self.bound).await?;
        Ok(self.with_notices(rows, notices).await?.pop())
    }

    async fn with_notices(
        &self,
        rows: Vec<Model>,
        notices: Vec<subprocessor_notice::Model>,
    ) -> Result<Vec<TenantSubprocessor>, StoreError> {
        let agreements = self.bound.find::<agreement::Entity>().columns(terms::COLUMNS);
        let agreements = agreements.tuples::<terms::Row>(&self.bound).await?;
        let agreements = agreements.into_iter().map(Terms::try_from).collect::<Result<Vec<_>, _>>()?;
        let standing = terms::standing(&agreements, (self.status(), civil_date(self.now)));
        with_notices(rows, notices, standing)
    }
}

impl<S: Writes> TenantTx<S> {
    /// A sub-processor by identifier, the tenant's notice held until the transaction ends, so that of two answers at once
    /// one comes after the other.
    ///
    /// # Errors
    /// When the database fails or a row is inconsistent.
    pub async fn lock_subprocessor(
        &self,
        id: SubprocessorId,
    ) -> Result<Option<TenantSubprocessor>, StoreError> {
        let of = subprocessor_notice::Column::SubprocessorId.eq(id.uuid());
        let notices = self.bound.find::<subprocessor_notice::Entity>().filter(of).locked();
        let notices = notices.all(&self.bound).await?;
        let rows = Entity::find_by_id(id.uuid()).all(self.bound.connection()).await?;
        Ok(self.with_notices(rows, notices).await?.pop())
    }

    /// Puts the tenant's answer in its notice, in place of a former one.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn answer_notice(
        &self,
        of: SubprocessorId,
        answer: NoticeAnswer,
        by: &ActorId,
    ) -> Result<(), StoreError> {
        let (code, reason) = match answer {
            NoticeAnswer::Object(reason) => (OBJECTED, Some(reason)),
            NoticeAnswer::Authorise => (AUTHORISED, None),
        };
        self.bound
            .amend::<subprocessor_notice::Entity>()
            .filter(subprocessor_notice::Column::SubprocessorId.eq(of.uuid()))
            .set(subprocessor_notice::Column::Answer, Expr::value(code))
            .set(subprocessor_notice::Column::AnsweredAt, Expr::value(time::to_row(self.now)))
            .set(subprocessor_notice::Column::AnsweredBy, Expr::value(by.as_str()))
            .set(subprocessor_notice::Column::Reason, Expr::value(reason))
            .run(&self.bound)
            .await?;
        Ok(())
    }
}

/// Sub-processors as they stand with one tenant, by its notices and the agreement whose annex counts.
pub(crate) fn with_notices(
    rows: Vec<Model>,
    notices: Vec<subprocessor_notice::Model>,
    agreement: Option<&Terms>,
) -> Result<Vec<TenantSubprocessor>, StoreError> {
    let notices = notices.into_iter().map(StoredNotice::try_from).collect::<Result<Vec<_>, _>>()?;
    let with = |row: Model| {
        let stored = StoredSubprocessor::try_from(row)?;
        let notice = notices.iter().find(|notice| notice.subprocessor == stored.id).cloned();
        Ok(TenantSubprocessor { in_annex: in_annex(&stored, agreement), notice, stored })
    };
    rows.into_iter().map(with).collect()
}

/// An agreement lists what was announced when it was offered and sees something that it covers.
fn in_annex(subprocessor: &StoredSubprocessor, agreement: Option<&Terms>) -> Annex {
    let lists = |terms: &Terms| {
        subprocessor.announced_at.is_none_or(|at| at <= terms.offered_at)
            && !subprocessor.categories.is_disjoint(&terms.categories)
    };
    if agreement.is_some_and(lists) { Annex::Listed } else { Annex::NotListed }
}

impl TryFrom<Model> for StoredSubprocessor {
    type Error = StoreError;

    fn try_from(row: Model) -> Result<Self, StoreError> {
        let inconsistent = |column| StoreError::Inconsistent { table: "subprocessor", column };
        let countries: Result<Vec<String>, _> = serde_json::from_value(row.processing_countries);
        let mechanism = TransferMechanism::from_code(&row.transfer_mechanism);
        Ok(Self {
            id: SubprocessorId::from_uuid(row.id),
            name: row.name,
            country: row.country,
            processing_countries: countries.map_err(|_| inconsistent("processing_countries"))?,
            purpose: row.purpose,
            categories: categories_of(&row.data_categories).ok_or(inconsistent("data_categories"))?,
            transfer_mechanism: mechanism.ok_or(inconsistent("transfer_mechanism"))?,
            agreement_signed_on: time::date_from_row(row.agreement_signed_on),
            announced_at: row.announced_at.map(time::from_row),
            effective_on: time::date_from_row(row.effective_on),
            ended_on: row.ended_on.map(time::date_from_row),
        })
    }
}

impl TryFrom<subprocessor_notice::Model> for StoredNotice {
    type Error = StoreError;

    fn try_from(row: subprocessor_notice::Model) -> Result<Self, StoreError> {
        let inconsistent = |column| StoreError::Inconsistent { table: "subprocessor_notice", column };
        let authorisation = SubprocessorAuthorisation::from_code(&row.authorisation);
        let answer = match row.answer.as_deref() {
            None => Answer::None,
            Some(OBJECTED) => Answer::Objected,
            Some(AUTHORISED) => Answer::Authorised,
            Some(_) => return Err(inconsistent("answer")),
        };
        Ok(Self {
            subprocessor: SubprocessorId::from_uuid(row.subprocessor_id),
            tenant: TenantId::from_uuid(row.tenant_id),
            notified_at: time::from_row(row.notified_at),
            facts: NoticeFacts {
                authorisation: authorisation.ok_or(inconsistent("authorisation"))?,
                last_day_to_object: time::date_from_row(row.last_day_to_object),
                answer,
            },
            answered_at: row.answered_at.map(time::from_row),
            reason: row.reason,
        })
    }
}
