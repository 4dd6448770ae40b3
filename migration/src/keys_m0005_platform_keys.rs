//! The platform's own keys lie in the key store, wrapped like those of the tenants, since not every keeper of a master key
//! lets others be derived from it; and a look at which master keys the tenants' keys lie under.

use sea_orm_migration::prelude::*;

use crate::backend::on_postgres;
use crate::table::{bytes, instant, text, uuid};

#[derive(DeriveMigrationName)]
pub struct Migration;

/// A start and a rotation ask whose keys there are and what they lie under: wrapped keys, nothing about a person.
const START_POLICY: &str = "
CREATE POLICY start_sees ON tenant_key FOR SELECT USING (current_setting('app.leasing', true) = 'on');";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(platform_key()).await?;
        on_postgres(manager, START_POLICY).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        on_postgres(manager, "DROP POLICY start_sees ON tenant_key").await?;
        manager.drop_table(Table::drop().table("platform_key").to_owned()).await
    }
}

/// The platform's, of no tenant: one for each use.
fn platform_key() -> TableCreateStatement {
    Table::create()
        .table("platform_key")
        .col(text("class").primary_key())
        .col(uuid("id"))
        .col(bytes("wrapped"))
        .col(instant("created_at"))
        .to_owned()
}
