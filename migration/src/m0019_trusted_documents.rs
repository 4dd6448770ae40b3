//! Trusted documents: operations published under identifiers, each with the tenant or client that owns it.

use sea_orm_migration::prelude::*;

use crate::table::{bytes, date_or_null, instant, text, text_or_null};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(owner()).await?;
        manager.create_table(document()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["trusted_document", "trusted_owner"] {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}

/// Rows are never removed, so that the sum of their revisions tells of every change.
fn owner() -> TableCreateStatement {
    Table::create()
        .table("trusted_owner")
        .col(text("kind"))
        .col(text("owner"))
        .col(text("mode"))
        .col(ColumnDef::new("revision").big_integer().not_null())
        .primary_key(Index::create().col("kind").col("owner"))
        .to_owned()
}

fn document() -> TableCreateStatement {
    Table::create()
        .table("trusted_document")
        .col(text("kind"))
        .col(text("owner"))
        .col(text("id"))
        .col(bytes("sha256"))
        .col(text("document"))
        .col(text_or_null("name"))
        .col(text_or_null("scopes"))
        .col(date_or_null("expires_on"))
        .col(instant("published_at"))
        .primary_key(Index::create().col("kind").col("owner").col("id"))
        .foreign_key(
            ForeignKey::create()
                .name("fk_trusted_document_owner")
                .from("trusted_document", ("kind", "owner"))
                .to("trusted_owner", ("kind", "owner")),
        )
        .to_owned()
}
