#![expect(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

use sqlx::{Connection, PgConnection};

use super::*;

async fn count(url: &str, statement: &'static str) -> Result<i64, sqlx::Error> {
    let mut connection = PgConnection::connect(url).await?;
    let count = sqlx::query_scalar(statement).fetch_one(&mut connection).await;
    connection.close().await?;
    count
}

async fn run(url: &str, statements: &'static str) -> Result<(), sqlx::Error> {
    let mut connection = PgConnection::connect(url).await?;
    let outcome = sqlx::raw_sql(statements).execute(&mut connection).await;
    connection.close().await?;
    outcome.map(|_| ())
}

#[tokio::test]
async fn the_owner_makes_tables_and_the_application_cannot() {
    let Some(databases) = databases().await else {
        return skipped_loudly("the_owner_makes_tables_and_the_application_cannot");
    };
    for database in [&databases.data, &databases.keys] {
        run(&database.owner, "CREATE TABLE kept (id int)").await.unwrap();
        run(&database.app, "CREATE TABLE intruder (id int)").await.unwrap_err();
        run(&database.app, "SELECT * FROM kept").await.unwrap_err();
        let exempt =
            "SELECT count(*) FROM pg_roles WHERE rolname = current_user AND (rolsuper OR rolbypassrls)";
        assert_eq!(count(&database.owner, exempt).await.unwrap(), 0);
        assert_eq!(count(&database.app, exempt).await.unwrap(), 0);
        assert_eq!(count(&database.superuser, exempt).await.unwrap(), 1);
    }
}

#[tokio::test]
async fn a_prepared_pair_is_copied_for_each_test_and_no_copy_sees_another() {
    async fn prepare(data: &DatabaseUrls, keys: &DatabaseUrls) {
        for database in [data, keys] {
            run(
                &database.owner,
                "CREATE TABLE note (id int); GRANT SELECT, INSERT ON note TO gateway_app; INSERT INTO note VALUES (1)",
            )
            .await
            .unwrap();
        }
    }
    let (one, two) = tokio::join!(
        TestDatabases::from_template(async |data, keys| prepare(data, keys).await),
        TestDatabases::from_template(async |data, keys| prepare(data, keys).await),
    );
    let (Some(one), Some(two)) = (one, two) else {
        return skipped_loudly("a_prepared_pair_is_copied_for_each_test_and_no_copy_sees_another");
    };
    run(&one.data.app, "INSERT INTO note VALUES (2)").await.unwrap();
    assert_eq!(count(&one.data.app, "SELECT count(*) FROM note").await.unwrap(), 2);
    assert_eq!(count(&two.data.app, "SELECT count(*) FROM note").await.unwrap(), 1);
    assert_eq!(count(&two.keys.app, "SELECT count(*) FROM note").await.unwrap(), 1);
}

#[tokio::test]
async fn databases_go_with_the_test_that_had_them() {
    let Some(databases) = databases().await else {
        return skipped_loudly("databases_go_with_the_test_that_had_them");
    };
    let url = databases.data.superuser.clone();
    assert_eq!(count(&url, "SELECT 1::bigint").await.unwrap(), 1);
    drop(databases);
    for _ in 0..200 {
        if count(&url, "SELECT 1::bigint").await.is_err() {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("the database is still there");
}
