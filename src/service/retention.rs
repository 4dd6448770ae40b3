//! Retention (Art. 5(1)(e)): the tenant's rules, what they would erase, and the daily run that erases it. The plan of an
//! erasure is the same whoever asks for it.

use domain::actor::ActorId;
use domain::calendar::{civil_date, next_upkeep};
use domain::category::{Categories, DataCategory};
use domain::disclosure::Processing;
use domain::erasure::{Facts, HoldFacts, Left, RecordFacts, Scope};
use domain::id::{RetentionRuleId, SubjectId};
use domain::invalid::Invalid;
use domain::outcome::OutcomeAction;
use domain::purpose::LegalBasis;
use domain::retention::{
    Anchors, RecordAnchors, RetentionRule, RetentionTrigger, RuleClaim, RuleRefused, check_rule, erasable_on,
    kept_through, record_kept_through,
};
use domain::subject::SubjectStatus;
use domain::text::Text;
use jiff::civil::Date;
use store::{
    AuditEvent, JobKind, Lease, RetentionFacts, RuleEntry, Sees, StoreError, StoredTenant, TenantTx,
    WindingDown, failpoint,
};

use super::Gateway;
use super::caller::Caller;
use super::erasure::{Planned, carry_out, hold_facts, touched};
use super::input::date;
use super::reading::Reading;
use super::refusal::{Refusal, Until, UserError};
use super::request::Handling;
use super::request::fulfilment::by_gateway;

/// Persons who are looked at in one statement.
const PAGE: u32 = 500;

/// A rule as a client sends it.
pub struct RuleInput {
    /// Which category.
    pub category: DataCategory,
    /// What starts the period.
    pub trigger: RetentionTrigger,
    /// Months after the trigger.
    pub months: i64,
    /// Why.
    pub legal_basis: LegalBasis,
    /// The source of the rule.
    pub source: String,
}

/// What a retention run on a day would do.
#[derive(Debug, Clone)]
pub struct Forecast {
    /// The day.
    pub as_of: Date,
    /// One entry per category, in the policy's order.
    pub entries: Vec<ForecastEntry>,
}

/// One category's share.
#[derive(Debug, Clone, Copy)]
pub struct ForecastEntry {
    /// Which category.
    pub category: DataCategory,
    /// Values or records to erase.
    pub to_erase: u32,
    /// Values or records whose time is over and that are kept on a ground.
    pub retained: u32,
}

/// The rules beside what they count from.
struct Rules {
    rules: Vec<RetentionRule>,
    relationship_ended_on: Option<Date>,
}

/// What is due of one person.
struct Due {
    scope: Scope,
    facts: Facts,
    /// Something is held whose time has not come.
    rest: bool,
    /// Restricted data is stored only, which is not erased either (Art. 18(2)).
    processing: Processing,
}

impl Rules {
    fn new(entries: Vec<RuleEntry>, tenant: &StoredTenant) -> Self {
        Self {
            rules: entries.into_iter().map(|entry| entry.rule).collect(),
            relationship_ended_on: tenant.relationship_ends_on,
        }
    }

    fn of(&self, category: DataCategory) -> Option<&RetentionRule> {
        self.rules.iter().find(|rule| rule.category == category)
    }

    /// What of a person's data is past its time on a day, with the facts that decide what becomes of it.
    fn due(&self, person: &RetentionFacts, holds: Vec<HoldFacts>, on: Date) -> Due {
        let anchors = Anchors {
            relationship_ended_on: self.relationship_ended_on,
            last_active_on: civil_date(person.updated_at),
        };
        // Of a partly erased person nothing is left but what a ground keeps: rules have nothing to wait for.
        let partly = person.status == SubjectStatus::PartiallyErased;
        let is_due = |kept: Option<Date>| partly || kept.is_some_and(|kept| erasable_on(kept) <= on);
        let mut categories: Categories = person
            .held
            .iter()
            .copied()
            .filter(|category| is_due(self.of(*category).and_then(|rule| kept_through(rule, &anchors))))
            .collect();
        let mut rest = categories.len() < person.held.len();
        let mut records = Vec::new();
        for record in &person.records {
            let dates = RecordAnchors {
                fiscal_year_ends_on: record.fiscal_year_ends_on,
                retained_through: record.retained_through,
            };
            let rule = self.of(DataCategory::Accounting);
            let kept = rule.and_then(|rule| record_kept_through(rule, &dates, &anchors));
            let by_act = record.retained_through.is_some_and(|through| on <= through);
            if is_due(kept) || by_act {
                records.push(RecordFacts { id: record.id, retained_through: record.retained_through });
                categories.insert(DataCategory::Accounting);
            } else {
                rest = true;
            }
        }
        let (subject, held) = (person.subject, person.held.clone());
        let facts = Facts { subject, held, records, holds, objection: person.objection };
        Due { scope: Scope::Only(categories), facts, rest, processing: person.processing }
    }
}

