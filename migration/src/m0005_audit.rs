//! The audit log, and what came of mutations that bore an idempotency key.

use sea_orm_migration::prelude::*;

use crate::backend::{isolate, on_postgres};
use crate::table::{bytes, instant, json, of_tenant, tenant_table, text, text_or_null, uuid};

#[derive(DeriveMigrationName)]
pub struct Migration;

/// Writes entries of several tenants in one statement, so that many reads share one commit. Each entry is checked by
/// its own tenant's policy: the function runs with the caller's rights.
const APPEND_AUDIT: &str = "
CREATE FUNCTION append_audit(events jsonb) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY INVOKER AS $$
DECLARE event record;
BEGIN
    FOR event IN SELECT * FROM jsonb_to_recordset(events) AS e(
        tenant_id uuid, id uuid, occurred_at timestamptz, actor_id text, action text, purpose text,
        allowed boolean, subject_ids text, data_categories jsonb, request_id text, canonical text)
    LOOP
        PERFORM set_config('app.tenant_id', event.tenant_id::text, true);
        INSERT INTO audit_event (tenant_id, id, occurred_at, actor_id, action, purpose,
                allowed, subject_ids, data_categories, request_id, canonical)
            VALUES (event.tenant_id, event.id, event.occurred_at, event.actor_id, event.action, event.purpose,
                event.allowed, decode(event.subject_ids, 'hex'), event.data_categories, event.request_id,
                event.canonical);
    END LOOP;
END $$;";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(audit_event()).await?;
        manager.create_table(idempotency()).await?;
        isolate(manager, "audit_event", "tenant_id").await?;
        isolate(manager, "idempotency", "tenant_id").await?;
        on_postgres(manager, APPEND_AUDIT).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        on_postgres(manager, "DROP FUNCTION append_audit(jsonb)").await?;
        manager.drop_table(Table::drop().table("idempotency").to_owned()).await?;
        manager.drop_table(Table::drop().table("audit_event").to_owned()).await
    }
}

/// It has no foreign key to the tenant: to check one locks the tenant's row, for every read of anything.
fn audit_event() -> TableCreateStatement {
    tenant_table("audit_event", &["id"])
        .col(uuid("id"))
        .col(instant("occurred_at"))
        .col(text("actor_id"))
        .col(text("action"))
        .col(text_or_null("purpose"))
        .col(ColumnDef::new("allowed").boolean().not_null())
        .col(bytes("subject_ids"))
        .col(json("data_categories"))
        .col(text("request_id"))
        .col(text("canonical"))
        .to_owned()
}

fn idempotency() -> TableCreateStatement {
    tenant_table("idempotency", &["key_digest"])
        .col(bytes("key_digest"))
        .col(bytes("input_digest"))
        .col(uuid("object_id"))
        .col(instant("created_at"))
        .foreign_key(&mut of_tenant("idempotency"))
        .to_owned()
}
