//! Whether persons are told the role or the identifier of the staff who used their data; the role, until a tenant decides
//! otherwise.

use sea_orm_migration::prelude::*;

use crate::table::{add_columns, text};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        add_columns(manager, "tenant", vec![text("access_log_actors").default("ROLE").to_owned()]).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.alter_table(Table::alter().table("tenant").drop_column("access_log_actors").to_owned()).await
    }
}
