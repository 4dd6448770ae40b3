//! Systems outside that hear from the gateway, their secrets, and how the delivery of the audit log's heads stands.

use sea_orm_migration::prelude::*;

use crate::backend::isolate;
use crate::table::{
    bytes, instant, instant_or_null, json, of_tenant, tenant_table, text, text_or_null, uuid, within_tenant,
};

#[derive(DeriveMigrationName)]
pub struct Migration;

const TABLES: [&str; 3] = ["downstream_system", "downstream_secret", "audit_delivery"];

/// A system that was removed leaves its name to another.
const INDEXES: &str = "
CREATE UNIQUE INDEX downstream_system_name ON downstream_system (tenant_id, name) WHERE removed_at IS NULL;
CREATE INDEX downstream_secret_system ON downstream_secret (tenant_id, system_id);";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [downstream_system(), downstream_secret(), audit_delivery()] {
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

fn downstream_system() -> TableCreateStatement {
    tenant_table("downstream_system", &["id"])
        .col(uuid("id"))
        .col(text("name"))
        // Sealed: the path or query of an address often holds a credential.
        .col(bytes("endpoint"))
        .col(json("data_categories"))
        .col(json("identifiers"))
        .col(json("receives"))
        .col(instant("created_at"))
        .col(instant_or_null("removed_at"))
        .foreign_key(&mut of_tenant("downstream_system"))
        .to_owned()
}

fn downstream_secret() -> TableCreateStatement {
    tenant_table("downstream_secret", &["id"])
        .col(uuid("id"))
        .col(uuid("system_id"))
        .col(bytes("sealed"))
        .col(instant("created_at"))
        // Null for the one that signs from now on; the former ones sign beside it until then.
        .col(instant_or_null("signs_until"))
        .foreign_key(&mut within_tenant("downstream_secret", "system_id", "downstream_system"))
        .to_owned()
}

fn audit_delivery() -> TableCreateStatement {
    tenant_table("audit_delivery", &["system_id"])
        .col(uuid("system_id"))
        .col(ColumnDef::new("tree_size").big_integer())
        .col(instant_or_null("delivered_at"))
        .col(instant_or_null("failing_since"))
        .col(text_or_null("last_error"))
        .foreign_key(&mut within_tenant("audit_delivery", "system_id", "downstream_system"))
        .to_owned()
}
