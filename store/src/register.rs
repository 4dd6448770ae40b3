//! The register: what an answer to a person is made from.

use domain::category::{Categories, DataCategory};
use domain::id::RetentionRuleId;
use domain::language::Language;
use domain::purpose::{LegalBasis, Purpose};
use domain::retention::{RetentionRule, RetentionTrigger};
use domain::subprocessor::TransferMechanism;
use entity::{processing_activity, retention_rule, supervisory_authority};
use jiff::civil::Date;
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveValue::Set, ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _};

use crate::backend::categories_of;
use crate::error::StoreError;
use crate::subprocessor::StoredSubprocessor;
use crate::tenant_tx::{Processing, TenantTx};
use crate::time;

/// A purpose for which the tenant has data processed.
#[derive(Debug, Clone)]
pub struct ActivityEntry {
    /// The purpose.
    pub purpose: Purpose,
    /// Art. 6(1).
    pub legal_basis: LegalBasis,
    /// The categories used.
    pub categories: Categories,
    /// What is done.
    pub description: String,
    /// Where the data comes from (Art. 15(1)(g)).
    pub source: String,
    /// Logic and consequences of automated decisions (Art. 22); `None` where there are none.
    pub automated_decisions: Option<String>,
}

/// A retention rule with its identifier.
#[derive(Debug, Clone)]
pub struct RuleEntry {
    /// The rule's identifier.
    pub id: RetentionRuleId,
    /// The rule.
    pub rule: RetentionRule,
}

/// A recipient of personal data: a sub-processor.
#[derive(Debug, Clone)]
pub struct RecipientEntry {
    /// Registered name.
    pub name: String,
    /// Where it is established.
    pub country: String,
    /// Where it stores or reads personal data.
    pub processing_countries: Vec<String>,
    /// What it does for the platform.
    pub purpose: String,
    /// Categories that it may see.
    pub categories: Categories,
    /// What makes the location lawful.
    pub transfer_mechanism: TransferMechanism,
}

/// Where a person can complain (Art. 77).
#[derive(Debug, Clone)]
pub struct AuthorityEntry {
    /// Its name.
    pub name: String,
    /// Where to find it.
    pub url: String,
}

impl<S> TenantTx<S> {
    /// The tenant's purposes in the policy's order, in the language.
    ///
    /// # Errors
    /// When the database fails or a row is inconsistent.
    pub async fn list_activities(&self, language: Language) -> Result<Vec<ActivityEntry>, StoreError> {
        let rows = self.bound.find::<processing_activity::Entity>().all(&self.bound).await?;
        let mut entries =
            rows.into_iter().map(|row| activity(row, language)).collect::<Result<Vec<_>, _>>()?;
        entries.sort_by_key(|entry| entry.purpose);
        Ok(entries)
    }

    /// The tenant's retention rules, in the policy's order of categories.
    ///
    /// # Errors
    /// When the database fails or a row is inconsistent.
    pub async fn list_rules(&self) -> Result<Vec<RuleEntry>, StoreError> {
        let rows = self.bound.find::<retention_rule::Entity>().all(&self.bound).await?;
        let mut rules = rows.into_iter().map(rule).collect::<Result<Vec<_>, _>>()?;
        rules.sort_by_key(|entry| entry.rule.category);
        Ok(rules)
    }

    /// A retention rule by identifier.
    ///
    /// # Errors
    /// When the database fails or the row is inconsistent.
    pub async fn find_rule(&self, id: RetentionRuleId) -> Result<Option<RuleEntry>, StoreError> {
        let rows = self.bound.find::<retention_rule::Entity>();
        let row = rows.filter(retention_rule::Column::Id.eq(id.uuid())).one(&self.bound).await?;
        row.map(rule).transpose()
    }

    /// The sub-processors that process the tenant's data on a day, by name.
    ///
    /// # Errors
    /// When the database fails or a row is inconsistent.
    pub async fn list_recipients(&self, on: Date) -> Result<Vec<RecipientEntry>, StoreError> {
        let mut all = self.list_subprocessors().await?;
        all.retain(|subprocessor| subprocessor.is_engaged(on));
        all.sort_by(|one, other| one.stored.name.cmp(&other.stored.name));
        Ok(all.into_iter().map(|subprocessor| RecipientEntry::from(subprocessor.stored)).collect())
    }

