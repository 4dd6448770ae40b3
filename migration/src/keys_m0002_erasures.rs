//! The record of erasures, which lies beside the keys and not beside the data, and room for a person's next key while
//! an erasure is under way.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

use crate::backend::{isolate, on_postgres};
use crate::table::{bytes, instant, tenant_table, text};

#[derive(DeriveMigrationName)]
pub struct Migration;

/// At its start a gateway asks for every tenant how far the record goes; numbers alone, nothing about a person.
const START_POLICY: &str = "
CREATE POLICY start_sees ON erasure_counter FOR SELECT USING (current_setting('app.leasing', true) = 'on');";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        rekey(manager, "id").await?;
        manager.create_table(erasure()).await?;
        manager.create_table(erasure_counter()).await?;
        manager
            .get_connection()
            .execute_unprepared("CREATE INDEX erasure_subject ON erasure (tenant_id, subject)")
            .await?;
        isolate(manager, "erasure", "tenant_id").await?;
        isolate(manager, "erasure_counter", "tenant_id").await?;
        on_postgres(manager, START_POLICY).await?;
        on_postgres(manager, "ALTER TABLE subject_key ALTER COLUMN wrapped SET STATISTICS 0").await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("erasure").to_owned()).await?;
        manager.drop_table(Table::drop().table("erasure_counter").to_owned()).await?;
        rekey(manager, "class").await
    }
}

/// Makes `last` the last column of the primary key of `subject_key`. SQLite changes no primary key in place.
async fn rekey(manager: &SchemaManager<'_>, last: &str) -> Result<(), DbErr> {
    if manager.get_database_backend() == DbBackend::Postgres {
        let change = format!(
            "ALTER TABLE subject_key DROP CONSTRAINT subject_key_pkey;
             ALTER TABLE subject_key ADD PRIMARY KEY (tenant_id, subject_id, {last});"
        );
        return on_postgres(manager, &change).await;
    }
    let rebuild = format!(
        "CREATE TABLE subject_key_next (
             tenant_id uuid_text NOT NULL, subject_id uuid_text NOT NULL, class text NOT NULL, id uuid_text NOT NULL,
             wrapped blob NOT NULL, created_at timestamp_with_timezone_text NOT NULL,
             PRIMARY KEY (tenant_id, subject_id, {last}));
         INSERT INTO subject_key_next SELECT tenant_id, subject_id, class, id, wrapped, created_at FROM subject_key;
         DROP TABLE subject_key;
         ALTER TABLE subject_key_next RENAME TO subject_key;"
    );
    manager.get_connection().execute_unprepared(&rebuild).await?;
    Ok(())
}

fn erasure() -> TableCreateStatement {
    tenant_table("erasure", &["number"])
        .col(ColumnDef::new("number").big_integer().not_null().to_owned())
        .col(bytes("subject"))
        .col(text("status"))
        .col(instant("erased_at"))
        .to_owned()
}

fn erasure_counter() -> TableCreateStatement {
    tenant_table("erasure_counter", &[])
        .col(ColumnDef::new("last_number").big_integer().not_null().to_owned())
        .to_owned()
}
