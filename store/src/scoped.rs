//! Queries that are born with their tenant and can only be narrowed.

use entity::{
    accounting_record, agreement, agreement_signature, audit_checkpoint, audit_delivery, audit_event,
    audit_leaf, audit_pending, audit_subject, audit_tile, breach_notice, closing_certificate, consent,
    data_subject, download_ticket, downstream_secret, downstream_system, downstream_task,
    erasure_certificate, erasure_confirmation, erasure_mark, export_file, export_package, idempotency,
    instruction, job, legal_hold, notice, opendsr_callback, opendsr_request, processing_activity,
    request_counter, request_event, restriction, retention_rule, rights_request, subject_index,
    subprocessor_notice, suppression, tenant_closing, tenant_export, tenant_export_chunk,
    tenant_export_download,
};
use sea_orm::sea_query::{IntoCondition, Order, SelectStatement, SimpleExpr, ValueType};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait as _, DeleteMany, EntityTrait, PaginatorTrait as _,
    QueryFilter as _, QueryOrder as _, QueryResult, QuerySelect as _, QueryTrait as _, Select,
    TryGetableMany, UpdateMany,
};
use uuid::Uuid;

use crate::backend::Bound;
use crate::error::StoreError;

/// A table whose rows belong to tenants. Platform tables are not, so that no tenant transaction reaches them.
pub(crate) trait TenantTable: EntityTrait {
    /// The column that says whose the row is.
    const TENANT: Self::Column;
    /// The column that names the rights request which shows the row; `None` where none does. Whoever follows that request is
    /// told of a change of the row.
    const REQUEST: Option<Self::Column> = None;
}

macro_rules! tenant_tables {
    ($($table:ident $(of $request:ident)?,)*) => {
        $(impl TenantTable for $table::Entity {
            const TENANT: Self::Column = $table::Column::TenantId;
            $(const REQUEST: Option<Self::Column> = Some($table::Column::$request);)?
        })*
    };
}

tenant_tables! {
    accounting_record, agreement, agreement_signature, audit_checkpoint, audit_delivery, audit_event, audit_leaf,
    audit_pending, audit_subject, audit_tile, breach_notice, closing_certificate, consent, data_subject,
    download_ticket, downstream_secret, downstream_system, downstream_task of RequestId, erasure_certificate of RequestId, erasure_confirmation, erasure_mark, export_file,
    export_package of RequestId, idempotency, instruction, job, legal_hold, notice, opendsr_callback, opendsr_request, processing_activity, request_counter,
    request_event of RequestId, restriction, retention_rule, rights_request of Id,
    subject_index, subprocessor_notice, suppression, tenant_closing, tenant_export, tenant_export_chunk,
    tenant_export_download,
}

/// A selection of one tenant's rows.
#[derive(Clone)]
pub(crate) struct Rows<E: TenantTable>(Select<E>);

impl<E: TenantTable> Rows<E> {
    pub(crate) fn filter<F: IntoCondition>(self, condition: F) -> Self {
        Self(self.0.filter(condition))
    }

    pub(crate) fn order_by(self, column: E::Column, order: Order) -> Self {
        Self(self.0.order_by(column, order))
    }

    /// Holds the rows until the transaction ends. On SQLite every writing transaction holds the whole database.
    pub(crate) fn locked(self) -> Self {
        Self(self.0.lock_exclusive())
    }

    pub(crate) fn limit(self, rows: u64) -> Self {
        Self(self.0.limit(rows))
    }

    /// One column of the rows, for the condition of another query.
    pub(crate) fn column(self, column: E::Column) -> SelectStatement {
        self.0.select_only().column(column).into_query()
    }

    /// Reads these columns alone, as tuples.
    pub(crate) fn columns<const N: usize>(self, columns: [E::Column; N]) -> Columns<E> {
        Columns(self.0.select_only().columns(columns))
    }

    pub(crate) async fn all(self, tx: &Bound) -> Result<Vec<E::Model>, StoreError> {
        Ok(self.0.all(tx.connection()).await?)
    }

    pub(crate) async fn one(self, tx: &Bound) -> Result<Option<E::Model>, StoreError> {
        Ok(self.0.one(tx.connection()).await?)
    }

    pub(crate) async fn count(self, tx: &Bound) -> Result<u64, StoreError>
    where
        E::Model: Send + Sync,
    {
        Ok(self.0.count(tx.connection()).await?)
    }
}

