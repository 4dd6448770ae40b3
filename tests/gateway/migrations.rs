//! The schema of the databases: no table of the tenants without its key and its policy, no role that could get round
//! them, and every step reversible.

use std::sync::Arc;
use std::time::Duration;

use domain::clock::SettableClock;
use store::migrate::{self, MigrationTarget};
use store::{Address, EnvironmentKeeper, MasterKeys, Store, StoreConfig, StoreError};
use support::postgres::{self, DatabaseUrls, TestDatabases};
use support::{Kind, SeededEntropy, TestGateway, complete_person, on_both_databases};

on_both_databases! {
    every_table_of_the_tenants_begins_its_key_with_the_tenant,
    every_step_can_be_taken_back_and_taken_again,
}

/// Platform tables, in which there is no personal data and nothing of one tenant.
const PLATFORM: [&str; 13] = [
    "agreement_template",
    "audit_signing_key",
    "breach",
    "breach_supplement",
    "console_session",
    "operator_idempotency",
    "platform_key",
    "seaql_migrations",
    "subprocessor",
    "supervisory_authority",
    "tenant",
    "trusted_document",
    "trusted_owner",
];

async fn every_table_of_the_tenants_begins_its_key_with_the_tenant(gateway: &TestGateway) {
    let on_postgres = gateway.databases.postgres.is_some();
    let mut checked = 0;
    for kind in Kind::ALL {
        for table in gateway.databases.tables(kind).await {
            if PLATFORM.contains(&table.as_str()) {
                continue;
            }
            let key = if on_postgres {
                format!(
                    "SELECT a.attname::text FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid \
                     AND a.attnum = i.indkey[0] WHERE i.indrelid = '{table}'::regclass AND i.indisprimary"
                )
            } else {
                format!("SELECT name FROM pragma_table_info('{table}') WHERE pk = 1")
            };
            assert_eq!(gateway.databases.texts(kind, &key).await, ["tenant_id"], "{kind:?} {table}");
            checked += 1;
        }
    }
    assert!(checked >= 17, "{checked} tables");
}

async fn every_step_can_be_taken_back_and_taken_again(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    tenant.registers(complete_person("bort")).await;
    gateway.stop().await;
    let target = gateway.databases.migration_target();
    let applied = async || migrate::status(&target).await.unwrap().iter().filter(|step| step.applied).count();
    let all = applied().await;
    assert!(all >= 8);
    migrate::down(&target).await.unwrap();
    assert_eq!(applied().await, 0);
    for kind in Kind::ALL {
        let left = gateway.databases.tables(kind).await;
        assert_eq!(left, ["seaql_migrations"], "{kind:?}");
    }
    migrate::up(&target).await.unwrap();
    migrate::up(&target).await.unwrap();
    assert_eq!(applied().await, all, "and to apply them twice is to apply them once");
}

const WITHOUT_ISOLATION: &str = "
    SELECT c.relname::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p', 'm', 'v', 'f')
      AND EXISTS (SELECT 1 FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped)
      AND NOT (c.relrowsecurity AND c.relforcerowsecurity AND EXISTS (
          SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid AND p.polcmd = '*' AND p.polpermissive
            AND pg_get_expr(p.polqual, p.polrelid) LIKE '%app.tenant_id%'
            AND pg_get_expr(p.polwithcheck, p.polrelid) LIKE '%app.tenant_id%'))";

/// Policies that let the role of the tenants, or everybody, past the tenant's own; the worker's, a start's and a receipt's
/// look at rows of every tenant in tables that hold no readable data about persons.
const WAYS_PAST: &str = "
    SELECT c.relname || ' ' || p.polname FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid
    WHERE (p.polroles = '{0}' OR p.polroles @> ARRAY(SELECT oid FROM pg_roles WHERE rolname = 'gateway_app'))
      AND coalesce(pg_get_expr(p.polqual, p.polrelid), '') !~ 'app\\.(tenant_id|leasing)|breach_notice'";

