//! Export packages, their sealed files, and how often they were downloaded by which ticket.

use sea_orm_migration::prelude::*;

use crate::backend::isolate;
use crate::table::{bytes, instant, integer, tenant_table, text, uuid, within_tenant};

#[derive(DeriveMigrationName)]
pub struct Migration;

const TABLES: [&str; 3] = ["export_package", "export_file", "download_ticket"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(export_package()).await?;
        manager.create_table(export_file()).await?;
        manager.create_table(download_ticket()).await?;
        manager
            .get_connection()
            .execute_unprepared(
                "CREATE UNIQUE INDEX export_package_request ON export_package (tenant_id, request_id)",
            )
            .await?;
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

fn export_package() -> TableCreateStatement {
    tenant_table("export_package", &["id"])
        .col(uuid("id"))
        .col(uuid("request_id"))
        .col(uuid("subject_id"))
        .col(instant("created_at"))
        .col(instant("expires_at"))
        .foreign_key(&mut within_tenant("export_package", "request_id", "rights_request"))
        .foreign_key(&mut within_tenant("export_package", "subject_id", "data_subject"))
        .to_owned()
}

fn export_file() -> TableCreateStatement {
    tenant_table("export_file", &["package_id", "format"])
        .col(uuid("package_id"))
        .col(text("format"))
        .col(bytes("content"))
        .col(text("sha256"))
        .foreign_key(&mut within_tenant("export_file", "package_id", "export_package"))
        .to_owned()
}

fn download_ticket() -> TableCreateStatement {
    tenant_table("download_ticket", &["id"])
        .col(uuid("id"))
        .col(uuid("package_id"))
        .col(integer("uses"))
        .foreign_key(&mut within_tenant("download_ticket", "package_id", "export_package"))
        .to_owned()
}
