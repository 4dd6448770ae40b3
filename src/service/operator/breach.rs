//! Personal data breaches: reported to the tenants concerned, supplemented when more is known (Art. 33(2) and (4)).

use domain::category::DataCategory;
use domain::id::{BreachId, TenantId};
use domain::invalid::Invalid;
use domain::text::Description;
use jiff::Timestamp;
use store::{
    AdditionEvents, BreachAddition, NewBreach, NewSupplement, OperatorTenant, StoreError, StoredBreach,
    StoredSupplement,
};

use super::OperatorCaller;
use crate::service::Gateway;
use crate::service::input::{Faults, identifier, instant};
use crate::service::refusal::{Refusal, UserError, UserErrorCode};

/// One tenant's notice of a breach.
#[derive(Debug, Clone)]
pub struct Notice {
    /// Who.
    pub tenant: OperatorTenant,
    /// When told.
    pub notified_at: Timestamp,
    /// When acknowledged.
    pub acknowledged_at: Option<Timestamp>,
}

/// A breach as a client reports it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BreachInput {
    /// Tenants concerned.
    pub tenant_ids: Vec<String>,
    /// Its nature.
    pub description: String,
    /// When the platform became aware.
    pub detected_at: String,
    /// Categories concerned.
    pub data_categories: Vec<DataCategory>,
    /// Persons concerned, about, per tenant.
    pub approximate_subjects: Option<i64>,
    /// Likely consequences.
    pub consequences: String,
    /// Measures taken or proposed.
    pub measures: String,
}

/// What became known later, as a client sends it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SupplementInput {
    /// Of which breach.
    pub breach_id: String,
    /// Further tenants concerned.
    pub tenant_ids: Vec<String>,
    /// More on its nature.
    pub description: Option<String>,
    /// Categories concerned, as known now.
    pub data_categories: Option<Vec<DataCategory>>,
    /// Persons concerned, about, as known now.
    pub approximate_subjects: Option<i64>,
    /// More on its consequences.
    pub consequences: Option<String>,
    /// More on the measures.
    pub measures: Option<String>,
}

impl Gateway {
    /// All breaches, newest first.
    ///
    /// # Errors
    /// When the database fails or a row is inconsistent.
    pub async fn breaches(&self) -> Result<Vec<StoredBreach>, StoreError> {
        self.store.operator().list_breaches().await
    }

    /// A breach by identifier.
    ///
    /// # Errors
    /// When the database fails or the row is inconsistent.
    pub async fn find_breach(&self, id: BreachId) -> Result<Option<StoredBreach>, StoreError> {
        self.store.operator().find_breach(id).await
    }

    /// The notices of several breaches, the first told first.
    ///
    /// # Errors
    /// When the database fails or a row is inconsistent.
    pub async fn breach_notices(&self, of: &[BreachId]) -> Result<Vec<(BreachId, Notice)>, StoreError> {
        let notices = self.store.operator().list_breach_notices(of).await?;
        let ids: Vec<TenantId> = notices.iter().map(|notice| notice.tenant).collect();
        let tenants = self.find_tenants(&ids).await?;
        let with = |notice: store::BreachNotice| {
            let tenant = tenants.get(&notice.tenant)?.clone();
            let (notified_at, acknowledged_at) = (notice.notified_at, notice.acknowledged_at);
            Some((notice.breach, Notice { tenant, notified_at, acknowledged_at }))
        };
        Ok(notices.into_iter().filter_map(with).collect())
    }

    /// What became known of several breaches later, oldest first.
    ///
    /// # Errors
    /// When the database fails or a row is inconsistent.
    pub async fn breach_supplements(&self, of: &[BreachId]) -> Result<Vec<StoredSupplement>, StoreError> {
        self.store.operator().list_supplements(of).await
    }

    /// Reports a breach to the tenants concerned.
    ///
    /// # Errors
    /// [`Refusal`] says why not.
    pub async fn report_breach(
        &self,
        caller: &OperatorCaller,
        input: &BreachInput,
    ) -> Result<BreachId, Refusal> {
        let mut faults = Faults::default();
        let description = faults.take("description", Description::parse(&input.description));
        let detected_at = faults.take("detectedAt", past(&input.detected_at, self.store.clock().now()));
        let persons = input.approximate_subjects.map(persons);
        let approximate_subjects = faults.take_optional("approximateSubjects", persons);
        let consequences = faults.take("consequences", Description::parse(&input.consequences));
        let measures = faults.take("measures", Description::parse(&input.measures));
        for (member, is_empty) in
            [("tenantIds", input.tenant_ids.is_empty()), ("dataCategories", input.data_categories.is_empty())]
        {
            if is_empty {
                faults.add(UserError::invalid(member, Invalid::Empty));
            }
        }
        let tenants = self.known_tenants(&input.tenant_ids, &mut faults).await?;
        faults.finish()?;
        let new = (|| {
            Some(NewBreach {
                description: description?.as_str().to_owned(),
                detected_at: detected_at?,
                categories: input.data_categories.iter().copied().collect(),
                approximate_subjects,
                consequences: consequences?.as_str().to_owned(),
                measures: measures?.as_str().to_owned(),
            })
        })();
        let new = new.ok_or_else(|| UserError::new(UserErrorCode::Invalid))?;
        Ok(self.telling_operator().report_breach(new, &tenants, &caller.event("breach.report")).await?)
    }

