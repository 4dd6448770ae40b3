//! Tenants whose keys are gone for good. The row lies beside the keys, so that a restored backup of the data is older
//! than it and is not served.

use sea_orm_migration::prelude::*;

use crate::backend::{isolate, on_postgres};
use crate::table::{instant, tenant_table};

#[derive(DeriveMigrationName)]
pub struct Migration;

/// At its start a gateway asks which tenants have ended; nothing about a person.
const START_POLICY: &str = "
CREATE POLICY start_sees ON tenant_end FOR SELECT USING (current_setting('app.leasing', true) = 'on');";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(tenant_table("tenant_end", &[]).col(instant("destroyed_at")).to_owned()).await?;
        isolate(manager, "tenant_end", "tenant_id").await?;
        on_postgres(manager, START_POLICY).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("tenant_end").to_owned()).await
    }
}