/// A selection of some columns of one tenant's rows.
pub(crate) struct Columns<E: TenantTable>(Select<E>);

impl<E: TenantTable> Columns<E> {
    pub(crate) async fn tuples<T: TryGetableMany + Send + Sync>(
        self,
        tx: &Bound,
    ) -> Result<Vec<T>, StoreError> {
        Ok(self.0.into_tuple().all(tx.connection()).await?)
    }
}

/// A change of one tenant's rows.
pub(crate) struct Changes<E: TenantTable>(UpdateMany<E>);

impl<E: TenantTable> Changes<E> {
    pub(crate) fn filter<F: IntoCondition>(self, condition: F) -> Self {
        Self(self.0.filter(condition))
    }

    pub(crate) fn set(self, column: E::Column, value: impl Into<SimpleExpr>) -> Self {
        Self(self.0.col_expr(column, value.into()))
    }

    /// Carries it out; gives how many rows changed.
    pub(crate) async fn run(self, tx: &Bound) -> Result<u64, StoreError> {
        let Some(request) = E::REQUEST else {
            return Ok(self.0.exec(tx.connection()).await?.rows_affected);
        };
        let mut change = self.0.into_query();
        change.returning_col(request);
        tx.note_returned(tx.connection().query_all(&change).await?)
    }
}

/// A removal of one tenant's rows.
pub(crate) struct Removal<E: TenantTable>(DeleteMany<E>);

impl<E: TenantTable> Removal<E> {
    pub(crate) fn filter<F: IntoCondition>(self, condition: F) -> Self {
        Self(self.0.filter(condition))
    }

    /// Carries it out; gives how many rows went.
    pub(crate) async fn run(self, tx: &Bound) -> Result<u64, StoreError> {
        let Some(request) = E::REQUEST else {
            return Ok(self.0.exec(tx.connection()).await?.rows_affected);
        };
        let mut removal = self.0.into_query();
        removal.returning_col(request);
        tx.note_returned(tx.connection().query_all(&removal).await?)
    }
}

impl Bound {
    /// Notes the requests that rows name which were changed; gives how many rows.
    fn note_returned(&self, rows: Vec<QueryResult>) -> Result<u64, StoreError> {
        let changed = rows.len() as u64;
        for row in rows {
            self.note_request(row.try_get_by_index(0)?);
        }
        Ok(changed)
    }

    /// Notes the request that a row names which is written.
    fn note_put<E: TenantTable>(&self, row: &E::ActiveModel) {
        let request = E::REQUEST.and_then(|column| row.get(column).into_value());
        if let Some(request) = request.and_then(|value| <Uuid as ValueType>::try_from(value).ok()) {
            self.note_request(request);
        }
    }

    fn own<E: TenantTable>(&self) -> SimpleExpr {
        E::TENANT.eq(self.tenant().uuid())
    }

    /// Rows of the tenant.
    pub(crate) fn find<E: TenantTable>(&self) -> Rows<E> {
        #[cfg(feature = "defences-apart")]
        if crate::defences::scope_is_off() {
            return Rows(E::find());
        }
        Rows(E::find().filter(self.own::<E>()))
    }

    /// Writes a row of the tenant, whatever tenant it bore.
    pub(crate) async fn put<E: TenantTable>(&self, mut row: E::ActiveModel) -> Result<(), StoreError> {
        row.set(E::TENANT, self.tenant().uuid().into());
        self.note_put::<E>(&row);
        E::insert(row).exec_without_returning(self.connection()).await?;
        Ok(())
    }

    /// Writes several rows of the tenant in one statement; none is no statement.
    pub(crate) async fn put_all<E: TenantTable>(&self, rows: Vec<E::ActiveModel>) -> Result<(), StoreError> {
        if rows.is_empty() {
            return Ok(());
        }
        let owned = rows.into_iter().map(|mut row| {
            row.set(E::TENANT, self.tenant().uuid().into());
            self.note_put::<E>(&row);
            row
        });
        E::insert_many(owned).exec_without_returning(self.connection()).await?;
        Ok(())
    }

    /// Changes rows of the tenant.
    pub(crate) fn amend<E: TenantTable>(&self) -> Changes<E> {
        Changes(E::update_many().filter(self.own::<E>()))
    }

    /// Removes rows of the tenant.
    pub(crate) fn remove<E: TenantTable>(&self) -> Removal<E> {
        Removal(E::delete_many().filter(self.own::<E>()))
    }
}