    /// Adds what became known later to a breach, and tells further tenants of it. Who was told before is not told twice.
    ///
    /// # Errors
    /// [`Refusal`] says why not.
    pub async fn supplement_breach(
        &self,
        caller: &OperatorCaller,
        input: &SupplementInput,
    ) -> Result<BreachId, Refusal> {
        let mut faults = Faults::default();
        let supplement = read(input, &mut faults);
        let named = self.known_tenants(&input.tenant_ids, &mut faults).await?;
        if supplement == NewSupplement::default() && named.is_empty() && faults.is_empty() {
            faults.add(UserError { path: vec!["input".into()], ..UserError::invalid("", Invalid::Empty) });
        }
        faults.finish()?;
        let operator = self.telling_operator();
        let breach = identifier("breachId", BreachId::parse(&input.breach_id))?;
        let missing = || UserError::at(UserErrorCode::NotFound, "breachId");
        operator.find_breach(breach).await?.ok_or_else(missing)?;
        let told = operator.list_breach_notices(&[breach]).await?;
        let is_new = |tenant: &TenantId| told.iter().all(|notice| notice.tenant != *tenant);
        let further: Vec<TenantId> = named.into_iter().filter(is_new).collect();
        let conflict = || UserError::at(UserErrorCode::Conflict, "tenantIds");
        let supplement = (supplement != NewSupplement::default()).then_some(supplement);
        if supplement.is_none() && further.is_empty() {
            return Err(conflict().into());
        }
        let addition = BreachAddition { breach, supplement, further };
        let events = AdditionEvents {
            reported: caller.event("breach.report"),
            supplemented: caller.event("breach.supplement"),
        };
        match operator.add_to_breach(addition, &events).await {
            Err(StoreError::Taken(_)) => Err(conflict().into()),
            added => added.map(|()| breach).map_err(Into::into),
        }
    }

    /// The tenants of identifiers, each once; a fault for each that there is not.
    async fn known_tenants(&self, ids: &[String], faults: &mut Faults) -> Result<Vec<TenantId>, StoreError> {
        let parsed: Vec<Option<TenantId>> = ids.iter().map(|id| TenantId::parse(id).ok()).collect();
        let named: Vec<TenantId> = parsed.iter().copied().flatten().collect();
        let found = self.find_tenants(&named).await?;
        let mut known = Vec::with_capacity(ids.len());
        for (at, id) in parsed.into_iter().enumerate() {
            match id.filter(|id| found.contains_key(id)) {
                Some(id) if known.contains(&id) => {}
                Some(id) => known.push(id),
                None => {
                    let missing = UserError::at(UserErrorCode::NotFound, "tenantIds");
                    faults.add(missing.within(&[&at.to_string()]));
                }
            }
        }
        Ok(known)
    }
}

fn read(input: &SupplementInput, faults: &mut Faults) -> NewSupplement {
    let mut text = |member, text: &Option<String>| {
        let read = faults.take_optional(member, text.as_deref().map(Description::parse));
        read.map(|text| text.as_str().to_owned())
    };
    let description = text("description", &input.description);
    let consequences = text("consequences", &input.consequences);
    let measures = text("measures", &input.measures);
    let categories = input.data_categories.as_ref().map(|all| all.iter().copied().collect());
    if input.data_categories.as_ref().is_some_and(Vec::is_empty) {
        faults.add(UserError::invalid("dataCategories", Invalid::Empty));
    }
    let persons = input.approximate_subjects.map(persons);
    let approximate_subjects = faults.take_optional("approximateSubjects", persons);
    NewSupplement { description, categories, approximate_subjects, consequences, measures }
}

fn persons(number: i64) -> Result<u32, Invalid> {
    // The schema's numbers go no further.
    let most = i64::from(i32::MAX);
    let known = u32::try_from(number).ok().filter(|_| number <= most);
    known.ok_or(Invalid::OutOfRange { min: 0, max: most })
}

fn past(text: &str, now: Timestamp) -> Result<Timestamp, Invalid> {
    let at = instant(text)?;
    if at <= now { Ok(at) } else { Err(Invalid::InTheFuture) }
}
