//! Notices by e-mail to the tenants' privacy contacts.

use sea_orm_migration::prelude::*;

use crate::backend::isolate;
use crate::table::{instant, instant_or_null, integer, of_tenant, tenant_table, text, text_or_null, uuid};

#[derive(DeriveMigrationName)]
pub struct Migration;

/// A newer reminder looks for those of the same request that were not sent.
const INDEX: &str = "CREATE INDEX notice_pending ON notice (tenant_id, object_id) WHERE status = 'PENDING';";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(notice()).await?;
        manager.get_connection().execute_unprepared(INDEX).await?;
        isolate(manager, "notice", "tenant_id").await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("notice").to_owned()).await
    }
}

fn notice() -> TableCreateStatement {
    tenant_table("notice", &["id"])
        .col(uuid("id"))
        .col(text("kind"))
        // A request of the tenant's, or a breach or sub-processor of the platform's.
        .col(uuid("object_id"))
        .col(text("status"))
        .col(instant("created_at"))
        .col(integer("failures"))
        .col(text_or_null("last_error"))
        .col(instant_or_null("ended_at"))
        .foreign_key(&mut of_tenant("notice"))
        .to_owned()
}
