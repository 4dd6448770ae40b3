//! Certificates of erasures and of ended relationships: what was certified, word for word, and the proof that the audit log
//! vouches for it.

use sea_orm_migration::prelude::*;

use crate::backend::isolate;
use crate::table::{instant, integer, of_tenant, tenant_table, text, text_or_null, uuid, within_tenant};

#[derive(DeriveMigrationName)]
pub struct Migration;

const TENANT_TABLES: [&str; 2] = ["erasure_certificate", "closing_certificate"];

const INDEXES: &str = "
CREATE INDEX erasure_certificate_of ON erasure_certificate (tenant_id, request_id, event_id);
CREATE UNIQUE INDEX closing_certificate_event ON closing_certificate (tenant_id, event_id);";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(of_erasure()).await?;
        manager.create_table(of_closing()).await?;
        manager.get_connection().execute_unprepared(INDEXES).await?;
        for table in TENANT_TABLES {
            isolate(manager, table, "tenant_id").await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in TENANT_TABLES {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}

fn of_erasure() -> TableCreateStatement {
    certificate("erasure_certificate", "event_id")
        .col(uuid("event_id"))
        .col(uuid("request_id"))
        .foreign_key(&mut within_tenant("erasure_certificate", "request_id", "rights_request"))
        .to_owned()
}

/// The last number is the one that holds: each knows all that the earlier ones know.
fn of_closing() -> TableCreateStatement {
    certificate("closing_certificate", "number").col(integer("number")).col(uuid("event_id")).to_owned()
}

fn certificate(name: &'static str, key: &'static str) -> TableCreateStatement {
    tenant_table(name, &[key])
        .col(instant("made_at"))
        .col(text("statement"))
        .col(text_or_null("proof"))
        .foreign_key(&mut of_tenant(name))
        .to_owned()
}