    /// The supervisory authority of the tenant's country on a day; the Swedish one where no other is recorded.
    ///
    /// # Errors
    /// When the database fails or holds none at all.
    pub async fn find_authority(&self, country: &str, on: Date) -> Result<AuthorityEntry, StoreError> {
        let rows = supervisory_authority::Entity::find()
            .filter(supervisory_authority::Column::Country.is_in([country, "SE"]))
            .filter(supervisory_authority::Column::ValidFrom.lte(time::date_to_row(on)))
            .order_by_desc(supervisory_authority::Column::ValidFrom)
            .all(self.bound.connection())
            .await?;
        let own = rows.iter().find(|row| row.country == country).or_else(|| rows.first());
        let row =
            own.ok_or(StoreError::Inconsistent { table: "supervisory_authority", column: "country" })?;
        Ok(AuthorityEntry { name: row.name.clone(), url: row.url.clone() })
    }
}

impl TenantTx<Processing> {
    /// Sets the tenant's rule for a category, in place of the former one, whose identifier it keeps.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn set_rule(&self, rule: RetentionRule) -> Result<RetentionRuleId, StoreError> {
        let of_category = retention_rule::Column::Category.eq(rule.category.code());
        let former = self.bound.find::<retention_rule::Entity>().filter(of_category).one(&self.bound).await?;
        let Some(former) = former else {
            return self.put_rule(rule).await;
        };
        self.bound
            .amend::<retention_rule::Entity>()
            .filter(retention_rule::Column::Id.eq(former.id))
            .set(retention_rule::Column::TriggerEvent, Expr::value(rule.trigger.code()))
            .set(retention_rule::Column::Months, Expr::value(rule.months.map(i32::from)))
            .set(retention_rule::Column::LegalBasis, Expr::value(rule.legal_basis.code()))
            .set(retention_rule::Column::Source, Expr::value(rule.source.into_owned()))
            .run(&self.bound)
            .await?;
        Ok(RetentionRuleId::from_uuid(former.id))
    }

    async fn put_rule(&self, rule: RetentionRule) -> Result<RetentionRuleId, StoreError> {
        let id = RetentionRuleId::new(self.now, self.entropy());
        let row = retention_rule::ActiveModel {
            id: Set(id.uuid()),
            category: Set(rule.category.code().to_owned()),
            trigger_event: Set(rule.trigger.code().to_owned()),
            months: Set(rule.months.map(i32::from)),
            legal_basis: Set(rule.legal_basis.code().to_owned()),
            source: Set(rule.source.into_owned()),
            ..Default::default()
        };
        self.bound.put::<retention_rule::Entity>(row).await?;
        Ok(id)
    }
}

fn activity(row: processing_activity::Model, language: Language) -> Result<ActivityEntry, StoreError> {
    let inconsistent = |column| StoreError::Inconsistent { table: "processing_activity", column };
    let (description, source, automated_decisions) = match language {
        Language::Sv => (row.description_sv, row.source_sv, row.automated_decisions_sv),
        Language::En => (row.description_en, row.source_en, row.automated_decisions_en),
    };
    Ok(ActivityEntry {
        purpose: Purpose::from_code(&row.purpose).ok_or(inconsistent("purpose"))?,
        legal_basis: LegalBasis::from_code(&row.legal_basis).ok_or(inconsistent("legal_basis"))?,
        categories: categories_of(&row.data_categories).ok_or(inconsistent("data_categories"))?,
        description,
        source,
        automated_decisions,
    })
}

fn rule(row: retention_rule::Model) -> Result<RuleEntry, StoreError> {
    let inconsistent = |column| StoreError::Inconsistent { table: "retention_rule", column };
    let months = row.months.map(u16::try_from).transpose().map_err(|_| inconsistent("months"))?;
    Ok(RuleEntry {
        id: RetentionRuleId::from_uuid(row.id),
        rule: RetentionRule {
            category: DataCategory::from_code(&row.category).ok_or(inconsistent("category"))?,
            trigger: RetentionTrigger::from_code(&row.trigger_event).ok_or(inconsistent("trigger_event"))?,
            months,
            legal_basis: LegalBasis::from_code(&row.legal_basis).ok_or(inconsistent("legal_basis"))?,
            source: row.source.into(),
        },
    })
}

impl From<StoredSubprocessor> for RecipientEntry {
    fn from(subprocessor: StoredSubprocessor) -> Self {
        Self {
            name: subprocessor.name,
            country: subprocessor.country,
            processing_countries: subprocessor.processing_countries,
            purpose: subprocessor.purpose,
            categories: subprocessor.categories,
            transfer_mechanism: subprocessor.transfer_mechanism,
        }
    }
}
