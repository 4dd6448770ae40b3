//! Agreements as they are offered and signed, what they govern (sub-processors, instructions), breaches, and the end of a
//! relationship: the return of the data and its erasure.

use sea_orm_migration::prelude::*;

use crate::backend::{isolate, on_postgres};
use crate::table::{
    add_columns, bytes, date, date_or_null, instant, instant_or_null, integer, json, json_or_null, of_tenant,
    tenant_table, text, text_or_null, uuid, uuid_or_null, within_tenant,
};

#[derive(DeriveMigrationName)]
pub struct Migration;

const TENANT_TABLES: [&str; 9] = [
    "agreement_signature",
    "instruction",
    "subprocessor_notice",
    "erasure_confirmation",
    "breach_notice",
    "tenant_closing",
    "tenant_export",
    "tenant_export_chunk",
    "tenant_export_download",
];

const INDEXES: &str = "
CREATE UNIQUE INDEX agreement_template_name ON agreement_template (name, language);
CREATE INDEX instruction_agreement ON instruction (tenant_id, agreement_id, id);
CREATE INDEX subprocessor_notice_of ON subprocessor_notice (subprocessor_id);
CREATE INDEX breach_notice_of ON breach_notice (breach_id);";

/// Binds the transaction to a tenant and reads, in the same round trip, what decides whether it is served: where in its
/// life it is and the newest signed agreement that has begun.
const BIND_TENANT: &str = "
DROP FUNCTION bind_tenant(uuid, date);
CREATE FUNCTION bind_tenant(tenant uuid, today date)
RETURNS TABLE (language text, relationship_ends_on date, erasing_since timestamptz, closed_at timestamptz,
               agreement_id uuid, data_categories jsonb, effective_from date, effective_to date)
LANGUAGE plpgsql VOLATILE SECURITY INVOKER AS $$
BEGIN
    PERFORM set_config('app.tenant_id', bind_tenant.tenant::text, true);
    RETURN QUERY
        SELECT t.language, t.relationship_ends_on, t.erasing_since, t.closed_at,
               a.id, a.data_categories, a.effective_from, a.effective_to
        FROM tenant t
        LEFT JOIN agreement a ON a.tenant_id = t.id
            AND a.controller_signed_at IS NOT NULL AND a.processor_signed_at IS NOT NULL
            AND a.effective_from <= bind_tenant.today
        WHERE t.id = bind_tenant.tenant
        ORDER BY a.version DESC NULLS LAST
        LIMIT 1;
END $$;";

/// As migration m0001 made it.
const FORMER_BIND_TENANT: &str = "
DROP FUNCTION bind_tenant(uuid, date);
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

/// A tenant reads of breaches what it was notified of. The tables are the platform's and have no tenant.
const BREACH_POLICIES: &str = "
ALTER TABLE breach ENABLE ROW LEVEL SECURITY;
ALTER TABLE breach FORCE ROW LEVEL SECURITY;
CREATE POLICY notified ON breach FOR SELECT USING (EXISTS (
    SELECT 1 FROM breach_notice n WHERE n.breach_id = breach.id));
ALTER TABLE breach_supplement ENABLE ROW LEVEL SECURITY;
ALTER TABLE breach_supplement FORCE ROW LEVEL SECURITY;
CREATE POLICY notified ON breach_supplement FOR SELECT USING (EXISTS (
    SELECT 1 FROM breach_notice n WHERE n.breach_id = breach_supplement.breach_id));";

/// Counts for the operator, whose role cannot read the table: the function runs with its owner's rights and gives numbers
/// alone. It binds each tenant in turn, since row-level security holds for the owner too.
const REQUEST_FIGURES: &str = "
CREATE FUNCTION request_figures(tenants uuid[], now timestamptz, soon timestamptz)
RETURNS TABLE (tenant_id uuid, open bigint, due_soon bigint, overdue bigint)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    former text := current_setting('app.tenant_id', true);
    one uuid;
BEGIN
    FOREACH one IN ARRAY tenants LOOP
        PERFORM set_config('app.tenant_id', one::text, true);
        RETURN QUERY
            SELECT one, count(*),
                   count(*) FILTER (WHERE r.due_at >= request_figures.now AND r.due_at < request_figures.soon),
                   count(*) FILTER (WHERE r.due_at < request_figures.now)
            FROM rights_request r
            WHERE r.tenant_id = one AND r.status IN ('RECEIVED', 'AWAITING_IDENTITY', 'UNDER_REVIEW', 'IN_PROGRESS');
    END LOOP;
    PERFORM set_config('app.tenant_id', coalesce(former, ''), true);
