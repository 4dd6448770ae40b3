//! Persons, the blind index to find them by, and their consents.

use sea_orm_migration::prelude::*;

use crate::backend::isolate;
use crate::table::{
    bytes, instant, instant_or_null, json, of_tenant, tenant_table, text, text_or_null, uuid, within_tenant,
};

#[derive(DeriveMigrationName)]
pub struct Migration;

/// What is unique within a tenant is unique by its blind index; words of names and telephone numbers repeat.
const INDEXES: &str = "
CREATE UNIQUE INDEX subject_index_unique ON subject_index (tenant_id, kind, token)
    WHERE kind IN ('EMAIL', 'LOGIN_NAME', 'EXTERNAL_REFERENCE');
CREATE INDEX subject_index_subject ON subject_index (tenant_id, subject_id);
CREATE INDEX consent_subject ON consent (tenant_id, subject_id);
CREATE INDEX consent_current ON consent (tenant_id, purpose, subject_id) WHERE withdrawn_at IS NULL;";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(data_subject()).await?;
        manager.create_table(subject_index()).await?;
        manager.create_table(consent()).await?;
        manager.get_connection().execute_unprepared(INDEXES).await?;
        for table in ["data_subject", "subject_index", "consent"] {
            isolate(manager, table, "tenant_id").await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["consent", "subject_index", "data_subject"] {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}

fn data_subject() -> TableCreateStatement {
    tenant_table("data_subject", &["id"])
        .col(uuid("id"))
        .col(text("status"))
        .col(json("profile"))
        .col(text_or_null("external_reference"))
        .col(instant("created_at"))
        .col(instant("updated_at"))
        .col(instant_or_null("erased_at"))
        .foreign_key(&mut of_tenant("data_subject"))
        .to_owned()
}

fn subject_index() -> TableCreateStatement {
    tenant_table("subject_index", &["kind", "token", "subject_id"])
        .col(text("kind"))
        .col(bytes("token"))
        .col(uuid("subject_id"))
        .foreign_key(&mut within_tenant("subject_index", "subject_id", "data_subject"))
        .to_owned()
}

fn consent() -> TableCreateStatement {
    tenant_table("consent", &["id"])
        .col(uuid("id"))
        .col(uuid("subject_id"))
        .col(text("purpose"))
        .col(instant("granted_at"))
        .col(instant_or_null("withdrawn_at"))
        .col(text("source"))
        .col(text("text_version"))
        .col(instant("created_at"))
        .foreign_key(&mut within_tenant("consent", "subject_id", "data_subject"))
        .to_owned()
}