impl Due {
    fn plan(&self, on: Date) -> Planned {
        Planned::of(&self.facts, &self.scope, on)
    }
}

impl Gateway {
    /// Sets the tenant's own rule for a category.
    ///
    /// # Errors
    /// [`Refusal`] says why not; never shorter than a law demands.
    pub async fn set_rule(
        &self,
        caller: &Caller,
        input: &RuleInput,
        shown: &Categories,
    ) -> Result<RetentionRuleId, Refusal> {
        let tx = self.processing(caller).await?;
        let claim = RuleClaim { category: input.category, trigger: input.trigger, months: input.months };
        let months = check_rule(claim).map_err(|refused| match refused {
            RuleRefused::Invalid { part, reason } => UserError::invalid(part, reason),
            RuleRefused::LawDemands { months } => UserError::retained("months", Until::Months(months)),
        })?;
        let source = Text::parse(&input.source);
        let source = source.map_err(|reason| UserError::invalid("source", reason))?;
        let rule = RetentionRule {
            category: input.category,
            trigger: input.trigger,
            months: Some(months),
            legal_basis: input.legal_basis,
            source: source.as_str().to_owned().into(),
        };
        let id = tx.set_rule(rule).await?;
        let categories = shown.iter().copied().chain([input.category]).collect();
        let nobody = SubjectId::from_uuid(uuid::Uuid::nil());
        let event = caller.event("retentionRule.set", nobody, categories);
        tx.commit(AuditEvent { subjects: Vec::new(), ..event }).await?;
        Ok(id)
    }

    /// Finds, for the leased tenant, everybody of whom something is past its time; each is other work.
    ///
    /// # Errors
    /// [`Refusal`] says why not; the work is then given back and tried again.
    pub async fn run_retention(&self, lease: &Lease) -> Result<(), Refusal> {
        match self.leased(lease).await? {
            Handling::Processing(tx) => run_in(tx, lease).await,
            Handling::WindingDown(tx) => rest(tx, lease, "retention.run").await,
        }
    }

    /// Erases what is past its time of the leased person's data.
    ///
    /// # Errors
    /// [`Refusal`] says why not; the work is then given back and tried again.
    pub async fn erase_expired(&self, lease: &Lease) -> Result<(), Refusal> {
        match self.leased(lease).await? {
            Handling::Processing(tx) => self.expire_in(tx, lease).await,
            Handling::WindingDown(tx) => rest(tx, lease, "retention.look").await,
        }
    }

    async fn expire_in(&self, tx: TenantTx<store::Processing>, lease: &Lease) -> Result<(), Refusal> {
        let subject = SubjectId::from_uuid(lease.object);
        let person = tx.lock_subject(subject).await?.ok_or(StoreError::LeaseLost)?;
        let mut erased = Categories::new();
        if let Some(facts) = tx.find_retention_facts(subject).await? {
            let rules = Rules::new(tx.list_rules().await?, &tx.find_tenant().await?);
            let holds = tx.list_holds(&[subject]).await?;
            let today = civil_date(tx.now());
            let due = rules.due(&facts, holds.iter().filter_map(hold_facts).collect(), today);
            let planned = due.plan(today);
            if person.processing == Processing::Unrestricted {
                erased = touched(&planned.plan);
            }
            if !erased.is_empty() {
                let left = if due.rest { Left::OtherData } else { planned.plan.leaves() };
                let status = carry_out(&tx, &person, (&planned.plan, left)).await?;
                if matches!(status, SubjectStatus::Erased | SubjectStatus::PartiallyErased) {
                    let person = tx.lock_subject(subject).await?.ok_or(StoreError::LeaseLost)?;
                    self.close_open(&tx, &person, (None, ActorId::gateway())).await?;
                }
            }
        }
        tx.finish(lease).await?;
        failpoint::reach("erasure.before_commit").await;
        let action = if erased.is_empty() { "retention.look" } else { "retention.erase" };
        let event = by_gateway(lease, action, subject, erased);
        tx.commit(AuditEvent { purpose: None, ..event }).await?;
        failpoint::reach("erasure.committed").await;
        Ok(())
    }
}

