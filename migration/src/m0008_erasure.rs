//! What decides how long data is kept and who may use it: accounting records, restrictions, holds, objections.

use sea_orm_migration::prelude::*;

use crate::backend::{isolate, on_postgres};
use crate::table::{
    add_columns, bytes, date, date_or_null, instant, instant_or_null, json, json_or_null, of_tenant,
    tenant_table, text, text_or_null, uuid, uuid_or_null, within_tenant,
};

#[derive(DeriveMigrationName)]
pub struct Migration;

const TABLES: [&str; 5] = ["accounting_record", "restriction", "legal_hold", "suppression", "erasure_mark"];

const INDEXES: &str = "
CREATE UNIQUE INDEX accounting_record_number ON accounting_record (tenant_id, kind, number);
CREATE INDEX accounting_record_subject ON accounting_record (tenant_id, subject_id, id);
CREATE INDEX accounting_record_retained ON accounting_record (tenant_id, retained_through);
CREATE INDEX restriction_subject ON restriction (tenant_id, subject_id);
CREATE INDEX legal_hold_subject ON legal_hold (tenant_id, subject_id);
CREATE INDEX data_subject_updated ON data_subject (tenant_id, updated_at);";

/// The statistics of PostgreSQL are samples of values, which outlive the rows (pitfall P18). Nobody plans a query by what
/// is sealed.
const WITHOUT_SAMPLES: &str = "
ALTER TABLE data_subject ALTER COLUMN profile SET STATISTICS 0, ALTER COLUMN external_reference SET STATISTICS 0;
ALTER TABLE accounting_record ALTER COLUMN description SET STATISTICS 0;
ALTER TABLE export_file ALTER COLUMN content SET STATISTICS 0;
ALTER TABLE rights_request ALTER COLUMN reasons SET STATISTICS 0, ALTER COLUMN extension_reason SET STATISTICS 0,
    ALTER COLUMN identity_reason SET STATISTICS 0, ALTER COLUMN objection_grounds SET STATISTICS 0,
    ALTER COLUMN rectifications SET STATISTICS 0;";

/// Tenants that are there already get their daily upkeep; for a new one it is enqueued with the tenant.
const UPKEEP: &str = "
INSERT INTO job (tenant_id, id, kind, object_id, run_at, attempts, created_at)
SELECT id, id, 'RUN_RETENTION', id, created_at, 0, created_at FROM tenant";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        add_columns(manager, "data_subject", subject_columns()).await?;
        add_columns(manager, "rights_request", request_columns()).await?;
        manager.create_table(accounting_record()).await?;
        manager.create_table(restriction()).await?;
        manager.create_table(legal_hold()).await?;
        manager.create_table(suppression()).await?;
        manager.create_table(erasure_mark()).await?;
        manager.get_connection().execute_unprepared(INDEXES).await?;
        for table in TABLES {
            isolate(manager, table, "tenant_id").await?;
        }
        on_postgres(manager, WITHOUT_SAMPLES).await?;
        on_postgres(
            manager,
            "ALTER TABLE tenant NO FORCE ROW LEVEL SECURITY; ALTER TABLE job NO FORCE ROW LEVEL SECURITY",
        )
        .await?;
        manager.get_connection().execute_unprepared(UPKEEP).await?;
        on_postgres(
            manager,
            "ALTER TABLE tenant FORCE ROW LEVEL SECURITY; ALTER TABLE job FORCE ROW LEVEL SECURITY",
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in TABLES.into_iter().rev() {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        manager.get_connection().execute_unprepared("DROP INDEX data_subject_updated").await?;
        manager.get_connection().execute_unprepared("DELETE FROM job WHERE kind = 'RUN_RETENTION'").await?;
        for (table, columns) in [("rights_request", request_columns()), ("data_subject", subject_columns())] {
            for column in columns {
                let drop = Table::alter().table(table).drop_column(column.get_column_name()).to_owned();
                manager.alter_table(drop).await?;
            }
        }
        Ok(())
    }
}

/// Which key new values are sealed under stands with the person: an erasure moves what stays to another key.
fn subject_columns() -> Vec<ColumnDef> {
    vec![
        ColumnDef::new("restricted").boolean().not_null().default(false).to_owned(),
        ColumnDef::new("ended_purposes").json_binary().not_null().default("[]").to_owned(),
        instant_or_null("marketing_objected_at"),
        uuid_or_null("ordinary_key"),
        uuid_or_null("statutory_key"),
    ]
}

fn request_columns() -> Vec<ColumnDef> {
    vec![
        text_or_null("purpose"),
        text_or_null("restriction_ground"),
        json_or_null("erasure_categories"),
        text_or_null("plan_sha256"),
        instant_or_null("carried_out_at"),
        instant_or_null("extended_at"),
        json_or_null("extension_grounds"),
        text_or_null("extension_reason"),
        text_or_null("identity_reason"),
        text_or_null("objection_grounds"),
        text_or_null("rectifications"),
    ]
}

fn accounting_record() -> TableCreateStatement {
    tenant_table("accounting_record", &["id"])
        .col(uuid("id"))
        .col(uuid("subject_id"))
        .col(text("kind"))
        .col(text("number"))
        .col(date("issued_on"))
        .col(date("fiscal_year_ends_on"))
        .col(date_or_null("retained_through"))
        .col(text("description"))
        .col(instant("created_at"))
        .foreign_key(&mut within_tenant("accounting_record", "subject_id", "data_subject"))
        .to_owned()
}

fn restriction() -> TableCreateStatement {
    tenant_table("restriction", &["id"])
        .col(uuid("id"))
        .col(uuid("subject_id"))
        .col(uuid("request_id"))
        .col(text("ground"))
        .col(instant("started_at"))
        .col(instant_or_null("lifted_at"))
        .col(instant_or_null("subject_informed_at"))
        .foreign_key(&mut within_tenant("restriction", "subject_id", "data_subject"))
        .foreign_key(&mut within_tenant("restriction", "request_id", "rights_request"))
        .to_owned()
}

fn legal_hold() -> TableCreateStatement {
    tenant_table("legal_hold", &["id"])
        .col(uuid("id"))
        .col(uuid("subject_id"))
        .col(text("ground"))
        .col(json("data_categories"))
        .col(text("reference"))
        .col(instant("placed_at"))
        .col(text("placed_by"))
        .col(date_or_null("expires_on"))
        .col(instant_or_null("released_at"))
        .col(text_or_null("released_by"))
        .foreign_key(&mut within_tenant("legal_hold", "subject_id", "data_subject"))
        .to_owned()
}

/// Keyed digests of addresses that must not be written to; they outlive the person's data (Art. 21(3)).
fn suppression() -> TableCreateStatement {
    tenant_table("suppression", &["kind", "token"])
        .col(text("kind"))
        .col(bytes("token"))
        .col(instant("since"))
        .foreign_key(&mut of_tenant("suppression"))
        .to_owned()
}

/// How many entries of the erasure record, which lies with the keys, this database has seen. A restored backup has
/// seen fewer.
fn erasure_mark() -> TableCreateStatement {
    tenant_table("erasure_mark", &[])
        .col(ColumnDef::new("number").big_integer().not_null().to_owned())
        .foreign_key(&mut of_tenant("erasure_mark"))
        .to_owned()
}
