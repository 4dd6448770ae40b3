//! The same key and input within 24 hours give the same answer, and are done once (contract rule 9).

use std::time::Duration;

use serde_json::{Value, json};
use support::{Caller, Tenant, TestGateway, complete_person, on_both_databases, person};

on_both_databases! {
    the_same_key_and_input_give_the_same_answer_and_are_done_once,
    the_same_key_with_another_input_is_a_mismatch,
    many_at_once_with_the_same_key_are_done_once,
    a_key_is_forgotten_after_24_hours,
    a_key_belongs_to_its_caller_and_its_mutation,
}

async fn register(caller: &Caller<'_>, key: &str, name: &str) -> Result<String, Vec<String>> {
    let mut input = person(name);
    input["idempotencyKey"] = json!(key);
    let answer = caller.change("registerDataSubject", input, "dataSubject { id }").await;
    match answer.data("/registerDataSubject/dataSubject/id") {
        Value::String(id) => Ok(id),
        _ => Err(answer.user_errors()),
    }
}

async fn count(tenant: &Tenant<'_>) -> Value {
    tenant
        .admin()
        .query("{ dataSubjects { totalCount } }", Value::Null)
        .await
        .data("/dataSubjects/totalCount")
}

async fn the_same_key_and_input_give_the_same_answer_and_are_done_once(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let admin = tenant.admin();
    let mut whole = complete_person("nyckel");
    whole["idempotencyKey"] = json!("a");
    let selection = "dataSubject { id name hasPassword }";
    let first = admin.change("registerDataSubject", whole.clone(), selection).await;
    let again = admin.change("registerDataSubject", whole, selection).await;
    assert_eq!((first.body.clone(), count(&tenant).await), (again.body.clone(), json!(1)));
    let id = first.string("/registerDataSubject/dataSubject/id");

    let update = json!({ "subjectId": id, "position": "Chef", "idempotencyKey": "b" });
    let undone = json!({ "subjectId": id, "position": "Vikarie" });
    admin.change("updateDataSubject", update.clone(), "dataSubject { id }").await;
    admin.change("updateDataSubject", undone, "dataSubject { id }").await;
    let replayed = admin.change("updateDataSubject", update, "dataSubject { position }").await;
    let position = replayed.data("/updateDataSubject/dataSubject/position");
    assert_eq!(position, "Vikarie", "it was done once, and the person is shown as they are now");

    for (mutation, object, input) in [
        (
            "grantConsent",
            "consent",
            json!({ "subjectId": id, "purpose": "DIRECT_MARKETING", "source": "x", "textVersion": "1",
                    "idempotencyKey": "c" }),
        ),
        ("submitAccessRequest", "rightsRequest", json!({ "subjectId": id, "idempotencyKey": "d" })),
    ] {
        let selection = format!("{object} {{ id }}");
        let first = admin.change(mutation, input.clone(), &selection).await;
        let again = admin.change(mutation, input, &selection).await;
        assert_eq!(again.user_errors(), Vec::<String>::new(), "{mutation}");
        assert_eq!(first.body, again.body, "{mutation}");
    }
}

async fn the_same_key_with_another_input_is_a_mismatch(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let admin = tenant.admin();
    register(&admin, "a", "Ada Prov").await.unwrap();
    assert_eq!(
        register(&admin, "a", "Ada  Prov").await,
        Err(vec!["IDEMPOTENCY_MISMATCH input.idempotencyKey".to_owned()])
    );
    assert_eq!(
        register(&admin, "a", " ").await,
        Err(vec!["IDEMPOTENCY_MISMATCH input.idempotencyKey".to_owned()]),
        "the key is looked at before the input"
    );
    assert_eq!(count(&tenant).await, 1);
}

async fn many_at_once_with_the_same_key_are_done_once(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let admin = tenant.admin();
    let outcomes = futures::future::join_all((0..12).map(|_| register(&admin, "samma", "Ada Prov"))).await;
    let first = outcomes[0].clone().unwrap();
    assert!(outcomes.iter().all(|outcome| outcome.as_ref() == Ok(&first)), "{outcomes:?}");
    assert_eq!(count(&tenant).await, 1);
}

async fn a_key_is_forgotten_after_24_hours(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let first = register(&tenant.admin(), "a", "Ada Prov").await.unwrap();
    gateway.clock.advance(Duration::from_hours(24) - Duration::from_millis(1));
    assert_eq!(register(&tenant.admin(), "a", "Ada Prov").await, Ok(first.clone()));
    gateway.clock.advance(Duration::from_millis(1));
    let second = register(&tenant.admin(), "a", "Ada Prov").await.unwrap();
    assert_ne!(first, second);
    assert_eq!(count(&tenant).await, 2);
}

async fn a_key_belongs_to_its_caller_and_its_mutation(gateway: &TestGateway) {
    let (tenant, other) = (gateway.tenant().await, gateway.tenant().await);
    let first = register(&tenant.admin(), "a", "Ada Prov").await.unwrap();
    let scopes = "subjects:write subjects:read rights:write rights:read";
    let colleague = register(&tenant.named("kollega", scopes), "a", "Ada Prov").await.unwrap();
    assert_ne!(first, colleague, "another actor's key is another key");
    let elsewhere = register(&other.admin(), "a", "Ada Prov").await.unwrap();
    assert_ne!(first, elsewhere, "another tenant's key is another key");
    let input = json!({ "subjectId": first, "idempotencyKey": "a" });
    let submitted = tenant.admin().change("submitAccessRequest", input, "rightsRequest { status }").await;
    assert_eq!(
        submitted.data("/submitAccessRequest/rightsRequest/status"),
        "RECEIVED",
        "nor another mutation's"
    );
}
