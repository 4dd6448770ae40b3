//! Pages of lists: cursors that fit their list alone, counts on request, and a price that does not grow with the page.

use serde_json::{Value, json};
use support::{Tenant, TestGateway, complete_person, on_both_databases, person};

on_both_databases! {
    pages_put_together_are_the_whole_list_in_order,
    a_cursor_fits_the_tenant_field_arguments_and_purpose_that_made_it,
    first_has_a_limit_that_the_answer_names,
    a_count_costs_a_statement_only_where_it_is_asked_for,
    a_page_costs_the_same_number_of_statements_whatever_it_holds,
}

async fn people(tenant: &Tenant<'_>, many: usize) -> Vec<String> {
    let mut ids = Vec::new();
    for number in 0..many {
        ids.push(tenant.registers(complete_person(&format!("nr{number}"))).await);
    }
    ids
}

fn ids(edges: &Value) -> Vec<String> {
    edges.as_array().unwrap().iter().map(|edge| edge["node"]["id"].as_str().unwrap().to_owned()).collect()
}

async fn pages_put_together_are_the_whole_list_in_order(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let registered = people(&tenant, 7).await;
    for person in &registered {
        tenant.submits_access(person).await;
    }
    for (field, whole) in
        [("dataSubjects", Some(&registered)), ("rightsRequests", None), ("auditEvents", None)]
    {
        let text = format!(
            "query($first: Int, $after: String) {{ {field}(first: $first, after: $after) {{ edges {{ cursor node {{ id }} }} \
             pageInfo {{ hasNextPage hasPreviousPage startCursor endCursor }} }} }}"
        );
        let admin = tenant.admin();
        let all = ids(&admin.query(&text, json!({ "first": 100 })).await.data(&format!("/{field}/edges")));
        assert!(whole.is_none_or(|whole| *whole == all), "{field}: oldest first");
        let (mut seen, mut after) = (Vec::new(), Value::Null);
        loop {
            let page =
                admin.query(&text, json!({ "first": 3, "after": after })).await.data(&format!("/{field}"));
            let info = &page["pageInfo"];
            assert_eq!(info["hasPreviousPage"], !after.is_null(), "{field}");
            assert_eq!(info["startCursor"].is_null(), page["edges"] == json!([]), "{field}");
            seen.extend(ids(&page["edges"]));
            after = info["endCursor"].clone();
            if info["hasNextPage"] == false {
                break;
            }
        }
        // Reading the list adds to the audit log, newest first: what was there is read once each all the same.
        assert_eq!(seen, all, "{field}");
    }
    let empty =
        "{ dataSubjects(first: 0) { edges { cursor } pageInfo { hasNextPage endCursor } totalCount } }";
    let empty = tenant.admin().query(empty, Value::Null).await.data("/dataSubjects");
    assert_eq!(empty["totalCount"], 7);
    assert_eq!(empty["pageInfo"], json!({ "hasNextPage": true, "endCursor": null }));
}

async fn a_cursor_fits_the_tenant_field_arguments_and_purpose_that_made_it(gateway: &TestGateway) {
    let (tenant, other) = (gateway.tenant().await, gateway.tenant().await);
    let registered = people(&tenant, 3).await;
    people(&other, 3).await;
    for person in &registered {
        tenant.records_consent(person, "DIRECT_MARKETING").await;
        tenant.submits_access(person).await;
    }
    let list = |arguments: &str| {
        format!(
            "query($after: String) {{ dataSubjects({arguments} after: $after) {{ pageInfo {{ endCursor }} }} }}"
        )
    };
    let own = list("first: 1");
    let cursor = tenant.admin().query(&own, Value::Null).await.string("/dataSubjects/pageInfo/endCursor");
    let after = json!({ "after": cursor });
    assert_eq!(tenant.admin().query(&own, after.clone()).await.code(), "", "it fits its own list");
    assert_eq!(tenant.admin().query(&list("first: 2"), after.clone()).await.code(), "", "of any length");
    assert_eq!(
        tenant.staff("subjects:read").query(&own, after.clone()).await.code(),
        "",
        "for any caller of the tenant"
    );
    let person = &registered[0];
    for text in [
        list("purpose: DIRECT_MARKETING"),
        list("purpose: LEGAL_CLAIMS"),
        list("filter: { nameWords: \"exempelsson\" }"),
        list("filter: { status: [ACTIVE] }"),
        "query($after: String) { rightsRequests(after: $after) { edges { cursor } } }".to_owned(),
        "query($after: String) { rightsRequests(filter: { overdue: false }, after: $after) { edges { cursor } } }".to_owned(),
        "query($after: String) { auditEvents(after: $after) { edges { cursor } } }".to_owned(),
        format!("query($after: String) {{ dataSubject(id: \"{person}\") {{ accessLog(after: $after) {{ edges {{ cursor }} }} }} }}"),
        format!("query($after: String) {{ dataSubject(id: \"{person}\") {{ rightsRequests(after: $after) {{ edges {{ cursor }} }} }} }}"),
    ] {
        assert_eq!(tenant.admin().query(&text, after.clone()).await.code(), "BAD_USER_INPUT", "{text}");
    }
    let foreign = other.admin().query(&own, after).await;
    let mut changed = cursor.clone();
    changed.replace_range(8..9, if &cursor[8..9] == "A" { "B" } else { "A" });
    for text in ["", "nonsense", "%", &cursor[1..], &format!("{cursor}A"), &"A".repeat(5_000), &changed] {
        let refused = tenant.admin().query(&own, json!({ "after": text })).await;
        assert_eq!(refused.body, foreign.body, "another tenant's cursor reads like {text:?}");
        assert_eq!(refused.code(), "BAD_USER_INPUT");
    }
    assert!(!cursor.contains(&registered[0]["subject_".len()..]), "a cursor shows nothing");
}

