//! The keys that sign the audit logs, and which keys an erasure destroyed.

use sea_orm_migration::prelude::*;

use crate::table::{add_columns, bytes, instant, integer, json_or_null};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        add_columns(manager, "erasure", vec![json_or_null("key_fingerprints")]).await?;
        manager.create_table(signing_key()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("audit_signing_key").to_owned()).await?;
        let former = Table::alter().table("erasure").drop_column("key_fingerprints").to_owned();
        manager.alter_table(former).await
    }
}

/// The platform's, of no tenant. The newest signs; older ones stay, since what they signed is still to be verified.
fn signing_key() -> TableCreateStatement {
    Table::create()
        .table("audit_signing_key")
        .col(integer("number").primary_key())
        .col(bytes("public_key"))
        .col(bytes("wrapped"))
        .col(instant("created_at"))
        .to_owned()
}
