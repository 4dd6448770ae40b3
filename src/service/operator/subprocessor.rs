//! Sub-processors: announced to the tenants that they concern, ended, and what they confirm (Art. 28(2) to (4)).

mod announcement;

use std::collections::HashMap;

use domain::agreement::SubprocessorAuthorisation;
use domain::calendar::civil_date;
use domain::country::CountryCode;
use domain::id::{SubprocessorId, TenantId};
use domain::invalid::Invalid;
use domain::subprocessor::Answer;
use domain::tenant::TenantStatus;
use jiff::Timestamp;
use jiff::civil::Date;
use store::{NewConfirmation, OperatorTenant, StoreError, StoredNotice, StoredSubprocessor};

use super::OperatorCaller;
use crate::package::agreement::Listed as AnnexEntry;
use crate::service::Gateway;
use crate::service::closing::certificate;
use crate::service::input::{date, identifier};
use crate::service::refusal::{Refusal, UserError, UserErrorCode};

pub use crate::service::subprocessor::Listed;
pub use announcement::AnnouncementInput;

/// A tenant's objection.
#[derive(Debug, Clone)]
pub struct Objection {
    /// Who.
    pub tenant: OperatorTenant,
    /// When.
    pub objected_at: Timestamp,
    /// Why.
    pub reason: String,
}

/// The end of an engagement, as a client sends it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EndSubprocessorInput {
    /// Which.
    pub subprocessor_id: String,
    /// Last day.
    pub ended_on: String,
}

/// A sub-processor's word that it has erased, as a client sends it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfirmationInput {
    /// Whose data.
    pub tenant_id: String,
    /// Who has erased it.
    pub subprocessor_id: String,
    /// The day that it names.
    pub confirmed_on: String,
}

impl Gateway {
    /// Sub-processors, by first day and name.
    ///
    /// # Errors
    /// When the database fails or a row is inconsistent.
    pub async fn subprocessors(&self, listed: Listed) -> Result<Vec<StoredSubprocessor>, StoreError> {
        let today = civil_date(self.store.clock().now());
        let mut all = self.store.operator().list_subprocessors().await?;
        all.retain(|one| listed.has(one, today));
        Ok(all)
    }

    /// A sub-processor by identifier.
    ///
    /// # Errors
    /// When the database fails or the row is inconsistent.
    pub async fn find_subprocessor(
        &self,
        id: SubprocessorId,
    ) -> Result<Option<StoredSubprocessor>, StoreError> {
        self.store.operator().find_subprocessor(id).await
    }

    /// The objections to several sub-processors.
    ///
    /// # Errors
    /// When the database fails or a row is inconsistent.
    pub async fn objections(
        &self,
        to: &[SubprocessorId],
    ) -> Result<Vec<(SubprocessorId, Objection)>, StoreError> {
        let notices = self.store.operator().list_notices(to).await?;
        let notices = notices.into_iter().filter(|notice| notice.facts.answer == Answer::Objected).collect();
        let objection = |(notice, tenant): (StoredNotice, OperatorTenant)| {
            let objected_at = notice.answered_at?;
            let reason = notice.reason.unwrap_or_default();
            Some((notice.subprocessor, Objection { tenant, objected_at, reason }))
        };
        Ok(self.with_tenants(notices).await?.into_iter().filter_map(objection).collect())
    }

    /// The tenants whose agreement wants a specific authorisation of several sub-processors and that have said nothing.
    ///
    /// # Errors
    /// When the database fails or a row is inconsistent.
    pub async fn awaiting_authorisation(
        &self,
        of: &[SubprocessorId],
    ) -> Result<Vec<(SubprocessorId, OperatorTenant)>, StoreError> {
        let notices = self.store.operator().list_notices(of).await?;
        let notices = notices.into_iter().filter(awaits).collect();
        let told = self.with_tenants(notices).await?;
        Ok(told.into_iter().map(|(notice, tenant)| (notice.subprocessor, tenant)).collect())
    }

    async fn with_tenants(
        &self,
        notices: Vec<StoredNotice>,
    ) -> Result<Vec<(StoredNotice, OperatorTenant)>, StoreError> {
        let ids: Vec<TenantId> = notices.iter().map(|notice| notice.tenant).collect();
        let tenants: HashMap<_, _> = self.find_tenants(&ids).await?;
        let with = |notice: StoredNotice| {
            let tenant = tenants.get(&notice.tenant)?.clone();
            Some((notice, tenant))
        };
        Ok(notices.into_iter().filter_map(with).collect())
    }

