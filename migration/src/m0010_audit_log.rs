//! The audit log as a Merkle tree (RFC 6962): what is still to be sequenced, leaves, tiles and signed heads, and which
//! entries are about a person.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

use crate::backend::{isolate, on_postgres};
use crate::table::{add_columns, bytes, instant, integer, tenant_table, text, text_or_null, uuid};

#[derive(DeriveMigrationName)]
pub struct Migration;

const TENANT_TABLES: [&str; 5] =
    ["audit_pending", "audit_leaf", "audit_tile", "audit_checkpoint", "audit_subject"];

const INDEXES: &str = "
CREATE UNIQUE INDEX audit_leaf_event ON audit_leaf (tenant_id, event_id);";

/// Whoever writes an entry, by whatever way, puts it before the sequencer too.
const PENDING_ON_POSTGRES: &str = "
CREATE FUNCTION audit_event_is_pending() RETURNS trigger LANGUAGE plpgsql SECURITY INVOKER AS $$
BEGIN
    INSERT INTO audit_pending (tenant_id, event_id) VALUES (NEW.tenant_id, NEW.id);
    RETURN NULL;
END $$;
CREATE TRIGGER audit_event_is_pending AFTER INSERT ON audit_event
    FOR EACH ROW EXECUTE FUNCTION audit_event_is_pending();";

const PENDING_ON_SQLITE: &str = "
CREATE TRIGGER audit_event_is_pending AFTER INSERT ON audit_event
BEGIN
    INSERT INTO audit_pending (tenant_id, event_id) VALUES (NEW.tenant_id, NEW.id);
END;";

/// A sequencer looks for tenants with entries to be sequenced before it knows whose they are, as a worker does for due
/// work (migration m0006): identifiers, nothing about a person.
const WORKER_POLICY: &str = "
CREATE POLICY worker_sees ON audit_pending FOR SELECT USING (current_setting('app.leasing', true) = 'on');
CREATE POLICY worker_sees ON audit_checkpoint FOR SELECT USING (current_setting('app.leasing', true) = 'on');";

/// Row-level security holds for the owner too, so that for this one statement it is lifted.
const FORMER_EVENTS: &str = "
INSERT INTO audit_pending (tenant_id, event_id) SELECT tenant_id, id FROM audit_event";

/// Entries say as what somebody acted, and may vouch for a document by its digest.
const APPEND_AUDIT: &str = "
DROP FUNCTION append_audit(jsonb);
CREATE FUNCTION append_audit(events jsonb) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY INVOKER AS $$
DECLARE event record;
BEGIN
    FOR event IN SELECT * FROM jsonb_to_recordset(events) AS e(
        tenant_id uuid, id uuid, occurred_at timestamptz, actor_id text, actor_role text, action text, purpose text,
        allowed boolean, subject_ids text, data_categories jsonb, request_id text, digest text, canonical text)
    LOOP
        PERFORM set_config('app.tenant_id', event.tenant_id::text, true);
        INSERT INTO audit_event (tenant_id, id, occurred_at, actor_id, actor_role, action, purpose,
                allowed, subject_ids, data_categories, request_id, digest, canonical)
            VALUES (event.tenant_id, event.id, event.occurred_at, event.actor_id, event.actor_role, event.action,
                event.purpose, event.allowed, decode(event.subject_ids, 'hex'), event.data_categories,
                event.request_id, event.digest, event.canonical);
    END LOOP;
END $$;";

/// As migration m0005 made it.
const FORMER_APPEND_AUDIT: &str = "
DROP FUNCTION append_audit(jsonb);
CREATE FUNCTION append_audit(events jsonb) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY INVOKER AS $$
DECLARE event record;
BEGIN
    FOR event IN SELECT * FROM jsonb_to_recordset(events) AS e(
        tenant_id uuid, id uuid, occurred_at timestamptz, actor_id text, action text, purpose text,
        allowed boolean, subject_ids text, data_categories jsonb, request_id text, canonical text)
    LOOP
        PERFORM set_config('app.tenant_id', event.tenant_id::text, true);
        INSERT INTO audit_event (tenant_id, id, occurred_at, actor_id, action, purpose,
                allowed, subject_ids, data_categories, request_id, canonical)
            VALUES (event.tenant_id, event.id, event.occurred_at, event.actor_id, event.action, event.purpose,
                event.allowed, decode(event.subject_ids, 'hex'), event.data_categories, event.request_id,
                event.canonical);
    END LOOP;
END $$;";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        add_columns(manager, "audit_event", vec![text_or_null("actor_role"), text_or_null("digest")]).await?;
        for table in [pending(), leaf(), tile(), checkpoint(), subject()] {
            manager.create_table(table).await?;
        }
        let connection = manager.get_connection();
        connection.execute_unprepared(INDEXES).await?;
        on_postgres(manager, "ALTER TABLE audit_event NO FORCE ROW LEVEL SECURITY").await?;
        connection.execute_unprepared(FORMER_EVENTS).await?;
        on_postgres(manager, "ALTER TABLE audit_event FORCE ROW LEVEL SECURITY").await?;
        for table in TENANT_TABLES {
            isolate(manager, table, "tenant_id").await?;
        }
        if manager.get_database_backend() == DbBackend::Postgres {
            for step in [WORKER_POLICY, APPEND_AUDIT, PENDING_ON_POSTGRES] {
                connection.execute_unprepared(step).await?;
            }
        } else {
            connection.execute_unprepared(PENDING_ON_SQLITE).await?;
        }
        on_postgres(manager, "ALTER TABLE audit_tile ALTER COLUMN hashes SET STATISTICS 0").await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        if manager.get_database_backend() == DbBackend::Postgres {
            on_postgres(manager, "DROP TRIGGER audit_event_is_pending ON audit_event").await?;
            on_postgres(manager, "DROP FUNCTION audit_event_is_pending()").await?;
            on_postgres(manager, FORMER_APPEND_AUDIT).await?;
        } else {
            manager.get_connection().execute_unprepared("DROP TRIGGER audit_event_is_pending").await?;
        }
        for table in TENANT_TABLES.into_iter().rev() {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        for (table, column) in [("audit_event", "digest"), ("audit_event", "actor_role")] {
            manager.alter_table(Table::alter().table(table).drop_column(column).to_owned()).await?;
        }
        Ok(())
    }
}

fn big(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).big_integer().not_null().to_owned()
}

/// Like the entries themselves it has no foreign key: to check one would lock the tenant's row.
fn pending() -> TableCreateStatement {
    tenant_table("audit_pending", &["event_id"]).col(uuid("event_id")).to_owned()
}

fn leaf() -> TableCreateStatement {
    tenant_table("audit_leaf", &["log_index"]).col(big("log_index")).col(uuid("event_id")).to_owned()
}

fn tile() -> TableCreateStatement {
    tenant_table("audit_tile", &["level", "tile_index"])
        .col(integer("level"))
        .col(big("tile_index"))
        .col(bytes("hashes"))
        .to_owned()
}

fn checkpoint() -> TableCreateStatement {
    tenant_table("audit_checkpoint", &["tree_size"])
        .col(big("tree_size"))
        .col(bytes("root_hash"))
        .col(instant("signed_at"))
        .col(text("note"))
        .to_owned()
}

/// Which entries are about a person, newest last.
fn subject() -> TableCreateStatement {
    tenant_table("audit_subject", &["subject_id", "event_id"])
        .col(uuid("subject_id"))
        .col(uuid("event_id"))
        .to_owned()
}
