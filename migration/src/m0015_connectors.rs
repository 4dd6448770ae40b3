//! By what connector each system outside hears of requests, how its deliveries stand as a whole, until when each task is
//! tried, and what systems return.

use sea_orm_migration::prelude::*;

use crate::backend::on_postgres;
use crate::m0014_tasks::{FAILED_TASKS, figures};
use crate::table::{add_columns, instant_or_null, integer, text, text_or_null};

#[derive(DeriveMigrationName)]
pub struct Migration;

/// As with due work: whoever looks for what is due sees which systems fail. What a row holds is about no person, and its
/// address is sealed.
const FAILING_POLICY: &str = "
CREATE POLICY worker_sees ON downstream_system FOR SELECT
    USING (current_setting('app.leasing', true) = 'on');";

/// A task that waits for a person: given up, or its system's tasks are a person's from the start.
const WAITING_TASKS: &str = ",
                   (SELECT count(*) FROM downstream_task t
                    JOIN downstream_system s ON s.tenant_id = t.tenant_id AND s.id = t.system_id
                    WHERE t.tenant_id = one AND t.ended_by IS NULL AND (t.status = 'FAILED' OR s.connector = 'MANUAL')),
                   (SELECT count(*) FROM downstream_task t
                    JOIN rights_request q ON q.tenant_id = t.tenant_id AND q.id = t.request_id
                    WHERE t.tenant_id = one AND t.ended_by IS NULL AND q.due_at < request_figures.now)";

const SYSTEM: [&str; 5] = ["connector", "failures", "failing_since", "last_error", "next_probe_at"];

const TASK: [&str; 4] = ["insists_at", "gives_up_at", "returned", "returned_mac"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let system = vec![
            text("connector").default("SIGNED_WEBHOOK").to_owned(),
            integer("failures").default(0).to_owned(),
            instant_or_null("failing_since"),
            text_or_null("last_error"),
            instant_or_null("next_probe_at"),
        ];
        add_columns(manager, "downstream_system", system).await?;
        let task = vec![
            instant_or_null("insists_at"),
            instant_or_null("gives_up_at"),
            // Under the key of the request's tasks, as what the system knows the person by.
            ColumnDef::new("returned").blob().to_owned(),
            ColumnDef::new("returned_mac").blob().to_owned(),
        ];
        add_columns(manager, "downstream_task", task).await?;
        on_postgres(manager, FAILING_POLICY).await?;
        on_postgres(manager, &figures(", failed_tasks bigint, overdue_tasks bigint", WAITING_TASKS)).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        on_postgres(manager, &figures(", failed_tasks bigint", FAILED_TASKS)).await?;
        on_postgres(manager, "DROP POLICY worker_sees ON downstream_system").await?;
        for (table, columns) in [("downstream_task", &TASK[..]), ("downstream_system", &SYSTEM[..])] {
            for column in columns {
                manager.alter_table(Table::alter().table(table).drop_column(*column).to_owned()).await?;
            }
        }
        Ok(())
    }
}