    /// The sub-processors that an offer to the tenant lists: those that go on, but none that it was told of and has not
    /// let in. Its signature would authorise them (Art. 28(2)).
    ///
    /// # Errors
    /// When the database fails or a row is inconsistent.
    pub(super) async fn annex(&self, of: TenantId) -> Result<Vec<AnnexEntry>, StoreError> {
        let all = self.subprocessors(Listed::Current).await?;
        let ids: Vec<SubprocessorId> = all.iter().map(|one| one.id).collect();
        let notices = self.store.operator().list_notices(&ids).await?;
        let kept_out = |id: SubprocessorId| {
            let own = notices.iter().find(|notice| notice.tenant == of && notice.subprocessor == id);
            own.is_some_and(|notice| notice.facts.answer == Answer::Objected || awaits(notice))
        };
        all.into_iter().filter(|one| !kept_out(one.id)).map(annex_entry).collect()
    }

    /// Sets the last day of a sub-processor, today or later. A last day before the first withdraws the announcement; one
    /// that is set is brought forward, never put off: tenants were told of it.
    ///
    /// # Errors
    /// [`Refusal`] says why not.
    pub async fn end_subprocessor(
        &self,
        caller: &OperatorCaller,
        input: &EndSubprocessorInput,
    ) -> Result<SubprocessorId, Refusal> {
        let operator = self.store.operator();
        let today = civil_date(self.store.clock().now());
        let last = not_before(&input.ended_on, today).map_err(|reason| match reason {
            Invalid::TooSoon { .. } => UserError::invalid("endedOn", Invalid::InThePast),
            other => UserError::invalid("endedOn", other),
        })?;
        let id = identifier("subprocessorId", SubprocessorId::parse(&input.subprocessor_id))?;
        let found = operator.find_subprocessor(id).await?;
        found.ok_or_else(|| UserError::at(UserErrorCode::NotFound, "subprocessorId"))?;
        match operator.end_subprocessor(id, last, &caller.event("subprocessor.end")).await {
            Err(StoreError::LeaseLost) => {
                Err(UserError::at(UserErrorCode::Conflict, "subprocessorId").into())
            }
            ended => ended.map(|()| id).map_err(Into::into),
        }
    }

    /// Records that a sub-processor has erased the data of a tenant that leaves or has left.
    ///
    /// # Errors
    /// [`Refusal`] says why not; each sub-processor confirms once.
    pub async fn confirm_erasure(
        &self,
        caller: &OperatorCaller,
        input: &ConfirmationInput,
    ) -> Result<TenantId, Refusal> {
        let operator = self.store.operator();
        let today = civil_date(self.store.clock().now());
        let missing = |member| UserError::at(UserErrorCode::NotFound, member);
        let confirmed_on = past(&input.confirmed_on, today);
        let confirmed_on = confirmed_on.map_err(|reason| UserError::invalid("confirmedOn", reason))?;
        let id = identifier("tenantId", TenantId::parse(&input.tenant_id))?;
        let subprocessor = identifier("subprocessorId", SubprocessorId::parse(&input.subprocessor_id))?;
        let tenant = self.find_tenants(&[id]).await?.remove(&id).ok_or_else(|| missing("tenantId"))?;
        operator.find_subprocessor(subprocessor).await?.ok_or_else(|| missing("subprocessorId"))?;
        if !matches!(tenant.status, TenantStatus::Offboarding | TenantStatus::Closed) {
            return Err(UserError::at(UserErrorCode::Conflict, "tenantId").into());
        }
        let new = NewConfirmation { tenant: id, subprocessor, confirmed_on };
        let confirming = match operator.confirming(new, &caller.event("subprocessor.confirmErasure")).await {
            Err(StoreError::Taken(_)) => {
                return Err(UserError::at(UserErrorCode::Conflict, "subprocessorId").into());
            }
            begun => begun?,
        };
        if let Some(evidence) = confirming.evidence().await?
            && let Some(statement) = certificate::statement(evidence, &self.settings.processor)?
        {
            confirming.certify(statement, caller.event("tenant.certify")).await?;
        }
        confirming.commit().await?;
        Ok(id)
    }
}

/// Whether a tenant's specific yes is wanting: silence is none.
fn awaits(notice: &StoredNotice) -> bool {
    let facts = &notice.facts;
    facts.answer == Answer::None && facts.authorisation == SubprocessorAuthorisation::Specific
}

fn annex_entry(one: StoredSubprocessor) -> Result<AnnexEntry, StoreError> {
    let country = |code: &str| {
        let inconsistent = StoreError::Inconsistent { table: "subprocessor", column: "country" };
        CountryCode::parse(code).map_err(|_| inconsistent)
    };
    Ok(AnnexEntry {
        country: country(&one.country)?,
        processing_countries: one
            .processing_countries
            .iter()
            .map(|code| country(code))
            .collect::<Result<_, _>>()?,
        name: one.name,
        purpose: one.purpose,
        categories: one.categories,
        mechanism: one.transfer_mechanism,
    })
}

fn past(text: &str, today: Date) -> Result<Date, Invalid> {
    let on = date(text)?;
    if on <= today { Ok(on) } else { Err(Invalid::InTheFuture) }
}

fn not_before(text: &str, earliest: Date) -> Result<Date, Invalid> {
    let on = date(text)?;
    if earliest <= on { Ok(on) } else { Err(Invalid::TooSoon { earliest }) }
}