/// Puts the work off. Of a tenant that is leaving nothing goes by rule: first the controller can have its data back, and at
/// the end of the return everything is erased (Art. 28(3)(g)).
async fn rest(tx: TenantTx<WindingDown>, lease: &Lease, action: &'static str) -> Result<(), Refusal> {
    tx.forget_old_keys().await?;
    tx.put_off(lease, next_upkeep(tx.now())).await?;
    let nobody = SubjectId::from_uuid(uuid::Uuid::nil());
    let event = by_gateway(lease, action, nobody, Categories::new());
    Ok(tx.commit(AuditEvent { subjects: Vec::new(), purpose: None, ..event }).await?)
}

async fn run_in(tx: TenantTx<store::Processing>, lease: &Lease) -> Result<(), Refusal> {
    let rules = Rules::new(tx.list_rules().await?, &tx.find_tenant().await?);
    let today = civil_date(tx.now());
    let mut after = None;
    loop {
        let page = tx.list_retention_facts(after, PAGE).await?;
        for (person, due) in with_holds(&tx, &rules, &page, today).await? {
            if due.processing == Processing::Unrestricted && !touched(&due.plan(today).plan).is_empty() {
                tx.enqueue(JobKind::EraseExpired, person.uuid(), tx.now()).await?;
            }
        }
        match page.last() {
            Some(last) if page.len() == PAGE as usize => after = Some(last.subject),
            _ => break,
        }
    }
    // Their digests are of what persons gave; they have served.
    tx.forget_old_keys().await?;
    tx.put_off(lease, next_upkeep(tx.now())).await?;
    let nobody = SubjectId::from_uuid(uuid::Uuid::nil());
    let event = by_gateway(lease, "retention.run", nobody, Categories::new());
    Ok(tx.commit(AuditEvent { subjects: Vec::new(), purpose: None, ..event }).await?)
}

async fn with_holds<S: Sees>(
    tx: &TenantTx<S>,
    rules: &Rules,
    page: &[RetentionFacts],
    on: Date,
) -> Result<Vec<(SubjectId, Due)>, StoreError> {
    let subjects: Vec<_> = page.iter().map(|person| person.subject).collect();
    let holds = if subjects.is_empty() { Vec::new() } else { tx.list_holds(&subjects).await? };
    let due = page.iter().map(|person| {
        let own = holds.iter().filter(|hold| hold.subject == person.subject);
        (person.subject, rules.due(person, own.filter_map(hold_facts).collect(), on))
    });
    Ok(due.collect())
}

impl Reading {
    /// The tenant's rules, in the policy's order of categories.
    ///
    /// # Errors
    /// When the database fails or a row is inconsistent.
    pub async fn list_rules(&self) -> Result<Vec<RuleEntry>, StoreError> {
        self.tx.list_rules().await
    }

    /// A rule by identifier.
    ///
    /// # Errors
    /// When the database fails or the row is inconsistent.
    pub async fn find_rule(&self, id: RetentionRuleId) -> Result<Option<RuleEntry>, StoreError> {
        self.tx.find_rule(id).await
    }

    /// What a retention run on a day, today where left out, would do. Changes nothing.
    ///
    /// # Errors
    /// [`Invalid`] for what is no date, or one that is past; the outer error when the database fails.
    pub async fn forecast(&self, as_of: Option<&str>) -> Result<Result<Forecast, Invalid>, StoreError> {
        let today = civil_date(self.tx.now());
        let as_of = match as_of.map_or(Ok(today), date) {
            Ok(day) if day >= today => day,
            Ok(_) => return Ok(Err(Invalid::InThePast)),
            Err(invalid) => return Ok(Err(invalid)),
        };
        let rules = Rules::new(self.tx.list_rules().await?, &self.tx.find_tenant().await?);
        let entry = |category| ForecastEntry { category, to_erase: 0, retained: 0 };
        let mut entries = DataCategory::ALL.map(entry);
        let mut after = None;
        loop {
            let page = self.tx.list_retention_facts(after, PAGE).await?;
            for (_, due) in with_holds(&self.tx, &rules, &page, as_of).await? {
                for outcome in due.plan(as_of).plan.outcomes() {
                    let entry = &mut entries[outcome.category as usize];
                    match (outcome.action, due.processing) {
                        (OutcomeAction::Erased, Processing::Unrestricted) => entry.to_erase += 1,
                        (OutcomeAction::Erased | OutcomeAction::Retained, _) => entry.retained += 1,
                        _ => {}
                    }
                }
            }
            match page.last() {
                Some(last) if page.len() == PAGE as usize => after = Some(last.subject),
                _ => break,
            }
        }
        Ok(Ok(Forecast { as_of, entries: entries.to_vec() }))
    }
}
