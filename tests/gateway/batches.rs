//! Several operations in one request, where that is switched on: as good as as many requests, and no cheaper.

use serde_json::{Value, json};
use support::{Kind, TestGateway, person};

const QUERY: &str = "{ viewer { actorId } }";
const MUTATION: &str =
    "mutation($name: String!) { registerDataSubject(input: { name: $name }) { dataSubject { name } } }";
const COUNT: &str = "{ dataSubjects { totalCount } }";
const FOLLOWS: &str = "subscription { breachReported { id } }";

fn operation(text: &str) -> Value {
    json!({ "query": text })
}

fn code(answer: &Value) -> &str {
    answer["errors"][0]["extensions"]["code"].as_str().unwrap_or_default()
}

fn with_batches(test: impl AsyncFnOnce(&TestGateway)) {
    support::run(async {
        let gateway = TestGateway::sqlite_with(|config| config.limits.batch = 5).await;
        test(&gateway).await;
        gateway.stop().await;
    });
}

#[test]
fn a_batch_is_answered_in_its_order_each_operation_for_itself() {
    with_batches(async |gateway| {
        let tenant = gateway.tenant().await;
        let registers = json!({ "query": MUTATION, "variables": { "name": "Ada Prov" } });
        let answer = tenant
            .admin()
            .posts(json!([operation(COUNT), registers, operation("{ nothing }"), 1, operation(COUNT)]))
            .await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        let answers = answer.json().as_array().unwrap().clone();
        let count = |answer: &Value| answer["data"]["dataSubjects"]["totalCount"].clone();
        assert_eq!((count(&answers[0]), count(&answers[4])), (json!(0), json!(1)));
        assert_eq!(answers[1]["data"]["registerDataSubject"]["dataSubject"]["name"], "Ada Prov");
        assert_eq!((code(&answers[2]), code(&answers[3])), ("GRAPHQL_VALIDATION_FAILED", "BAD_USER_INPUT"));
        assert_eq!(answers.len(), 5);
    });
}

#[test]
fn each_operation_of_a_batch_has_entries_of_its_own() {
    with_batches(async |gateway| {
        let tenant = gateway.tenant().await;
        tenant.registers(person("Ada Prov")).await;
        let events = async || {
            let count = "SELECT count(*) || '' FROM audit_event WHERE action = 'dataSubject.list'";
            gateway.databases.texts(Kind::Data, count).await[0].parse::<u32>().unwrap()
        };
        let before = events().await;
        tenant.admin().posts(json!([operation(COUNT), operation(COUNT), operation(COUNT)])).await;
        assert_eq!(events().await - before, 3);
    });
}

#[test]
fn what_is_no_batch_is_refused_as_a_whole() {
    with_batches(async |gateway| {
        let tenant = gateway.tenant().await;
        for (body, status, told) in [
            (json!([]), 400, "empty"),
            (json!(vec![operation(QUERY); 6]), 400, "at most 5"),
            (json!(vec![operation(QUERY); 5]), 200, "admin"),
            (json!([operation(FOLLOWS)]), 200, "/graphql/ws"),
        ] {
            let answer = tenant.admin().posts(body).await;
            assert!(answer.status == status && answer.text().contains(told), "{told}: {}", answer.text());
        }
        let nobody = gateway.with_token("").posts(json!([operation(QUERY)])).await;
        assert_eq!(nobody.status, 401);
    });
}

#[test]
fn operations_are_paid_for_together() {
    with_batches(async |gateway| {
        let tenant = gateway.tenant().await;
        let dear = operation(
            "{ dataSubjects(first: 100) { edges { node { id accessLog(first: 20) { edges { node { id } } } } } } }",
        );
        let one = tenant.admin().posts(dear.clone()).await;
        assert_eq!(one.data("/dataSubjects/edges"), json!([]), "one alone is within the limit");
        let several = tenant.admin().posts(json!([dear, operation(QUERY), dear])).await;
        assert_eq!(several.code(), "OPERATION_TOO_EXPENSIVE", "{}", several.text());
        let figures = several.at("/errors/0/extensions");
        assert!(figures["cost"].as_u64() > figures["limit"].as_u64(), "{figures}");
    });
}

#[test]
fn a_batch_counts_as_many_requests_as_it_has_operations() {
    support::run(async {
        let gateway = TestGateway::sqlite_with(|config| {
            config.limits.batch = 20;
            config.limits.requests_per_minute = 12;
        })
        .await;
        let tenant = gateway.tenant().await;
        let busy = tenant.named("busy", "subjects:read");
        let batch = |count| json!(vec![operation(QUERY); count]);
        assert_eq!(busy.posts(batch(10)).await.status, 200);
        let refused = busy.posts(batch(10)).await;
        assert_eq!((refused.status, refused.code().as_str()), (429, "RATE_LIMITED"));
        assert!(refused.header("retry-after").parse::<u32>().is_ok_and(|seconds| seconds > 0));
        let never = tenant.named("other", "subjects:read").posts(batch(20)).await;
        assert_eq!(never.status, 429, "more than a minute's requests at once");
        gateway.stop().await;
    });
}

#[test]
fn batches_are_off_until_they_are_switched_on() {
    support::on_sqlite(async |gateway: &TestGateway| {
        let tenant = gateway.tenant().await;
        let answer = tenant.admin().posts(json!([operation(QUERY)])).await;
        assert_eq!((answer.status, answer.code().as_str()), (400, "BAD_USER_INPUT"), "{}", answer.text());
        assert!(answer.text().contains("one operation at a time"));
    });
}
