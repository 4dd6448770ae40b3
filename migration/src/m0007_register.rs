//! The register that answers are made from: activities, retention rules, sub-processors, supervisory authorities.

use sea_orm_migration::prelude::*;

use crate::backend::isolate;
use crate::table::{date, date_or_null, json, of_tenant, tenant_table, text, text_or_null, uuid};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(processing_activity()).await?;
        manager.create_table(retention_rule()).await?;
        manager.create_table(subprocessor()).await?;
        manager.create_table(supervisory_authority()).await?;
        manager
            .get_connection()
            .execute_unprepared(
                "CREATE UNIQUE INDEX retention_rule_category ON retention_rule (tenant_id, category)",
            )
            .await?;
        isolate(manager, "processing_activity", "tenant_id").await?;
        isolate(manager, "retention_rule", "tenant_id").await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["supervisory_authority", "subprocessor", "retention_rule", "processing_activity"] {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}

fn processing_activity() -> TableCreateStatement {
    tenant_table("processing_activity", &["id"])
        .col(uuid("id"))
        .col(text("purpose"))
        .col(text("legal_basis"))
        .col(json("data_categories"))
        .col(text("description_sv"))
        .col(text("description_en"))
        .col(text("source_sv"))
        .col(text("source_en"))
        .col(text_or_null("automated_decisions_sv"))
        .col(text_or_null("automated_decisions_en"))
        .foreign_key(&mut of_tenant("processing_activity"))
        .to_owned()
}

fn retention_rule() -> TableCreateStatement {
    tenant_table("retention_rule", &["id"])
        .col(uuid("id"))
        .col(text("category"))
        .col(text("trigger_event"))
        .col(ColumnDef::new("months").integer())
        .col(text("legal_basis"))
        .col(text("source"))
        .foreign_key(&mut of_tenant("retention_rule"))
        .to_owned()
}

fn subprocessor() -> TableCreateStatement {
    Table::create()
        .table("subprocessor")
        .col(uuid("id").primary_key())
        .col(text("name"))
        .col(text("country"))
        .col(json("processing_countries"))
        .col(text("purpose"))
        .col(json("data_categories"))
        .col(text("transfer_mechanism"))
        .col(date("agreement_signed_on"))
        .col(date("effective_on"))
        .col(date_or_null("ended_on"))
        .to_owned()
}

fn supervisory_authority() -> TableCreateStatement {
    Table::create()
        .table("supervisory_authority")
        .col(text("country"))
        .col(date("valid_from"))
        .col(text("name"))
        .col(text("url"))
        .primary_key(Index::create().col("country").col("valid_from"))
        .to_owned()
}
