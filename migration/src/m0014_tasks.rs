//! What systems outside must do for rights requests.

use sea_orm_migration::prelude::*;

use crate::backend::{isolate, on_postgres};
use crate::table::{
    instant, instant_or_null, integer, json, of_tenant, tenant_table, text, text_or_null, uuid, within_tenant,
};

#[derive(DeriveMigrationName)]
pub struct Migration;

/// A receipt names its task and nothing else: whose it is must be found first.
const INDEXES: &str = "
CREATE UNIQUE INDEX downstream_task_named ON downstream_task (id);
CREATE INDEX downstream_task_request ON downstream_task (tenant_id, request_id);
CREATE INDEX downstream_task_subject ON downstream_task (tenant_id, subject_id);
CREATE INDEX downstream_task_due ON downstream_task (tenant_id, system_id, next_attempt_at)
    WHERE next_attempt_at IS NOT NULL;";

/// As with due work: whoever looks for the tenant of a task says so for that one transaction. What a row holds of a person
/// is sealed.
const RECEIPT_POLICY: &str = "
CREATE POLICY receipt_sees ON downstream_task FOR SELECT
    USING (current_setting('app.leasing', true) = 'on');";

const SIGNATURE: &str = "request_figures(uuid[], timestamptz, timestamptz)";

/// The counts for the operator (migration m0009), and those that later steps add.
pub(crate) fn figures(columns: &str, counts: &str) -> String {
    format!(
        "DROP FUNCTION IF EXISTS {SIGNATURE};
CREATE FUNCTION request_figures(tenants uuid[], now timestamptz, soon timestamptz)
RETURNS TABLE (tenant_id uuid, open bigint, due_soon bigint, overdue bigint{columns})
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
                   count(*) FILTER (WHERE r.due_at < request_figures.now){counts}
            FROM rights_request r
            WHERE r.tenant_id = one AND r.status IN ('RECEIVED', 'AWAITING_IDENTITY', 'UNDER_REVIEW', 'IN_PROGRESS');
    END LOOP;
    PERFORM set_config('app.tenant_id', coalesce(former, ''), true);
END $$;
REVOKE ALL ON FUNCTION {SIGNATURE} FROM PUBLIC;"
    )
}

pub(crate) const FAILED_TASKS: &str = ",
                   (SELECT count(*) FROM downstream_task t
                    WHERE t.tenant_id = one AND t.status = 'FAILED' AND t.ended_by IS NULL)";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(downstream_task()).await?;
        manager.get_connection().execute_unprepared(INDEXES).await?;
        isolate(manager, "downstream_task", "tenant_id").await?;
        on_postgres(manager, RECEIPT_POLICY).await?;
        on_postgres(manager, &figures(", failed_tasks bigint", FAILED_TASKS)).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        on_postgres(manager, &figures("", "")).await?;
        manager.drop_table(Table::drop().table("downstream_task").to_owned()).await
    }
}

fn downstream_task() -> TableCreateStatement {
    tenant_table("downstream_task", &["id"])
        .col(uuid("id"))
        .col(uuid("request_id"))
        .col(uuid("subject_id"))
        .col(uuid("system_id"))
        .col(text("status"))
        .col(json("categories"))
        // Under a key of the request's tasks alone, which outlives the person's keys and ends with the last task.
        .col(ColumnDef::new("sealed").blob())
        .col(instant("due_at"))
        .col(instant("created_at"))
        .col(integer("attempts"))
        .col(instant_or_null("first_attempt_at"))
        .col(instant_or_null("next_attempt_at"))
        .col(instant_or_null("delivered_at"))
        .col(text_or_null("last_error"))
        .col(text_or_null("receipt"))
        .col(instant_or_null("acknowledged_at"))
        .col(text_or_null("ended_by"))
        .col(instant_or_null("ended_at"))
        .col(text_or_null("note"))
        .col(text_or_null("closed_by"))
        .foreign_key(&mut of_tenant("downstream_task"))
        .foreign_key(&mut within_tenant("downstream_task", "request_id", "rights_request"))
        .foreign_key(&mut within_tenant("downstream_task", "subject_id", "data_subject"))
        .foreign_key(&mut within_tenant("downstream_task", "system_id", "downstream_system"))
        .to_owned()
}