/// Functions that run with their owner's rights; the one that is known gives the operator numbers.
const DEFINER_FUNCTIONS: &str = "
    SELECT p.proname::text FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
    WHERE n.nspname = 'public' AND p.prosecdef
      AND (p.proname <> 'request_figures' OR has_function_privilege('gateway_app', p.oid, 'EXECUTE')
           OR pg_get_function_result(p.oid) <> 'TABLE(tenant_id uuid, open bigint, due_soon bigint, overdue bigint, failed_tasks bigint, overdue_tasks bigint)')";

/// What the application's role may do beyond what it needs.
const EXCESSIVE: &str = "
    SELECT c.relname || ' ' || p.privilege FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    CROSS JOIN (VALUES ('TRUNCATE'), ('REFERENCES'), ('TRIGGER')) AS p (privilege)
    WHERE n.nspname = 'public' AND c.relkind = 'r' AND has_table_privilege('gateway_app', c.oid, p.privilege)
    UNION ALL
    SELECT t || ' ' || p FROM unnest(ARRAY['audit_event', 'request_event']) t, unnest(ARRAY['UPDATE', 'DELETE']) p
    WHERE to_regclass(t) IS NOT NULL AND has_table_privilege('gateway_app', t, p)";

#[test]
fn row_level_security_holds_every_table_of_the_tenants() {
    support::on_postgres(
        "row_level_security_holds_every_table_of_the_tenants",
        async |gateway: &TestGateway| {
            let none: [&str; 0] = [];
            for kind in Kind::ALL {
                for query in [WITHOUT_ISOLATION, WAYS_PAST, DEFINER_FUNCTIONS, EXCESSIVE] {
                    assert_eq!(gateway.databases.texts(kind, query).await, none, "{kind:?}");
                }
            }
            // Each of these mistakes must be found by the very queries above.
            for (mistake, query, found) in [
                ("CREATE TABLE left_open (tenant_id uuid)", WITHOUT_ISOLATION, "left_open"),
                ("ALTER TABLE consent NO FORCE ROW LEVEL SECURITY", WITHOUT_ISOLATION, "consent"),
                (
                    "ALTER TABLE consent FORCE ROW LEVEL SECURITY; ALTER TABLE job DISABLE ROW LEVEL SECURITY",
                    WITHOUT_ISOLATION,
                    "job",
                ),
                ("DROP POLICY tenant_isolation ON idempotency", WITHOUT_ISOLATION, "idempotency"),
                ("ALTER POLICY tenant_isolation ON agreement USING (true)", WITHOUT_ISOLATION, "agreement"),
                ("CREATE POLICY opened ON consent TO gateway_app USING (true)", WAYS_PAST, "consent opened"),
                (
                    "GRANT EXECUTE ON FUNCTION request_figures(uuid[], timestamptz, timestamptz) TO gateway_app",
                    DEFINER_FUNCTIONS,
                    "request_figures",
                ),
                ("CREATE VIEW through AS SELECT tenant_id FROM consent", WITHOUT_ISOLATION, "through"),
                ("CREATE MATERIALIZED VIEW kept AS SELECT tenant_id FROM consent", WITHOUT_ISOLATION, "kept"),
                (
                    "CREATE FUNCTION past() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'",
                    DEFINER_FUNCTIONS,
                    "past",
                ),
                ("GRANT TRUNCATE ON consent TO gateway_app", EXCESSIVE, "consent TRUNCATE"),
                ("GRANT DELETE ON audit_event TO gateway_app", EXCESSIVE, "audit_event DELETE"),
            ] {
                gateway.databases.run(Kind::Data, mistake).await;
                let told = gateway.databases.texts(Kind::Data, query).await;
                assert!(told.iter().any(|name| name == found), "{mistake}: {told:?}");
            }
        },
    );
}

/// One of the roles of a database.
type Role = fn(&DatabaseUrls) -> &String;