async fn first_has_a_limit_that_the_answer_names(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let id = tenant.registers(person("Ada Prov")).await;
    for (list, most) in [
        ("dataSubjects(first: #) { edges { cursor } }".to_owned(), 100),
        ("rightsRequests(first: #) { edges { cursor } }".to_owned(), 100),
        ("auditEvents(first: #) { edges { cursor } }".to_owned(), 200),
        (format!("dataSubject(id: \"{id}\") {{ accessLog(first: #) {{ edges {{ cursor }} }} }}"), 200),
        (format!("dataSubject(id: \"{id}\") {{ rightsRequests(first: #) {{ edges {{ cursor }} }} }}"), 100),
    ] {
        for (first, accepted) in [(-1, false), (0, true), (most, true), (most + 1, false), (i32::MAX, false)]
        {
            let text = format!("{{ {} }}", list.replace('#', &first.to_string()));
            let answer = tenant.admin().query(&text, Value::Null).await;
            assert_eq!(answer.code(), if accepted { "" } else { "BAD_USER_INPUT" }, "{text}");
            let message = answer.at("/errors/0/message").as_str().unwrap_or_default().to_owned();
            assert!(accepted || message.contains(&most.to_string()), "{text}: {message}");
        }
    }
}

async fn statements_of(gateway: &TestGateway, caller: &support::Caller<'_>, text: &str) -> u64 {
    let before = gateway.statements();
    let answer = caller.query(text, Value::Null).await;
    assert_eq!(answer.code(), "", "{}", answer.text());
    gateway.statements() - before
}

async fn a_count_costs_a_statement_only_where_it_is_asked_for(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    people(&tenant, 3).await;
    let admin = tenant.admin();
    for list in ["dataSubjects", "rightsRequests"] {
        let without = format!("{{ {list}(first: 2) {{ edges {{ node {{ id }} }} }} }}");
        let with = format!("{{ {list}(first: 2) {{ edges {{ node {{ id }} }} totalCount }} }}");
        statements_of(gateway, &admin, &without).await;
        let (without, with) =
            (statements_of(gateway, &admin, &without).await, statements_of(gateway, &admin, &with).await);
        assert_eq!(with, without + 1, "{list}");
    }
}

async fn a_page_costs_the_same_number_of_statements_whatever_it_holds(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    for person in people(&tenant, 50).await {
        tenant.records_consent(&person, "DIRECT_MARKETING").await;
        tenant.records_consent(&person, "SERVICE_DELIVERY").await;
        tenant.submits_access(&person).await;
    }
    let admin = tenant.admin();
    for list in [
        "dataSubjects(first: #) { edges { node { id name email address { locality } consents { purpose } } } }",
        "dataSubjects(first: #) { edges { node { name rightsRequests(first: 5) { edges { node { status } } } } } }",
        "dataSubjects(first: #) { edges { node { rightsRequests(first: 5) { edges { node { timeline { status } package { formats } subject { name } } } } } } }",
        "dataSubjects(purpose: DIRECT_MARKETING, first: #) { edges { node { name consents { id } } } }",
        "rightsRequests(first: #) { edges { node { status timeline { status } package { formats } subject { name } } } }",
        "rightsRequests(first: #) { edges { node { subject { consents { purpose } } } } }",
        "auditEvents(first: #) { edges { node { action subjectIds } } }",
    ] {
        let text = |first: &str| format!("{{ {} }}", list.replace('#', first));
        statements_of(gateway, &admin, &text("1")).await;
        let mut costs = Vec::new();
        for first in ["1", "10", "50"] {
            costs.push(statements_of(gateway, &admin, &text(first)).await);
        }
        assert!(costs.iter().all(|cost| *cost == costs[0]), "{list}: {costs:?}");
        assert!(costs[0] <= 8, "{list}: {costs:?}");
    }
}
