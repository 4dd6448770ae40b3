//! Rights requests, the steps of their lives, and the counter behind their references.

use sea_orm_migration::prelude::*;

use crate::backend::isolate;
use crate::table::{
    instant, instant_or_null, integer, json, of_tenant, tenant_table, text, text_or_null, uuid, within_tenant,
};

#[derive(DeriveMigrationName)]
pub struct Migration;

/// One open request of a kind for a person is a rule, so two submissions at once must not both pass: the index
/// decides.
const INDEXES: &str = "
CREATE UNIQUE INDEX rights_request_reference ON rights_request (tenant_id, reference_year, reference_number);
CREATE INDEX rights_request_due ON rights_request (tenant_id, due_at, id);
CREATE INDEX rights_request_subject ON rights_request (tenant_id, subject_id, id);
CREATE UNIQUE INDEX rights_request_open ON rights_request (tenant_id, subject_id, kind)
    WHERE status IN ('RECEIVED', 'AWAITING_IDENTITY', 'UNDER_REVIEW', 'IN_PROGRESS');
CREATE UNIQUE INDEX request_event_number ON request_event (tenant_id, request_id, number);";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(rights_request()).await?;
        manager.create_table(request_event()).await?;
        manager.create_table(request_counter()).await?;
        manager.get_connection().execute_unprepared(INDEXES).await?;
        for table in ["rights_request", "request_event", "request_counter"] {
            isolate(manager, table, "tenant_id").await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["request_counter", "request_event", "rights_request"] {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}

fn rights_request() -> TableCreateStatement {
    tenant_table("rights_request", &["id"])
        .col(uuid("id"))
        .col(integer("reference_year"))
        .col(integer("reference_number"))
        .col(uuid("subject_id"))
        .col(text("kind"))
        .col(text("status"))
        .col(text("channel"))
        .col(instant("received_at"))
        .col(instant("submitted_at"))
        .col(instant("due_at"))
        .col(instant("unpaused_due_at"))
        .col(instant_or_null("identity_asked_at"))
        .col(text_or_null("identified_by_method"))
        .col(instant_or_null("identified_at"))
        .col(text_or_null("identified_by"))
        .col(text_or_null("verdict"))
        .col(instant_or_null("decided_at"))
        .col(text_or_null("decided_by"))
        .col(text_or_null("refusal_ground"))
        .col(text_or_null("reasons"))
        .col(instant_or_null("finished_at"))
        .col(json("outcomes"))
        .foreign_key(&mut within_tenant("rights_request", "subject_id", "data_subject"))
        .to_owned()
}

fn request_event() -> TableCreateStatement {
    tenant_table("request_event", &["id"])
        .col(uuid("id"))
        .col(uuid("request_id"))
        .col(integer("number"))
        .col(instant("occurred_at"))
        .col(text("status"))
        .col(text("actor_id"))
        .col(text("step"))
        .foreign_key(&mut within_tenant("request_event", "request_id", "rights_request"))
        .to_owned()
}

fn request_counter() -> TableCreateStatement {
    tenant_table("request_counter", &["year"])
        .col(integer("year"))
        .col(integer("last_number"))
        .foreign_key(&mut of_tenant("request_counter"))
        .to_owned()
}
