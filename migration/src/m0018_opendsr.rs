//! Requests that controllers send as OpenDSR, and the callbacks that tell them of each change.

use sea_orm_migration::prelude::*;

use crate::backend::isolate;
use crate::table::{
    bytes, instant, instant_or_null, integer, of_tenant, tenant_table, text, text_or_null, uuid,
    within_tenant,
};

#[derive(DeriveMigrationName)]
pub struct Migration;

const TABLES: [&str; 2] = ["opendsr_request", "opendsr_callback"];

const INDEXES: &str = "
CREATE UNIQUE INDEX opendsr_request_of ON opendsr_request (tenant_id, request_id);
CREATE INDEX opendsr_callback_due ON opendsr_callback (tenant_id, subject_request_id)
    WHERE next_attempt_at IS NOT NULL;";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [opendsr_request(), opendsr_callback()] {
            manager.create_table(table).await?;
        }
        manager.get_connection().execute_unprepared(INDEXES).await?;
        for table in TABLES {
            isolate(manager, table, "tenant_id").await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in TABLES.into_iter().rev() {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}

fn opendsr_request() -> TableCreateStatement {
    tenant_table("opendsr_request", &["id"])
        .col(uuid("id"))
        .col(uuid("request_id"))
        .col(bytes("body_digest"))
        // Sealed: the path or query of an address often holds a credential.
        .col(ColumnDef::new("callback_urls").blob())
        .col(text_or_null("told_status"))
        .col(instant("created_at"))
        .foreign_key(&mut of_tenant("opendsr_request"))
        .foreign_key(&mut within_tenant("opendsr_request", "request_id", "rights_request"))
        .to_owned()
}

fn opendsr_callback() -> TableCreateStatement {
    tenant_table("opendsr_callback", &["id"])
        .col(uuid("id"))
        .col(uuid("subject_request_id"))
        .col(integer("place"))
        .col(integer("number"))
        .col(text("status"))
        .col(instant("expected_at"))
        .col(instant("created_at"))
        .col(integer("attempts"))
        .col(instant_or_null("first_attempt_at"))
        .col(instant_or_null("next_attempt_at"))
        .col(instant_or_null("taken_at"))
        .col(text_or_null("last_error"))
        .foreign_key(&mut of_tenant("opendsr_callback"))
        .foreign_key(&mut within_tenant("opendsr_callback", "subject_request_id", "opendsr_request"))
        .to_owned()
}