#[test]
fn a_role_that_policies_do_not_hold_is_not_served_with() {
    support::run(async {
        let name = "a_role_that_policies_do_not_hold_is_not_served_with";
        let Some(databases) = migrated().await else {
            return postgres::skipped_loudly(name);
        };
        let roles: [(Role, bool); 3] =
            [(|urls| &urls.app, true), (|urls| &urls.owner, false), (|urls| &urls.superuser, false)];
        for (data, data_fits) in roles {
            for (keys, keys_fit) in roles {
                let opened = open(&databases.data, data, keys(&databases.keys)).await;
                assert_eq!(opened.is_ok(), data_fits && keys_fit);
                if let Err(error) = opened {
                    assert!(matches!(error, StoreError::Unfit(_)), "{error}");
                }
            }
        }
        let same = open(&databases.data, |urls| &urls.app, &databases.data.app).await;
        assert!(matches!(same, Err(StoreError::Unfit(_))), "keys and data in one database");
    });
}

#[test]
fn an_operators_role_that_could_read_about_persons_is_not_served_with() {
    support::run(async {
        let name = "an_operators_role_that_could_read_about_persons_is_not_served_with";
        let Some(databases) = migrated().await else {
            return postgres::skipped_loudly(name);
        };
        let (data, keys) = (&databases.data, &databases.keys.app);
        for (operator, fits) in [
            (Some(&data.operator), true),
            (Some(&data.app), false),
            (Some(&data.owner), false),
            (Some(&data.superuser), false),
            (None, false),
        ] {
            let opened = open_for(&data.app, operator.map(String::as_str), keys).await;
            assert_eq!(opened.is_ok(), fits);
        }
        support::run_statements(&data.superuser, "GRANT SELECT (status) ON data_subject TO gateway_operator")
            .await;
        let refused = open_for(&data.app, Some(&data.operator), keys).await;
        assert!(matches!(refused, Err(StoreError::Unfit(_))), "one column is too much");
    });
}

#[test]
fn a_table_that_lost_its_policy_is_noticed_at_start() {
    support::run(async {
        let Some(databases) = migrated().await else {
            return postgres::skipped_loudly("a_table_that_lost_its_policy_is_noticed_at_start");
        };
        let (data, keys) = (&databases.data, &databases.keys);
        assert!(open(data, |urls| &urls.app, &keys.app).await.is_ok());
        support::run_statements(&data.superuser, "ALTER TABLE consent NO FORCE ROW LEVEL SECURITY").await;
        let refused = open(data, |urls| &urls.app, &keys.app).await.err().map(|error| error.to_string());
        assert!(refused.is_some_and(|text| text.contains("consent")));
    });
}

#[test]
fn a_database_that_is_not_migrated_is_not_served() {
    support::run(async {
        let Some(databases) = postgres::databases().await else {
            return postgres::skipped_loudly("a_database_that_is_not_migrated_is_not_served");
        };
        let refused = open(&databases.data, |urls| &urls.app, &databases.keys.app)
            .await
            .err()
            .map(|error| error.to_string());
        assert!(refused.is_some_and(|text| text.contains("migrate up")));
    });
}

/// The same each time that a key store is opened.
const MASTER_KEY: &str = "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=";

async fn migrated() -> Option<TestDatabases> {
    let databases = postgres::databases().await?;
    let address = |url: &str| Address { url: url.to_owned(), max_connections: 1 };
    let target = MigrationTarget {
        data: address(&databases.data.owner),
        keys: address(&databases.keys.owner),
        serving_role: Some(postgres::APPLICATION.to_owned()),
        operator_role: Some(postgres::OPERATOR.to_owned()),
    };
    migrate::up(&target).await.unwrap();
    Some(databases)
}

async fn open(data: &DatabaseUrls, as_role: Role, keys: &str) -> Result<Store, StoreError> {
    open_for(as_role(data), Some(&data.operator), keys).await
}

async fn open_for(data: &str, operator: Option<&str>, keys: &str) -> Result<Store, StoreError> {
    let address = |url: &str| Address { url: url.to_owned(), max_connections: 1 };
    let entropy = Arc::new(SeededEntropy::unique());
    let config = StoreConfig {
        data: address(data),
        operator: operator.map(address),
        keys: address(keys),
        masters: MasterKeys::new(Arc::new(EnvironmentKeeper::parse(MASTER_KEY).unwrap())),
        keep_keys: Duration::from_mins(1),
        audit_name: "log.example".to_owned(),
    };
    Store::open(config, Arc::new(SettableClock::new(jiff::Timestamp::UNIX_EPOCH)), entropy).await
}
