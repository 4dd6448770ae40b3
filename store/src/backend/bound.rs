//! A transaction that is bound to one tenant.

use domain::agreement::AgreementTerms;
use domain::category::{Categories, DataCategory};
use domain::id::{AgreementId, TenantId};
use jiff::Timestamp;
use jiff::civil::Date;
use sea_orm::{ConnectionTrait as _, DatabaseTransaction, DbBackend, QueryResult, Statement};
use uuid::Uuid;

use super::{Database, postgres, sqlite};
use crate::change::{Change, Kind, Notes};
use crate::error::StoreError;
use crate::time;

/// A database transaction in which the tenant is set: on PostgreSQL for the policies, on both for the queries.
pub(crate) struct Bound {
    tx: DatabaseTransaction,
    tenant: TenantId,
    notes: Notes,
}

/// What the bound tenant is and may, as one statement reads it.
pub(crate) struct Standing {
    pub language: String,
    /// Last day of the customer relationship, once known.
    pub relationship_ends_on: Option<Date>,
    /// Since when the tenant's data is being erased.
    pub erasing_since: Option<Timestamp>,
    /// When all was erased.
    pub closed_at: Option<Timestamp>,
    /// The newest signed agreement that has begun, if there ever was one.
    pub agreement: Option<(AgreementId, AgreementTerms)>,
}

impl Bound {
    /// A read transaction with its tenant bound.
    pub(crate) async fn reading(database: &Database, tenant: TenantId) -> Result<Self, StoreError> {
        Self::begin(database, tenant, Access::Reading).await?.bound().await
    }

    /// A write transaction with its tenant bound.
    pub(crate) async fn writing(database: &Database, tenant: TenantId) -> Result<Self, StoreError> {
        Self::begin(database, tenant, Access::Writing).await?.bound().await
    }

    /// A read transaction, bound in the statement that reads the tenant's standing; `None` for no such tenant.
    pub(crate) async fn reading_with_standing(
        database: &Database,
        tenant: TenantId,
        today: Date,
    ) -> Result<Option<(Self, Standing)>, StoreError> {
        Self::begin(database, tenant, Access::Reading).await?.with_standing(today).await
    }

    /// The same for writing.
    pub(crate) async fn writing_with_standing(
        database: &Database,
        tenant: TenantId,
        today: Date,
    ) -> Result<Option<(Self, Standing)>, StoreError> {
        Self::begin(database, tenant, Access::Writing).await?.with_standing(today).await
    }

    async fn begin(database: &Database, tenant: TenantId, access: Access) -> Result<Self, StoreError> {
        let tx = match access {
            Access::Reading => database.begin_reading().await?,
            Access::Writing => database.begin_writing().await?,
        };
        Ok(Self { tx, tenant, notes: Notes::new(database.hub().clone()) })
    }

    async fn bound(self) -> Result<Self, StoreError> {
        if self.is_postgres() {
            let tenant = self.tenant.uuid().to_string();
            let bind = Statement::from_sql_and_values(DbBackend::Postgres, postgres::BIND, [tenant.into()]);
            self.tx.execute_raw(bind).await?;
        }
        Ok(self)
    }

    async fn with_standing(self, today: Date) -> Result<Option<(Self, Standing)>, StoreError> {
        let statement = if self.is_postgres() { postgres::STANDING } else { sqlite::STANDING };
        let values = [self.tenant.uuid().into(), time::date_to_row(today).into()];
        let query = Statement::from_sql_and_values(self.tx.get_database_backend(), statement, values);
        let Some(row) = self.tx.query_one_raw(query).await? else {
            return Ok(None);
        };
        let standing = standing(&row)?;
        Ok(Some((self, standing)))
    }

    pub(crate) fn is_postgres(&self) -> bool {
        self.tx.get_database_backend() == DbBackend::Postgres
    }

    pub(crate) const fn tenant(&self) -> TenantId {
        self.tenant
    }

    pub(crate) const fn connection(&self) -> &DatabaseTransaction {
        &self.tx
    }

    /// Notes that a rights request, or what hangs on it, was changed; told with the commit.
    pub(crate) fn note_request(&self, request: Uuid) {
        self.notes.note(Change::new(self.tenant, Kind::Request, request));
    }

    pub(crate) async fn commit(self) -> Result<(), StoreError> {
        self.notes.commit(self.tx).await
    }

    /// Ends a read transaction.
    pub(crate) async fn close(self) -> Result<(), StoreError> {
        Ok(self.tx.commit().await?)
    }
}

fn standing(row: &QueryResult) -> Result<Standing, StoreError> {
    let day = |column| -> Result<Option<Date>, StoreError> {
        Ok(row.try_get::<Option<chrono::NaiveDate>>("", column)?.map(time::date_from_row))
    };
    let instant = |column| -> Result<Option<Timestamp>, StoreError> {
        Ok(row.try_get::<Option<chrono::DateTime<chrono::Utc>>>("", column)?.map(time::from_row))
    };
    let id: Option<Uuid> = row.try_get("", "agreement_id")?;
    let categories: Option<serde_json::Value> = row.try_get("", "data_categories")?;
    let agreement = match (id, day("effective_from")?, categories) {
        (Some(id), Some(effective_from), Some(categories)) => {
            let categories = categories_of(&categories)
                .ok_or(StoreError::Inconsistent { table: "agreement", column: "data_categories" })?;
            let terms = AgreementTerms { categories, effective_from, effective_to: day("effective_to")? };
            Some((AgreementId::from_uuid(id), terms))
        }
        _ => None,
    };
    Ok(Standing {
        language: row.try_get("", "language")?,
        relationship_ends_on: day("relationship_ends_on")?,
        erasing_since: instant("erasing_since")?,
        closed_at: instant("closed_at")?,
        agreement,
    })
}

#[derive(Clone, Copy)]
enum Access {
    Reading,
    Writing,
}

/// The categories in a JSON list of codes; `None` when one is unknown.
pub(crate) fn categories_of(list: &serde_json::Value) -> Option<Categories> {
    list.as_array()?.iter().map(|code| DataCategory::from_code(code.as_str()?)).collect()
}