END $$;
REVOKE ALL ON FUNCTION request_figures(uuid[], timestamptz, timestamptz) FROM PUBLIC;";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        on_postgres(manager, BIND_TENANT).await?;
        manager.alter_table(Table::alter().table("tenant").drop_column("status").to_owned()).await?;
        add_columns(manager, "tenant", tenant_columns()).await?;
        add_columns(manager, "agreement", agreement_columns()).await?;
        add_columns(manager, "subprocessor", vec![instant_or_null("announced_at")]).await?;
        for table in [agreement_template(), breach(), breach_supplement(), operator_idempotency()] {
            manager.create_table(table).await?;
        }
        for table in [
            agreement_signature(),
            instruction(),
            subprocessor_notice(),
            erasure_confirmation(),
            breach_notice(),
            tenant_closing(),
            tenant_export(),
            tenant_export_chunk(),
            tenant_export_download(),
        ] {
            manager.create_table(table).await?;
        }
        manager.get_connection().execute_unprepared(INDEXES).await?;
        for table in TENANT_TABLES {
            isolate(manager, table, "tenant_id").await?;
        }
        on_postgres(manager, BREACH_POLICIES).await?;
        on_postgres(manager, REQUEST_FIGURES).await?;
        on_postgres(manager, "ALTER TABLE tenant_export_chunk ALTER COLUMN content SET STATISTICS 0").await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        on_postgres(manager, "DROP FUNCTION request_figures(uuid[], timestamptz, timestamptz)").await?;
        on_postgres(manager, "DROP POLICY notified ON breach_supplement; DROP POLICY notified ON breach")
            .await?;
        for table in TENANT_TABLES.into_iter().rev() {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        for table in ["operator_idempotency", "breach_supplement", "breach", "agreement_template"] {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        let added = [
            ("subprocessor", vec![instant_or_null("announced_at")]),
            ("agreement", agreement_columns()),
            ("tenant", tenant_columns()),
        ];
        for (table, columns) in added {
            for column in columns {
                let drop = Table::alter().table(table).drop_column(column.get_column_name()).to_owned();
                manager.alter_table(drop).await?;
            }
        }
        let status = ColumnDef::new("status").text().not_null().default("ACTIVE").to_owned();
        add_columns(manager, "tenant", vec![status]).await?;
        on_postgres(manager, FORMER_BIND_TENANT).await
    }
}

/// Where in its life a tenant is follows from these dates and its agreements.
fn tenant_columns() -> Vec<ColumnDef> {
    vec![date_or_null("return_ends_on"), instant_or_null("erasing_since"), instant_or_null("closed_at")]
}

fn agreement_columns() -> Vec<ColumnDef> {
    let needed_text = |name: &'static str, default: &'static str| text(name).default(default).to_owned();
    let list = |name: &'static str| json(name).default("[]").to_owned();
    let days = |name: &'static str| integer(name).default(30).to_owned();
    vec![
        uuid_or_null("template_id"),
        needed_text("subject_matter", ""),
        needed_text("nature_and_purpose", ""),
        list("subject_categories"),
        list("instructions"),
        list("security_measures"),
        needed_text("subprocessor_authorisation", "GENERAL"),
        days("objection_period_days"),
        days("return_period_days"),
        needed_text("document", ""),
        needed_text("document_sha256", ""),
    ]
}

fn agreement_template() -> TableCreateStatement {
    Table::create()
        .table("agreement_template")
        .col(uuid("id").primary_key())
        .col(text("name"))
        .col(text("language"))
        .col(text("text"))
        .col(text("text_sha256"))
        .col(instant("published_at"))
        .to_owned()
}

fn agreement_signature() -> TableCreateStatement {
    tenant_table("agreement_signature", &["agreement_id", "party"])
        .col(uuid("agreement_id"))
        .col(text("party"))
        .col(text("signatory_name"))
        .col(text("signatory_title"))
        .col(instant("signed_at"))
        .col(text("document_sha256"))
        .foreign_key(&mut within_tenant("agreement_signature", "agreement_id", "agreement"))
        .to_owned()
}

fn instruction() -> TableCreateStatement {
    tenant_table("instruction", &["id"])
        .col(uuid("id"))
        .col(uuid("agreement_id"))
        .col(text("kind"))
        .col(instant("given_at"))
        .col(text("given_by"))
        .col(uuid("event_id"))
        .foreign_key(&mut within_tenant("instruction", "agreement_id", "agreement"))
        .to_owned()
}

