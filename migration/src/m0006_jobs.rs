//! Due work.

use sea_orm_migration::prelude::*;

use crate::backend::{isolate, on_postgres};
use crate::table::{instant, instant_or_null, integer, of_tenant, tenant_table, text, text_or_null, uuid};

#[derive(DeriveMigrationName)]
pub struct Migration;

/// A worker looks for due work before it knows whose it is. It says so for the one transaction in which it takes a
/// lease, and then sees rows of this table of every tenant: identifiers and dates, nothing about a person.
const WORKER_POLICIES: &str = "
CREATE POLICY worker_sees ON job FOR SELECT USING (current_setting('app.leasing', true) = 'on');
CREATE POLICY worker_leases ON job FOR UPDATE USING (current_setting('app.leasing', true) = 'on')
    WITH CHECK (current_setting('app.leasing', true) = 'on');";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(job()).await?;
        manager
            .get_connection()
            .execute_unprepared(
                "CREATE INDEX job_due ON job (run_at) WHERE dead_at IS NULL;
                 CREATE UNIQUE INDEX job_once ON job (tenant_id, kind, object_id);",
            )
            .await?;
        isolate(manager, "job", "tenant_id").await?;
        on_postgres(manager, WORKER_POLICIES).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("job").to_owned()).await
    }
}

fn job() -> TableCreateStatement {
    tenant_table("job", &["id"])
        .col(uuid("id"))
        .col(text("kind"))
        .col(uuid("object_id"))
        .col(instant("run_at"))
        .col(integer("attempts"))
        .col(ColumnDef::new("lease_token").uuid())
        .col(instant_or_null("leased_until"))
        .col(instant_or_null("dead_at"))
        .col(text_or_null("last_error"))
        .col(instant("created_at"))
        .foreign_key(&mut of_tenant("job"))
        .to_owned()
}
