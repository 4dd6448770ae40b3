//! The life of a tenant, from the day that it is taken on to the day after which nothing is left, through the two APIs.

use serde_json::{Value, json};
use support::{TestGateway, complete_person, with};

support::on_both_databases! {
    a_customer_is_taken_on_served_let_go_and_forgotten,
    a_customer_that_cannot_be_taken_on_is_told_why,
    the_same_key_takes_a_customer_on_once,
    the_end_of_a_relationship_is_set_on_a_day_to_come_and_can_be_moved_until_then,
    tenants_are_listed_by_where_they_are_in_their_life,
    whoever_never_had_an_agreement_is_closed_too,
}

fn customer(more: &Value) -> Value {
    let input = json!({
        "name": "Provbruket AB",
        "organisationNumber": "559998-0041",
        "country": "SE",
        "privacyContact": { "name": "Dataskydd", "email": "dataskydd@provbruket.example", "phone": "08-465 004 80" },
        "relationshipStartedOn": "2026-03-02",
    });
    with(input, more)
}

async fn onboards(gateway: &TestGateway, more: Value) -> support::Answer {
    gateway
        .platform()
        .change("onboardTenant", customer(&more), "tenant { id status name organisationNumber }")
        .await
}

async fn tenant_of(gateway: &TestGateway, id: &str) -> Value {
    let text =
        "query($id: ID!) { node(id: $id) { ... on Tenant { status relationshipEndsOn returnEndsOn closedAt
                agreement { status version } } } }";
    gateway.platform().query(text, json!({ "id": id })).await.data("/node")
}

async fn ends(gateway: &TestGateway, tenant: &str, ends_on: &str) -> support::Answer {
    let input = json!({ "tenantId": tenant, "endsOn": ends_on });
    gateway.platform().change("endTenantRelationship", input, "tenant { id relationshipEndsOn }").await
}

async fn a_customer_is_taken_on_served_let_go_and_forgotten(gateway: &TestGateway) {
    let id = onboards(gateway, json!({})).await.made();
    let tenant = gateway.tenant_named(&id);
    assert_eq!(tenant_of(gateway, &id).await["status"], "ONBOARDING");
    assert_eq!(
        tenant.admin().query("{ dataSubjects { totalCount } }", Value::Null).await.code(),
        "AGREEMENT_REQUIRED"
    );

    let all =
        json!(["NAME", "POSITION", "PHONE", "ADDRESS", "EMAIL", "LOGIN_NAME", "PASSWORD", "ACCOUNTING"]);
    let agreement = tenant.is_offered(json!({ "dataCategories": all, "returnPeriodDays": 14 })).await;
    assert_eq!(tenant_of(gateway, &id).await["agreement"], json!({ "status": "OFFERED", "version": 1 }));
    tenant.signs_offer(&agreement).await;
    assert_eq!(tenant_of(gateway, &id).await["status"], "ACTIVE");

    let person = tenant.registers(complete_person("helalivet")).await;
    tenant.files_invoice(&person, "F-1", "2025-12-31").await;
    tenant.answers_access(&person).await;
    ends(gateway, &id, "2026-03-31").await.succeeded();
    gateway.up_to("2026-03-31").await;
    assert_eq!(tenant.admin().reads(&person).await.data("/dataSubject/name"), "Åsa helalivet Exempelsson");

    gateway.up_to("2026-04-01").await;
    assert_eq!(tenant_of(gateway, &id).await["status"], "OFFBOARDING");
    assert_eq!(tenant.admin().reads(&person).await.code(), "TENANT_NOT_SERVED");
    let read = tenant.admin().reads_for(&person, "RIGHTS_HANDLING").await;
    assert_eq!(
        read.data("/dataSubject/name"),
        "Åsa helalivet Exempelsson",
        "the return comes before the erasure"
    );
    tenant.submits_access(&person).await;

    gateway.up_to("2026-04-14").await;
    assert_eq!(tenant_of(gateway, &id).await["status"], "OFFBOARDING");
    gateway.up_to("2026-04-15").await;
    gateway.work().await;
    let closed = tenant_of(gateway, &id).await;
    assert_eq!(closed["status"], "CLOSED");
    assert_eq!(closed["returnEndsOn"], "2026-04-14");
    assert_eq!(tenant.admin().reads_for(&person, "RIGHTS_HANDLING").await.code(), "TENANT_NOT_SERVED");
    let seen = "{ viewer { tenant { status closing { certificate(format: JSON) { contentBase64 } }
                agreements { edges { node { version status } } } } } }";
    let seen = tenant.admin().query(seen, Value::Null).await;
    assert_eq!(seen.data("/viewer/tenant/status"), "CLOSED");
    let certificate = support::certificate(&seen.string("/viewer/tenant/closing/certificate/contentBase64"));
    let erased = |kind: &str| {
        let all = certificate["statement"]["erased"].as_array().unwrap();
        all.iter().find(|one| one["kind"] == kind).map(|one| one["count"].clone())
    };
    assert_eq!(erased("PERSONS"), Some(json!(1)), "{certificate}");
    assert_eq!(erased("ACCOUNTING_RECORDS"), Some(json!(1)), "{certificate}");
}

