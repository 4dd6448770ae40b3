//! The key store: wrapped keys of tenants and of persons.

use sea_orm_migration::prelude::*;

use crate::backend::isolate;
use crate::table::{bytes, instant, tenant_table, text, uuid};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut of_tenants = tenant_table("tenant_key", &["class"]);
        let mut of_subjects = tenant_table("subject_key", &["subject_id", "class"]);
        of_subjects.col(uuid("subject_id"));
        for table in [&mut of_tenants, &mut of_subjects] {
            table.col(text("class")).col(uuid("id")).col(bytes("wrapped")).col(instant("created_at"));
        }
        manager.create_table(of_tenants).await?;
        manager.create_table(of_subjects).await?;
        isolate(manager, "tenant_key", "tenant_id").await?;
        isolate(manager, "subject_key", "tenant_id").await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("subject_key").to_owned()).await?;
        manager.drop_table(Table::drop().table("tenant_key").to_owned()).await
    }
}
