//! Sessions of the console. The table names no tenant and nobody: both stand in the sealed content, which opens with the
//! browser's cookie alone.

use sea_orm_migration::prelude::*;

use crate::table::{bytes, instant, instant_or_null, integer, text, text_or_null};

#[derive(DeriveMigrationName)]
pub struct Migration;

const INDEXES: &str = "
CREATE UNIQUE INDEX console_session_sign_in ON console_session (sign_in_digest);
CREATE INDEX console_session_actor ON console_session (actor_digest);";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(console_session()).await?;
        manager.get_connection().execute_unprepared(INDEXES).await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("console_session").to_owned()).await
    }
}

fn console_session() -> TableCreateStatement {
    Table::create()
        .table("console_session")
        .col(ColumnDef::new("digest").text().not_null().primary_key())
        .col(text("actor_digest"))
        // Which sign-in at the issuer it came from, so that none gives two.
        .col(text_or_null("sign_in_digest"))
        .col(bytes("content"))
        .col(integer("version"))
        .col(instant("created_at"))
        .col(instant("last_used_at"))
        .col(instant("ends_at"))
        .col(instant_or_null("ended_at"))
        .col(instant_or_null("refreshing_until"))
        .to_owned()
}