async fn a_customer_that_cannot_be_taken_on_is_told_why(gateway: &TestGateway) {
    onboards(gateway, json!({})).await.succeeded();
    for (more, expected) in [
        (json!({ "organisationNumber": "5599980041" }), "ALREADY_EXISTS input.organisationNumber"),
        (json!({ "organisationNumber": "16559998-0041" }), "ALREADY_EXISTS input.organisationNumber"),
        (json!({ "organisationNumber": "559998-0042" }), "INVALID input.organisationNumber"),
        (json!({ "organisationNumber": "" }), "INVALID input.organisationNumber"),
        (json!({ "organisationNumber": null, "name": "  " }), "INVALID input.name"),
        (json!({ "organisationNumber": null, "country": "se" }), "INVALID input.country"),
        (json!({ "organisationNumber": null, "country": "EL" }), "INVALID input.country"),
        (
            json!({ "organisationNumber": null, "relationshipStartedOn": "2026-02-30" }),
            "INVALID input.relationshipStartedOn",
        ),
        (
            json!({ "organisationNumber": null, "privacyContact": { "name": "x", "email": "ingen" } }),
            "INVALID input.privacyContact.email",
        ),
    ] {
        let answer = onboards(gateway, more.clone()).await;
        let faults: Vec<String> =
            answer.payload("/userErrors").as_array().unwrap().iter().map(fault).collect();
        assert_eq!(faults, [expected], "{more}");
    }
    onboards(gateway, json!({ "organisationNumber": null, "country": "NO", "name": "Prøveselskap AS" }))
        .await
        .succeeded();
}

fn fault(error: &Value) -> String {
    let path: Vec<_> = error["path"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    format!("{} {}", error["code"].as_str().unwrap_or_default(), path.join("."))
}

async fn the_same_key_takes_a_customer_on_once(gateway: &TestGateway) {
    let key = json!({ "idempotencyKey": "kund-1" });
    let first = onboards(gateway, key.clone()).await.made();
    assert_eq!(onboards(gateway, key.clone()).await.made(), first);
    let other = onboards(gateway, json!({ "idempotencyKey": "kund-1", "name": "Annat AB" })).await;
    assert_eq!(fault(&other.payload("/userErrors/0")), "IDEMPOTENCY_MISMATCH input.idempotencyKey");
    let (one, two) = futures::join!(
        onboards(gateway, json!({ "idempotencyKey": "kund-2", "organisationNumber": "559998-0058" })),
        onboards(gateway, json!({ "idempotencyKey": "kund-2", "organisationNumber": "559998-0058" })),
    );
    assert_eq!(one.made(), two.made());
}

async fn the_end_of_a_relationship_is_set_on_a_day_to_come_and_can_be_moved_until_then(
    gateway: &TestGateway,
) {
    let id = onboards(gateway, json!({})).await.made();
    for (ends_on, expected) in [
        ("2026-03-01", "INVALID input.endsOn"),
        ("igår", "INVALID input.endsOn"),
        ("2026-03-31", ""),
        ("2026-03-02", ""),
        ("2026-03-10", ""),
    ] {
        let answer = ends(gateway, &id, ends_on).await;
        let first = answer.payload("/userErrors/0");
        let told = if first.is_null() { String::new() } else { fault(&first) };
        assert_eq!(told, expected, "{ends_on}");
    }
    let unknown = ends(gateway, "tenant_01h2xcejqtf2nbrexx3vqjhp41", "2026-03-31").await;
    assert_eq!(fault(&unknown.payload("/userErrors/0")), "NOT_FOUND input.tenantId");
    gateway.on("2026-03-11");
    let late = ends(gateway, &id, "2026-03-31").await;
    assert_eq!(fault(&late.payload("/userErrors/0")), "CONFLICT input.tenantId");
}

async fn tenants_are_listed_by_where_they_are_in_their_life(gateway: &TestGateway) {
    let onboarding = onboards(gateway, json!({})).await.made();
    gateway.clock.advance(std::time::Duration::from_millis(5));
    let active = gateway.tenant().await;
    gateway.clock.advance(std::time::Duration::from_millis(5));
    let leaving = gateway.tenant().await;
    leaving.leaves().await;
    gateway.clock.advance(std::time::Duration::from_millis(5));
    let closed = gateway.tenant().await;
    closed.is_closed().await;
    let all = [onboarding, active.id.to_string(), leaving.id.to_string(), closed.id.to_string()];
    let text = "query($status: [TenantStatus!]) { tenants(status: $status) { totalCount edges { node { id status } } } }";
    for (states, expected) in [
        (json!(null), vec![0, 1, 2, 3]),
        (json!(["ONBOARDING"]), vec![0]),
        (json!(["ACTIVE"]), vec![1]),
        (json!(["OFFBOARDING"]), vec![2]),
        (json!(["CLOSED"]), vec![3]),
        (json!(["ACTIVE", "CLOSED"]), vec![1, 3]),
    ] {
        let answer = gateway.platform().query(text, json!({ "status": states })).await;
        let edges = answer.data("/tenants/edges");
        let ids: Vec<_> = edges.as_array().unwrap().iter().map(|edge| edge["node"]["id"].clone()).collect();
        let expected: Vec<_> = expected.into_iter().map(|at| json!(all[at])).collect();
        assert_eq!(ids, expected, "{states}");
        assert_eq!(answer.data("/tenants/totalCount"), expected.len());
    }
    let page = "query($after: String) { tenants(first: 3, after: $after) { edges { node { id } } pageInfo { hasNextPage endCursor } } }";
    let first = gateway.platform().query(page, Value::Null).await;
    assert_eq!(first.data("/tenants/pageInfo/hasNextPage"), true);
    let after = first.data("/tenants/pageInfo/endCursor");
    let second = gateway.platform().query(page, json!({ "after": after })).await;
    assert_eq!(second.data("/tenants/edges"), json!([{ "node": { "id": all[3] } }]));
}

async fn whoever_never_had_an_agreement_is_closed_too(gateway: &TestGateway) {
    let id = onboards(gateway, json!({})).await.made();
    ends(gateway, &id, "2026-03-02").await.succeeded();
    gateway.up_to("2026-04-02").await;
    gateway.work().await;
    assert_eq!(tenant_of(gateway, &id).await["status"], "CLOSED");
}