fn subprocessor_notice() -> TableCreateStatement {
    tenant_table("subprocessor_notice", &["subprocessor_id"])
        .col(uuid("subprocessor_id"))
        .col(instant("notified_at"))
        .col(text("authorisation"))
        .col(date("last_day_to_object"))
        .col(text_or_null("answer"))
        .col(instant_or_null("answered_at"))
        .col(text_or_null("answered_by"))
        .col(text_or_null("reason"))
        .foreign_key(&mut of_tenant("subprocessor_notice"))
        .to_owned()
}

fn erasure_confirmation() -> TableCreateStatement {
    tenant_table("erasure_confirmation", &["subprocessor_id"])
        .col(uuid("subprocessor_id"))
        .col(date("confirmed_on"))
        .col(instant("recorded_at"))
        .col(text("recorded_by"))
        .foreign_key(&mut of_tenant("erasure_confirmation"))
        .to_owned()
}

fn breach() -> TableCreateStatement {
    Table::create()
        .table("breach")
        .col(uuid("id").primary_key())
        .col(text("description"))
        .col(instant("detected_at"))
        .col(instant("reported_at"))
        .col(json("data_categories"))
        .col(ColumnDef::new("approximate_subjects").integer())
        .col(text("consequences"))
        .col(text("measures"))
        .to_owned()
}

fn breach_supplement() -> TableCreateStatement {
    Table::create()
        .table("breach_supplement")
        .col(uuid("breach_id"))
        .col(uuid("id"))
        .col(instant("supplemented_at"))
        .col(text_or_null("description"))
        .col(json_or_null("data_categories"))
        .col(ColumnDef::new("approximate_subjects").integer())
        .col(text_or_null("consequences"))
        .col(text_or_null("measures"))
        .primary_key(Index::create().col("breach_id").col("id"))
        .to_owned()
}

fn breach_notice() -> TableCreateStatement {
    tenant_table("breach_notice", &["breach_id"])
        .col(uuid("breach_id"))
        .col(instant("notified_at"))
        .col(instant_or_null("acknowledged_at"))
        .col(text_or_null("acknowledged_by"))
        .foreign_key(&mut of_tenant("breach_notice"))
        .to_owned()
}

fn operator_idempotency() -> TableCreateStatement {
    Table::create()
        .table("operator_idempotency")
        .col(text("actor"))
        .col(text("operation"))
        .col(text("key"))
        .col(text("input_sha256"))
        .col(uuid("object_id"))
        .col(instant("created_at"))
        .primary_key(Index::create().col("actor").col("operation").col("key"))
        .to_owned()
}

fn tenant_closing() -> TableCreateStatement {
    tenant_table("tenant_closing", &[])
        .col(instant("began_at"))
        .col(json("erased"))
        .col(json("key_fingerprints"))
        .col(instant_or_null("keys_destroyed_at"))
        .foreign_key(&mut of_tenant("tenant_closing"))
        .to_owned()
}

fn tenant_export() -> TableCreateStatement {
    tenant_table("tenant_export", &["id"])
        .col(uuid("id"))
        .col(text("status"))
        .col(text("requested_by"))
        .col(instant("requested_at"))
        .col(instant_or_null("ready_at"))
        .col(instant_or_null("expires_at"))
        .col(ColumnDef::new("byte_count").big_integer())
        .col(text_or_null("sha256"))
        .col(uuid_or_null("key_id"))
        .col(text_or_null("last_error"))
        .foreign_key(&mut of_tenant("tenant_export"))
        .to_owned()
}

fn tenant_export_chunk() -> TableCreateStatement {
    tenant_table("tenant_export_chunk", &["export_id", "number"])
        .col(uuid("export_id"))
        .col(integer("number"))
        .col(bytes("content"))
        .foreign_key(&mut within_tenant("tenant_export_chunk", "export_id", "tenant_export"))
        .to_owned()
}

fn tenant_export_download() -> TableCreateStatement {
    tenant_table("tenant_export_download", &["export_id", "id"])
        .col(uuid("export_id"))
        .col(uuid("id"))
        .col(uuid("ticket_id"))
        .col(instant("downloaded_at"))
        .foreign_key(&mut within_tenant("tenant_export_download", "export_id", "tenant_export"))
        .to_owned()
}
