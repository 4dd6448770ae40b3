//! Tenants and their agreements.

use sea_orm_migration::prelude::*;

use crate::backend::{isolate, on_postgres};
use crate::table::{
    date, date_or_null, instant, instant_or_null, integer, json, of_tenant, tenant_table, text, text_or_null,
    uuid,
};

#[derive(DeriveMigrationName)]
pub struct Migration;

/// Binds the transaction to a tenant and reads, in the same round trip, what decides whether it is served: its
/// status and the newest signed agreement that has begun.
const BIND_TENANT: &str = "
CREATE FUNCTION bind_tenant(tenant uuid, today date)
RETURNS TABLE (status text, language text, data_categories jsonb, effective_from date, effective_to date)
LANGUAGE plpgsql VOLATILE SECURITY INVOKER AS $$
BEGIN
    PERFORM set_config('app.tenant_id', bind_tenant.tenant::text, true);
    RETURN QUERY
        SELECT t.status, t.language, a.data_categories, a.effective_from, a.effective_to
        FROM tenant t
        LEFT JOIN agreement a ON a.tenant_id = t.id
            AND a.controller_signed_at IS NOT NULL AND a.processor_signed_at IS NOT NULL
            AND a.effective_from <= bind_tenant.today
        WHERE t.id = bind_tenant.tenant
        ORDER BY a.version DESC NULLS LAST
        LIMIT 1;
END $$;";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(tenant()).await?;
        manager.create_table(agreement()).await?;
        manager
            .get_connection()
            .execute_unprepared("CREATE UNIQUE INDEX agreement_version ON agreement (tenant_id, version)")
            .await?;
        isolate(manager, "tenant", "id").await?;
        isolate(manager, "agreement", "tenant_id").await?;
        on_postgres(manager, BIND_TENANT).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        on_postgres(manager, "DROP FUNCTION bind_tenant(uuid, date)").await?;
        manager.drop_table(Table::drop().table("agreement").to_owned()).await?;
        manager.drop_table(Table::drop().table("tenant").to_owned()).await
    }
}

fn tenant() -> TableCreateStatement {
    Table::create()
        .table("tenant")
        .col(uuid("id").primary_key())
        .col(text("name"))
        .col(text_or_null("organisation_number").unique_key())
        .col(text("country"))
        .col(text("language"))
        .col(text("status"))
        .col(text("privacy_contact_name"))
        .col(text("privacy_contact_email"))
        .col(text_or_null("privacy_contact_phone"))
        .col(text_or_null("dpo_name"))
        .col(text_or_null("dpo_email"))
        .col(text_or_null("dpo_phone"))
        .col(date("relationship_started_on"))
        .col(date_or_null("relationship_ends_on"))
        .col(instant("created_at"))
        .to_owned()
}

fn agreement() -> TableCreateStatement {
    tenant_table("agreement", &["id"])
        .col(uuid("id"))
        .col(integer("version"))
        .col(text("language"))
        .col(json("data_categories"))
        .col(date_or_null("effective_from"))
        .col(date_or_null("effective_to"))
        .col(instant_or_null("controller_signed_at"))
        .col(instant_or_null("processor_signed_at"))
        .col(instant("created_at"))
        .foreign_key(&mut of_tenant("agreement"))
        .to_owned()
}
