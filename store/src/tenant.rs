//! The tenant itself, as its own transactions see it.

use domain::actor::AccessLogActors;
use domain::id::TenantId;
use domain::language::Language;
use entity::tenant;
use jiff::Timestamp;
use jiff::civil::Date;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};

use crate::error::StoreError;
use crate::tenant_tx::{Processing, TenantTx};
use crate::time;

/// A role's address; business contact data of an organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredContact {
    /// Who or which role.
    pub name: String,
    /// Where to write.
    pub email: String,
    /// Where to call.
    pub phone: Option<String>,
}

/// A tenant's public particulars.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredTenant {
    /// The tenant.
    pub id: TenantId,
    /// Registered name.
    pub name: String,
    /// Swedish organisation number; `None` for a foreign organisation.
    pub organisation_number: Option<String>,
    /// Where it is established.
    pub country: String,
    /// Who receives notices.
    pub privacy_contact: StoredContact,
    /// The data protection officer, where one is designated (Art. 37).
    pub data_protection_officer: Option<StoredContact>,
    /// First day of the customer relationship.
    pub relationship_started_on: Date,
    /// Last day of it, once known.
    pub relationship_ends_on: Option<Date>,
    /// Last day of the return of its data that follows.
    pub return_ends_on: Option<Date>,
    /// Since when its data is being erased.
    pub erasing_since: Option<Timestamp>,
    /// When all was erased.
    pub closed_at: Option<Timestamp>,
    /// The tenant's own language.
    pub language: Language,
    /// How persons are told who acted on their data.
    pub access_log_actors: AccessLogActors,
}

impl<S> TenantTx<S> {
    /// The tenant of this transaction.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn find_tenant(&self) -> Result<StoredTenant, StoreError> {
        let found = tenant::Entity::find_by_id(self.tenant().uuid()).one(self.bound.connection()).await?;
        let row = found.ok_or(StoreError::Inconsistent { table: "tenant", column: "id" })?;
        Ok(StoredTenant::from(row))
    }
}

impl TenantTx<Processing> {
    /// Sets how persons are told who acted on their data.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn set_access_log_actors(&self, actors: AccessLogActors) -> Result<(), StoreError> {
        tenant::Entity::update_many()
            .filter(tenant::Column::Id.eq(self.tenant().uuid()))
            .col_expr(tenant::Column::AccessLogActors, Expr::value(actors.code()))
            .exec(self.bound.connection())
            .await?;
        Ok(())
    }
}

impl From<tenant::Model> for StoredTenant {
    fn from(row: tenant::Model) -> Self {
        let officer = row.dpo_name.zip(row.dpo_email);
        Self {
            id: TenantId::from_uuid(row.id),
            name: row.name,
            organisation_number: row.organisation_number,
            country: row.country,
            privacy_contact: StoredContact {
                name: row.privacy_contact_name,
                email: row.privacy_contact_email,
                phone: row.privacy_contact_phone,
            },
            data_protection_officer: officer.map(|(name, email)| StoredContact {
                name,
                email,
                phone: row.dpo_phone,
            }),
            relationship_started_on: time::date_from_row(row.relationship_started_on),
            relationship_ends_on: row.relationship_ends_on.map(time::date_from_row),
            return_ends_on: row.return_ends_on.map(time::date_from_row),
            erasing_since: row.erasing_since.map(time::from_row),
            closed_at: row.closed_at.map(time::from_row),
            language: Language::from_tag(&row.language).unwrap_or_default(),
            access_log_actors: AccessLogActors::from_code(&row.access_log_actors).unwrap_or_default(),
        }
    }
}
